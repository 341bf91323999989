import assert from "node:assert/strict";
import { test } from "node:test";
import { describe } from "../../../src/init/describe.js";
import { modelOf } from "./torchPrograms.js";

const IMPORTS = "import math, copy\nimport torch\nfrom torch import nn\nfrom torch.nn import init\n";

/** `name [shape] default → current`, a line a parameter; then `incomplete` if it is. */
function told(source: string, call = "Net()"): string {
  const { parameters, complete } = modelOf(IMPORTS + source, call);
  const lines = parameters.map(
    (one) => `${one.name} [${one.shape.map(String)}] ${describe(one.default)} → ${describe(one.current)}`,
  );
  return [...lines, ...(complete ? [] : ["incomplete"])].join("\n");
}

/** A module whose constructor ends with the given lines. */
const net = (...body: string[]): string =>
  [
    "class Net(nn.Module):",
    "    def __init__(self):",
    "        super().__init__()",
    ...body.map((line) => `        ${line}`),
  ].join("\n");

/** One row a way of initialising: what the constructor does, what is drawn in the end. */
const CURRENT: readonly (readonly [title: string, body: readonly string[], expected: string])[] = [
  [
    "a function of torch.nn.init",
    ["self.w = nn.Linear(3, 2, bias=False)", "init.normal_(self.w.weight, std=0.5)"],
    "w.weight [2,3] U(±0.5774) → N(0, 0.5²)",
  ],
  [
    "a method of .data",
    ["self.w = nn.Linear(4, 2, bias=False)", "self.w.weight.data.uniform_(-0.1, 0.1)"],
    "w.weight [2,4] U(±0.5) → U(±0.1)",
  ],
  [
    "a factor in place",
    ["self.w = nn.Linear(4, 2, bias=False)", "with torch.no_grad():", "    self.w.weight *= 0.1"],
    "w.weight [2,4] U(±0.5) → U(±0.05)",
  ],
  [
    "a quotient in place",
    ["self.w = nn.Linear(4, 2, bias=False)", "self.w.weight.data.div_(math.sqrt(2.0 * 2))"],
    "w.weight [2,4] U(±0.5) → U(±0.25)",
  ],
  [
    "a fill",
    ["self.w = nn.Linear(4, 2, bias=False)", "self.w.weight.data.fill_(3)"],
    "w.weight [2,4] U(±0.5) → 3",
  ],
  [
    "new data",
    ["self.w = nn.Linear(4, 2, bias=False)", "self.w.weight.data = torch.randn(2, 4) * 0.1"],
    "w.weight [2,4] U(±0.5) → N(0, 0.1²)",
  ],
  [
    "a copy",
    ["self.w = nn.Linear(4, 2, bias=False)", "self.w.weight.data.copy_(torch.zeros(2, 4))"],
    "w.weight [2,4] U(±0.5) → 0",
  ],
  [
    "a view of another shape",
    ["self.w = nn.Conv2d(4, 2, 1, bias=False)", "init.xavier_uniform_(self.w.weight.data.view(2, -1))"],
    "w.weight [2,4,1,1] U(±0.5) → U(±1)",
  ],
  ["a scaled draw", ["self.w = nn.Parameter(torch.randn(2, 3) * 0.02)"], "w [2,3] N(0, 0.02²) → N(0, 0.02²)"],
  [
    "a factor in front, an offset behind",
    ["self.w = nn.Parameter(2 * torch.rand(3) - 1)"],
    "w [3] U(±1) → U(±1)",
  ],
  [
    "a chain on empty memory",
    ["self.w = nn.Parameter(torch.empty(3).normal_(std=0.3))"],
    "w [3] N(0, 0.3²) → N(0, 0.3²)",
  ],
  ["memory as it is", ["self.w = nn.Parameter(torch.Tensor(2, 3))"], "w [2,3] unknown → unknown"],
  [
    "all slices alike",
    ["self.w = nn.Parameter(torch.empty(2, 3))", "for i in range(2):", "    self.w.data[i].fill_(1)"],
    "w [2,3] unknown → 1",
  ],
  [
    "a slice of its own",
    ["self.w = nn.Linear(4, 4, bias=False)", "self.w.weight.data[:2].zero_()"],
    "w.weight [4,4] U(±0.5) → unknown",
  ],
  [
    "a draw nobody models",
    ["self.w = nn.Parameter(torch.zeros(3).exponential_())"],
    "w [3] unknown → unknown",
  ],
  [
    "a transposed tensor",
    ["self.w = nn.Linear(4, 2, bias=False)", "self.w.weight.data.T.zero_()"],
    "w.weight [2,4] U(±0.5) → 0",
  ],
];

for (const [title, body, expected] of CURRENT) {
  test(`what is drawn in the end: ${title}`, () => assert.equal(told(net(...body)), expected));
}

