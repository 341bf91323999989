// Counts how many calls of layers in real files get an answer, and says why the others do not.
//
//   npm run call-sites -- FOLDER… [--verbose] [--only WORD] [--counts]
//
// The calls are found by scripts/callSites/call_sites.py, by syntax alone. An answer is concrete where every
// dimension of every weight is a number, symbolic where the rest are sizes in symbols. Beside them: of how many
// answers the activation is known, and of how many torch layers the shape that flows through. Whether answers are
// right is what `npm run accuracy -- sites-run` finds. --counts prints one line of JSON, for `npm run accuracy`.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";
import { findTruthPython } from "./accuracy/python.mjs";

const { values: options, positionals: folders } = parseArgs({
  options: {
    verbose: { type: "boolean" },
    only: { type: "string" },
    counts: { type: "boolean" },
  },
  allowPositionals: true,
});
if (folders.length === 0) {
  console.error("call-sites needs a folder of Python files or notebooks");
  process.exit(2);
}

async function loadAnalysis() {
  const outfile = path.resolve("dist/callSites/analysis.mjs");
  await esbuild.build({
    stdin: {
      contents:
        'export { analyse } from "./src/analysis.js"; export * from "./src/cli/files.js"; export { ProgramCache } from "./src/python/evaluator.js";',
      resolveDir: process.cwd(),
      loader: "ts",
    },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    loader: { ".py": "text" },
    banner: {
      js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
    },
    logLevel: "warning",
  });
  return import(outfile);
}

/** As the command line analyses a file, but without a clock: a busy machine must not change the count. */
function analysisOf(file, { analyse, readDocument, readerUnder, importRoots }, cache) {
  const document = readDocument(file);
  const roots = importRoots(document, undefined);
  return analyse(document, readerUnder(roots), { roots, cache });
}

const readLines = (text) =>
  text
    .trim()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const placeOf = ({ cell, line, column }) => `${cell ?? ""}:${line}:${column}`;

/** `concrete`, `symbolic` or `none`; a layer that has no weights at all is no answer either. */
function answerOf(layer) {
  const dims = layer?.parameters.flatMap(({ shape }) => shape) ?? [null];
  if (layer === undefined || layer.parameters.length === 0 || dims.includes(null)) return "none";
  return dims.every((dim) => typeof dim === "number") ? "concrete" : "symbolic";
}

/** The remark that stands nearest above the call and not after it, its names and numbers left out. */
function reasonOf(site, layer, diagnostics) {
  if (layer !== undefined) return layer.parameters.length === 0 ? "no input seen" : "a size is not known";
  const before = diagnostics.filter(
    ({ site: at }) =>
      (at.cell ?? 0) === (site.cell ?? 0) && at.line <= site.line && (at.endLine ?? at.line) >= site.line,
  );
  const found = before.at(-1)?.message;
  return found?.replaceAll(/\d+/g, "N") ?? "not reached";
}

/** The layers that a tensor of known size leaves; null where no model ran on one. */
function placesWithSizes({ flow }) {
  const isSized = (shape) =>
    shape.every((dim) => dim !== null) && shape.some((dim) => typeof dim === "number");
  const notes = flow?.notes.filter(({ shapes }) => shapes.some(({ output }) => isSized(output))) ?? [];
  const layers = notes.filter(({ kind }) => kind === "layer").map(({ site }) => placeOf(site));
  return layers.length === 0 ? null : new Set(layers);
}

const FRAMEWORK_WORDS = [
  "torch",
  "flax",
  "haiku",
  "equinox",
  "tensorflow",
  "keras",
  "theano",
  "jax",
  "numpy",
];
const rowOf = ({ class: name, endLine }) =>
  (endLine === undefined ? "" : "bare ") + FRAMEWORK_WORDS.find((word) => name.includes(word));

const isBefore = (one, other) => one.line - other.line || one.column - other.column;

