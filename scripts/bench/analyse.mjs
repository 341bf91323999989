// Analysing a document: cold, after a keystroke, and a whole process. Beside it, on the same file in the same
// run, the checkers of tensor shapes TorchShapeFlow (`tsf`) and Pyrefly, where they are on PATH or in the
// folder that INIT_LENS_PEERS names.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { findTruthPython } from "../accuracy/python.mjs";

export const title = "Analysing a document";

const COLD = 15;
const KEYSTROKES = 100;
const SOURCE = "test/fixtures/edits/gpt.py";
const LINES = 1000;

export async function run() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "init-lens-bench-"));
  try {
    const { analyse, AnalysisSession, ProgramCache } = await bundle(folder);
    const text = longSource();
    const file = path.join(folder, "model.py");
    writeFileSync(file, text);
    const read = (source, session, cache) =>
      analyse(
        { file, cells: [{ index: null, text: source }] },
        { read: () => null },
        { roots: [folder], session, cache, now: () => performance.now() },
      );
    const first = timed(() => read(text, undefined, new ProgramCache()));
    const cold = Array.from({ length: COLD }, () => timed(() => read(text, undefined, new ProgramCache())));
    const typed = keystrokes(text, read, new AnalysisSession(), new ProgramCache());
    const { layers } = read(text, undefined, new ProgramCache());
    return [
      `${text.split("\n").length} lines of transformers, ${layers.length} layers with all their shapes.`,
      "",
      "| | median | 95th percentile |",
      "| --- | ---: | ---: |",
      `| first analysis in a process | ${ms(first)} | |`,
      `| cold, in a process that runs | ${ms(at(cold, 0.5))} | ${ms(at(cold, 0.95))} |`,
      `| after a keystroke | ${ms(at(typed, 0.5))} | ${ms(at(typed, 0.95))} |`,
      "",
      ...models(),
      "",
      "| the same file in a whole process | time | says of the layers |",
      "| --- | ---: | --- |",
      ...processes(file).map(({ name, time, answer }) => `| ${name} | ${time} | ${answer} |`),
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

/** Numbers and names changed, comments written, at places that wander through the text. */
function keystrokes(text, read, session, cache) {
  let current = text;
  read(current, session, cache);
  return Array.from({ length: KEYSTROKES }, (_, i) => {
    const from = Math.floor((current.length * ((i * 37) % 100)) / 100);
    const number = /\b\d+\b/g;
    number.lastIndex = from;
    const found = i % 2 === 0 ? number.exec(current) : null;
    const at = found?.index ?? current.indexOf("\n", from);
    const piece = found === null ? " #" : String(Number(found[0]) + 1);
    current = current.slice(0, at) + piece + current.slice(at + (found?.[0].length ?? 0));
    return timed(() => read(current, session, cache));
  });
}

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

/** The folder of installed packages that has one; null where the Python on PATH has it not. */
function packages(name) {
  const python = findTruthPython([name]);
  if (python === null) return null;
  const find = `import importlib.util as u; print(u.find_spec("${name}").submodule_search_locations[0])`;
  const { stdout, status } = spawnSync(python, ["-c", find], { encoding: "utf8" });
  return status === 0 ? path.dirname(stdout.trim()) : null;
}

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
    const runs = Array.from({ length: 3 }, () => {
      const start = performance.now();
      const { stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
      return { time: performance.now() - start, text: `${stdout}\n${stderr}`, stdout, error };
    });
    if (runs[0].error) return { name, time: "", answer: "not on this machine" };
    const best = Math.min(...runs.map(({ time }) => time));
    return { name, time: ms(best), answer: answer(runs[0].stdout || runs[0].text, runs[0].text) };
  });
}

const peer = (name) => (process.env.INIT_LENS_PEERS ? path.join(process.env.INIT_LENS_PEERS, name) : name);

const lastLine = (_, text) => {
  const line = text.split("\n").find((one) => /\d+ errors?|clean|\d+ file/.test(one)) ?? "";
  return line.trim().replaceAll("|", "\\|");
};

function timed(action) {
  const start = performance.now();
  action();
  return performance.now() - start;
}

const at = (times, share) => times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)];
const ms = (time) => `${time.toFixed(time < 10 ? 1 : 0)} ms`;