test("apply, isinstance and tests on names are followed", () => {
  const source = `
class Net(nn.Module):
    def __init__(self, n_layer=2):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.c_proj = nn.Linear(4, 4, bias=False)
        self.apply(self._init_weights)
        for name, p in self.named_parameters():
            if name.endswith("c_proj.weight"):
                init.normal_(p, mean=0.0, std=0.02 / math.sqrt(2 * n_layer))

    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            init.normal_(module.weight, mean=0.0, std=0.02)
            if module.bias is not None:
                init.zeros_(module.bias)
`;
  assert.equal(
    told(source),
    "fc.weight [4,4] U(±0.5) → N(0, 0.02²)\nfc.bias [4] U(±0.5) → 0\nc_proj.weight [4,4] U(±0.5) → N(0, 0.01²)",
  );
});

test("a function that has the name of the module it stands in is found by that name", () => {
  const source = `import torch.nn.utils.spectral_norm as spectral_norm
${net("self.w = spectral_norm(nn.Linear(4, 2, bias=False))")}`;
  assert.equal(told(source), "w.weight_orig [2,4] U(±0.5) → U(±0.5)");
});

test("an override of reset_parameters draws what it says", () => {
  const source = `
class Mine(nn.Linear):
    def reset_parameters(self):
        init.ones_(self.weight)
        init.zeros_(self.bias)
`;
  assert.match(told(source, "Mine(3, 2)"), /^weight \[2,3\] .* → 1\nbias \[2\] .* → 0$/);
});

test("a shared module is named once, a deep copy has tensors of its own", () => {
  const shared = net(
    "self.a = nn.Linear(2, 2, bias=False)",
    "self.b = self.a",
    "self.c = copy.deepcopy(self.a)",
    "init.zeros_(self.a.weight)",
  );
  assert.equal(told(shared), "a.weight [2,2] U(±0.7071) → 0\nc.weight [2,2] U(±0.7071) → U(±0.7071)");
});

test("a tied weight is one parameter", () => {
  const tied = net(
    "self.e = nn.Embedding(5, 4)",
    "self.head = nn.Linear(4, 5, bias=False)",
    "self.head.weight = self.e.weight",
  );
  assert.equal(told(tied), "e.weight [5,4] N(0, 1²) → N(0, 1²)");
});

test("switches of torch.backends decide nothing; sizes may be read from a text of numbers", () => {
  const report = modelOf(
    `
import numpy as np
import torch
from torch import nn
torch.backends.cuda.enable_flash_sdp(False)
torch.backends.cuda.matmul.allow_tf32 = True
sizes = np.fromstring("4-3-2", dtype=int, sep="-")
layers = [nn.Linear(int(a), int(b), bias=torch.backends.mps.is_available()) for a, b in zip(sizes, sizes[1:])]
`,
    "nn.Sequential(*layers)",
  );
  assert.equal(report.complete, true);
  assert.deepEqual(
    report.parameters.map(({ shape }) => shape),
    [
      [3, 4],
      [2, 3],
    ],
  );
});

test("a lazy layer takes its sizes from its first input", () => {
  assert.equal(
    told(net("self.fc = nn.LazyLinear(2)", "self.fc(torch.zeros(1, 16))")),
    "fc.weight [2,16] U(±0.25) → U(±0.25)\nfc.bias [2] U(±0.25) → U(±0.25)",
  );
});

test("sizes nobody knows stay symbols", () => {
  const source = `from settings import config\n${net("self.fc = nn.Linear(config.n_embd, 4 * config.n_embd)")}`;
  assert.equal(
    told(source),
    "fc.weight [4*n_embd,n_embd] U(±1/√n_embd) → U(±1/√n_embd)\nfc.bias [4*n_embd] U(±1/√n_embd) → U(±1/√n_embd)",
  );
});

test("a convolution has as many kernel sizes as it needs, whatever it was given", () => {
  const source = `from absent import size\n${net("self.conv = nn.Conv2d(3, 8, size, bias=False)", "self.up = nn.ConvTranspose1d(3, 8, size, bias=False)")}`;
  assert.equal(
    told(source),
    "conv.weight [8,3,null,null] U(±1/√fan_in) → U(±1/√fan_in)\nup.weight [3,8,null] U(±1/√fan_in) → U(±1/√fan_in)",
  );
});

// ── what is not known is not told, and said to be missing ────────────────────

