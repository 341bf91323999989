import { describe } from "../init/describe.js";
import type { InputShapes } from "../layers/reading/exampleInputs.js";
import type { Dim, ModelReport, Parameter } from "../types.js";
import { defineCommand, print } from "./command.js";
import { type ModelFile, modelFile } from "./modelReader.js";
import { IMPORT_OPTIONS, readInputs } from "./options.js";
import { UsageError } from "./usage.js";

const HELP = `Usage: init-lens model FILE --call EXPRESSION [--call EXPRESSION …] [--json]

Evaluates the expression at the end of FILE's module, without running it, and prints every parameter of
what it builds: name, shape, what is drawn into it.

  --root DIR            where imports resolve (default: above the package that FILE is in, then up to its project)
  --site-packages DIR   where installed packages are; may be repeated
  --input SHAPE         an example input such as 1,3,224,224, batch first; may be repeated
  --json                the machine-readable form
`;

/** `model`: the parameters of what an expression builds. */
export const modelCommand = defineCommand({
  summary: "prints every parameter of the model an expression builds",
  help: HELP,
  options: {
    ...IMPORT_OPTIONS,
    call: { type: "string", multiple: true },
    input: { type: "string", multiple: true },
  },
  run(values, positionals) {
    const [name, ...others] = positionals;
    if (name === undefined || others.length > 0)
      throw new UsageError("model takes one FILE; see model --help");
    if (!values.call?.length) throw new UsageError('model needs --call EXPRESSION, such as --call "Net()"');
    const file = modelFile(name, values);
    const inputs = readInputs(values.input);
    const models = values.call.map((call) => timed(() => read(file, call, inputs)));
    const failed = models.filter(({ error }) => error !== undefined);
    const problems = failed.map(({ call, error }) => `--call "${call}": ${error}`);
    if (failed.length === models.length) throw new UsageError(problems.join("; "));
    const built = models.filter((model) => !failed.includes(model));
    print(values.json ? `${JSON.stringify({ version: 1, models })}\n` : built.map(table).join("\n"));
    for (const problem of problems) process.stderr.write(`init-lens: ${problem}\n`);
    return failed.length === 0 ? 0 : 2;
  },
});

/** What a call builds; nothing, and why, where it builds no model. */
type Outcome = ModelReport & { readonly error?: string };

function read(file: ModelFile, call: string, inputs: InputShapes | null): Outcome {
  const outcome = file.open().read(call, inputs);
  return "error" in outcome
    ? { call, parameters: [], complete: false, diagnostics: [], ...outcome }
    : outcome;
}

function timed(work: () => Outcome): Outcome & { readonly milliseconds: number } {
  const started = performance.now();
  return { ...work(), milliseconds: Math.round(performance.now() - started) };
}

// ── the form for people ──────────────────────────────────────────────────────

const size = (dim: Dim): string => (dim === null ? "?" : String(dim));

function table(report: ModelReport & { readonly milliseconds: number }): string {
  const rows = report.parameters.map((parameter) => [
    parameter.name,
    `[${parameter.shape.map(size).join(", ")}]`,
    describe(parameter.current),
    elementCount(parameter)?.toLocaleString("en") ?? "?",
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [`${report.call}`, ...lines.map((line) => `  ${line}`), `  ${total(report)}`, ""].join("\n");
}

function elementCount({ shape }: Parameter): number | null {
  let count = 1;
  for (const dim of shape) {
    if (typeof dim !== "number") return null;
    count *= dim;
  }
  return count;
}

function total(report: ModelReport): string {
  const counts = report.parameters.map(elementCount);
  const known = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const least = counts.includes(null) || !report.complete ? "at least " : "";
  const why = report.diagnostics.map(({ message }) => message);
  const incomplete = report.complete ? "" : `; incomplete: ${[...new Set(why)].slice(0, 3).join("; ")}`;
  return `${report.parameters.length} parameters, ${least}${known.toLocaleString("en")} values${incomplete}`;
}
