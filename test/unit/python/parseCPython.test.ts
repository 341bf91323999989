// The parse is Python's: over the standard library of the newest CPython on PATH, tests included, every
// node, field and position equals what CPython's own `ast` says.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { parseModule } from "../../../src/python/parse/parse.js";
import { agrees, FlatTree, type Item } from "./flatTree.js";

interface Python {
  readonly command: string;
  /** 313 for Python 3.13. */
  readonly version: number;
  readonly library: string;
}

interface Dump {
  readonly file: string;
  readonly source: string;
  readonly tree: readonly Item[];
}

/** Older ones have another tree (`Index`, `ExtSlice`) and other grammar. */
const OLDEST = 309;

const INTRODUCTION = `import sys, sysconfig
print(sys.version_info[0] * 100 + sys.version_info[1], sysconfig.get_path("stdlib"))`;

/** The newest CPython on PATH, or null. */
function newestPython(): Python | null {
  const commands = (process.env.PATH ?? "").split(path.delimiter).flatMap((directory) => {
    try {
      const names = readdirSync(directory).filter((name) => /^python3(\.\d+)?(\.exe)?$/.test(name));
      return names.map((name) => path.join(directory, name));
    } catch {
      return [];
    }
  });
  const found = commands.flatMap((command): Python[] => {
    const { stdout, status } = spawnSync(command, ["-c", INTRODUCTION], { encoding: "utf8" });
    const [, version, library] = /^(\d+) (.+)/.exec(stdout ?? "") ?? [];
    return status === 0 && version && library ? [{ command, version: Number(version), library }] : [];
  });
  const usable = found.filter(({ version }) => version >= OLDEST);
  return usable.sort((a, b) => b.version - a.version)[0] ?? null;
}

function libraryFiles({ library }: Python): string[] {
  return readdirSync(library, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".py") && !/(site|dist)-packages/.test(name))
    .map((name) => path.join(library, name))
    .sort();
}

/** CPython's tree of each file, as it comes; null for a file that is not Python. */
async function* dumps({ command }: Python, files: readonly string[]): AsyncGenerator<Dump | null> {
  const python = spawn(command, ["test/unit/python/dumpTrees.py"], { stdio: ["pipe", "pipe", "inherit"] });
  python.stdin.end(files.join("\n"));
  for await (const line of createInterface({ input: python.stdout })) yield JSON.parse(line);
}

/** The first difference between the two trees, both sides around it; null where they are equal. */
function difference({ file, source, tree }: Dump, version: number): string | null {
  const flat = new FlatTree(source, version);
  const parsed = parseModule(source);
  flat.statements(parsed.module.body.statements);
  const length = Math.max(tree.length, flat.items.length);
  for (let i = 0; i < length; i++) {
    if (agrees(flat.items[i], tree[i])) continue;
    const [expected, actual] = [tree, flat.items].map((items) =>
      JSON.stringify(items.slice(Math.max(0, i - 12), i + 6)),
    );
    return `${file}\n  CPython ${expected}\n  ours    ${actual}`;
  }
  return parsed.module.errors.length > 0 ? `${file}: ${parsed.module.errors[0]!.message}` : null;
}

test("every file of CPython's standard library has CPython's tree", async (t) => {
  const python = newestPython();
  if (python === null) {
    assert.notEqual(process.env.CI, "true", "CI needs a python3 on PATH");
    t.diagnostic("no python3 on PATH: nothing to compare with");
    return;
  }
  const files = libraryFiles(python);
  const differences: string[] = [];
  let compared = 0;
  let answered = 0;
  for await (const dump of dumps(python, files)) {
    answered++;
    if (dump === null) continue;
    compared++;
    const found = difference(dump, python.version);
    if (found !== null && differences.length < 10) differences.push(found);
  }
  t.diagnostic(
    `Python ${python.version / 100}: ${compared} of ${files.length} files are Python and were compared`,
  );
  assert.equal(answered, files.length, "the dump ended early");
  assert.ok(compared > 0.95 * files.length && compared > 100, `only ${compared} files were compared`);
  assert.deepEqual(differences, []);
});
