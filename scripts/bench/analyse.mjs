// Analysing a document: cold, after a keystroke, and in a whole process. Beside it, on the same files in the
// same run, the checkers of tensor shapes TorchShapeFlow (`tsf`) and Pyrefly, where they are on PATH or in the
// folder that INIT_LENS_PEERS names. The first rows are processor time, which other work on the machine
// changes less than the clock; a process is timed by the clock, as who waits for it does.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { findTruthPython } from "../accuracy/python.mjs";

export const title = "Analysing a document";

/** Analyses before the first that is counted as one in a process that runs: the engine has compiled by then. */
const WARMING = 30;
const COLD = 30;
const KEYSTROKES = 200;
const PROCESSES = 5;
const SOURCE = "test/fixtures/edits/gpt.py";
const LINES = 1000;

export async function run() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "init-lens-bench-"));
  try {
    const { analyse, AnalysisSession, ProgramCache } = await bundle(folder);
    const text = longSource();
    const file = path.join(folder, "model.py");
    writeFileSync(file, text);
    const read = (source, session, cache, cells = (text) => [{ index: null, text }]) =>
      analyse(
        { file, cells: cells(source) },
        { read: () => null },
        { roots: [folder], session, cache, now: () => performance.now() },
      );
    const whole = () => read(text, undefined, new ProgramCache());
    const first = worked(whole);
    for (let i = 0; i < WARMING; i++) whole();
    const cold = Array.from({ length: COLD }, () => worked(whole));
    const typed = keystrokes(text, read, new AnalysisSession(), new ProgramCache());
    const inCells = (source, session, cache) => read(source, session, cache, cellsOf);
    const inNotebook = keystrokes(text, inCells, new AnalysisSession(), new ProgramCache());
    const { layers } = whole();
    const row = (what, times) => `| ${what} | ${ms(at(times, 0.5))} | ${ms(at(times, 0.95))} |`;
    return [
      `${text.split("\n").length} lines of transformers, ${layers.length} layers with all their shapes.`,
      "",
      "| processor time | median | 95th percentile |",
      "| --- | ---: | ---: |",
      `| first analysis in a process | ${ms(first)} | |`,
      row("cold, in a process that runs", cold),
      row(
        "after a keystroke",
        typed.map(({ time }) => time),
      ),
      ...KINDS.map(({ name }) => row(`… ${name}`, timesOf(typed, name))),
      row(
        "after a keystroke in a notebook with the same text",
        inNotebook.map(({ time }) => time),
      ),
      "",
      ...models(),
      "",
      "| a file in a whole process | | median | best | says of the layers |",
      "| --- | --- | ---: | ---: | --- |",
      ...[file, ...packaged()].flatMap(processes),
    ].join("\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bundle(folder) {
  const outfile = path.join(folder, "core.mjs");
  await esbuild.build({
    stdin: {
      contents:
        'export * from "./src/analysis.js"; export * from "./src/analysisSession.js"; export * from "./src/python/evaluator.js";',
      resolveDir: process.cwd(),
    },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    loader: { ".py": "text" },
    logLevel: "warning",
    banner: {
      js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
    },
  });
  return import(pathToFileURL(outfile).href);
}

/** The same model under other names, until there are enough lines. */
function longSource() {
  const source = readFileSync(SOURCE, "utf8");
  const names = [...source.matchAll(/^(?:class|def) (\w+)/gm)].map(([, name]) => name);
  const pattern = new RegExp(`\\b(${names.join("|")})\\b`, "g");
  let text = source;
  for (let copy = 1; text.split("\n").length < LINES; copy++) text += source.replace(pattern, `$1${copy}`);
  return text;
}

/** What is typed, and after what; each turn the next place of its kind in the text, from one that wanders. */
const KINDS = [
  { name: "a number in a constructor or function", after: /^ {4,}.*[=(, ](?=\d+\b)/gm, piece: "1" },
  { name: "a number outside of functions", after: /^ {4}\w+: int = (?=\d)/gm, piece: "1" },
  { name: "a comment", after: /^.+$/gm, piece: " #" },
  { name: "a new line", after: /^.+$/gm, piece: "\n" },
];

const timesOf = (typed, kind) => typed.filter(({ name }) => name === kind).map(({ time }) => time);

function keystrokes(text, read, session, cache) {
  let current = text;
  read(current, session, cache);
  return Array.from({ length: KEYSTROKES }, (_, i) => {
    const { name, after, piece } = KINDS[i % KINDS.length];
    after.lastIndex = Math.floor((current.length * ((i * 37) % 100)) / 100);
    const found = after.exec(current) ?? after.exec(current);
    const at = found.index + found[0].length;
    // Every other time it is taken back, as people do, and as the text stays a program.
    const edited = current.slice(0, at) + piece + current.slice(at);
    const time = worked(() => read(edited, session, cache));
    if (i % 8 < 4) current = edited;
    return { name, time };
  });
}

/** The same text as a notebook, cut where a definition begins. */
const cellsOf = (text) => text.split(/(?=^(?:@|class |def ))/m).map((cell, index) => ({ index, text: cell }));

const MODELS = {
  none: "| `resnet152()`, `resnet18()` | torchvision is not there: `npm run truth-env` | |",
  warm: 15,
  cold: 5,
};

/** torchvision's `resnet152()` in a process that runs, and the whole process of `model` for `resnet18()`. */
function models() {
  const head = ["| a model of torchvision | median | best |", "| --- | ---: | ---: |"];
  const sitePackages = packages("torchvision");
  if (sitePackages === null) return [...head, MODELS.none];
  const file = path.join(sitePackages, "torchvision/models/resnet.py");
  const run = (call) => {
    const args = [path.resolve("dist/cli.js"), "model", file, ...call, "--root", sitePackages, "--json"];
    const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 28 });
    return JSON.parse(stdout).models;
  };
  const calls = Array.from({ length: MODELS.warm + 3 }, () => ["--call", "resnet152()"]).flat();
  const warm = run(calls)
    .slice(3)
    .map(({ milliseconds }) => milliseconds);
  const cold = Array.from({ length: MODELS.cold }, () => timed(() => run(["--call", "resnet18()"])));
  return [
    ...head,
    `| \`resnet152()\` in a process that runs | ${ms(at(warm, 0.5))} | ${ms(Math.min(...warm))} |`,
    `| \`model resnet18()\`, the whole process | ${ms(at(cold, 0.5))} | ${ms(Math.min(...cold))} |`,
  ];
}