const INCOMPLETE: readonly (readonly [title: string, source: string, expected: string])[] = [
  [
    "a module of a package that is not there",
    `from absent import Backbone\n${net("self.body = Backbone()", "self.fc = nn.Linear(1, 1, bias=False)")}`,
    "fc.weight [1,1] U(±1) → U(±1)\nincomplete",
  ],
  [
    "a bias that may be there",
    `from absent import c\n${net("self.fc = nn.Linear(1, 1, bias=c.bias)")}`,
    "fc.weight [1,1] U(±1) → U(±1)\nincomplete",
  ],
  [
    "a layer in a branch",
    `from absent import c\n${net("if c.deep:", "    self.fc = nn.Linear(1, 1)")}`,
    "incomplete",
  ],
  [
    "a loop of unknown length",
    `from absent import c\n${net("self.layers = nn.ModuleList()", "for i in range(c.depth):", "    self.layers.append(nn.Linear(1, 1))")}`,
    "incomplete",
  ],
  [
    "a list of unknown length",
    `from absent import c\n${net("self.layers = nn.ModuleList([nn.Linear(1, 1) for _ in range(c.depth)])")}`,
    "incomplete",
  ],
  [
    "a shape of unknown rank",
    `from absent import make\n${net("self.w = nn.Parameter(torch.zeros(make()))")}`,
    "incomplete",
  ],
  [
    "a class whose base is not there",
    "from absent import Base\nclass Net(Base):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(1, 1, bias=False)",
    "fc.weight [1,1] U(±1) → U(±1)\nincomplete",
  ],
];

for (const [title, source, expected] of INCOMPLETE) {
  test(`incomplete and said so: ${title}`, () => assert.equal(told(source), expected));
}

test("a tensor given to code nobody knows is not known any more", () => {
  const source = `from absent import initialise\n${net("self.fc = nn.Linear(1, 1, bias=False)", "initialise(self.fc.weight)")}`;
  assert.equal(told(source), "fc.weight [1,1] U(±1) → unknown");
});

// ── places ───────────────────────────────────────────────────────────────────

test("a layer's site is the innermost call in the user's own code", () => {
  const source = `${IMPORTS}
def conv3x3(inputs, outputs):
    return nn.Conv2d(inputs, outputs, 3)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = conv3x3(1, 2)
        self.b = nn.Parameter(torch.zeros(1))
        self.c = nn.TransformerEncoderLayer(4, 2, 8)
`;
  const { parameters } = modelOf(source, "Net()");
  const lines = source.split("\n");
  const at = (name: string) => {
    const { site } = parameters.find((one) => one.name === name)!;
    return lines[site.line - 1]!.slice(site.column - 1, site.endColumn! - 1);
  };
  assert.equal(at("a.weight"), "nn.Conv2d(inputs, outputs, 3)");
  assert.equal(at("b"), "nn.Parameter(torch.zeros(1))");
  assert.equal(at("c.self_attn.out_proj.weight"), "nn.TransformerEncoderLayer(4, 2, 8)");
});

// ── fans ─────────────────────────────────────────────────────────────────────

const FANS: readonly (readonly [expr: string, torch: string, effective: string])[] = [
  ["nn.Conv2d(16, 32, 3, groups=4)", "36, 288", "36, 72"],
  ["nn.Conv2d(32, 32, 3, groups=32)", "9, 288", "9, 9"],
  ["nn.ConvTranspose2d(64, 32, 2, stride=2)", "128, 256", "64, 128"],
  ["nn.MultiheadAttention(64, 4)", "64, 192", "64, 64"],
  ["nn.LSTM(10, 20)", "10, 80", "10, 20"],
  ["nn.Embedding(1000, 64)", "64, 1000", "1, 64"],
];

for (const [expr, torch, effective] of FANS) {
  test(`${expr}: torch counts ${torch}, a unit really has ${effective}`, () => {
    const [weight] = modelOf(IMPORTS, expr).parameters;
    assert.equal(`${weight!.fanIn}, ${weight!.fanOut}`, torch);
    assert.equal(`${weight!.effectiveFanIn}, ${weight!.effectiveFanOut}`, effective);
  });
}

test("an expression that raises, does not parse or builds no model has one line of error", () => {
  for (const call of ["Nope()", "nn.Linear(", "1 + 1", "nn.GroupNorm(3, 4)"]) {
    assert.throws(() => modelOf(IMPORTS, call), /^Error: .+: .+$/m);
  }
});

test("an averaged model holds a copy of the model's weights", () => {
  const source = "from torch.optim.swa_utils import AveragedModel\n";
  assert.match(
    told(source, "AveragedModel(nn.Linear(3, 2, bias=False))"),
    /^module\.weight \[2,3\] U.* → U[^\n]*$/,
  );
});

test("a module's classes are those that torch has", () => {
  const { parameters } = modelOf(
    `${IMPORTS}class Net(nn.Module):\n    pass\n`,
    "nn.Linear(len(Net.__mro__), len(nn.Linear.mro()), bias=nn.Module.__bases__ == (object,))",
  );
  assert.deepEqual(
    parameters.map(({ shape }) => shape),
    [[3, 3], [3]],
  );
});

