// Runs test/vscode/ inside a real VS Code: the desktop where there is one, else the web workbench.
//
//   npm run test:vscode -- [--version newest|oldest] [--packaged] [--web] [--matrix] [--only TEXT]
//
// `--packaged` tests the .vsix, installed by VS Code; `--web` the browser's extension host, on an untrusted
// workspace in memory; `--matrix` every row of MATRIX. `--only` runs the tests whose names
// contain TEXT, `--summary FILE` writes {"passed", "failed"}.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { runInVscode } from "./vscode/testRun.mjs";

const MATRIX = [
  { title: "newest VS Code, the packaged extension", version: "newest", packaged: true, web: false },
  { title: "newest VS Code in the browser's extension host", version: "newest", packaged: false, web: true },
  {
    title: "oldest VS Code supported, the packaged extension",
    version: "oldest",
    packaged: true,
    web: false,
  },
];

const { values } = parseArgs({
  options: {
    version: { type: "string", default: "newest" },
    only: { type: "string", default: "" },
    packaged: { type: "boolean", default: false },
    web: { type: "boolean", default: false },
    matrix: { type: "boolean", default: false },
    summary: { type: "string" },
  },
});

const { version, packaged, web } = values;
const rows = values.matrix ? MATRIX : [{ title: `${version} VS Code`, version, packaged, web }];
const total = { passed: 0, failed: 0 };
for (const { title, ...row } of rows) {
  console.log(`\n── ${title}`);
  const { passed, failed } = await run(row);
  console.log(`${title}: ${passed} passed, ${failed} failed`);
  total.passed += passed;
  total.failed += failed;
}
if (values.summary) writeFileSync(values.summary, JSON.stringify(total));
process.exit(total.failed > 0 ? 1 : 0);

/** Where no VS Code can be had, a person is told and CI fails. */
async function run(row) {
  try {
    return await runInVscode({ ...row, settings: { "initLensTest.only": values.only } });
  } catch (error) {
    console.error(`No VS Code to test in: ${error.message}`);
    return { passed: 0, failed: process.env.CI ? 1 : 0 };
  }
}
