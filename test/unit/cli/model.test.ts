import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { modelCommand } from "../../../src/cli/model.js";
import { run } from "./run.js";

const folder = mkdtempSync(path.join(os.tmpdir(), "init-lens-model-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("imports resolve below the root and beside the file", async () => {
  mkdirSync(path.join(folder, "scripts"));
  const file = path.join(folder, "scripts", "main.py");
  writeFileSync(path.join(folder, "sizes.py"), "WIDTH = 3\n");
  writeFileSync(path.join(folder, "scripts", "parts.py"), "from torch import nn\nmake = nn.Linear\n");
  writeFileSync(file, "from sizes import WIDTH\nfrom parts import make\n");
  const { stdout } = await run(
    modelCommand,
    `${file} --call make(WIDTH,2,bias=False) --root ${folder} --json`,
  );
  const [model] = JSON.parse(stdout).models;
  assert.deepEqual(
    model.parameters.map(({ shape }: { shape: number[] }) => shape),
    [[2, 3]],
  );
  assert.equal(model.complete, true);
});

test("imports resolve in each folder between the root and the file", async () => {
  const project = path.join(folder, "project");
  mkdirSync(path.join(project, "net", "parts"), { recursive: true });
  writeFileSync(path.join(project, "net", "sizes2.py"), "WIDTH = 5\n");
  const file = path.join(project, "net", "parts", "block.py");
  writeFileSync(file, "from torch import nn\nfrom net.sizes2 import WIDTH\nmake = nn.Linear\n");
  const { stdout } = await run(
    modelCommand,
    `${file} --call make(WIDTH,2,bias=False) --root ${folder} --json`,
  );
  assert.deepEqual(JSON.parse(stdout).models[0].parameters[0].shape, [2, 5]);
});

test("a call that raises leaves the others", async () => {
  const file = path.join(folder, "net.py");
  writeFileSync(file, "from torch import nn\nmake = nn.Linear\n");
  const { status, stdout } = await run(
    modelCommand,
    `${file} --call make(3,2) --call make() --call make(4,2,bias=False) --json`,
  );
  assert.equal(status, 2);
  const { models } = JSON.parse(stdout);
  assert.deepEqual(
    models.map(
      ({ call, parameters, complete }: { call: string; parameters: object[]; complete: boolean }) => [
        call,
        parameters.length,
        complete,
      ],
    ),
    [
      ["make(3,2)", 2, true],
      ["make()", 0, false],
      ["make(4,2,bias=False)", 1, true],
    ],
  );
  assert.match(models[1].error, /missing/);
  await assert.rejects(() => run(modelCommand, `${file} --call make() --json`), /missing/);
});
