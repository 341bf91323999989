// Runs every generated snippet in the real frameworks and tests what it draws: bounds, moments,
// Kolmogorov–Smirnov. Frameworks the environment lacks are named, not passed over.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { installedVersions } from "./python.mjs";

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

/** Runs all snippets whose name contains `word`; what did not draw as it should is printed. */
export async function runSnippets(python, word = "") {
  const { snippetCases, judge } = await loadCases();
  const { cases, refused } = snippetCases();
  const installed = installedVersions(python, [...new Set(Object.values(NEEDS).flat())]);
  const rows = Object.entries(NEEDS).map(([dialect, needs]) => {
    const lacks = needs.filter((name) => !installed.has(name));
    const own = cases.filter((one) => one.dialect === dialect && one.id.includes(word));
    if (lacks.length > 0) return { dialect, total: own.length, lacks, failures: [] };
    return { dialect, total: own.length, lacks, failures: run(python, dialect, own, judge) };
  });
  for (const { id, why, code } of rows.flatMap(({ failures }) => failures))
    console.log(`  ${id}: ${why}\n${code}\n`);
  for (const row of rows) console.log(`snippets, ${row.dialect}: ${outcome(row)}`);
  const wrong = rows.reduce((sum, { failures }) => sum + failures.length, 0);
  return { suite: "snippets", wrong, versions: {}, section: section(rows, refused) };
}

async function loadCases() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "init-lens-snippets-"));
  const outfile = path.join(folder, "snippets.mjs");
  try {
    await esbuild.build({
      entryPoints: ["scripts/accuracy/snippets.ts"],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      logLevel: "warning",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The snippets of one dialect that fail, with why. */
function run(python, dialect, cases, judge) {
  const { stdout, stderr, status } = spawnSync(python, ["scripts/accuracy/snippets.py"], {
    input: cases.map(({ id, code, shape }) => `${JSON.stringify({ id, dialect, code, shape })}\n`).join(""),
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    timeout: 600_000,
  });
  const answers = new Map(
    stdout
      .split("\n")
      .filter((line) => line.startsWith('{"id"'))
      .map((line) => JSON.parse(line))
      .map((answer) => [answer.id, answer]),
  );
  const silence = status === 0 ? "no answer from Python" : stderr.trim().split("\n").at(-1);
  return cases.flatMap((one) => {
    const { values, error = silence } = answers.get(one.id) ?? {};
    const why = values ? judge(one, doubles(values)) : error;
    return why ? [{ id: one.id, why, code: one.code }] : [];
  });
}

function doubles(base64) {
  const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
  return new Float64Array(bytes.buffer);
}

const outcome = ({ total, lacks, failures }) =>
  lacks.length > 0
    ? `not run, Python lacks ${lacks.join(", ")}`
    : `${total - failures.length} of ${total} draw what they say`;

function section(rows, refused) {
  const reasons = new Set(refused.map((text) => text.replace(/^(\S+ \S+) .*: /, "$1: ")));
  return [
    "## Snippets",
    "",
    "Every snippet that Init Lens writes, for all schemes and several shapes, gains, modes and slopes, run in its framework: bounds, moments within 5 standard errors, Kolmogorov–Smirnov at p = 10⁻⁶, exact values where nothing is random.",
    "",
    ...rows.map((row) => `- ${row.dialect}: ${outcome(row)}`),
    ...(reasons.size > 0
      ? ["", `Not written, because the framework refuses: ${[...reasons].join("; ")}.`]
      : []),
    "",
  ];
}
