// Compares what Init Lens reads from source with what the real frameworks make, model by model.
//
//   npm run accuracy -- [SUITE…] [--model WORD] [--refresh] [--verbose]
//   npm run accuracy -- --folder DIR [--calls FILE] [--draws] …    the models of any folder, see folder_truth.py
//
// Suites: torchvision, timm, transformers (shapes, fans, classes), facts (the recorded timm models),
// draws, timm-draws, keras-draws and flax-draws (real draws of every torchvision model, of a timm model and a Keras
// application of every family, and of the programs, against the predicted distributions), keras (keras.applications and
// programs of its own), signal (std of activations and gradients), snippets
// (what the generated code draws in its framework), flax (programs, and Flax's examples where FLAX_EXAMPLES names their folder). Default: all.
// call-sites counts answers in the folders of real files that CALL_SITES names, separated as in PATH.
// sites-run runs the files of the folders that CALL_SITES_RUN names, and compares each place where they make weights.
// The Python that has the frameworks: INIT_LENS_PYTHON, else that of `npm run truth-env`, else python3.
// The truth is kept in the user's cache directory; --refresh makes it anew. docs/accuracy.md has the newest
// result of every suite. --exact is a gate: it fails unless all is as in the truth, and writes nothing.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { runCallSites } from "./accuracy/callSites.mjs";
import { compareDraws, compareParameters } from "./accuracy/compare.mjs";
import { findTruthPython } from "./accuracy/python.mjs";
import { writeReport } from "./accuracy/report.mjs";
import { runSignal } from "./accuracy/signal.mjs";
import { runSites } from "./accuracy/sitesRun.mjs";
import { runSnippets } from "./accuracy/snippets.mjs";

const { values: options, positionals } = parseArgs({
  options: {
    model: { type: "string" },
    refresh: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
    limit: { type: "string" },
    folder: { type: "string" },
    calls: { type: "string" },
    draws: { type: "boolean", default: false },
    exact: { type: "boolean", default: false },
  },
  allowPositionals: true,
});

const CACHE = path.join(
  process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"),
  "init-lens",
  "accuracy",
);

/** One row a suite: the package it needs, the file of its truth, how a model is compared. */
const SUITES = [
  { name: "torchvision", package: "torchvision", compare: compareParameters },
  { name: "facts", package: "timm", compare: compareParameters, read: readFacts },
  { name: "timm", package: "timm", compare: compareParameters },
  { name: "transformers", package: "transformers", compare: compareParameters },
  { name: "draws", package: "torchvision", compare: compareDraws, flags: ["--draws"] },
  { name: "timm-draws", package: "timm", compare: compareDraws, flags: ["--draws"] },
  { name: "keras", package: "keras", compare: compareParameters, truth: "keras_truth.py" },
  {
    name: "keras-draws",
    package: "keras",
    compare: compareDraws,
    truth: "keras_truth.py",
    flags: ["--draws"],
  },
  { name: "flax", package: "flax", compare: compareParameters, truth: "flax_truth.py" },
  { name: "flax-draws", package: "flax", compare: compareDraws, truth: "flax_truth.py", flags: ["--draws"] },
  { name: "signal", package: "torchvision", run: runSignalSuite },
  { name: "snippets", package: "numpy", run: (python) => runSnippets(python, options.model) },
  { name: "call-sites", package: "numpy", run: runCallSites },
  { name: "sites-run", package: "numpy", run: runSitesSuite },
];

if (options.folder) SUITES.splice(0, SUITES.length, folderSuite(path.resolve(options.folder)));

/** The models of any folder of Python files. */
function folderSuite(folder) {
  const { draws } = options;
  const more = [...(options.calls ? [path.resolve(options.calls)] : []), ...(draws ? ["--draws"] : [])];
  return {
    name: `${path.basename(folder)}${draws ? "-draws" : ""}`,
    package: "torch",
    compare: draws ? compareDraws : compareParameters,
    truth: "folder_truth.py",
    arguments: (file) => [folder, file, ...more],
  };
}

const MODELS_A_PROGRESS_LINE = 100;

