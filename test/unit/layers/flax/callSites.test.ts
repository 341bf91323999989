import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../../src/analysis.js";

const HEAD = "from flax import linen as nn\nimport jax, jax.numpy as jnp\n";

function layers(text: string) {
  const cells = [{ index: null, text: HEAD + text }];
  return analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] }).layers.map(
    ({ name, shapes, parameters }) => [name, shapes, parameters[0]?.shape] as const,
  );
}

const BLOCK = `
class Block(nn.Module):
    @nn.compact
    def __call__(self, x):
        h = nn.Dense(64)(x)
        return x + nn.Dense(x.shape[-1])(nn.gelu(h))

class Net(nn.Module):
    def setup(self):
        self.blocks = [Block() for _ in range(2)]
        self.head = nn.Dense(10)
    def __call__(self, x):
        for block in self.blocks:
            x = block(x)
        return self.head(x)
`;

test("modules that an initialised model holds are not initialised again with inputs nobody knows", () => {
  assert.deepEqual(layers(`${BLOCK}\nNet().init(jax.random.key(0), jnp.ones((1, 20)))\n`), [
    ["Dense_0", 1, [20, 64]],
    ["Dense_1", 1, [64, 20]],
    ["head", 1, [20, 10]],
  ]);
});

test("without an input the sizes are symbols", () => {
  const [name, , shape] = layers(BLOCK)[0]!;
  assert.deepEqual([name, shape], ["Dense_0", ["x.shape[-1]", 64]]);
});

test("a name bound to a layer's output is not the layer's", () => {
  const text = `
class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        first = nn.Dense(8)
        x = first(x)
        return nn.Dense(4, name="last")(x)

Net().init(jax.random.key(0), jnp.ones((1, 20)))
`;
  assert.deepEqual(
    layers(text).map(([name]) => name),
    ["first", "last"],
  );
});
