// Bundles test/unit/**/*.test.ts and runs them with Node's own runner.
// `--suite NAME` takes test/NAME instead, one file at a time.
// `npm run test:unit -- WORD…` runs only the files whose path contains one of the words.
// With `--summary FILE` it also writes {"passed", "failed"} there.
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";

const { values, positionals: words } = parseArgs({
  options: { summary: { type: "string" }, suite: { type: "string", default: "unit" } },
  allowPositionals: true,
});

const folder = path.posix.join("test", values.suite);
const sources = readdirSync(folder, { recursive: true })
  .map((name) => path.posix.join(folder, name.split(path.sep).join("/")))
  .filter((name) => name.endsWith(".test.ts"))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
if (sources.length === 0) {
  console.error(`No test in ${folder} matches: ${words.join(", ")}`);
  process.exit(2);
}

const outdir = path.posix.join(removeEnded(path.posix.join("dist", folder)), String(process.pid));
await esbuild.build({
  entryPoints: [
    ...sources.map((name) => ({ in: name, out: path.relative(folder, name).replace(/\.ts$/, "") })),
    // Tests of the worker start the real program.
    { in: "src/sample/worker.ts", out: "worker" },
  ],
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: "inline",
  loader: { ".py": "text" },
  // Finds its own program beside its file.
  external: ["esbuild", "playwright-core"],
  // Bundled CommonJS packages may call require(); ES modules have none of their own.
  banner: {
    js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
  },
  logLevel: "warning",
});

/** Every run has a folder of its own, called after its process: what a run that ended left is removed by the next. */
function removeEnded(parent) {
  for (const name of existsSync(parent) ? readdirSync(parent) : []) {
    if (!isRunning(Number(name))) rmSync(path.join(parent, name), { recursive: true, force: true });
  }
  return parent;
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch ({ code }) {
    return code === "EPERM";
  }
}

const totals = { passed: 0, failed: 0 };
const files = sources.map((name) =>
  path.resolve(outdir, path.relative(folder, name).replace(/\.ts$/, ".mjs")),
);
const stream = run({ files, concurrency: values.suite === "unit" });
const leaf = (event) => event.details?.type !== "suite";
stream.on("test:pass", (event) => leaf(event) && !event.skip && totals.passed++);
stream.on("test:fail", (event) => leaf(event) && totals.failed++);
stream.compose(new spec()).pipe(process.stdout);
await new Promise((resolve) => stream.on("end", resolve));
if (values.summary) writeFileSync(values.summary, JSON.stringify(totals));
process.exitCode = totals.failed > 0 ? 1 : 0;