const wanted = positionals.length > 0 ? positionals : SUITES.map(({ name }) => name);
for (const name of wanted) {
  if (!SUITES.some((suite) => suite.name === name)) {
    console.error(
      `There is no suite "${name}"; the suites are ${SUITES.map(({ name }) => name).join(", ")}.`,
    );
    process.exit(2);
  }
}

/** The product's own reader of models, bundled for this run. */
async function loadReader() {
  const outfile = path.resolve("dist/accuracy/reader.mjs");
  await esbuild.build({
    stdin: {
      contents:
        'export * from "./src/layers/reading/model.js"; export { analyse } from "./src/analysis.js"; export * from "./src/cli/files.js"; export * from "./src/signal/signal.js"; export { ProgramCache } from "./src/python/evaluator.js"; export * from "./src/init/distributions.js";',
      resolveDir: process.cwd(),
      loader: "ts",
    },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    loader: { ".py": "text" },
    // Bundled CommonJS packages may call require(); ES modules have none of their own.
    banner: {
      js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
    },
    logLevel: "warning",
  });
  return import(outfile);
}

/** Where a package is installed, or null. */
function sitePackagesOf(python, name) {
  const code = `import importlib.util as u, os; s = u.find_spec(${JSON.stringify(name)}); print(os.path.dirname(os.path.dirname(s.origin)))`;
  const { status, stdout } = spawnSync(python, ["-c", code], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}

/** The recorded truth of a suite: made with Python the first time. */
function readTruth(suite, python) {
  const file = path.join(CACHE, `${suite.name}.jsonl`);
  if (options.refresh || !existsSync(file)) {
    mkdirSync(CACHE, { recursive: true });
    console.log(`making the truth of ${suite.name} …`);
    const script = `scripts/accuracy/${suite.truth ?? "torch_truth.py"}`;
    const args = suite.arguments?.(file) ?? [suite.package, file, ...(suite.flags ?? [])];
    const { status } = spawnSync(python, [script, ...args], { stdio: ["ignore", "inherit", "inherit"] });
    if (status !== 0) return null;
  }
  const [head, ...lines] = readFileSync(file, "utf8").trim().split("\n");
  const { versions, sitePackages } = parseLine(head);
  return { versions, sitePackages, records: parsed(lines) };
}

/** One record at a time: all of them would take gigabytes. */
function* parsed(lines) {
  for (const line of lines) yield parseLine(line);
}

/** JSON as Python writes it: infinities and not-a-number included. */
function parseLine(line) {
  return JSON.parse(line.replace(/-?\b(NaN|Infinity)\b/g, "null"));
}

function runSignalSuite(python, product) {
  mkdirSync(CACHE, { recursive: true });
  const { refresh, model: word, verbose } = options;
  return runSignal(python, product, { cache: CACHE, refresh, word, verbose });
}

function runSitesSuite(python, product) {
  const { refresh, model: word, verbose } = options;
  return runSites(python, product, { cache: CACHE, refresh, word, verbose });
}

function readFacts(_suite, python) {
  const { meta, records } = JSON.parse(gunzipSync(readFileSync("test/facts/timm.json.gz")));
  return {
    versions: { timm: meta.version, torch: meta.torch },
    sitePackages: sitePackagesOf(python, "timm"),
    records,
  };
}

/** The document a model's expression is evaluated in. */
function documentOf(record, sitePackages, { readDocument }) {
  if (record.source === undefined) return readDocument(path.join(record.root ?? sitePackages, record.file));
  return {
    file: path.join(record.root ?? sitePackages, "init_lens_accuracy.py"),
    cells: [{ index: null, text: record.source }],
  };
}

function predict(record, sitePackages, product, cache) {
  const started = performance.now();
  const document = documentOf(record, sitePackages, product);
  const roots = record.root === undefined ? [] : product.importRoots(document, record.root);
  const reader = new product.ModelReader(document, {
    reader: product.readerUnder([sitePackages, ...roots]),
    roots,
    sitePackages: [sitePackages],
    cache,
    now: () => performance.now(),
  });
  const report = reader.read(record.call);
  return { report, milliseconds: performance.now() - started };
}

async function main() {
  const python = findTruthPython();
  const product = await loadReader();
  const results = [];
  for (const suite of SUITES.filter(({ name }) => wanted.includes(name))) {
    if (python === null || sitePackagesOf(python, suite.package) === null) {
      console.log(
        `${suite.name}: not run, no Python with ${suite.package} was found (npm run truth-env makes one)`,
      );
      results.push({ suite: suite.name, skipped: `no Python with ${suite.package}` });
      continue;
    }
    if (suite.run) {
      results.push(await suite.run(python, product));
      continue;
    }
    const truth = (suite.read ?? readTruth)(suite, python);
    if (truth === null) {
      results.push({ suite: suite.name, skipped: "its truth could not be made" });
      continue;
    }
    results.push(runSuite(suite, truth, product));
  }
  if (!options.model && !options.limit && !options.folder && !options.exact)
    writeReport(withEarlier(results));
  const fails = ({ wrong, exact, total }) =>
    wrong > 0 || (options.exact && (exact !== total || !(total > 0)));
  process.exitCode = results.some(fails) ? 1 : 0;
}

/** The newest result of every suite: a run of some leaves the others as they were. */
function withEarlier(results) {
  const file = path.join(CACHE, "results.json");
  const earlier = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  const all = new Map(
    [...earlier, ...results].filter(({ skipped }) => !skipped).map((one) => [one.suite, one]),
  );
  const kept = SUITES.flatMap(({ name }) => all.get(name) ?? []);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(file, JSON.stringify(kept));
  return kept;
}

function runSuite(suite, truth, product) {
  const models = [];
  const cache = new product.ProgramCache();
  const limit = Number(options.limit ?? Number.POSITIVE_INFINITY);
  for (const record of truth.records) {
    if (options.model && !record.model.includes(options.model)) continue;
    if (models.length >= limit) break;
    if (models.length > 0 && models.length % MODELS_A_PROGRESS_LINE === 0) {
      console.log(`${suite.name}: ${models.length} models …`);
    }
    if (record.error) {
      models.push({ model: record.model, unavailable: record.error });
      continue;
    }
    const { report, milliseconds } = predict(record, truth.sitePackages, product, cache);
    const outcome = suite.compare(record, report, product);
    models.push({ model: record.model, milliseconds, ...outcome });
    const perfect = outcome.exact === outcome.total && outcome.extra === 0 && outcome.complete;
    if (!perfect || options.verbose) console.log(line(record, outcome, milliseconds));
  }
  const result = summary(suite.name, truth.versions, models);
  console.log(
    `${suite.name}: ${result.perfect} of ${result.models} models exact; parameters: ${result.exact} of ${result.total} exact, ` +
      `${result.wrong} wrong, ${result.missing} missing, ${result.extra} extra, ${result.unknown} unknown; ` +
      `${result.complete} complete, ${result.silent} incomplete without saying so; median ${result.median.toFixed(0)} ms`,
  );
  return result;
}

function line({ model }, outcome, milliseconds) {
  const { exact, total, wrong, missing, extra, unknown, complete, notes } = outcome;
  const said = complete ? "complete" : "incomplete";
  const counts = `${exact}/${total} exact, ${wrong} wrong, ${missing} missing, ${extra} extra, ${unknown} unknown`;
  return `  ${model}: ${counts}, ${said}, ${milliseconds.toFixed(0)} ms${notes.map((note) => `\n      ${note}`).join("")}`;
}

function summary(suite, versions, models) {
  const scored = models.filter(({ unavailable }) => unavailable === undefined);
  const sum = (key) => scored.reduce((total, one) => total + one[key], 0);
  const times = scored.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    suite,
    versions,
    models: scored.length,
    unavailable: models.length - scored.length,
    perfect: scored.filter((one) => one.exact === one.total && one.extra === 0).length,
    complete: scored.filter(({ complete }) => complete).length,
    silent: scored.filter((one) => one.complete && (one.missing > 0 || one.wrong > 0)).length,
    exact: sum("exact"),
    total: sum("total"),
    wrong: sum("wrong"),
    missing: sum("missing"),
    extra: sum("extra"),
    unknown: sum("unknown"),
    median: times[Math.floor(times.length / 2)] ?? 0,
    failures: scored.filter((one) => one.exact !== one.total || one.extra > 0),
  };
}

await main();
