import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { MODEL } from "../../../src/cli/model.js";
import { run } from "./run.js";

const folder = mkdtempSync(path.join(os.tmpdir(), "init-lens-model-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("imports resolve below the root and beside the file", async () => {
  mkdirSync(path.join(folder, "scripts"));
  const file = path.join(folder, "scripts", "main.py");
  writeFileSync(path.join(folder, "sizes.py"), "WIDTH = 3\n");
  writeFileSync(path.join(folder, "scripts", "parts.py"), "from torch import nn\nmake = nn.Linear\n");
  writeFileSync(file, "from sizes import WIDTH\nfrom parts import make\n");
  const { stdout } = await run(MODEL, `${file} --call make(WIDTH,2,bias=False) --root ${folder} --json`);
  const [model] = JSON.parse(stdout).models;
  assert.deepEqual(
    model.parameters.map(({ shape }: { shape: number[] }) => shape),
    [[2, 3]],
  );
  assert.equal(model.complete, true);
});
