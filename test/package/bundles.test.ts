/** What the bundles may weigh and reach, built as they are handed out. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { before, it } from "node:test";

/**
 * Every bundle: its weight in kB at most, minified, and what it asks of its surroundings. Nothing here can
 * open a connection; only the command line reads files itself. (`crypto` is seedrandom's, for seeds nobody
 * gave.)
 */
const BUNDLES: readonly (readonly [file: string, kilobytes: number, requires: readonly string[]])[] = [
  [
    "dist/cli.js",
    1_800,
    ["crypto", "node:fs", "node:os", "node:path", "node:readline", "node:util", "node:worker_threads"],
  ],
  ["dist/extension.js", 350, ["vscode"]],
  ["dist/worker.js", 2_700, []],
  ["dist/renderer.js", 900, []],
];

before(() => execFileSync(process.execPath, ["esbuild.mjs", "--production"]));

for (const [file, kilobytes, requires] of BUNDLES) {
  it(`${file} stays under ${kilobytes} kB`, () => {
    const bytes = statSync(file).size;
    assert.ok(bytes < kilobytes * 1000, `${bytes} bytes`);
  });

  it(`${file} requires only ${requires.join(", ") || "what it contains"}`, () => {
    const text = readFileSync(file, "utf8");
    const asked = [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name!);
    assert.deepEqual([...new Set(asked)].sort(), [...requires].sort());
  });
}

it("the extension and its host never ask for an address", () => {
  for (const file of ["dist/extension.js", "dist/cli.js"]) {
    const text = readFileSync(file, "utf8");
    assert.doesNotMatch(text, /\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon/, file);
  }
});

it("the command line writes no file", () => {
  const text = readFileSync("dist/cli.js", "utf8");
  assert.doesNotMatch(
    text,
    /\b((write|append)FileSync|createWriteStream|(mkdir|rm|unlink|rename|cp|copyFile)Sync|fs\/promises)\b/,
  );
});
