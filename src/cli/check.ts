import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import {
  type CheckConfiguration,
  codePrefixes,
  configured,
  readConfiguration,
} from "./check/configuration.js";
import { FORMATS } from "./check/formats.js";
import { type CheckJob, checkAll } from "./check/pool.js";
import { defineCommand } from "./command.js";
import { IMPORT_OPTIONS, type ImportValues } from "./options.js";
import { UsageError } from "./usage.js";

const HELP = `Usage: init-lens check FILE|DIR… [--select CODES] [--ignore CODES] [--format ${[...FORMATS.keys()].join("|")}] [--json]
                        [--root DIR] [--site-packages DIR]
Finds initialisation bugs in Python files, notebooks and prototxt files, without running them.
CODES are rule codes or their beginnings, separated by commas: IL001,IL01.
[tool.init-lens] in pyproject.toml may hold select, ignore, severity and exclude.
Exit status: 0 nothing found, 1 findings, 2 bad usage or unreadable input.
`;

/** Folders that hold no source of the user's. */
const NOT_ENTERED = new Set(["node_modules", "site-packages", "__pycache__", "venv", "build", "dist"]);
const EXTENSIONS: readonly string[] = [".py", ".ipynb", ".prototxt"];

export const checkCommand = defineCommand({
  summary: "finds initialisation bugs: FILE|DIR…",
  help: HELP,
  options: {
    ...IMPORT_OPTIONS,
    format: { type: "string" },
    select: { type: "string" },
    ignore: { type: "string" },
  },
  async run(values, positionals) {
    if (positionals.length === 0) throw new UsageError("check needs a file or a directory");
    const format = FORMATS.get(values.json ? "json" : (values.format ?? "text"));
    if (!format)
      throw new UsageError(
        `unknown format "${values.format}"; the formats are ${[...FORMATS.keys()].join(", ")}`,
      );
    const targets = positionals.flatMap((target) => targetsIn(target, values));
    const outcomes = await checkAll(
      targets.map(({ job }) => job),
      SCRIPT,
    );
    const findings = outcomes.flatMap((outcome, index) =>
      "findings" in outcome ? configured(outcome.findings, targets[index]!.configuration) : [],
    );
    outcomes.forEach((outcome, index) => {
      if ("failure" in outcome) {
        process.stderr.write(`init-lens: ${targets[index]!.job.file} was not checked: ${outcome.failure}\n`);
      }
    });
    process.stdout.write(format(findings));
    if (findings.length > 0) return 1;
    return outcomes.some((outcome) => "failure" in outcome) ? 2 : 0;
  },
});

/** The bundle that a thread can be started from; null where this runs out of another. */
const SCRIPT = typeof __filename === "string" && path.basename(__filename) === "cli.js" ? __filename : null;

interface Target {
  readonly job: CheckJob;
  readonly configuration: CheckConfiguration;
}

/** What is said on the command line of the files. */
interface TargetOptions extends ImportValues {
  readonly select?: string | undefined;
  readonly ignore?: string | undefined;
}

/** The files a command-line argument means, with what the nearest configuration and the options say of them. */
function targetsIn(target: string, values: TargetOptions): Target[] {
  const found = readConfiguration(isDirectory(target) ? target : path.dirname(target));
  const select = values.select === undefined ? found.select : codePrefixes(values.select, "--select");
  const ignore = [...found.ignore, ...codePrefixes(values.ignore ?? "", "--ignore")];
  const configuration = { ...found, select, ignore };
  const options = { root: values.root, sitePackages: values["site-packages"] ?? [] };
  return sourceFiles(target, found.exclude).map((file) => ({ job: { file, options }, configuration }));
}

/** A file named by the user is taken as it is; a directory gives the source files below it, sorted. */
function sourceFiles(target: string, exclude: readonly string[]): string[] {
  if (!isDirectory(target)) return [target];
  const files: string[] = [];
  for (const entry of readdirSync(target, { withFileTypes: true })) {
    const full = path.join(target, entry.name);
    if (entry.name.startsWith(".") || exclude.includes(entry.name)) continue;
    if (entry.isDirectory()) {
      if (!NOT_ENTERED.has(entry.name)) files.push(...sourceFiles(full, exclude));
    } else if (entry.isFile() && EXTENSIONS.includes(path.extname(entry.name))) {
      files.push(full);
    }
  }
  return files.sort();
}

function isDirectory(target: string): boolean {
  const stats = statSync(target, { throwIfNoEntry: false });
  if (!stats) throw new UsageError(`${target} does not exist`);
  return stats.isDirectory();
}
