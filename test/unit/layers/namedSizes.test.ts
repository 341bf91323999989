import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { Evaluator } from "../../../src/python/evaluator.js";

const analysisOf = (text: string) =>
  analyse({ file: "/project/main.py", cells: [{ index: null, text }] }, { read: () => null });

/** Shapes by the name of the layer and of its parameter. */
const shapesOf = (text: string) =>
  Object.fromEntries(
    analysisOf(text).layers.flatMap(({ name, parameters }) =>
      parameters.map((one) => [`${name}.${one.name}`, one.shape]),
    ),
  );

const HEAD = `
import torch.nn as nn
from data import load
options = load()
`;

test("a size that depends on an unknown condition is called after its variable", () => {
  const shapes = shapesOf(`${HEAD}
if options.grey:
    channels = 1
else:
    channels = 3
first = nn.Conv2d(channels, 8, 3)
def build():
    width = 4
    if options.wide:
        width = 8
    inner = nn.Linear(2 * width, 5)
build()
`);
  assert.deepEqual(shapes["first.weight"], [8, "channels", 3, 3]);
  assert.deepEqual(shapes["inner.weight"], [5, "2*width"]);
});

test("an attribute and a parameter give the unknown they hold their name", () => {
  const shapes = shapesOf(`${HEAD}
class Net(nn.Module):
    def __init__(self, words, heads=None):
        super().__init__()
        self.heads = 8 if heads is None else heads
        self.table = nn.Embedding(words, 16)
        self.key = nn.Linear(16, self.heads * 4)
Net(len(load()), options.heads)
`);
  assert.deepEqual(shapes["table.weight"], ["words", 16]);
  assert.deepEqual(shapes["key.weight"], ["4*heads", 16]);
});

test("variables of one name that hold different unknowns are not taken for equal", () => {
  const { layers } = analysisOf(`${HEAD}
n = load()
first = n
n = load()
layer = nn.Linear(n - first + 2, 4)
`);
  assert.notEqual(layers[0]?.parameters[0]?.shape[1], 2);
});

test("a recurrent layer of unknown depth has its first layer, and says that more may follow", () => {
  const { layers, diagnostics } = analysisOf(`${HEAD}
rnn = nn.LSTM(10, 20, options.depth)
`);
  const names = layers.flatMap(({ parameters }) => parameters.map(({ name, shape }) => `${name} ${shape}`));
  assert.deepEqual(names, ["weight_ih_l0 80,10", "weight_hh_l0 80,20", "bias_ih_l0 80", "bias_hh_l0 80"]);
  assert.match(diagnostics.map(({ message }) => message).join(), /how many layers there are is not known/);
});

test("a bias whose fan is not known draws nobody knows what, not the uniform law's own defaults", () => {
  const { layers } = analysisOf(`${HEAD}
layer = nn.Linear(load(), 4)
`);
  const bias = layers[0]?.parameters.find(({ name }) => name === "bias");
  assert.equal(bias?.default.kind, "unknown");
  assert.equal(bias?.current.kind, "unknown");
});

test("a product under a root has its brackets", () => {
  const { layers } = analysisOf(`${HEAD}
def build(width):
    return nn.Conv2d(width, 8, 3)
`);
  assert.equal(layers[0]?.parameters[1]?.current.source, "uniform_(a=-1/√(9*width), b=1/√(9*width))");
});

test("a placeholder in a configuration is no size", () => {
  const shapes = shapesOf(`
from dataclasses import dataclass
import torch.nn as nn
@dataclass
class Config:
    width: int = 8
    words: int = -1
class Net(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.table = nn.Embedding(config.words, config.width)
`);
  assert.deepEqual(shapes["table.weight"], ["words", 8]);
});

test("a loop over a loader's batches is followed, not reported as a failure", () => {
  const { diagnostics, layers } = analysisOf(`${HEAD}
from torch.utils.data import DataLoader
def train():
    for images, labels in DataLoader(load(), batch_size=4):
        print(images)
    return nn.Linear(3, 4)
train()
`);
  assert.deepEqual(
    diagnostics.filter(({ message }) => message.includes("failed")),
    [],
  );
  assert.equal(layers.length, 1);
});

