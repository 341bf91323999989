import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import type { Layer } from "../../../src/types.js";
import { resultOf } from "./torchPrograms.js";

const layersIn = (text: string): readonly Layer[] =>
  analyse({ file: "main.py", cells: [{ index: null, text }] }, { read: () => null }).layers;

const weights = (text: string) =>
  layersIn(text).flatMap(({ name, parameters }) =>
    parameters.map((one) => [name, one.name, one.shape.join("×"), one.current.kind]),
  );

test("nnx: each variable of a layer once", () => {
  const source = "from flax import nnx\nlayer = nnx.Linear(60, 48, rngs=nnx.Rngs(0))\n";
  assert.deepEqual(weights(source), [
    ["layer", "kernel", "60×48", "truncated_normal"],
    ["layer", "bias", "48", "constant"],
  ]);
});

test("a class whose metaclass refuses every attribute loses no layer of the file", () => {
  const source = [
    "from torch import nn",
    "class Refusing(type):",
    "    def __getattr__(cls, name): raise ImportError(name)",
    "class Missing(metaclass=Refusing): pass",
    "fc = nn.Linear(60, 48, bias=False)",
  ].join("\n");
  assert.deepEqual(weights(source), [["fc", "weight", "48×60", "uniform"]]);
});

test("TensorFlow: what fills a variable is no weight beside it", () => {
  const source = "import tensorflow as tf\nW = tf.Variable(tf.keras.initializers.Zeros()(shape=(60, 48)))\n";
  assert.deepEqual(
    weights(source).map(([name, , shape, kind]) => [name, shape, kind]),
    [["W", "60×48", "constant"]],
  );
});

test("SciPy: truncated, plain and shifted draws; frozen or not", () => {
  const source = [
    "from scipy import stats",
    "W = stats.truncnorm.rvs(-2, 2, loc=0, scale=0.05, size=(60, 48))",
    "W1 = stats.norm(0, 0.02).rvs(size=(3, 4))",
    "W2 = stats.uniform.rvs(-0.5, 1, (5, 6))",
    "W3 = stats.cauchy.rvs(size=(7, 8))",
  ].join("\n");
  const laws = layersIn(source).map(({ name, parameters: [weight] }) => [name, weight?.current]);
  assert.deepEqual(
    laws.map(([name]) => name),
    ["W", "W1", "W2"],
  );
  const [first, second, third] = layersIn(source).map(({ parameters }) => parameters[0]!.current);
  assert.ok(first?.kind === "truncated_normal" && first.low === -0.1 && first.high === 0.1);
  assert.ok(second?.kind === "normal" && second.std === 0.02);
  assert.ok(third?.kind === "uniform" && third.low === -0.5 && third.high === 0.5);
});

test("SciPy: the moments of what is drawn, and what is not modelled of it", () => {
  const program = "from scipy.stats import norm, truncnorm, uniform";
  // What scipy gives.
  const moments: Readonly<Record<string, number>> = {
    "truncnorm.std(a=-2, b=2, loc=0, scale=1)": 0.8796256610342398,
    "truncnorm(-1, 3, 5, 2).mean()": 5.565572221454309,
    "truncnorm.var(-1, 3)": 0.6161417353578291,
    "norm.std(1, 3)": 3,
    "uniform(2, 4).mean()": 4,
  };
  for (const [expression, expected] of Object.entries(moments)) {
    const found = resultOf(program, expression);
    assert.ok(
      typeof found === "number" && Math.abs(found - expected) < 1e-12,
      `${expression}: ${String(found)}`,
    );
  }
  assert.equal(resultOf(program, "norm.ppf(0.5)"), undefined);
  assert.equal(resultOf(program, "truncnorm(-2, 2).cdf(0)"), undefined);
});

test("a factor of normal draws that reaches its weight through names of its own", () => {
  const source = [
    "import numpy as np",
    "q, r = np.linalg.qr(np.random.normal(size=(60, 48)))",
    "W = q * np.sign(np.diag(r))",
    "x = W.T",
  ].join("\n");
  assert.deepEqual(weights(source), [["W", "weight", "60×48", "orthogonal"]]);
});

test("what functools.partial calls is called where the partial is", () => {
  const text = `
from functools import partial
import torch.nn as nn

class Block(nn.Module):
    def __init__(self, width, norm):
        super().__init__()
        self.norm = norm(width)

Block(8, partial(nn.LayerNorm, eps=1e-6))
`;
  const [layer] = analyse(
    { file: "/project/m.py", cells: [{ index: null, text }] },
    { read: () => null },
  ).layers;
  assert.equal(layer?.class, "torch.nn.LayerNorm");
  assert.deepEqual([layer.site.line, layer.parameters[0]?.shape], [8, [8]]);
});

