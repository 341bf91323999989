/** Weights that programs train without a module: tensors, and arrays, by name. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { describe } from "../../../src/init/describe.js";

const told = (text: string): string[] =>
  analyse({ file: "/project/model.py", cells: [{ index: null, text }] }, { read: () => null }).layers.map(
    ({ class: cls, name, parameters: [one] }) =>
      `${cls} ${name}: ${one!.name} [${one!.shape}] ${one!.fanIn}→${one!.fanOut} ${describe(one!.current)}`,
  );

const HEAD = "import torch\n";

test("tensors that require a gradient, said when they are made, later, or in a loop", () => {
  assert.deepEqual(
    told(`${HEAD}w = torch.normal(0, 0.01, size=(2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
W1 = torch.randn((30, 200)) * (5 / 3) / 30**0.5
W2 = torch.randn(200, 27).requires_grad_()
for p in [W1]:
    p.requires_grad = True
`),
    [
      "torch.Tensor w: weight [2,1] 2→1 N(0, 0.01²)",
      "torch.Tensor b: bias [1] null→null 0",
      "torch.Tensor W1: weight [30,200] 30→200 N(0, 0.3043²)",
      "torch.Tensor W2: weight [200,27] 200→27 N(0, 1²)",
    ],
  );
});

test("attributes of a class of the program's own", () => {
  assert.deepEqual(
    told(`${HEAD}class Linear:
    def __init__(self, inputs, outputs):
        self.weight = torch.randn((inputs, outputs)) / inputs**0.5
        self.bias = torch.zeros(outputs)

layer = Linear(30, 100)
for p in (layer.weight, layer.bias):
    p.requires_grad = True
`),
    [
      "torch.Tensor weight: weight [30,100] 30→100 N(0, 0.1826²)",
      "torch.Tensor bias: bias [100] null→null 0",
    ],
  );
});

test("no data, no tensor that is not trained, no scales of a norm", () => {
  assert.deepEqual(
    told(`${HEAD}x = torch.randn(3, 4, requires_grad=True)
W = torch.randn(3, 4)
gain = torch.ones(1, 64, requires_grad=True)
gamma = torch.ones(64, requires_grad=True)
`),
    [],
  );
});

test("a vector of NumPy that is multiplied is no bias", () => {
  assert.deepEqual(told("import numpy as np\nw = np.random.randn(5)\nb = np.zeros(1)\n"), [
    "numpy.random.randn w: weight [5] 5→1 N(0, 1²)",
    "numpy.zeros b: bias [1] null→null 0",
  ]);
});

test("biases say which axis of the matrices they go with is summed over", () => {
  const net = (shapes: readonly string[]) =>
    told(`import numpy as np
W1 = np.random.randn(${shapes[0]}) * 0.01
b1 = np.zeros(${shapes[1]})
W2 = np.random.randn(${shapes[2]}) * 0.01
`).flatMap((line) => /weight \[[\d,]+\] (\S+)/.exec(line)?.[1] ?? []);
  assert.deepEqual(net(["128, 784", "(128, 1)", "10, 128"]), ["784→128", "128→10"]);
  assert.deepEqual(net(["784, 128", "128", "128, 10"]), ["784→128", "128→10"]);
  assert.deepEqual(net(["784, 128", "(1, 128)", "128, 10"]), ["784→128", "128→10"]);
  // A bias of an output layer alone, beside matrices of another number.
  assert.deepEqual(net(["128, 784", "(10, 1)", "10, 128"]), ["128→784", "10→128"]);
});
