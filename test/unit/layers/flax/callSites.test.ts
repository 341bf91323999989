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

test("an argument that must be given by name is one nobody knows", () => {
  const text = `
class Mlp(nn.Module):
    width: int
    @nn.compact
    def __call__(self, x, *, deterministic):
        h = nn.Dropout(0.1)(nn.gelu(nn.Dense(self.width)(x)), deterministic=deterministic)
        return x + nn.Dense(8)(h)
`;
  assert.deepEqual(
    layers(text).map(([, , shape]) => shape),
    [
      ["x.shape[-1]", "width"],
      ["width", 8],
    ],
  );
});

test("the last size is known of a sum with an input nobody knows, and of a product with a known matrix", () => {
  const text = `
class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = x + nn.Dense(8)(x)
        x = jnp.concatenate([x, x], axis=-1) @ jnp.ones((16, 5))
        x = x * nn.Dense(1)(x)
        return nn.Dense(3)(x)
`;
  assert.deepEqual(
    layers(text).map(([, , shape]) => shape),
    [
      ["x.shape[-1]", 8],
      [5, 1],
      [5, 3],
    ],
  );
});

test("a factor whose last size is 1 says nothing of what it is multiplied with", () => {
  const text = `
class Gate(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dense(3)(x * nn.Dense(1)(x))
`;
  assert.equal(layers(text)[1]?.[2]?.[0] === 1, false);
});

test("sizes and initializers of a configuration nobody gives: the shapes are still known by name", () => {
  const text = `
class Mlp(nn.Module):
    config: Any
    @nn.compact
    def __call__(self, x):
        config = self.config
        x = nn.Dense(config.width, kernel_init=config.kernel_init, bias_init=config.bias_init)(x)
        x = nn.MultiHeadDotProductAttention(config.heads, kernel_init=config.kernel_init)(x)
        return x
`;
  const cells = [{ index: null, text: `from typing import Any\n${HEAD}${text}` }];
  const found = analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] }).layers;
  assert.deepEqual(
    found.map(({ parameters: [first] }) => [first?.shape.slice(0, 2), first?.current.kind]),
    [
      [["x.shape[-1]", "width"], "unknown"],
      [["width", "heads"], "unknown"],
    ],
  );
});

test("a product of a field that nobody sets is a size", () => {
  const text = `
class Unit(nn.Module):
    width: int
    @nn.compact
    def __call__(self, x):
        x = nn.Conv(self.width * 4, (3, 3))(x)
        return nn.Dense(self.width)(nn.relu(nn.GroupNorm()(x)))
`;
  assert.deepEqual(layers(text), [
    ["Conv_0", 1, [3, 3, "x.shape[-1]", "4*width"]],
    ["Dense_0", 1, ["4*width", "width"]],
    ["GroupNorm_0", 1, ["4*width"]],
  ]);
});

test("attention over an input of unknown rank has its output's sizes too", () => {
  const text = `
class Block(nn.Module):
    width: int
    @nn.compact
    def __call__(self, x):
        return nn.MultiHeadDotProductAttention(num_heads=8, qkv_features=self.width)(x, x)
`;
  const cells = [{ index: null, text: HEAD + text }];
  const [layer] = analyse({ file: "/w/m.py", cells }, { read: () => null }).layers;
  const shapes = Object.fromEntries(layer!.parameters.map(({ name, shape }) => [name, shape]));
  assert.deepEqual(shapes["query/kernel"], ["x.shape[-1]", 8, "width//8"]);
  assert.deepEqual(shapes["out/kernel"], [8, "width//8", "x.shape[-1]"]);
});

test("layers that are only handed to code nobody knows have their sizes, and no use", () => {
  const text = `
import graphs
class Net(nn.Module):
    width: int
    pooling: object = graphs.mean
    @nn.compact
    def __call__(self, x):
        embed = graphs.Embed(nodes=nn.Dense(self.width))
        return embed(x)
`;
  const cells = [{ index: null, text: HEAD + text }];
  const [layer] = analyse({ file: "/w/m.py", cells }, { read: () => null }).layers;
  assert.deepEqual(layer?.parameters[0]?.shape, ["inputs.shape[-1]", "width"]);
  assert.equal(layer?.activation, null);
});

