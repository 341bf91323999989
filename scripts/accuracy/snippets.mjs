// Runs every generated snippet in the real frameworks and tests what it draws: bounds, moments,
// Kolmogorov–Smirnov. Frameworks the truth environment lacks are named, not passed over.
// `node scripts/accuracy/snippets.mjs [WORD…]` runs only the cases whose name contains all words.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { findTruthPython, installedVersions } from "./python.mjs";

/** What each dialect imports. */
const NEEDS = {
  numpy: ["numpy", "scipy"],
  torch: ["numpy", "torch"],
  keras: ["numpy", "keras", "jax"],
  tensorflow: ["numpy", "tensorflow"],
  jax: ["numpy", "jax"],
  linen: ["numpy", "flax"],
  nnx: ["numpy", "flax"],
};

const words = process.argv.slice(2);
const scratch = mkdtempSync(path.join(os.tmpdir(), "init-lens-snippets-"));
const bundle = path.join(scratch, "snippets.mjs");
await esbuild.build({
  entryPoints: ["scripts/accuracy/snippets.ts"],
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "esm",
  logLevel: "warning",
});
const { snippetCases, judge } = await import(pathToFileURL(bundle).href);
rmSync(scratch, { recursive: true, force: true });

const packages = [...new Set(Object.values(NEEDS).flat())];
const python = findTruthPython(packages);
if (!python) {
  console.error("No Python with the frameworks: run `npm run truth-env` or set INIT_LENS_PYTHON.");
  process.exit(2);
}
const installed = installedVersions(python, packages);
const { cases, refused } = snippetCases();
const wanted = cases.filter(({ id }) => words.every((word) => id.includes(word)));
const missing = new Set(
  Object.keys(NEEDS).filter((dialect) => NEEDS[dialect].some((name) => !installed.has(name))),
);
for (const dialect of missing) {
  const lacks = NEEDS[dialect].filter((name) => !installed.has(name));
  console.log(`not run: ${dialect}, because ${python} lacks ${lacks.join(", ")}`);
}

const failures = [];
const passed = new Map();
for (const dialect of Object.keys(NEEDS)) {
  const own = wanted.filter((one) => one.dialect === dialect && !missing.has(dialect));
  if (own.length === 0) continue;
  const { stdout, stderr, status } = spawnSync(python, ["scripts/accuracy/snippets.py"], {
    input: own.map(({ id, code, shape }) => `${JSON.stringify({ id, dialect, code, shape })}\n`).join(""),
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    timeout: 600_000,
  });
  if (status !== 0) failures.push({ id: dialect, why: stderr.trim().split("\n").at(-1) });
  const answers = new Map(
    stdout
      .split("\n")
      .filter((line) => line.startsWith('{"id"'))
      .map((line) => JSON.parse(line))
      .map((answer) => [answer.id, answer]),
  );
  for (const one of own) {
    const answer = answers.get(one.id);
    const why = answer?.values
      ? judge(one, doubles(answer.values))
      : (answer?.error ?? "no answer from Python");
    if (why) failures.push({ id: one.id, why, code: one.code });
    else passed.set(dialect, (passed.get(dialect) ?? 0) + 1);
  }
}

function doubles(base64) {
  const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
  return new Float64Array(bytes.buffer);
}

for (const { id, why, code } of failures) console.log(`FAILED ${id}: ${why}\n${code ?? ""}\n`);
for (const [dialect, count] of passed) console.log(`${dialect}: ${count} snippets draw what they should`);
for (const reason of new Set(refused.map((text) => text.replace(/^(\S+ \S+) .*: /, "$1: "))))
  console.log(`refused: ${reason}`);
const total = [...passed.values()].reduce((sum, count) => sum + count, 0);
console.log(`${total} right, ${failures.length} wrong, with ${python}`);
process.exitCode = failures.length > 0 ? 1 : total === 0 ? 2 : 0;
