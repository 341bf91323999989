/** Equinox: weights as its own constructors make them (equinox 0.13.8), and what follows its layers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../../src/analysis.js";
import { snippetForLayer } from "../../../../src/snippets/layer.js";
import type { Layer } from "../../../../src/types.js";

const HEAD =
  "import equinox as eqx, numpy as np\nimport jax, jax.numpy as jnp\nkey = jax.random.PRNGKey(0)\n";

function analysis(text: string) {
  const cells = [{ index: null, text: HEAD + text }];
  return analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] });
}

const layers = (text: string): readonly Layer[] => analysis(text).layers;
const shapes = ({ parameters }: Layer) => parameters.map(({ name, shape }) => `${name} ${shape.join("×")}`);

interface Row {
  readonly call: string;
  readonly weights: readonly string[];
  /** Bound of every entry. */
  readonly limit?: number;
  readonly fans?: readonly [number, number];
}

const ROWS: readonly Row[] = [
  {
    call: "Linear(20, 5, key=key)",
    weights: ["weight 5×20", "bias 5"],
    limit: 1 / Math.sqrt(20),
    fans: [20, 5],
  },
  { call: 'Linear("scalar", 5, use_bias=False, key=key)', weights: ["weight 5×1"], limit: 1, fans: [1, 5] },
  {
    call: "Conv2d(6, 8, 3, groups=2, key=key)",
    weights: ["weight 8×3×3×3", "bias 8×1×1"],
    limit: 1 / Math.sqrt(27),
    fans: [27, 36],
  },
  {
    call: "ConvTranspose1d(4, 7, 4, stride=2, key=key)",
    weights: ["weight 7×4×4", "bias 7×1"],
    limit: 1 / 4,
    fans: [8, 28],
  },
  {
    call: "GRUCell(3, 8, key=key)",
    weights: ["weight_ih 24×3", "weight_hh 24×8", "bias 24", "bias_n 8"],
    limit: Math.sqrt(1 / 8),
    fans: [3, 8],
  },
  {
    call: "LSTMCell(3, 8, key=key)",
    weights: ["weight_ih 32×3", "weight_hh 32×8", "bias 32"],
    limit: Math.sqrt(1 / 8),
    fans: [3, 8],
  },
  { call: "LayerNorm(12)", weights: ["weight 12", "bias 12"] },
  { call: "GroupNorm(2, 12, channelwise_affine=True)", weights: ["weight 12", "bias 12"] },
  { call: "Embedding(100, 16, key=key)", weights: ["weight 100×16"], fans: [1, 16] },
  {
    call: "MultiheadAttention(4, 16, use_output_bias=True, key=key)",
    weights: [
      "query_proj/weight 16×16",
      "key_proj/weight 16×16",
      "value_proj/weight 16×16",
      "output_proj/weight 16×16",
      "output_proj/bias 16",
    ],
    limit: 1 / 4,
    fans: [16, 16],
  },
  {
    call: "MLP(3, 2, 8, 2, key=key)",
    weights: [
      "layers[0]/weight 8×3",
      "layers[0]/bias 8",
      "layers[1]/weight 8×8",
      "layers[1]/bias 8",
      "layers[2]/weight 2×8",
      "layers[2]/bias 2",
    ],
    limit: 1 / Math.sqrt(3),
    fans: [3, 8],
  },
  {
    call: "MLP(3, 2, 8, 4, scan=True, use_final_bias=False, key=key)",
    weights: [
      "layers[0]/weight 8×3",
      "layers[0]/bias 8",
      "layers[1]/weight 3×8×8",
      "layers[1]/bias 3×8",
      "layers[2]/weight 2×8",
    ],
    limit: 1 / Math.sqrt(3),
    fans: [3, 8],
  },
  { call: "WeightNorm(eqx.nn.Conv2d(6, 8, 3, key=key))", weights: ["g 8×1×1×1"] },
  { call: 'WeightNorm(eqx.nn.Linear(20, 5, key=key), "weight", None)', weights: ["g 1×1"] },
];