test("what a branch on something unknown changes counts among the steps", () => {
  const stepsOf = (changed: number): number => {
    const evaluator = new Evaluator();
    evaluator.loadMain({
      file: "main.py",
      text: `
from given import unknown
lists = [[] for _ in range(300)]
if unknown:
    for one in lists[:${changed}]: one.append(1)
    for one in lists[${changed}:]: len(one)
`,
    });
    return evaluator.steps;
  };
  assert.ok(stepsOf(300) - stepsOf(0) > 300 * 10);
});

test("reading a long list at an unknown position counts the whole list among the steps", () => {
  const stepsOf = (length: number): number => {
    const evaluator = new Evaluator();
    const text = `from given import at\nwords = ["word"] * ${length}\nfirst = words[at]\n`;
    evaluator.loadMain({ file: "main.py", text }, { runsAll: true });
    return evaluator.steps;
  };
  assert.ok(stepsOf(40_000) - stepsOf(4) >= 10_000);
});

test("what only tells something of an unknown argument keeps the argument's name", () => {
  const shapes = shapesOf(`
import tensorflow as tf
def conv(input_, width):
    w = tf.get_variable("w", [3, 3, input_.get_shape()[-1], width])
    b = tf.get_variable("b", [input_.get_shape().as_list()[1]])
`);
  assert.deepEqual(shapes, {
    "w.w:0": [3, 3, "input_.get_shape()[-1]", "width"],
    "b.b:0": ["input_.get_shape().as_list()[1]"],
  });
});

test("a tuple of so many integers is as many sizes, in a constructor and in a field", () => {
  const shapes = shapesOf(`
from typing import Tuple
import torch
import flax.linen as nn
class Net(torch.nn.Module):
    def __init__(self, size: Tuple[int, int]):
        super().__init__()
        self.fc = torch.nn.Linear(size[0] * size[1], 5)
class Mixer(nn.Module):
    patch: tuple[int, int]
    @nn.compact
    def __call__(self, x):
        return nn.Conv(8, self.patch, name="stem")(x)
`);
  assert.deepEqual(shapes["fc.weight"], [5, "size[0]*size[1]"]);
  assert.deepEqual(shapes["stem.kernel"], ["patch[0]", "patch[1]", "x.shape[-1]", 8]);
});

test("what a class nobody knows hands down is called after its attribute", () => {
  const shapes = shapesOf(`
from tensorflow import keras
from blocks import Base
class Block(Base):
    def build(self, input_shape):
        self.inner = keras.layers.Dense(4 * self.params.hidden)
        self.table = keras.layers.Embedding(self.words, 8)
`);
  assert.deepEqual(shapes["inner.bias"], ["4*params.hidden"]);
  assert.deepEqual(shapes["table.embeddings"], ["words", 8]);
});

test("what a layer keeps for itself gives no size its name", () => {
  const shapes = shapesOf(`
from tensorflow import keras
from data import options
x = keras.Input((None, 8))
if options.deep:
    x = keras.layers.Dense(4)(x)
keras.layers.Dense(3, name="last")(x)
`);
  assert.ok(!JSON.stringify(shapes).includes("_last"), JSON.stringify(shapes));
});

test("what no variable holds is called as it is written, in brackets where it is a sum or product", () => {
  const shapes = shapesOf(`
import torch.nn as nn
from tensorflow import keras
from data import rows, load
boxes = []
for row in rows:
    boxes.append(len(row))
first = nn.Linear(load(), len(rows.items))
second = nn.Linear(in_features=2 * first.in_features, out_features=boxes[0] * boxes[1])
keras.layers.Dense(int(load()))(load(4))
`);
  assert.deepEqual(shapes["first.weight"], ["len(rows.items)", "load()"]);
  assert.deepEqual(shapes["second.weight"], ["(boxes[0] * boxes[1])", "2*load()"]);
  assert.deepEqual(shapes["dense.kernel"], ["load(4).shape[-1]", "int(load())"]);
});

test("a function of the program's own calls its arguments as it names them", () => {
  const shapes = shapesOf(`
import torch.nn as nn
from data import load
def block(width):
    inner = nn.Linear(width, 3)
    return inner
block(load() + 1)
`);
  assert.deepEqual(shapes["inner.weight"], [3, "width"]);
});

test("the value of a size is called after what it is the size of", () => {
  const shapes = shapesOf(`
from tensorflow import keras
def block(inputs, expansion):
    channels = inputs.shape[-1].value
    return keras.layers.Dense(expansion * channels, name="wide")(inputs)
`);
  assert.deepEqual(shapes["wide.kernel"], ["inputs.shape[-1]", "expansion*inputs.shape[-1].value"]);
});
