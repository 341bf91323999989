/** einops where it is not installed: shapes as einops 0.8.2 gives them, told by the layer that follows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";

const firstSizes = (head: string, call: string, after: string) =>
  analyse(
    { file: "/w/m.py", cells: [{ index: null, text: `${head}\n${call}\n${after}\n` }] },
    { read: () => null },
  )
    .layers.map(({ parameters }) => parameters[0]?.shape[0])
    .at(-1);

const JAX = `
import jax, jax.numpy as jnp
from flax import linen as nn
from einops import rearrange, reduce, repeat, einsum
x = jnp.ones((2, 12, 20))
`;

/** A call on an array of 2 × 12 × 20, and the last size of what it gives. */
const ROWS: readonly (readonly [string, number | string])[] = [
  ["rearrange(x, 'b n c -> b c n')", 12],
  ["rearrange(x, 'b (n p) c -> b n (p c)', p=3)", 60],
  ["rearrange(x, 'b n (h d) -> b h n d', h=4)", 5],
  ["rearrange(x, '... c -> c ...')", 12],
  ["rearrange(x, 'b ... -> b (...)')", 240],
  ["rearrange(x, 'b n c -> b n 1 c 1')", 1],
  ["reduce(x, 'b n c -> b n', 'mean')", 12],
  ["reduce(x, 'b (n two) c -> c b n', 'max', two=2)", 6],
  ["repeat(x, 'b n c -> b n (c r)', r=3)", 60],
  ["repeat(x, 'b n c -> b n c copies', copies=7)", 7],
  ["einsum(x, jnp.ones((20, 8)), 'b n c, c out -> b n out')", 8],
];

for (const [call, last] of ROWS) {
  test(`${call} ends with ${last}`, () => {
    assert.equal(firstSizes(JAX, `y = ${call}`, "nn.Dense(3).init(jax.random.key(0), y)"), last);
  });
}

test("of a shape nobody knows what the pattern names is known, and nothing else", () => {
  const model = (pattern: string) => `
class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        y = rearrange(nn.Dense(20)(x), ${pattern})
        return nn.Dense(3)(y)
`;
  assert.equal(firstSizes(JAX, model("'b (n p) c -> b n c p', p=4"), ""), 4);
  assert.equal(firstSizes(JAX, model("'b (n p) c -> b n (p c)', p=4"), ""), 80);
  assert.equal(firstSizes(JAX, model("'b ... c -> b c ...'"), ""), "y.shape[-1]");
});

test("torch's tensors and its layer", () => {
  const head = `
import torch
from torch import nn
from einops.layers.torch import Rearrange
`;
  const model = (features: number) => `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Sequential(Rearrange('b c (h p) (w q) -> b (h w) (p q c)', p=4, q=4), nn.Linear(${features}, 8))

    def forward(self, x):
        return self.embed(x)

Net()(torch.randn(1, 3, 32, 32))
`;
  const misfits = (features: number) =>
    analyse({ file: "/w/m.py", cells: [{ index: null, text: head + model(features) }] }, { read: () => null })
      .findings.filter(({ code }) => code === "IL012")
      .map(({ message }) => message);
  assert.deepEqual(misfits(48), []);
  assert.match(misfits(49)[0]!, /\b48\b/);
});