for (const { call, weights, limit, fans } of ROWS) {
  test(`eqx.nn.${call}`, () => {
    const [layer] = layers(`layer = eqx.nn.${call}\n`);
    assert.equal(layer!.class, `equinox.nn.${call.split("(")[0]}`);
    assert.deepEqual(shapes(layer!), weights);
    const [weight] = layer!.parameters;
    if (limit !== undefined && weight!.current.kind === "uniform") {
      assert.ok(Math.abs(weight!.current.high - limit) < 1e-12, String(weight!.current.high));
    } else assert.equal(limit, undefined);
    if (fans) assert.deepEqual([weight!.effectiveFanIn, weight!.effectiveFanOut], fans);
  });
}

const NET = `
class Net(eqx.Module):
    layers: list
    scale: jax.Array
    rate: float = eqx.field(static=True, default=0.1)

    def __init__(self, key):
        a, b = jax.random.split(key)
        self.layers = [eqx.nn.Conv2d(1, 4, 3, key=a), eqx.nn.MaxPool2d(2), jax.nn.relu, jnp.ravel,
                       eqx.nn.Linear(676, 10, key=b)]
        self.scale = jnp.ones((10,))

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x * self.scale

net = Net(key)
`;

test("what follows a layer is told through the program's own modules", () => {
  const [conv, ...more] = layers(NET);
  assert.equal(conv!.activation, "relu");
  assert.equal(more.length, 1);
});

test("a module without a constructor is a dataclass", () => {
  const text = `
class Pair(eqx.Module):
    first: eqx.nn.Linear
    second: eqx.nn.Linear

    def __call__(self, x):
        return self.second(jax.nn.tanh(self.first(x)))

pair = Pair(eqx.nn.Linear(3, 4, key=key), eqx.nn.Linear(4, 2, key=jax.random.PRNGKey(1)))
`;
  assert.deepEqual(
    layers(text).map(({ activation }) => activation),
    ["tanh", null],
  );
});

test("weights that tree_at puts in place are drawn as they were", () => {
  const text = `${NET}
is_linear = lambda x: isinstance(x, eqx.nn.Linear)
weights = lambda m: [x.weight for x in jax.tree_util.tree_leaves(m, is_leaf=is_linear) if is_linear(x)]
new = [0.5 * jax.random.normal(key, w.shape) for w in weights(net)]
net = eqx.tree_at(weights, net, new)
`;
  const linear = layers(text).find(({ class: name }) => name === "equinox.nn.Linear")!;
  const { current, default: own } = linear.parameters[0]!;
  assert.ok(current.kind === "normal" && current.std === 0.5);
  assert.equal(own.kind, "uniform");
});

test("what takes the place of a weight nobody knows leaves the weight's law unknown", () => {
  const text =
    "layer = eqx.nn.Linear(3, 4, key=key)\nlayer = eqx.tree_at(lambda l: l.weight, layer, np.load('w'))\n";
  assert.equal(layers(text)[0]!.parameters[0]!.current.kind, "unknown");
});

test("one key for two layers draws the same weights twice", () => {
  const text = `
class Net(eqx.Module):
    up: eqx.nn.Linear
    down: eqx.nn.Linear

    def __init__(self, key):
        self.up = eqx.nn.Linear(8, 8, key=key)
        self.down = eqx.nn.Linear(8, 8, key=key)

net = Net(key)
`;
  const found = analysis(text).findings.filter(({ message }) => /same/.test(message));
  assert.equal(found.length, 1);
  assert.equal(found[0]!.site.line, 11);
});

test("no code is offered for a layer whose arguments nobody can give an initializer", () => {
  const [layer] = layers("layer = eqx.nn.Linear(3, 4, key=key)\n");
  assert.equal(snippetForLayer(layer!, layer!.parameters[0]!, "he_normal"), null);
});
