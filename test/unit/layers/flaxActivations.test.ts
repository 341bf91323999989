import assert from "node:assert/strict";
import test from "node:test";
import { analyse } from "../../../src/analysis.js";

const HEAD = "import jax, jax.numpy as jnp\nfrom flax import linen as nn, nnx\n";

/** What follows each kernel, in the order of the source, and what is recommended for it. */
function advice(source: string): (readonly [string | null, string | undefined])[] {
  const document = { file: "/model.py", cells: [{ index: null, text: HEAD + source }] };
  return analyse(document, { read: () => null })
    .layers.filter(({ parameters }) => (parameters[0]?.shape.length ?? 0) > 1)
    .map(({ activation, recommended }) => [activation, recommended?.scheme] as const);
}

const CASES: readonly (readonly [string, string, ReturnType<typeof advice>])[] = [
  [
    "a compact module: norms, pooling and reshapes between",
    `class Net(nn.Module):
    @nn.compact
    def __call__(self, x, train=False):
        x = nn.avg_pool(nn.relu(nn.Conv(8, (3, 3))(x)), (2, 2), strides=(2, 2))
        x = nn.BatchNorm(use_running_average=not train)(nn.Conv(8, (3, 3))(x))
        x = nn.gelu(x).reshape((x.shape[0], -1))
        x = nn.tanh(nn.LayerNorm()(nn.Dense(16)(x)))
        x = x + nn.Dense(16)(nn.silu(nn.Dense(32)(x)))
        return nn.log_softmax(nn.Dense(10)(x))
Net().init(jax.random.key(0), jnp.ones((1, 8, 8, 1)))`,
    [
      ["relu", "he_normal"],
      ["gelu", "he_normal"],
      ["tanh", "glorot_uniform"],
      ["linear", "lecun_normal"],
      ["silu", "he_normal"],
      ["log_softmax", "glorot_uniform"],
    ],
  ],
  [
    "submodules of a setup, without an input",
    `class Net(nn.Module):
    def setup(self):
        self.inner, self.outer = nn.Dense(8), nn.Dense(2)
    def __call__(self, x, *, train):
        return self.outer(nn.relu(self.inner(x)))`,
    [
      ["relu", "he_normal"],
      ["linear", "lecun_normal"],
    ],
  ],
  [
    "attention",
    `class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dense(3)(nn.relu(nn.MultiHeadDotProductAttention(num_heads=4)(x, x)))
Net().init(jax.random.key(0), jnp.ones((1, 8, 16)))`,
    [
      ["linear", "lecun_normal"],
      ["linear", "glorot_uniform"],
    ],
  ],
  [
    "nnx",
    `class Net(nnx.Module):
    def __init__(self, rngs):
        self.inner = nnx.Linear(4, 8, rngs=rngs)
        self.norm = nnx.BatchNorm(8, rngs=rngs)
        self.heads = nnx.MultiHeadAttention(2, 8, rngs=rngs)
    def __call__(self, x):
        return self.heads(nnx.relu(self.norm(self.inner(x))))
Net(nnx.Rngs(0))(jnp.ones((1, 5, 4)))`,
    [
      ["relu", "he_normal"],
      ["linear", "glorot_uniform"],
    ],
  ],
];

for (const [name, source, expected] of CASES) {
  test(`the activation after each Flax layer: ${name}`, () => {
    assert.deepEqual(advice(source), expected);
  });
}

test("weights of layers inside another are named by them", () => {
  const source = `${HEAD}
class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.MultiHeadDotProductAttention(num_heads=4)(x, x)
Net().init(jax.random.key(0), jnp.ones((1, 8, 16)))`;
  const document = { file: "/model.py", cells: [{ index: null, text: source }] };
  const [layer] = analyse(document, { read: () => null }).layers;
  const names = ["query", "key", "value", "out"].flatMap((part) => [`${part}/kernel`, `${part}/bias`]);
  assert.deepEqual(
    layer?.parameters.map(({ name }) => name),
    names,
  );
});