test("a field is what an unknown value is called", () => {
  const text = `
import games
class Actor(nn.Module):
    actions: int
    @nn.compact
    def __call__(self, x):
        return nn.Dense(self.actions)(x)
Actor(games.make().count).init(jax.random.key(0), jnp.ones((1, 20)))
`;
  assert.deepEqual(layers(text), [["Dense_0", 1, [20, "actions"]]]);
});

test("before Flax 0.7 a cell took its size from a carry that its class made", () => {
  const text = `
class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        carry = nn.GRUCell.initialize_carry(jax.random.key(0), (2,), 32)
        return nn.GRUCell()(carry, x)
Net().init(jax.random.key(0), jnp.ones((2, 20)))
`;
  assert.deepEqual(layers(text), [["GRUCell_0", 1, [20, 32]]]);
});

test("an unknown size that is added to itself is still that size", () => {
  const text = `
class Net(nn.Module):
    @nn.compact
    def __call__(self, image):
        x = nn.Conv(8, (3, 3))(image)
        n, h, w, c = x.shape
        x = jnp.reshape(x, [n, w * c, h])
        return nn.Dense(2)(x + self.param("places", nn.initializers.zeros, (1, w * c, h)))
`;
  assert.deepEqual(layers(text).at(1), ["Dense_0", 1, ["h", 2]]);
});

test("what a weight is multiplied with and a bias added to has more axes than they", () => {
  const text = `
class Net(nn.Module):
    @nn.compact
    def __call__(self, image):
        scale = self.param("scale", nn.initializers.ones, (32,))
        bias = self.param("bias", nn.initializers.zeros, (32,))
        n, h, w, c = (image * scale + bias).shape
        kernel = jnp.ones((image.shape[-1], 16))
        x = jnp.einsum("bhwc,cd->bhwd", image, kernel)
        n, h, w, c = x.shape
        return nn.Dense(4, name="head")(jnp.reshape(x, (n, h * w, c)))
`;
  assert.deepEqual(layers(text).at(-1), ["head", 1, [16, 4]]);
});

test("the call that remat wraps says what it must be given", () => {
  const text = `
class Block(nn.Module):
    @nn.compact
    def __call__(self, x, mask):
        return nn.Dense(7)(x)

class Net(nn.Module):
    def setup(self):
        self.block = nn.remat(Block)()
    def encode(self, x):
        return self.block(x, None)
`;
  assert.deepEqual(
    layers(text).map(([, , shape]) => shape),
    [["x.shape[-1]", 7]],
  );
});

test("nnx's attention of a configuration nobody gives", () => {
  const text = `
from flax import nnx
class Block(nnx.Module):
    def __init__(self, cfg, *, rngs):
        self.attention = nnx.MultiHeadAttention(num_heads=cfg.heads, in_features=cfg.width, rngs=rngs)
`;
  assert.deepEqual(
    layers(text).map(([, , shape]) => shape),
    [["width", "heads", "width//heads"]],
  );
});

test("the variables that init returns are those of the layers, whatever they are bound to", () => {
  const net = `
class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dense(4)(x)
`;
  for (const name of ["params", "weights", "variables"]) {
    const text = `${net}\n${name} = Net().init(jax.random.key(0), jnp.ones((1, 20)))\n`;
    assert.deepEqual(layers(text), [["Dense_0", 1, [20, 4]]], name);
  }
});