test("PyTorch: a class derived from a layer is that layer where it is made, its own parameters stand apart", () => {
  const source = [
    "import torch",
    "from torch import nn",
    "class Plain(nn.Linear):",
    "    def forward(self, x): return super().forward(x.float())",
    "class Scaled(nn.Conv2d):",
    "    def __init__(self, channels):",
    "        super().__init__(3, channels, 3)",
    "        self.gain = nn.Parameter(torch.ones(channels))",
    "class Stem(nn.Sequential):",
    "    def __init__(self):",
    "        super().__init__(nn.Linear(4, 2, bias=False))",
    "        self.shift = nn.Parameter(torch.zeros(2))",
    "fc = Plain(60, 48)",
    "conv = Scaled(8)",
    "stem = Stem()",
  ].join("\n");
  const found = layersIn(source).map(({ class: name, site, shapes, parameters }) => [
    `${site.line} ${name}`,
    shapes,
    parameters.map((one) => `${one.name} ${one.shape.join("×")}`),
  ]);
  assert.deepEqual(found, [
    ["8 torch.nn.Parameter", 1, ["gain 8"]],
    ["11 torch.nn.Linear", 1, ["weight 2×4"]],
    ["12 torch.nn.Parameter", 1, ["shift 2"]],
    ["13 torch.nn.Linear", 1, ["weight 48×60", "bias 48"]],
    ["14 torch.nn.Conv2d", 1, ["weight 8×3×3×3", "bias 8"]],
  ]);
});

test("NumPy: a generator that a function is given is told by its name and its use", () => {
  const source = [
    "import numpy as np",
    "class Hidden:",
    "    def __init__(self, rng, n_in, n_out):",
    "        self.W = np.asarray(rng.uniform(low=-0.1, high=0.1, size=(n_in, n_out)))",
  ];
  assert.deepEqual(weights(source.join("\n")), [["W", "weight", "n_in×n_out", "uniform"]]);
  // A key of JAX has the same name; what has methods in such a file is anything.
  assert.deepEqual(weights(["import jax", ...source].join("\n")), []);
});

test("NumPy: weights drawn in methods that nobody calls", () => {
  const source = [
    "import numpy as np",
    "class Layer:",
    "    def build(self, input_shape, width):",
    "        self.W = 0.01 * np.random.randn(input_shape[1], width)",
    "        self.shown = np.random.randn(input_shape[1], width)",
    "class Plot:",
    "    def draw(self, n):",
    "        sizes = np.random.randn(n, n)",
  ].join("\n");
  assert.deepEqual(weights(source)[0], ["W", "weight", "input_shape[1]×width", "normal"]);
  assert.ok(!weights(source).some(([name]) => name === "sizes"));
});

test("NumPy: zeros by the name of a velocity or a cell's state are no weights", () => {
  const source =
    "import numpy as np\nv = np.zeros((18, 1))\nv[3] = 1\nc = np.zeros(7)\nV = np.zeros((3, 4))\n";
  assert.deepEqual(
    weights(source).map(([name, , shape]) => [name, shape]),
    [
      ["c", "7"],
      ["V", "3×4"],
    ],
  );
});

test("NumPy: a weight inside an object of the program's own class", () => {
  const source = [
    "import numpy as np",
    "class Variable:",
    "    def __init__(self, data):",
    "        self.data, self.grad = data, None",
    "W1 = Variable(0.01 * np.random.randn(3, 10))",
    "batch = Variable(np.random.randn(3, 10))",
  ].join("\n");
  assert.deepEqual(weights(source), [["W1", "weight", "3×10", "normal"]]);
});

test("TensorFlow: a flag that another file declares is a size by its name", () => {
  const source = [
    "import tensorflow as tf",
    "FLAGS = tf.app.flags.FLAGS",
    "W = tf.Variable(tf.random_uniform([FLAGS.words, 32], -1, 1))",
  ].join("\n");
  assert.deepEqual(
    weights(source).map(([, , shape]) => shape),
    ["FLAGS.words×32"],
  );
});

const TF1 = "import tensorflow as tf\n";
const sizes = (text: string) => layersIn(TF1 + text).map(({ parameters: [one] }) => one?.shape.join("×"));

test("TensorFlow 1: a shape that is given holds for an initializer nobody knows", () => {
  const variable = "def f(n, init):\n    return tf.get_variable('w', [n, 3], initializer=init)\n";
  assert.deepEqual(sizes(variable), ["n×3"]);
  const alone = "def f(init):\n    return tf.get_variable('w', initializer=init)\n";
  assert.deepEqual(sizes(alone), [""]);
  const dense = "def f(x, n, init):\n    return tf.layers.dense(x, n, kernel_initializer=init)\n";
  assert.deepEqual(sizes(dense), ["x.shape[-1]×n"]);
});

test("TensorFlow 1: functions that nobody calls share no layers by their names", () => {
  const one = (size: number) =>
    `def f${size}(x):\n    with tf.variable_scope("a"):\n        return tf.layers.dense(x, ${size}, name="fc")\n`;
  assert.deepEqual(sizes(one(4) + one(5)), ["x.shape[-1]×4", "x.shape[-1]×5"]);
});
