import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { FRAMEWORK_HOOKS, FRAMEWORK_MODULES } from "../../../src/layers/frameworks.js";
import { inputShapes } from "../../../src/layers/reading/exampleInputs.js";
import { leafShapes } from "../../../src/layers/torch/runs/leafShapes.js";
import { runModel } from "../../../src/layers/torch/runs/runs.js";
import { Evaluator, ProgramCache } from "../../../src/python/evaluator.js";
import { PyInstance } from "../../../src/python/values.js";
import type { Shape } from "../../../src/types.js";

interface Program {
  readonly name: string;
  readonly source: string;
  readonly inputs: readonly (readonly number[])[];
  readonly leaves: readonly (readonly [string, readonly number[]])[];
}

const { programs } = JSON.parse(readFileSync("test/facts/torch_shapes.json", "utf8")) as {
  readonly programs: readonly Program[];
};
const cache = new ProgramCache();

/** The shape after each innermost module of `model` at the end of a program. */
function shapesOf(source: string, inputs: string): (readonly [string, Shape | null])[] {
  const evaluator = new Evaluator({ modules: FRAMEWORK_MODULES, hooks: FRAMEWORK_HOOKS, cache });
  const { value, error } = evaluator.evaluate("model", evaluator.loadMain({ file: "/m.py", text: source }));
  assert.equal(error, null);
  assert.ok(value instanceof PyInstance);
  assert.equal(runModel(evaluator, value, inputShapes(inputs)!), null);
  return leafShapes(evaluator.machine, value).map(({ name, output }) => [name, output]);
}

for (const { name, source, inputs, leaves } of programs) {
  test(`shapes after every layer as forward hooks see them: ${name}`, () => {
    const written = inputs.map((shape) => `(${shape.join(", ")})`).join(", ");
    assert.deepEqual(shapesOf(source, written), leaves);
  });
}

const HEAD = "import torch\nfrom torch import nn\n";

test("a size that is only named stays a symbol", () => {
  const source = `${HEAD}model = nn.Sequential(nn.Conv2d(3, 8, 3, 2, 1), nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Linear(32, 5))`;
  assert.deepEqual(shapesOf(source, "(N, 3, H, 32)"), [
    ["0", ["N", 8, "((H - 1)//2) + 1", 16]],
    ["1", ["N", 8, 2, 2]],
    ["2", ["N", 32]],
    ["3", ["N", 5]],
  ]);
});

test("queries may have more heads than keys, also where attention is asked for by FlexAttention", () => {
  const source = `${HEAD}
from torch.nn.functional import scaled_dot_product_attention
from torch.nn.attention.flex_attention import create_block_mask, flex_attention

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.q, self.k, self.out = nn.Linear(24, 32), nn.Linear(24, 8), nn.Linear(32, 5)
        self.flex = torch.compile(flex_attention)
    def forward(self, x):
        q, k = self.q(x).view(2, 6, 8, 4).transpose(1, 2), self.k(x).view(2, 6, 2, 4).transpose(1, 2)
        mask = create_block_mask(lambda b, h, i, j: i >= j, None, None, 6, 6)
        y = scaled_dot_product_attention(q, k, k, is_causal=True, enable_gqa=True) + self.flex(q, k, k, block_mask=mask, enable_gqa=True)
        return self.out(y.transpose(1, 2).reshape(2, 6, 32))
model = Net()`;
  assert.deepEqual(shapesOf(source, "(2, 6, 24)"), [
    ["q", [2, 6, 32]],
    ["k", [2, 6, 8]],
    ["out", [2, 6, 5]],
  ]);
});

test("what an operation nobody modelled gives has no shape, and nothing after it has", () => {
  const source = `${HEAD}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(4, 8), nn.Linear(8, 2)
    def forward(self, x):
        return self.b(torch.nobody_wrote_this(self.a(x)))
model = Net()`;
  assert.deepEqual(shapesOf(source, "(2, 4)"), [
    ["a", [2, 8]],
    ["b", null],
  ]);
});