test("a module of nnx that is only made is run on an input nobody knows: what follows its layers, its variables left alone", () => {
  const text = `${HEAD}from flax import nnx

class Net(nnx.Module):
    def __init__(self, rngs):
        self.conv = nnx.Conv(3, 8, (3, 3), rngs=rngs)
        self.fc = nnx.Linear(64, 32, rngs=rngs)
        self.out = nnx.Linear(32, 10, rngs=rngs)
        self.scale = nnx.Param(jnp.ones((4, 4)))
    def __call__(self, x):
        self.scale.value = self.scale.value * jnp.mean(x)
        return self.out(nnx.relu(self.fc(nnx.tanh(self.conv(x)).reshape(x.shape[0], -1))))

net = Net(nnx.Rngs(0))
`;
  const { layers } = analyse({ file: "/w/m.py", cells: [{ index: null, text }] }, { read: () => null });
  assert.deepEqual(
    layers.map(({ name, activation }) => [name, activation]),
    [
      ["conv", "tanh"],
      ["fc", "relu"],
      ["out", null],
      ["scale", null],
    ],
  );
  assert.deepEqual(layers.at(-1)!.parameters[0]!.current.kind, "constant");
});

test("a module whose call failed is initialised alone", () => {
  const text = `
class Decoder(nn.Module):
    width: int
    @nn.compact
    def __call__(self, x):
        return nn.Dense(self.width)(nn.Dense(2 * self.width)(x))

class Model(nn.Module):
    def setup(self):
        self.decoder = Decoder(7)
    def __call__(self, x):
        return self.decoder((x, x))
`;
  assert.deepEqual(layers(text), [
    ["Dense_0", 1, [14, 7]],
    ["Dense_1", 1, ["x.shape[-1]", 14]],
  ]);
});

test("of a shape of unknown rank the last size goes through the program's own code", () => {
  const text = `
class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = nn.Conv(8, (3, 3))(x)
        n, h, w, c = x.shape
        x = jax.image.resize(x, (n, 2 * h, 2 * w, c), "nearest")
        x = nn.Conv(3 * c, (3, 3), name="wide")(x)
        x = x.reshape(x.shape[0], -1, x.shape[-1])
        first, second = jnp.split(nn.Dense(2 * x.shape[-1], name="both")(x), 2, axis=-1)
        x = nn.Dense(10, name="part")(second)
        x = nn.Dense(9, name="gated")(nn.glu(x))
        x = nn.Dense(8, name="one_hot")(jax.nn.one_hot(x.argmax(-1), 7))
        return nn.Dense(5, name="padded")(jnp.pad(x, ((0, 0), (1, 1), (0, 0))))
`;
  assert.deepEqual(
    layers(text)
      .slice(1)
      .map(([name, , shape]) => [name, shape]),
    [
      ["wide", [3, 3, 8, 24]],
      ["both", [24, 48]],
      ["part", [24, 10]],
      ["gated", [5, 9]],
      ["one_hot", [7, 8]],
      ["padded", [8, 5]],
    ],
  );
});

/** Ways to make another last size of an array of which only that one, 8, is known. */
const LOST = [
  "jnp.swapaxes(x, -1, -2)",
  "x.T",
  "x.sum(axis=-1)",
  "x.mean(1)",
  "jnp.pad(x, ((0, 0), (1, 1)))",
  "jnp.squeeze(x)",
  "x[:, 0]",
  "jnp.repeat(x, 2, axis=-1)",
  "jax.lax.reduce_window(x, 0.0, jax.lax.max, (1, 2), (1, 2), 'VALID')",
  "jnp.moveaxis(x, 0, -1)",
  "jnp.take(x, x, axis=-1)",
];
for (const lost of LOST) {
  test(`nobody knows the last size of ${lost}`, () => {
    const text = `
class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = nn.Dense(8, name="first")(x)
        return nn.Dense(3, name="last")(${lost})
`;
    assert.equal(typeof layers(text).at(-1)![2]![0], "string", lost);
  });
}

