/** Haiku: parameters as a transformed function draws them (dm-haiku 0.0.17), and what follows its layers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../../src/analysis.js";
import type { Layer } from "../../../../src/types.js";

const HEAD = "import haiku as hk\nimport jax, jax.numpy as jnp\nkey = jax.random.PRNGKey(0)\n";

function layers(text: string): readonly Layer[] {
  const cells = [{ index: null, text: HEAD + text }];
  return analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] }).layers;
}

const shapes = ({ parameters }: Layer) => parameters.map(({ name, shape }) => `${name} ${shape.join("×")}`);

interface Row {
  readonly call: string;
  readonly input: string;
  readonly weights: readonly string[];
  /** Standard deviation of the normal distribution that the first weight cuts off at ±2 of it. */
  readonly sigma?: number;
}

const ROWS: readonly Row[] = [
  { call: "hk.Linear(5)(x)", input: "(3, 16)", weights: ["w 16×5", "b 5"], sigma: 1 / 4 },
  {
    call: "hk.Conv2D(8, 3, with_bias=False)(x)",
    input: "(2, 9, 9, 4)",
    weights: ["w 3×3×4×8"],
    sigma: 1 / 6,
  },
  {
    call: 'hk.Conv2D(8, 3, data_format="NCHW")(x)',
    input: "(2, 4, 9, 9)",
    weights: ["w 3×3×4×8", "b 8×1×1"],
    sigma: 1 / 6,
  },
  {
    call: "hk.Conv1D(6, 3, feature_group_count=3)(x)",
    input: "(2, 9, 9)",
    weights: ["w 3×3×6", "b 6"],
    sigma: 1 / 3,
  },
  {
    call: "hk.Conv2DTranspose(5, 4, stride=2)(x)",
    input: "(2, 9, 9, 4)",
    weights: ["w 4×4×5×4", "b 5"],
    sigma: 1 / 8,
  },
  {
    call: "hk.DepthwiseConv2D(2, 3)(x)",
    input: "(2, 9, 9, 4)",
    weights: ["w 3×3×1×8", "b 8"],
    sigma: 1 / 3,
  },
  { call: "hk.LayerNorm(-1, True, True)(x)", input: "(3, 16)", weights: ["scale 16", "offset 16"] },
  { call: "hk.RMSNorm(-1)(x)", input: "(3, 16)", weights: ["scale 16"] },
  {
    call: "hk.BatchNorm(True, True, 0.9)(x, True)",
    input: "(2, 9, 9, 4)",
    weights: ["scale 1×1×1×4", "offset 1×1×1×4"],
  },
  { call: "hk.GroupNorm(2)(x)", input: "(2, 9, 9, 4)", weights: ["scale 4", "offset 4"] },
  {
    call: "hk.LSTM(12)(x, hk.LSTM(12).initial_state(3))",
    input: "(3, 4)",
    weights: ["w 16×48", "b 48"],
    sigma: 1 / 4,
  },
  {
    call: "hk.GRU(5)(x, jnp.zeros((3, 5)))",
    input: "(3, 4)",
    weights: ["w_i 4×15", "w_h 5×15", "b 15"],
    sigma: 0.5 / 0.87962566103423978,
  },
  {
    call: "hk.MultiHeadAttention(2, 4, w_init_scale=1.0, model_size=6)(x, x, x)",
    input: "(1, 3, 4)",
    weights: [
      "query/w 4×8",
      "query/b 8",
      "key/w 4×8",
      "key/b 8",
      "value/w 4×8",
      "value/b 8",
      "linear/w 8×6",
      "linear/b 6",
    ],
    sigma: 0.5 / 0.87962566103423978,
  },
  {
    call: "hk.nets.MLP([8, 2])(x)",
    input: "(3, 4)",
    weights: ["linear_0/w 4×8", "linear_0/b 8", "linear_1/w 8×2", "linear_1/b 2"],
    sigma: 1 / 2,
  },
];

for (const { call, input, weights, sigma } of ROWS) {
  test(call, () => {
    const found = layers(
      `net = hk.transform(lambda x: ${call})\nparams = net.init(key, jnp.ones(${input}))\n`,
    );
    const layer = found[0]!;
    assert.deepEqual(shapes(layer), weights);
    const law = layer.parameters[0]!.current;
    if (sigma === undefined) return;
    assert.equal(law.kind, "truncated_normal");
    if (law.kind === "truncated_normal")
      assert.ok(Math.abs(law.high / (2 * sigma) - 1) < 1e-6, `${law.high}`);
  });
}

test("the layer of a function that is only transformed has open sizes", () => {
  const [layer] = layers("net = hk.transform(lambda x: hk.Linear(5)(x))\n");
  assert.equal(layer!.parameters[0]!.shape[1], 5);
  const [weight] = layer!.parameters;
  assert.equal(typeof weight!.shape[0], "string");
  assert.ok(weight!.current.kind === "unknown");
  assert.match(weight!.current.formula ?? "", /^N\(0, 1\/.+\) cut at 2σ$/);
});

