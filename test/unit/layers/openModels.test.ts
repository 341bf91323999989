import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import type { Layer } from "../../../src/types.js";
import { callsText } from "../../../src/views/callsText.js";

const layersOf = (text: string): readonly Layer[] =>
  analyse({ file: "/project/model.py", cells: [{ index: null, text }] }, { read: () => null }).layers;

const drawn = (layers: readonly Layer[]) =>
  layers.map(({ parameters: [weight] }) => `${weight!.shape} ${weight!.current.kind} ${weight!.current.std}`);

const model = (body: string, more = "") => `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self, depth):
        super().__init__()
${body.replace(/^/gm, "        ")}
${more}
`;

const INIT = `
    def start(self, module):
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=0.3)`;

/** Ways to hold as many layers as nobody knows. */
const HOLDERS = {
  "a list in a ModuleList": "self.parts = nn.ModuleList([nn.Linear(8, 8) for _ in range(depth)])",
  "a generator in a ModuleList": "self.parts = nn.ModuleList(nn.Linear(8, 8) for _ in range(depth))",
  "append in a loop":
    "self.parts = nn.ModuleList()\nfor _ in range(depth):\n    self.parts.append(nn.Linear(8, 8))",
  "attributes with numbers": 'for i in range(depth):\n    setattr(self, f"part{i}", nn.Linear(8, 8))',
  "add_module with numbers": 'for i in range(depth):\n    self.add_module(f"part{i}", nn.Linear(8, 8))',
};

for (const [name, holder] of Object.entries(HOLDERS)) {
  test(`${name}: apply reaches every layer that may be there`, () => {
    assert.deepEqual(drawn(layersOf(model(`${holder}\nself.apply(self.start)`, INIT))), ["8,8 normal 0.3"]);
  });

  test(`${name}: a loop over all modules reaches them`, () => {
    const loop = `${holder}
for module in self.modules():
    if isinstance(module, nn.Linear):
        nn.init.normal_(module.weight, std=0.3)`;
    assert.deepEqual(drawn(layersOf(model(loop))), ["8,8 normal 0.3"]);
  });

  test(`${name}: so does a loop over named parameters that looks at the end of the name`, () => {
    const loop = `${holder}
for name, parameter in self.named_parameters():
    if name.endswith("weight"):
        nn.init.normal_(parameter, std=0.3)`;
    assert.deepEqual(drawn(layersOf(model(loop))), ["8,8 normal 0.3"]);
  });
}

/** Code that may draw a layer anew, or not: what it draws in the end is not known. */
const MAY_DRAW = {
  "a loop over a plain list":
    "parts = [nn.Linear(8, 8) for _ in range(depth)]\nfor part in parts:\n    nn.init.normal_(part.weight, std=0.3)",
  "a method of one of them":
    "self.parts = nn.ModuleList([nn.Linear(8, 8) for _ in range(depth)])\nself.parts[0].weight.data.zero_()",
  "one of them by its number":
    "self.parts = nn.ModuleList([nn.Linear(8, 8) for _ in range(depth)])\nfor i, part in enumerate(self.parts):\n    if i == 0:\n        nn.init.zeros_(part.weight)",
};

for (const [name, body] of Object.entries(MAY_DRAW)) {
  test(`${name}: the default is not claimed`, () => {
    assert.deepEqual(drawn(layersOf(model(body))), ["8,8 unknown undefined"]);
  });
}

test("what is counted over modules that may be more is not known", () => {
  const body = `self.parts = nn.ModuleList([nn.Linear(8, 8) for _ in range(depth)])
count = sum(1 for _ in self.modules())
self.head = nn.Linear(count, 2)`;
  assert.deepEqual(
    layersOf(model(body)).map(({ parameters: [weight] }) => weight!.shape),
    [
      [8, 8],
      [2, "count"],
    ],
  );
});

const GPT = `
import torch.nn as nn

class Part(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.up = nn.Linear(config.width, 4 * config.width)

class Whole(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.parts = nn.ModuleList([Part(config) for _ in range(config.depth)])
        self.apply(self._init_weights)

    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=0.02)
`;

test("a part is shown as the whole that uses it initialises it", () => {
  const [up] = layersOf(GPT);
  assert.deepEqual(drawn([up!]), ["4*width,width normal 0.02"]);
  assert.deepEqual(
    up!.calls?.map(({ call }) => call),
    ["Whole(config)"],
  );
});

test("a part whose sizes the whole leaves open is read by itself", () => {
  const text = `
import torch.nn as nn

class Part(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.up = nn.Linear(width, 4 * width)

class Whole(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.part = Part(sorted(config.widths)[0])
`;
  const [up] = layersOf(text);
  assert.deepEqual(up?.parameters[0]?.shape, ["4*width", "width"]);
});

const CONFIGURED = (annotation: string, kind: string) => `
from __future__ import annotations
import torch
import torch.nn as nn
from dataclasses import dataclass

${kind}

class Net(nn.Module):
    def __init__(self, config: ${annotation}, classes=10):
        super().__init__()
        self.head = nn.Linear(config.width, classes)
`;

const DATA = "@dataclass\nclass Config:\n    width: int = 96";
const PLAIN = "class Config:\n    def __init__(self, width=96):\n        self.width = width";
const REQUIRED = "@dataclass\nclass Config:\n    width: int";
const LAYER =
  "class Config(nn.Module):\n    def __init__(self, width=96):\n        super().__init__()\n        self.width = width";