test("a shape made of a shape's beginning ends as it is written", () => {
  const text = `
class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = nn.Dense(12, name="first")(x)
        nn.Dense(1, name="sum")(x.reshape(x.shape[:-1] + (3, 4)))
        nn.Dense(2, name="tuple")(x.reshape(tuple(x.shape[:-1]) + (5,)))
        nn.Dense(3, name="display")(x.reshape((*x.shape[:-1], 2, 6)))
        nn.Dense(4, name="rest")(jnp.zeros((1,) + x.shape[1:]))
`;
  assert.deepEqual(
    layers(text)
      .slice(1)
      .map(([name, , shape]) => [name, shape]),
    [
      ["sum", [4, 1]],
      ["tuple", [5, 2]],
      ["display", [6, 3]],
      ["rest", [12, 4]],
    ],
  );
});

test("a module lists its fields as a dataclass does, also to a decorator of its class", () => {
  const text = `
import dataclasses, sys
def remember(cls):
    made = cls.__init__
    def init(self, *args, **kwargs):
        self.__dict__["known"] = {one.name: getattr(self, one.name) for one in dataclasses.fields(self)}
        made(self, *args, **kwargs)
    cls.__init__ = init
    return cls

@remember
class Net(nn.Module):
    width: int = 6
    @nn.compact
    def __call__(self, x):
        return nn.Dense(self.width)(x)

sys.stdout.write("start\\n")
sys.stderr.flush()
Net().init(None, jnp.ones((1, dataclasses.fields(Net)[0].default)))
`;
  assert.deepEqual(layers(text), [["Dense_0", 1, [6, 6]]]);
});

test("a module with an init of its own is applied as every other", () => {
  const text = `
import jax, jax.numpy as jnp
import flax.linen as nn

class Net(nn.Module):
    width: int = 6
    @nn.compact
    def __call__(self, ids):
        mask = nn.make_causal_mask(ids, dtype=bool)
        return nn.Dense(self.width)(nn.Embed(9, 4)(ids))
    def init(self, rng):
        return jax.jit(super().init)(rng, jnp.zeros((2, 4), jnp.int32))
`;
  assert.deepEqual(layers(text), [
    ["Dense_0", 1, [4, 6]],
    ["Embed_0", 1, [9, 4]],
  ]);
});

test("a function that nobody calls makes its layers as the module that will call it", () => {
  const text = `
def head(x, classes, width, pooling="mean"):
    if pooling == "mean":
        x = jnp.mean(x, axis=1)
    x = nn.relu(nn.Dense(width, name="hidden")(x))
    return nn.Dense(classes, name="logits")(Block()(x))

class Block(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dense(7)(x)
`;
  assert.deepEqual(layers(text), [
    ["hidden", 1, ["mean(x).shape[-1]", "width"]],
    ["logits", 1, [7, "classes"]],
    ["Dense_0", 2, ["x.shape[-1]", 7]],
  ]);
});

test("a module of Flax' own modules is that module, whatever activation has its name", () => {
  const text = `
class Net(nn.Module):
    kernel_init: object = nn.linear.default_kernel_init
    @nn.compact
    def __call__(self, x):
        return nn.linear.DenseGeneral((2, 3), kernel_init=self.kernel_init)(x)

Net().init(jax.random.key(0), jnp.ones((1, 20)))
`;
  assert.deepEqual(layers(text), [["DenseGeneral_0", 1, [20, 2, 3]]]);
});

test("a class whose arguments are partly given is mapped as the class", () => {
  const text = `
import functools
class Critic(nn.Module):
    width: int
    @nn.compact
    def __call__(self, x):
        return nn.Dense(1)(nn.Dense(self.width)(x))

class Ensemble(nn.Module):
    member: object
    @nn.compact
    def __call__(self, x):
        many = nn.vmap(self.member, variable_axes={"params": 0}, split_rngs={"params": True}, in_axes=None, axis_size=3)
        return many()(x)

params = Ensemble(functools.partial(Critic, width=8)).init(jax.random.key(0), jnp.ones((1, 20)))
`;
  assert.deepEqual(
    layers(text).map(([name, , shape]) => [name, shape]),
    [
      ["Dense_0", [8, 1]],
      ["Dense_1", [20, 8]],
    ],
  );
});
