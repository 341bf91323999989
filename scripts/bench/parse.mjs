// Reading Python: our parser, the bare @lezer/python (a tree without lowering) and CPython's `ast.parse`,
// over the standard library of the python3 on PATH; then one keystroke in a long file.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parser as lezer } from "@lezer/python";
import * as esbuild from "esbuild";

const RUNS = 5;
const KEYSTROKES = 100;

const scratch = mkdtempSync(path.join(os.tmpdir(), "init-lens-bench-"));
const outfile = path.join(scratch, "parse.mjs");
await esbuild.build({ entryPoints: ["src/python/parse/parse.ts"], bundle: true, format: "esm", outfile });
const { parseModule } = await import(pathToFileURL(outfile).href);
rmSync(scratch, { recursive: true });

const CPYTHON = `
import ast, sys, time, sysconfig, pathlib, warnings
warnings.simplefilter("ignore")
files = [p for p in pathlib.Path(sysconfig.get_path("stdlib")).rglob("*.py") if "-packages" not in str(p)]
texts = []
for p in sorted(files):
    try:
        text = p.read_bytes().decode("utf-8")
        ast.parse(text)
        texts.append((str(p), text))
    except (SyntaxError, ValueError):
        pass
best = float("inf")
for _ in range(${RUNS}):
    start = time.perf_counter()
    for p, text in texts:
        ast.parse(text)
    best = min(best, time.perf_counter() - start)
print(sys.version.split()[0], best * 1000)
print("\\n".join(p for p, _ in texts))
`;

/** Files that CPython parses, and how long it takes; our own stubs where there is no CPython. */
function corpus() {
  const { status, stdout } = spawnSync("python3", ["-"], {
    input: CPYTHON,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status === 0) {
    const [first, ...files] = stdout.trim().split(/\r?\n/);
    const [version, milliseconds] = first.split(" ");
    return { files, version, milliseconds: Number(milliseconds) };
  }
  const files = readdirSync("src", { recursive: true }).map((name) => path.join("src", name));
  return { files: files.filter((name) => name.endsWith(".py")), version: null, milliseconds: Number.NaN };
}

/** The best of several runs of each work, in milliseconds; in turns, so that a busy machine slows all alike. */
function best(works) {
  const least = works.map(() => Number.POSITIVE_INFINITY);
  for (let run = 0; run < RUNS; run++) {
    works.forEach((work, i) => {
      const start = performance.now();
      work();
      least[i] = Math.min(least[i], performance.now() - start);
    });
  }
  return least;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}

const { files, version, milliseconds: cpython } = corpus();
const texts = files.map((file) => readFileSync(file, "utf8"));

function hasLezerError(text) {
  let found = false;
  lezer.parse(text).iterate({
    enter({ type }) {
      found ||= type.isError;
      return !found;
    },
  });
  return found;
}
const falseErrors = {
  ours: texts.filter((text) => parseModule(text).module.errors.length > 0).length,
  lezer: texts.filter(hasLezerError).length,
};
const [scanned, full, bareLezer] = best([
  () => texts.forEach((text) => void parseModule(text).module.body.statements),
  () => texts.forEach((text) => void parseModule(text).module.errors),
  () => texts.forEach((text) => void lezer.parse(text)),
]);

/** Types at a place that wanders through the text, and asks for the tree and all problems each time. */
function keystroke(text) {
  let parsed = parseModule(text);
  void parsed.module.errors;
  const edits = Array.from({ length: KEYSTROKES }, (_, i) => {
    const at = parsed.text.indexOf("\n", Math.floor((parsed.text.length * ((i * 37) % 100)) / 100));
    const edited = `${parsed.text.slice(0, at)} #${parsed.text.slice(at)}`;
    const start = performance.now();
    parsed = parseModule(edited, parsed);
    void parsed.module.errors;
    return performance.now() - start;
  });
  return median(edits);
}

const long = texts.filter((text) => text.split("\n").length > 4_000).slice(0, 5);
const typed = long.map((text) => best([() => void parseModule(text).module.errors])[0] / keystroke(text));

const times = (ratio) => `${ratio.toFixed(ratio < 10 ? 1 : 0)}×`;
const row = (name, time, errors) => `| ${name} | ${times(bareLezer / time)} | ${errors} |`;
const section = `
${files.length} files of ${version ? `CPython ${version}'s standard library` : "our own stubs"}, all of which CPython parses.

| | speed, the bare Lezer parse = 1 | files with a false syntax error |
| --- | --- | --- |
${row("Init Lens: tree of top-level statements, bodies when asked for", scanned, falseErrors.ours)}
${row("Init Lens: whole tree", full, falseErrors.ours)}
${row("@lezer/python, without lowering to a syntax tree", bareLezer, falseErrors.lezer)}${
  version ? `\n${row(`CPython ${version}, \`ast.parse\``, cpython, 0)}` : ""
}${
  long.length > 0
    ? `\n\nA keystroke in a file of more than 4,000 lines, problems included, is ${times(median(typed))} as fast as reading the whole file (median of ${long.length} files).`
    : ""
}`;

export const title = "Reading Python";
export const run = async () => section;
