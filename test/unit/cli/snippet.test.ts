import assert from "node:assert/strict";
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

test("flax is linen unless nnx is asked for", async () => {
  assert.match((await run(snippetCommand, "--scheme ones --framework flax")).stdout, /flax\.linen/);
  assert.match((await run(snippetCommand, "--scheme he_normal --framework nnx")).stdout, /nnx\.initializers/);
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