test("layers made over a tree of sizes", () => {
  const source = `
from collections import namedtuple
from torch.utils._pytree import tree_flatten, tree_map, tree_map_only, tree_unflatten
Pair = namedtuple("Pair", "first second")
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = {"b": 3, "a": [4, Pair(5, None)]}
        leaves, spec = tree_flatten(sizes)
        layers = tree_map(lambda n: nn.Linear(1, n, bias=False) if n else None, sizes)
        self.b = layers["b"]
        self.first = layers["a"][1].first
        self.none = layers["a"][1].second
        doubled = tree_unflatten([len(leaves), 6, 7, 8], spec)
        self.again = nn.Linear(doubled["b"], doubled["a"][1].second, bias=False)
        self.only = nn.Linear(*tree_map_only(int, lambda n: n + 1, (1, 2, False)))
`;
  const { parameters, complete } = modelOf(IMPORTS + source, "Net()");
  assert.deepEqual(
    parameters.map(({ name, shape }) => `${name} [${shape.map(String)}]`),
    ["b.weight [3,1]", "first.weight [5,1]", "again.weight [8,4]", "only.weight [3,2]", "only.bias [3]"],
  );
  assert.ok(complete);
});

test("a class of torch.distributions that a model keeps makes no parameter", () => {
  const kept =
    "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.dist = KEPT";
  for (const dist of ["torch.distributions.normal.Normal", "torch.distributions.Normal"]) {
    assert.ok(modelOf(IMPORTS + kept.replace("KEPT", dist), "Net()").complete, dist);
  }
});

test("what a distribution of plain numbers draws is a weight's law", () => {
  const source = `
from torch.distributions import Normal, Uniform
class Net(nn.Module):
    def __init__(self, scale):
        super().__init__()
        self.flow = nn.Linear(3, 2)
        self.flow.weight = nn.Parameter(Normal(0, 1e-5).sample(self.flow.weight.shape))
        self.flow.bias = nn.Parameter(Uniform(-1, 0.5).sample((2,)))
        self.open = nn.Parameter(Normal(torch.zeros(4), scale).sample())
`;
  const { parameters } = modelOf(IMPORTS + source, "Net(torch.ones(4))");
  const told = parameters.map(
    ({ name, shape, current }) => `${name} [${shape.map(String)}] ${describe(current)}`,
  );
  assert.deepEqual(told.slice(-2), ["flow.weight [2,3] N(0, 0.00001²)", "flow.bias [2] U(-1, 0.5)"]);
});

test("a module that is scripted is a module; one that is not scripted is none of its kind", () => {
  const { parameters, complete } = modelOf(
    `import torch
from torch import nn
class Pyramid(torch.jit.ScriptModule):
    __constants__ = ["lateral"]
    def __init__(self, channels):
        super().__init__()
        self.lateral = nn.ModuleList([nn.Conv2d(c, 4, 1) for c in channels])
    @torch.jit.script_method
    def forward(self, xs):
        return [layer(x) for layer, x in zip(self.lateral, xs)]
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fpn = Pyramid([2, 3])
        self.head = nn.Linear(4, 5 if isinstance(self, torch.jit.ScriptModule) else 6)
`,
    "Net()",
  );
  assert.deepEqual(
    parameters.map(({ name, shape }) => [name, shape]),
    [
      ["fpn.lateral.0.weight", [4, 2, 1, 1]],
      ["fpn.lateral.0.bias", [4]],
      ["fpn.lateral.1.weight", [4, 3, 1, 1]],
      ["fpn.lateral.1.bias", [4]],
      ["head.weight", [6, 4]],
      ["head.bias", [6]],
    ],
  );
  assert.equal(complete, true);
});

test("an element of eight bits takes one byte, and is one of its type", () => {
  const { parameters, complete } = modelOf(
    `import torch
from torch import nn
class Net(nn.Module):
    def __init__(self, dtype=torch.float8_e4m3fn):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(4, 8, dtype=dtype), requires_grad=False)
        if self.weight.element_size() == 1 and self.weight.dtype in {torch.float8_e4m3fn, torch.float8_e5m2}:
            self.scale = nn.Parameter(torch.ones(1, 2))
        if dtype.is_floating_point and torch.uint16.itemsize == 2:
            self.bias = nn.Parameter(torch.zeros(int(torch.finfo(dtype).max) - 440, torch.iinfo(torch.uint16).bits))
`,
    "Net()",
  );
  assert.deepEqual(
    parameters.map(({ name, shape }) => [name, shape]),
    [
      ["weight", [4, 8]],
      ["scale", [1, 2]],
      ["bias", [8, 16]],
    ],
  );
  assert.equal(complete, true);
});
