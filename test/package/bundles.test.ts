/** What the bundles may weigh and reach. `package.test.ts` has built them as they are handed out. */
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { it } from "node:test";
import * as esbuild from "esbuild";

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
  ["dist/worker.js", 2_600, []],
  ["dist/renderer.js", 900, []],
];

for (const [file, kilobytes, requires] of BUNDLES) {
  it(`${file} stays under ${kilobytes} kB`, async () => {
    // Whatever was built last, minified: a development build has the same code.
    const { outputFiles } = await esbuild.build({
      entryPoints: [file],
      minify: true,
      write: false,
      logLevel: "error",
    });
    const bytes = outputFiles[0]!.contents.length;
    assert.ok(bytes < kilobytes * 1000, `${bytes} bytes, of ${statSync(file).size} on disk`);
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