/** The layer at a call, or the first one inside a bare weight's expression. */
function layerAt(site, layers, byPlace) {
  if (site.endLine === undefined) return byPlace.get(placeOf(site));
  const end = { line: site.endLine, column: site.endColumn };
  return layers.find(
    ({ site: at }) => at.cell === site.cell && isBefore(site, at) <= 0 && isBefore(at, end) < 0,
  );
}

const NOTHING = { concrete: 0, symbolic: 0, none: 0 };

async function main() {
  const python = findTruthPython();
  const product = await loadAnalysis();
  const cache = new product.ProgramCache();
  const script = path.resolve("scripts/callSites/call_sites.py");
  const limit = 1 << 28;
  const rows = readLines(
    execFileSync(python, [script, ...folders], {
      encoding: "utf8",
      maxBuffer: limit,
      stdio: ["ignore", "pipe", "ignore"],
    }),
  ).filter(({ file }) => options.only === undefined || file.includes(options.only));
  const counts = new Map();
  const reasons = new Map();
  let failed = 0;
  const known = { activations: 0, answers: 0, flowing: 0, torch: 0 };
  const add = (key, answer) => {
    const row = counts.get(key) ?? { concrete: 0, symbolic: 0, none: 0 };
    counts.set(key, row);
    row[answer]++;
  };
  const times = [];
  for (const { file, sites } of rows) {
    let analysis;
    const started = performance.now();
    try {
      analysis = analysisOf(file, product, cache);
    } catch (error) {
      failed++;
      console.log(`${file}: ${error instanceof Error ? error.stack : error}`);
      continue;
    }
    times.push({ file, milliseconds: performance.now() - started });
    const layers = new Map(analysis.layers.map((layer) => [placeOf(layer.site), layer]));
    const flowing = placesWithSizes(analysis);
    for (const site of sites) {
      const layer = layerAt(site, analysis.layers, layers);
      const answer = answerOf(layer);
      add(rowOf(site), answer);
      add("all", answer);
      if (answer !== "none") known.answers++;
      if (answer !== "none" && layer.activation !== null) known.activations++;
      if (flowing !== null && rowOf(site) === "torch") known.torch++;
      if (flowing?.has(placeOf(site))) known.flowing++;
      if (answer === "none") {
        const reason = reasonOf(site, layer, analysis.diagnostics);
        const row = reasons.get(reason) ?? { count: 0, places: [] };
        reasons.set(reason, row);
        row.count++;
        row.places.push(
          `${file}:${site.cell === undefined ? "" : `cell ${site.cell}:`}${site.line} ${site.class}`,
        );
      }
    }
  }
  if (options.counts) console.log(JSON.stringify(counts.get("all") ?? NOTHING));
  else report(counts, reasons, { failed, ...known }, times);
}

function report(counts, reasons, { failed, ...known }, times) {
  const most = [...reasons].sort(([, a], [, b]) => b.count - a.count);
  for (const [reason, { count, places }] of most.slice(0, options.verbose ? 1000 : 25)) {
    console.log(`${String(count).padStart(5)}  ${reason}`);
    for (const place of places.slice(0, options.verbose ? 4000 : 2)) console.log(`         ${place}`);
  }
  for (const [name, { concrete, symbolic, none }] of counts) {
    const total = concrete + symbolic + none;
    const share = ((100 * (concrete + symbolic)) / total).toFixed(1);
    console.log(
      `${name}: ${share} % of ${total} calls answered: ${concrete} concrete, ${symbolic} symbolic, ${none} none`,
    );
  }
  console.log(`${known.activations} of ${known.answers} answers know what activation follows`);
  console.log(
    `${known.flowing} of ${known.torch} torch layers have their shape, in files where a model runs`,
  );
  const slowest = times.sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 3);
  const spent = times.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  console.log(
    `${times.length} files, ${(spent / 1000).toFixed(0)} s; ${failed} failed; slowest ${slowest.map(({ file, milliseconds }) => `${path.basename(file)} ${milliseconds.toFixed(0)} ms`).join(", ")}`,
  );
  process.exitCode = failed > 0 ? 1 : 0;
}

await main();
