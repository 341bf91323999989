import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { signalCommand } from "../../../src/cli/signal.js";
import { run } from "./run.js";

test("signal --json is the contract", async (context) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "init-lens-signal-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, "net.py");
  writeFileSync(
    file,
    "from torch import nn\nmodel = nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 8))\n",
  );
  const { status, stdout } = await run(signalCommand, `${file} --call model --input 32,64 --json`);
  assert.equal(status, 0);
  const { version, layers, diagnostics } = JSON.parse(stdout);
  assert.deepEqual([version, diagnostics], [1, []]);
  assert.deepEqual(
    layers.map((layer: object) => Object.keys(layer)),
    [
      ["name", "forwardStd", "backwardStd"],
      ["name", "forwardStd", "backwardStd"],
    ],
  );
  assert.deepEqual(
    layers.map(({ name }: { name: string }) => name),
    ["0", "2"],
  );
  assert.match(
    (await run(signalCommand, `${file} --call model --input 32,64`)).stdout,
    /^layer +forward std/,
  );
});

test("what is missing is said in one line", async () => {
  await assert.rejects(() => signalCommand.run(["net.py"]), /needs --call/);
  await assert.rejects(() => signalCommand.run(["net.py", "--call", "Net()"]), /needs --input/);
});
