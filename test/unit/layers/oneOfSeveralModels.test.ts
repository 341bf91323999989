/** A factory makes one of several models, nobody knows which, and goes on with it: each is drawn as if it were chosen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { describe } from "../../../src/init/distributions.js";

const MODELS = `import torch
from torch import nn
from somewhere import name, change

class A(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(64, 16)
        self.width = 8

class B(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(16, 4, 3)
        self.width = 8

def init(module):
    if isinstance(module, (nn.Linear, nn.Conv2d)):
        nn.init.normal_(module.weight, std=0.25)

def make():
    if name == "a":
        model = A()
    else:
        model = B()
`;

/** What the weights and biases of the layers draw, in order, after `rest`. */
function draws(rest: readonly string[]): readonly string[] {
  const body = rest.map((line) => `    ${line}\n`).join("");
  const text = `${MODELS}${body}    return model\n\nmodel = make()\n`;
  const { layers } = analyse({ file: "/m.py", cells: [{ index: null, text }] }, { read: () => null });
  return layers.flatMap(({ parameters }) => parameters.map(({ current }) => describe(current)));
}

const [linear, conv] = ["U(±0.125)", "U(±0.08333)"];
const DEFAULT = [linear, linear, conv, conv];

const CASES: readonly (readonly [name: string, rest: readonly string[], laws: readonly string[]])[] = [
  ["as they are made", [], DEFAULT],
  ["a function applied", ["model.apply(init)"], ["N(0, 0.25²)", linear, "N(0, 0.25²)", conv]],
  ["moved and handed on", ["model = model.to('cuda').train()", "model.eval()"], DEFAULT],
  ["given to an optimizer", ["optimizer = torch.optim.SGD(model.parameters(), lr=0.1)"], DEFAULT],
  [
    "a loop over parameters",
    ["for p in model.parameters():", "    if p.dim() == 1:", "        nn.init.zeros_(p)"],
    [linear, "0", conv, "0"],
  ],
  [
    "a loop over modules by name",
    [
      "for key, module in model.named_modules():",
      "    if key == 'fc':",
      "        nn.init.ones_(module.weight)",
    ],
    ["1", linear, conv, conv],
  ],
  [
    "a layer of its own that both get",
    ["model.head = nn.Linear(model.width, 4)", "model.apply(init)"],
    ["N(0, 0.25²)", linear, "N(0, 0.25²)", conv, "N(0, 0.25²)", "U(±0.3536)"],
  ],
  [
    "wrapped, and drawn through the wrapper",
    ["model = nn.DataParallel(model)", "model.apply(init)"],
    ["N(0, 0.25²)", linear, "N(0, 0.25²)", conv],
  ],
  ["given to code nobody knows", ["change(model)"], ["unknown", "unknown", "unknown", "unknown"]],
  [
    "drawn in ways that are not followed",
    ["for i, p in enumerate(model.parameters()):", "    nn.init.zeros_(p)"],
    ["unknown", "unknown", "unknown", "unknown"],
  ],
  [
    "drawn in a list that is not followed",
    ["done = [nn.init.zeros_(p) for p in model.parameters()]"],
    ["unknown", "unknown", "unknown", "unknown"],
  ],
];

for (const [name, rest, laws] of CASES) {
  test(name, () => assert.deepEqual(draws(rest), laws));
}
