import assert from "node:assert/strict";
import { test } from "node:test";
import { modelOf } from "./torchPrograms.js";

const DEEP = `
import torch
from torch import nn
class Deep(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(8, 8) for _ in range(60))
    def forward(self, x):
        for layer in self.layers:
            x = layer(x).relu()
        return (x, x.sum()) if self.training else x
model = Deep()
`;

test("a long training loop ends, however deep its model is", () => {
  const { complete, diagnostics } = modelOf(
    `${DEEP}
total = 0
for step in range(20_000):
    y, loss = model(torch.randn(4, 8))
    loss.backward()
    total += loss.item()
`,
    "model",
  );
  assert.deepEqual(
    diagnostics.map(({ message }) => message),
    [],
  );
  assert.equal(complete, true);
});

test("what a model gives in training and in evaluation are kept apart", () => {
  const { parameters } = modelOf(
    `${DEEP}
for step in range(10):
    model.train()
    y, loss = model(torch.randn(4, 8))
    model.eval()
    width = model(torch.randn(4, 8)).shape[1]
head = nn.Linear(width, y.shape[0])
`,
    "head",
  );
  assert.deepEqual(parameters[0]?.shape, [4, 8]);
});

test("a model that grew between two trainings gives what it gives then", () => {
  const loop = `
for _ in range(5):
    y = model(x)
    y.sum().backward()
`;
  const source = `
import torch
from torch import nn
model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Flatten())
x = torch.ones((4, 3, 8, 8))
${loop}
model.add_module("fc", nn.Linear(288, 5))
${loop}
head = nn.Linear(y.shape[1], 9)
`;
  assert.deepEqual(modelOf(source, "head").parameters[0]?.shape, [9, 5]);
});