test("chex's dataclasses are configurations", () => {
  const [layer] = layers(`import chex
@chex.dataclass
class Config:
    out: int
    width: int = 8
def net(x):
    return hk.Linear(Config(out=3).width)(x)
`);
  assert.equal(layer!.parameters[0]!.shape[1], 8);
});

test("an initializer that is given takes the default's place, which is told as well", () => {
  const [layer] = layers(
    "net = hk.transform(lambda x: hk.Linear(5, w_init=hk.initializers.RandomNormal(0.3))(x))\nnet.init(key, jnp.ones((3, 16)))\n",
  );
  const [weight] = layer!.parameters;
  assert.deepEqual([weight!.current.kind, weight!.default.kind], ["normal", "truncated_normal"]);
});

test("a parameter without a layer is shown where it is asked for", () => {
  const found = layers(`class Own(hk.Module):
    def __call__(self, x):
        w = hk.get_parameter("w", (x.shape[-1], 7), init=hk.initializers.RandomNormal(0.3))
        return jax.nn.tanh(x @ w)
net = hk.transform(lambda x: Own()(x))
params = net.init(key, jnp.ones((2, 5)))
`);
  const bare = found.find(({ class: name }) => name === "haiku.get_parameter")!;
  assert.deepEqual(bare.parameters[0]!.shape, [5, 7]);
  assert.equal(bare.activation, "tanh");
});

test("the activation after each layer", () => {
  const found = layers(`def net(x):
    h = jax.nn.relu(hk.Linear(8)(x))
    return jnp.tanh(hk.Linear(4, name="out")(h))
f = hk.transform(net)
f.init(key, jnp.ones((2, 5)))
`);
  assert.deepEqual(
    found.map(({ activation }) => activation),
    ["relu", "tanh"],
  );
});

test("equal layers in a stack: their weights lie in one array, each drawn alone", () => {
  const text = `
def f(x):
    def layer(h):
        return jax.nn.relu(hk.Linear(16)(h))
    def outer(h):
        scale = hk.get_parameter("scale", (16,), init=jnp.ones)
        return hk.experimental.layer_stack(2)(layer)(h) * scale
    def mixed(h, w):
        return hk.Linear(4, with_bias=False, name="mixed")(h * w), h
    h = hk.experimental.layer_stack(5, name="stack")(outer)(hk.Linear(16)(x))
    h, all = hk.experimental.layer_stack(3, with_per_layer_inputs=True)(mixed)(hk.Linear(4)(h), jnp.ones((3, 4)))
    return hk.Linear(7)(all)
params = hk.transform(f).init(key, jnp.ones((2, 8)))
`;
  const found = layers(text);
  assert.deepEqual(found.flatMap(shapes).sort(), [
    "b 16",
    "b 4",
    "b 5×2×16",
    "b 7",
    "scale 5×16",
    "w 16×4",
    "w 3×4×4",
    "w 4×7",
    "w 5×2×16×16",
    "w 8×16",
  ]);
  const inner = found.find(({ parameters }) => parameters[0]!.shape.length === 4)!;
  const { fanIn, fanOut, current } = inner.parameters[0]!;
  assert.deepEqual([fanIn, fanOut], [16, 16]);
  assert.ok(current.kind === "truncated_normal" && Math.abs(current.scale - 1 / 4) < 1e-9);
  assert.equal(inner.activation, "relu");
});

test("a bias of unknown size that is scaled by its fan has that size", () => {
  const text = `
class Head(hk.Module):
    def __init__(self, classes):
        super().__init__()
        init = hk.initializers.VarianceScaling(2.0, "fan_in", "uniform")
        self.out = hk.Linear(classes, w_init=init, b_init=init)
    def __call__(self, x):
        return self.out(x)
`;
  assert.deepEqual(layers(text).flatMap(shapes), ["w x.shape[-1]×classes", "b classes"]);
});

test("channels that stand first are counted where they stand, with a batch, without one, and where nobody knows", () => {
  const [open, after, batched, single] = layers(`
def net(x):
    x = hk.Conv2D(8, 3, data_format="NCHW")(x)
    return hk.Conv2D(4, 3, data_format="NCHW")(x)
def apply(x):
    return hk.Conv2D(6, 1, data_format="NCHW")(x)
def one(x):
    return hk.Conv2D(6, 1, data_format="NCHW")(x)
hk.transform(apply).init(key, jnp.ones((2, 3, 9, 7)))
hk.transform(one).init(key, jnp.ones((3, 9, 7)))
`);
  assert.deepEqual(shapes(open!), ["w 3×3×x.shape[-3]×8", "b 8×1×1"]);
  assert.deepEqual(shapes(after!), ["w 3×3×8×4", "b 4×1×1"]);
  for (const layer of [batched, single]) assert.deepEqual(shapes(layer!), ["w 1×1×3×6", "b 6×1×1"]);
});
