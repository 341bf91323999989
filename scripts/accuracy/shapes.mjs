// Compares the shape after every innermost module with what forward hooks see in real torch, for every
// classification model of torchvision. `node scripts/accuracy/shapes.mjs [NAME…]`; exits with 1 where a shape
// is wrong. What is not known is counted, and is no error.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { findTruthPython } from "./python.mjs";

const names = process.argv.slice(2);
const scratch = mkdtempSync(path.join(os.tmpdir(), "init-lens-shapes-"));
const bundle = path.join(scratch, "shapes.mjs");
await esbuild.build({
  entryPoints: ["scripts/accuracy/shapes.ts"],
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "esm",
  logLevel: "warning",
  loader: { ".py": "text" },
});
const { shapesOf } = await import(pathToFileURL(bundle).href);
rmSync(scratch, { recursive: true, force: true });

const python = findTruthPython(["torch", "torchvision"]);
if (!python) {
  console.error("No Python with torch and torchvision: run `npm run truth-env` or set INIT_LENS_PYTHON.");
  process.exit(2);
}
const sitePackages = spawnSync(
  python,
  ["-c", "import torchvision, os; print(os.path.dirname(os.path.dirname(torchvision.__file__)))"],
  { encoding: "utf8" },
).stdout.trim();
const { stdout, stderr } = spawnSync(python, ["scripts/accuracy/shapes_truth.py", ...names], {
  encoding: "utf8",
  maxBuffer: 1 << 28,
});
if (stdout === "") {
  console.error(stderr.slice(-500));
  process.exit(2);
}

const texts = new Map();
const reader = {
  read(file) {
    if (!texts.has(file)) texts.set(file, existsSync(file) ? readFileSync(file, "utf8") : null);
    return texts.get(file);
  },
};
const total = { models: 0, whole: 0, leaves: 0, exact: 0, unknown: 0, missing: 0, wrong: 0 };
for (const line of stdout.trim().split("\n")) {
  const { model, file, call, inputs, leaves, error } = JSON.parse(line);
  if (error) {
    console.log(`${model}: the real model fails: ${error}`);
    continue;
  }
  const full = path.join(sitePackages, file);
  const found = shapesOf(full, reader.read(full), call, inputs, {
    reader,
    sitePackages,
    now: () => performance.now(),
  });
  const counts = compare(leaves, found.leaves);
  total.models++;
  total.leaves += leaves.length;
  for (const key of ["exact", "unknown", "missing", "wrong"]) total[key] += counts[key];
  if (counts.exact === leaves.length) total.whole++;
  else console.log(model, JSON.stringify(counts), found.error ?? "", `${Math.round(found.milliseconds)} ms`);
}
console.log(JSON.stringify(total));
process.exit(total.wrong > 0 ? 1 : 0);

/** Call by call: a module is asked as often as it was called. */
function compare(truth, found) {
  const queues = new Map();
  for (const { name, output } of found) queues.set(name, [...(queues.get(name) ?? []), output]);
  const counts = { exact: 0, unknown: 0, missing: 0, wrong: 0, first: null };
  for (const [name, layer, shape] of truth) {
    const queue = queues.get(name) ?? [];
    const kind = queue.length === 0 ? "missing" : verdict(queue.shift(), shape);
    counts[kind]++;
    if (kind !== "exact") counts.first ??= `${kind} ${name} ${layer} ${JSON.stringify(shape)}`;
  }
  const extra = [...queues.values()].reduce((sum, queue) => sum + queue.length, 0);
  if (extra > 0) {
    counts.wrong += extra;
    counts.first ??= `${extra} calls too many`;
  }
  return counts;
}

function verdict(ours, truth) {
  if (JSON.stringify(ours) === JSON.stringify(truth)) return "exact";
  return ours === null || ours.some((size) => typeof size !== "number") ? "unknown" : "wrong";
}