/** A file of about a thousand lines that people wrote, where its package is there. */
function packaged() {
  const sitePackages = packages("torchvision");
  return sitePackages === null ? [] : [path.join(sitePackages, "torchvision/models/resnet.py")];
}

/** The folder of installed packages that has one; null where the Python on PATH has it not. */
function packages(name) {
  const python = findTruthPython([name]);
  if (python === null) return null;
  const find = `import importlib.util as u; print(u.find_spec("${name}").submodule_search_locations[0])`;
  const { stdout, status } = spawnSync(python, ["-c", find], { encoding: "utf8" });
  return status === 0 ? path.dirname(stdout.trim()) : null;
}

/** A row for each program that reads the file. */
function processes(file) {
  const cli = path.resolve("dist/cli.js");
  const rows = [
    {
      name: "Init Lens, `layers`",
      command: [process.execPath, cli, "layers", file, "--json"],
      answer: (out) => `${JSON.parse(out).files[0].layers.length} call sites with shapes`,
    },
    { name: "TorchShapeFlow, `check`", command: [peer("tsf"), "check", file], answer: lastLine },
    { name: "Pyrefly, `check`", command: [peer("pyrefly"), "check", file], answer: lastLine },
  ];
  return rows.map(({ name, command: [program, ...args], answer }) => {
    const runs = Array.from({ length: PROCESSES }, () => {
      const start = performance.now();
      const { stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
      return { time: performance.now() - start, text: `${stdout}\n${stderr}`, stdout, error };
    });
    const head = `| ${path.basename(file)} | ${name} |`;
    if (runs[0].error) return `${head} | | not on this machine |`;
    const times = runs.map(({ time }) => time);
    const says = answer(runs[0].stdout || runs[0].text, runs[0].text);
    return `${head} ${ms(at(times, 0.5))} | ${ms(Math.min(...times))} | ${says} |`;
  });
}

const peer = (name) => (process.env.INIT_LENS_PEERS ? path.join(process.env.INIT_LENS_PEERS, name) : name);

const lastLine = (_, text) => {
  const line = text.split("\n").find((one) => /\d+ errors?|clean|\d+ file/.test(one)) ?? "";
  return line.trim().replaceAll("|", "\\|");
};

/** Processor time of an action, in milliseconds. */
function worked(action) {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function timed(action) {
  const start = performance.now();
  action();
  return performance.now() - start;
}

const at = (times, share) => times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)];
const ms = (time) => `${time.toFixed(time < 10 ? 1 : 0)} ms`;
