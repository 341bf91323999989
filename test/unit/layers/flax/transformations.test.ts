import assert from "node:assert/strict";
import { test } from "node:test";
import { parametersIn } from "../programs.js";

const HEAD =
  "from typing import Any\nfrom flax import linen as nn\nimport jax, jax.numpy as jnp\nk = jax.random.PRNGKey(0)\n";

const shapesOf = (text: string, expression: string) =>
  parametersIn(HEAD + text, expression).parameters.map(({ name, shape }) => `${name} ${shape.join("x")}`);

test("steps of a scan may get an argument whole, and be made anew for the gradient", () => {
  const text = `
class Block(nn.Module):
    width: int
    @nn.compact
    def __call__(self, x, deterministic=True):
        y = nn.Dense(self.width)(x)
        return x + y, {"y": y}

class Encoder(nn.Module):
    @nn.compact
    def __call__(self, x):
        block = nn.remat(Block, prevent_cse=False, static_argnums=(2,))
        scanned = nn.scan(block, variable_axes={"params": 0}, in_axes=nn.broadcast, length=3)
        x, _ = scanned(name="blocks", width=x.shape[-1])(x, True)
        return nn.Dense(2, name="head")(x)
`;
  assert.deepEqual(shapesOf(text, "Encoder().init(k, jnp.ones((1, 5, 6)))"), [
    "blocks/Dense_0/kernel 3x6x6",
    "blocks/Dense_0/bias 3x6",
    "head/kernel 6x2",
    "head/bias 2",
  ]);
});

test("a field that is a function stays one in classes derived from the field's", () => {
  const text = `
def softened(x):
    return nn.gelu(x)

class MLP(nn.Module):
    act: Any = softened
    @nn.compact
    def __call__(self, x):
        x = self.act(nn.Dense(4)(x))
        return nn.Dense(2)(x)

class Own(MLP):
    pass

Pair = nn.vmap(MLP, variable_axes={"params": 0}, split_rngs={"params": True}, in_axes=None, axis_size=2)
`;
  assert.deepEqual(shapesOf(text, "Own().init(k, jnp.ones((1, 3)))").slice(2), [
    "Dense_1/kernel 4x2",
    "Dense_1/bias 2",
  ]);
  assert.deepEqual(shapesOf(text, "Pair().init(k, jnp.ones((1, 3)))").slice(2), [
    "Dense_1/kernel 2x4x2",
    "Dense_1/bias 2x2",
  ]);
});

test("a state space's B is a matrix, whatever its shape", () => {
  const text = `
class Space(nn.Module):
    @nn.compact
    def __call__(self, u):
        B = self.param("B", nn.initializers.lecun_normal(), (16, 1))
        b = self.param("b", nn.initializers.zeros, (1,))
        return u @ B + b
`;
  const { parameters } = parametersIn(HEAD + text, "Space().init(k, jnp.ones((2, 16)))");
  assert.deepEqual(
    parameters.map(({ name, fanIn, fanOut }) => [name, fanIn, fanOut]),
    [
      ["B", 16, 1],
      ["b", null, null],
    ],
  );
});
