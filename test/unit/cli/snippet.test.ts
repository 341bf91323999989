import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { snippetCommand } from "../../../src/cli/snippet.js";
import { UsageError } from "../../../src/cli/usage.js";
import { run } from "./run.js";

test("snippet --json holds framework and code", async () => {
  const { status, stdout } = await run(snippetCommand, "--scheme he_normal --framework pytorch --json");
  assert.equal(status, 0);
  const { framework, code } = JSON.parse(stdout);
  assert.equal(framework, "torch");
  assert.equal(code, 'import torch.nn as nn\n\nnn.init.kaiming_normal_(layer.weight, nonlinearity="relu")');
});

test("a scheme may be called as the framework calls it", async () => {
  const code = async (scheme: string) =>
    (await run(snippetCommand, `--scheme ${scheme} --framework torch`)).stdout;
  assert.equal(await code("kaiming_normal_"), await code("he_normal"));
  assert.equal(await code("Xavier-Uniform"), await code("glorot_uniform"));
  assert.equal(await code("msra"), await code("he_normal"));
});

test("flax is linen unless nnx is asked for", async () => {
  assert.match((await run(snippetCommand, "--scheme ones --framework flax")).stdout, /flax\.linen/);
  assert.match((await run(snippetCommand, "--scheme he_normal --framework nnx")).stdout, /nnx\.initializers/);
});

const MODEL = `from torch import nn as neural

class Net(neural.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = neural.Linear(
            784,
            256,
        )
`;

test("for a layer of a file: its name, its size, the file's own names", async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "init-lens-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, "model.py");
  writeFileSync(file, MODEL);
  for (const line of [6, 8]) {
    const { stdout } = await run(snippetCommand, `${file}:${line} --scheme he_normal --json`);
    const { code, distribution } = JSON.parse(stdout);
    assert.equal(code, 'neural.init.kaiming_normal_(self.fc1.weight, nonlinearity="relu")');
    assert.ok(Math.abs(distribution.std - Math.sqrt(2 / 784)) < 1e-15);
  }
  const told = async (options: string) =>
    (await run(snippetCommand, `${file}:6 --scheme he_normal ${options}`)).stdout.trim();
  assert.equal(
    await told("--activation leaky_relu --slope 0.2 --mode fan_out"),
    'neural.init.kaiming_normal_(self.fc1.weight, a=0.2, mode="fan_out")',
  );
  assert.match(await told("--framework keras"), /^import keras\n\nkernel_initializer=.*HeNormal\(\)$/);
  assert.match(await told("--framework numpy"), /size=\(784, 256\)/);
  await assert.rejects(told("--fan-in 3"), /--fan-in does not go with FILE:LINE/);
  await assert.rejects(
    run(snippetCommand, `${file}:1 --scheme he_normal`),
    /no layer with weights on line 1/,
  );
  await assert.rejects(run(snippetCommand, `${file} --scheme he_normal`), /is not FILE:LINE/);
  await assert.rejects(run(snippetCommand, `${file}.txt:1 --scheme he_normal`), UsageError);
});

const bad: readonly [string, RegExp][] = [
  ["--framework torch", /--scheme ID/],
  ["--scheme he_normal", /--framework numpy\|torch/],
  ["--scheme he_norml --framework torch", /did you mean "he_normal"/],
  ["--scheme he_normal --framework thorch", /did you mean "torch"/],
  ["--scheme orthogonal --framework caffe", /no filler/],
  ["--scheme he_normal --framework torch --activation gelu", /Unsupported nonlinearity/],
];

test("bad usage is told in one line", async () => {
  for (const [line, message] of bad) {
    await assert.rejects(run(snippetCommand, line), (error: Error) => {
      assert.ok(error instanceof UsageError, line);
      assert.match(error.message, message);
      return true;
    });
  }
});
