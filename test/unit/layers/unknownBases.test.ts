/** Classes whose base is in a package that is not there: what their own code does to the modules in them is followed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";

const lawsOf = (body: string, more = ""): readonly string[] => {
  const text = `
import torch.nn as nn
from missing.ml import Base

class Part(Base):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)

class Net(Base):
    def __init__(self):
        super().__init__()
        self.part = Part()
        self.out = nn.Sequential(nn.Linear(8, 8))
${body.replace(/^/gm, "        ")}
${more}
net = Net()
`;
  const { layers } = analyse(
    { file: "/project/model.py", cells: [{ index: null, text }] },
    { read: () => null },
  );
  return layers.map(({ parameters: [weight] }) => `${weight!.current.kind} ${weight!.current.std}`);
};

const DRAWN = ["normal 0.3", "normal 0.3"];

test("apply", () => {
  const start = `
    def start(self, module):
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=0.3)`;
  assert.deepEqual(lawsOf("self.apply(self.start)", start), DRAWN);
});

for (const [method, target] of [
  ["modules", "module"],
  ["named_modules", "name, module"],
] as const) {
  test(method, () => {
    const loop = `for ${target} in self.${method}():
    if isinstance(module, nn.Linear):
        nn.init.normal_(module.weight, std=0.3)`;
    assert.deepEqual(lawsOf(loop), DRAWN);
  });
}

test("named_parameters, with their paths", () => {
  const loop = `for name, parameter in self.named_parameters():
    if name in ("part.fc.weight", "out.0.weight"):
        nn.init.normal_(parameter, std=0.3)`;
  assert.deepEqual(lawsOf(loop), DRAWN);
});

test("parameters", () => {
  assert.deepEqual(lawsOf("for parameter in self.parameters():\n    parameter.data.normal_(std=0.3)"), DRAWN);
});

test("children", () => {
  const loop = `for name, child in self.named_children():
    for grandchild in child.children():
        nn.init.normal_(grandchild.weight, std=0.3)
for child in self.children():
    child.requires_grad_(False)`;
  assert.deepEqual(lawsOf(loop), DRAWN);
});
