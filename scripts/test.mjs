// `npm test`: types, lint, build, unit tests, tests in Chromium, of the packages, in every real VS Code; in CI also
// the coverage of the unit tests, the recorded models, and how fast Python is read.
// Prints "N passed, N failed" alone on its last line; a step that is no test runner counts as one test.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { debianProgram } from "./debian.mjs";
import { installRecorded } from "./recorded.mjs";

const scratch = mkdtempSync(path.join(os.tmpdir(), "init-lens-test-"));
const totals = { passed: 0, failed: 0 };

/** Runs one step and adds what it counted; `counts` says that it writes a summary file. */
function step(title, command, args, { counts = false } = {}) {
  console.log(`\n── ${title}`);
  const summary = path.join(scratch, `${title.replaceAll(" ", "-")}.json`);
  const { status } = spawnSync(command, counts ? [...args, "--summary", summary] : args, {
    stdio: "inherit",
  });
  if (!counts) {
    totals[status === 0 ? "passed" : "failed"]++;
    return;
  }
  let counted = { passed: 0, failed: 1 };
  try {
    counted = JSON.parse(readFileSync(summary, "utf8"));
  } catch {
    console.error(`${title} ended without a summary (exit status ${status})`);
  }
  totals.passed += counted.passed;
  totals.failed += counted.failed + (status !== 0 && counted.failed === 0 ? 1 : 0);
}

const bin = (name) => path.join("node_modules", ".bin", name);
step("types", bin("tsc"), ["--build"]);
step("lint", bin("biome"), ["check", "--error-on-warnings", "."]);
step("unused code", process.execPath, [path.join("node_modules", "knip", "bin", "knip.js")]);
step("duplicate code", bin("jscpd"), []);
step("audit", process.execPath, ["scripts/audit.mjs"]);
step("build", process.execPath, ["esbuild.mjs"]);
const isCI = Boolean(process.env.CI);
// The parser is compared with CPython's own. Elsewhere that test says that it has nothing to compare with.
if (isCI) debianProgram("python3", { megabytes: 40 });
// Fails below the share of branches in .c8rc.json. Counting them takes half as long again, so people are spared.
const coverage = isCI ? [path.join("node_modules", "c8", "bin", "c8.js"), process.execPath] : [];
step("unit tests", process.execPath, [...coverage, "scripts/unit.mjs"], { counts: true });
step("renderer tests", process.execPath, ["scripts/rendererTests.mjs"], { counts: true });
step("npm start", process.execPath, ["scripts/unit.mjs", "--suite", "start"], { counts: true });
step("package tests", process.execPath, ["scripts/unit.mjs", "--suite", "package"], { counts: true });
step("tests in VS Code", process.execPath, ["scripts/vscodeTests.mjs"], { counts: true });

if (isCI) {
  Object.assign(process.env, installRecorded(path.join(scratch, "recorded")));
  step("accuracy", process.execPath, ["scripts/accuracy.mjs", "facts", "--exact"]);
  step("bench", process.execPath, ["scripts/bench.mjs", "parse", "--print"]);
}

rmSync(scratch, { recursive: true, force: true });
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 ? 1 : 0;