for (const [name, text, shape, call] of [
  ["a dataclass with defaults", CONFIGURED("Config", DATA), [10, 96], "Net(Config())"],
  ["its name as text", CONFIGURED('"Config"', DATA), [10, 96], "Net(Config())"],
  ["a class whose constructor needs nothing", CONFIGURED("Config", PLAIN), [10, 96], "Net(Config())"],
  ["a dataclass without defaults", CONFIGURED("Config", REQUIRED), [10, "width"], "Net(config)"],
  ["a module", CONFIGURED("Config", LAYER), [10, "width"], "Net(config)"],
  ["a framework's class", CONFIGURED("torch.Tensor", ""), [10, "width"], "Net(config)"],
] as const) {
  test(`an argument that must be ${name}: ${call}`, () => {
    const head = layersOf(text).find((layer) => layer.name === "head");
    assert.deepEqual(head?.parameters[0]?.shape, shape);
    assert.deepEqual(
      head.calls?.map((one) => one.call),
      [call],
    );
  });
}

test("layers of one place that are drawn differently: what is drawn there is not known", () => {
  const text = `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = nn.ModuleList([nn.Linear(8, 8) for _ in range(3)])
        nn.init.zeros_(self.parts[2].weight)

Net()
`;
  assert.deepEqual(drawn(layersOf(text)), ["8,8 unknown undefined"]);
});

test("residual branches whose number nobody knows are not counted", () => {
  const text = `
import torch.nn as nn

class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
    def forward(self, x):
        return x + self.down(self.up(x).relu())

class Net(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.blocks = nn.ModuleList([Block(width) for _ in range(depth)])
    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x
`;
  const down = layersOf(text).find(({ name }) => name === "down");
  assert.equal(down?.recommended?.scheme, "lecun_normal");
  assert.equal(down.recommended.distribution.formula, "N(0, 1/(4*width))");
});

for (const bar of ["tqdm", "tqdm.auto", "tqdm.notebook"]) {
  test(`a progress bar of ${bar} hides nothing of a loop over weights`, () => {
    const text = `
import torch.nn as nn
from ${bar} import tqdm

net = nn.Linear(8, 8)
for parameter in tqdm(net.parameters(), desc="start"):
    parameter.data.fill_(0.5)
`;
    assert.deepEqual(drawn(layersOf(text)), ["8,8 constant 0"]);
  });
}

test("a layer called twice where nobody knows whether it is called keeps its distribution", () => {
  const text = `
from elsewhere import data
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(16, 100, bias=False)

    def forward(self, x, targets):
        if targets is not None:
            loss = self.head(x)
        else:
            loss = None
        return loss

net = Net()
net(data, data)
net(data, data)
`;
  assert.deepEqual(
    layersOf(text).map(({ parameters: [weight] }) => weight!.current.kind),
    ["uniform"],
  );
});

test("a hook that is surely there is called, one that may be there makes what it may change unknown", () => {
  const hooked = (register: string) => `
from elsewhere import data
import torch
import torch.nn as nn

def hook(module, args):
    nn.init.normal_(module.weight, std=0.3)

net = nn.Linear(16, 100, bias=False)
${register}
net(torch.zeros(1, 16))
`;
  const register = "net.register_forward_pre_hook(hook)";
  assert.deepEqual(drawn(layersOf(hooked(register))), ["100,16 normal 0.3"]);
  assert.deepEqual(drawn(layersOf(hooked(`if data:\n    ${register}`))), ["100,16 unknown undefined"]);
});

const UNANNOTATED = `
from dataclasses import dataclass
import torch.nn as nn

@dataclass
class NetConfig:
    width: int = 48

@dataclass
class TrainConfig:
    rate: float = 0.1

class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.fc = nn.Linear(config.width, 10)
`;

test("an argument called config is the one configuration of the file that has all that is read of it", () => {
  const [layer] = layersOf(UNANNOTATED);
  assert.deepEqual(layer!.parameters[0]!.shape, [10, 48]);
  assert.equal(callsText(layer!), "for Net(NetConfig())");
});

test("where two configurations of the file would do, or none, it stays unknown", () => {
  for (const text of [
    UNANNOTATED.replace("rate: float", "width: int = 3\n    rate: float"),
    UNANNOTATED.replace("config.width", "config.width + config.depth"),
  ]) {
    assert.equal(typeof layersOf(text)[0]!.parameters[0]!.shape[1], "string");
  }
});

const sizes = (text: string) => layersOf(text).map(({ parameters: [weight] }) => weight!.shape.join("×"));

test("a dataclass that nobody calls is given its fields", () => {
  const text = `
from dataclasses import dataclass, field
import haiku as hk
import torch.nn as nn
@dataclass(eq=False)
class Block(nn.Module):
    width: int
    kinds: list = field(default_factory=list)
    def __post_init__(self):
        super().__init__()
        self.fc = nn.Linear(self.width, 3)
@dataclass
class Net(hk.Module):
    width: int
    name: str = None
    def __call__(self, x):
        return hk.Linear(self.width)(x)
`;
  assert.deepEqual(sizes(text), ["3×width", "x.shape[-1]×width"]);
});

test("a field that must be an integer is one size, any other may be several", () => {
  const text = (annotation: string) => `
from typing import Any
from flax import linen as nn
class Net(nn.Module):
    features: ${annotation}
    @nn.compact
    def __call__(self, x):
        return nn.DenseGeneral(self.features)(x)
`;
  assert.deepEqual(sizes(text("int")), ["x.shape[-1]×features"]);
  assert.deepEqual(sizes(text("Any")), [""]);
});

test("a size that reshape works out of a shape nobody knows is not its -1", () => {
  const text = `
from flax import linen as nn
class Net(nn.Module):
    @nn.compact
    def __call__(self, inputs):
        *lead, width = inputs.shape
        return nn.Dense(4)(inputs.reshape((*lead, 8, -1)))
`;
  assert.deepEqual(sizes(text), ["inputs.reshape((*lead, 8, -1)).shape[-1]×4"]);
});
