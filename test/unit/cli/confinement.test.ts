/** Only what lies under the given directories is read or listed, whatever the analysed code asks for. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { analyseFile } from "../../../src/cli/analyseFile.js";
import { readerUnder } from "../../../src/cli/files.js";

const folder = mkdtempSync(path.join(os.tmpdir(), "init-lens-confined-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const inside = path.join(folder, "inside");
const outside = path.join(folder, "outside");
mkdirSync(path.join(inside, "configs"), { recursive: true });
mkdirSync(path.join(outside, "configs"), { recursive: true });
for (const [place, width] of [
  [inside, 4],
  [outside, 666],
] as const) {
  writeFileSync(path.join(place, "configs", "tiny.yaml"), `width: ${width}\n`);
  writeFileSync(path.join(place, "configs", "sizes.py"), `WIDTH = ${width}\n`);
}
symlinkSync(path.join(outside, "configs"), path.join(inside, "linked"));
symlinkSync(path.join(outside, "configs", "sizes.py"), path.join(inside, "link.py"));

/** The shape of the one layer of a program that stands in the inner folder. */
function shapeIn(program: string): unknown {
  const file = path.join(inside, "model.py");
  writeFileSync(
    file,
    `import glob, os\nfrom pathlib import Path\nimport yaml\nfrom torch import nn\n${program}\n`,
  );
  return analyseFile(file, { root: inside, sitePackages: [] }).layers[0]?.parameters[0]?.shape[0];
}

const outer = path.join(outside, "configs");

const CASES: readonly (readonly [what: string, program: string, width: number | string | null])[] = [
  ["a file inside", 'n = yaml.safe_load(open("configs/tiny.yaml"))["width"]', 4],
  ["a path that goes up", 'n = yaml.safe_load(open("../outside/configs/tiny.yaml"))["width"]', null],
  [
    "a path that goes up later",
    'n = yaml.safe_load(open("configs/../../outside/configs/tiny.yaml"))["width"]',
    null,
  ],
  ["an absolute path", `n = yaml.safe_load(open("${outer}/tiny.yaml"))["width"]`, null],
  ["a linked folder", 'n = yaml.safe_load(open("linked/tiny.yaml"))["width"]', null],
  ["a module inside", "from configs.sizes import WIDTH as n", 4],
  ["a linked module", "from link import WIDTH as n", null],
  ["a module in a linked folder", "from linked.sizes import WIDTH as n", null],
  [
    "a module of a folder put on the path",
    `import sys; sys.path.insert(0, "${outer}"); from sizes import WIDTH as n`,
    null,
  ],
  ["a folder inside", 'n = len(os.listdir(os.path.join(os.path.dirname(__file__), "configs")))', 2],
  ["a pattern inside", 'n = len(list(Path(__file__).parent.glob("configs/*.yaml")))', 1],
  ["patterns at any depth", 'n = len(glob.glob("configs/**/*.yaml", recursive=True))', 1],
  ["a folder outside", `n = len(os.listdir("${outer}"))`, null],
  ["a folder further up", 'n = len(os.listdir("../outside/configs"))', null],
  ["a linked folder's files", 'n = len(os.listdir("linked")) if os.path.isdir("linked") else 3', null],
];

for (const [what, program, width] of CASES) {
  test(what, () => {
    const found = shapeIn(`${program}\nlayer = nn.Linear(2, n)`);
    // What is not known is null, or the name that stands for it.
    assert.equal(typeof found === "number" ? found : null, width);
  });
}

test("the reader itself follows links before it looks where it is", () => {
  const reader = readerUnder([inside]);
  assert.equal(reader.read(path.join(inside, "linked", "tiny.yaml")), null);
  assert.equal(reader.read(path.join(inside, "..", "outside", "configs", "tiny.yaml")), null);
  assert.equal(reader.read("/etc/passwd"), null);
  assert.equal(reader.list(path.join(inside, "linked")), null);
  assert.equal(reader.list("/etc"), null);
  assert.deepEqual(reader.list(path.join(inside, "configs")), ["sizes.py", "tiny.yaml"]);
});
