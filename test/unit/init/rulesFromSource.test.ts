/** Rules from the source text to the finding, each with code that it finds and code that it leaves alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import type { Finding } from "../../../src/types.js";
import { assertMarked, readMarked } from "../markedPython.js";

const HEADER = "import copy\nimport math\nimport numpy as np\nimport torch\nfrom torch import nn\n";

function found(source: string): readonly Finding[] {
  const document = { file: "/model.py", cells: [{ index: null, text: source }] };
  return analyse(document, { read: () => null }).findings;
}

/** Marks are `^^^ CODE`; only the code named by the test is looked at. */
function marked(code: string, fixture: string): void {
  assertMarked(HEADER + fixture, ({ source }) =>
    found(source)
      .filter((finding) => finding.code === code)
      .map(({ site }) => ({
        line: site.line,
        column: site.column,
        endColumn: site.endLine === site.line ? site.endColumn! : site.column + 1,
        text: code,
      })),
  );
}

/** A module whose constructor makes two layers and then runs these lines. */
const net = (...lines: string[]): string =>
  [
    "class Net(nn.Module):",
    "    def __init__(self):",
    "        super().__init__()",
    "        self.fc1 = nn.Linear(784, 128)",
    "        self.fc2 = nn.Linear(128, 10)",
    ...lines.map((line) => `        ${line}`),
    "net = Net()",
  ].join("\n");

test("IL001 memory that nothing fills", () => {
  marked(
    "IL001",
    `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.empty(3, 4))
        #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ IL001
        self.frozen = nn.Parameter(torch.empty(3, 4))
        self.frozen.requires_grad = False
        self.v = nn.Parameter(torch.empty(3, 4))
        nn.init.normal_(self.v)
net = Net()`,
  );
});

test("IL015 tests of classes and names that hold always, never, or after another has taken all", () => {
  marked(
    "IL015",
    `
def init_weights(m, name):
    if isinstance(m, nn.Conv2d) or nn.Linear:
    #  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ IL015
        nn.init.normal_(m.weight)
    if name == "fc" or "head":
    #  ^^^^^^^^^^^^^^^^^^^^^^ IL015
        nn.init.normal_(m.weight)
    if m == nn.Linear:
    #  ^^^^^^^^^^^^^^ IL015
        nn.init.normal_(m.weight)
    if isinstance(type(m), nn.Linear):
    #  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ IL015
        nn.init.normal_(m.weight)
    if type(m) == "Linear":
    #  ^^^^^^^^^^^^^^^^^^^ IL015
        nn.init.normal_(m.weight)
    if isinstance(m, nn.Linear) and isinstance(m, nn.Conv2d):
    #  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ IL015
        nn.init.normal_(m.weight)
    if not isinstance(m, nn.Linear) or not isinstance(m, nn.Conv2d):
    #  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ IL015
        nn.init.normal_(m.weight)
    if name != "fc" or name != "head":
    #  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ IL015
        nn.init.normal_(m.weight)
    if isinstance(m, (nn.Linear, nn.Conv2d)):
        nn.init.normal_(m.weight)
    elif isinstance(m, nn.BatchNorm2d):
        nn.init.normal_(m.weight)
    elif isinstance(m, nn.Linear):
    #    ^^^^^^^^^^^^^^^^^^^^^^^^ IL015
        nn.init.zeros_(m.bias)

def fine(m, name, cls, mode=None):
    if isinstance(m, nn.Conv2d) or isinstance(m, nn.Linear):
        nn.init.normal_(m.weight)
    if cls == nn.Linear or cls is nn.Conv2d:
        nn.init.normal_(m.weight)
    if type(m) == nn.Linear or type(m) in (nn.Conv2d, nn.Conv1d):
        nn.init.normal_(m.weight)
    if isinstance(m, nn.Linear) and isinstance(m.bias, nn.Parameter):
        nn.init.zeros_(m.bias)
    if isinstance(m, nn.Module) and isinstance(m, nn.Linear):
        nn.init.normal_(m.weight)
    if not isinstance(m, nn.Linear) or not hasattr(m, "bias"):
        nn.init.normal_(m.weight)
    if name != "fc" and name != "head":
        nn.init.normal_(m.weight)
    if name == "fc" or name == "head":
        nn.init.normal_(m.weight)
    if isinstance(m, nn.Linear) and m.bias is not None:
        nn.init.zeros_(m.bias)
    elif isinstance(m, nn.Linear):
        nn.init.normal_(m.weight)
    if isinstance(m, nn.Linear):
        nn.init.normal_(m.weight)
    if isinstance(m, nn.Linear):
        nn.init.zeros_(m.bias)
    if mode == "fan_in" or "fan_out":
        print(mode)`,
  );
});

/** What stands in the source of each finding of a code. */
function textsOf(code: string, body: string): string[] {
  const source = HEADER + body;
  return found(source)
    .filter((finding) => finding.code === code)
    .map(({ site }) => source.split("\n")[site.line - 1]!.slice(site.column - 1, site.endColumn! - 1));
}

/** What the findings of a code say. */
const messagesOf = (code: string, body: string): string[] =>
  found(HEADER + body).flatMap((finding) => (finding.code === code ? [finding.message] : []));

/** Code, lines of a constructor, and the texts that are found; a row without texts must stay silent. */
const ROWS: readonly (readonly [code: string, lines: readonly string[], texts: readonly string[]])[] = [
  [
    "IL006",
    ["nn.init.trunc_normal_(self.fc1.weight, std=0.02)"],
    ["nn.init.trunc_normal_(self.fc1.weight, std=0.02)"],
  ],
  ["IL006", ["nn.init.trunc_normal_(self.fc1.weight, std=0.02, a=-0.04, b=0.04)"], []],
  [
    "IL007",
    ["nn.init.trunc_normal_(self.fc1.weight, std=1.0, a=-0.04, b=0.04)"],
    ["nn.init.trunc_normal_(self.fc1.weight, std=1.0, a=-0.04, b=0.04)"],
  ],
  ["IL010", ["nn.init.normal_(self.fc1.bias)"], ["nn.init.normal_(self.fc1.bias)"]],
  ["IL010", ["nn.init.zeros_(self.fc1.bias)"], []],
  [
    "IL013",
    ["nn.init.xavier_uniform_(self.fc1.weight)", "nn.init.xavier_normal_(self.fc1.weight)"],
    ["nn.init.xavier_uniform_(self.fc1.weight)"],
  ],
  ["IL013", ["nn.init.xavier_uniform_(self.fc1.weight)", "nn.init.xavier_normal_(self.fc2.weight)"], []],
  [
    "IL013",
    ["nn.init.zeros_(self.fc2.weight)", "for m in self.children(): nn.init.normal_(m.weight, std=0.02)"],
    ["nn.init.zeros_(self.fc2.weight)"],
  ],
  [
    "IL013",
    ["for m in self.children(): nn.init.normal_(m.weight, std=0.02)", "nn.init.zeros_(self.fc2.weight)"],
    [],
  ],
  ["IL014", ["nn.init.xavier_uniform_(self.fc1.bias)"], ["nn.init.xavier_uniform_(self.fc1.bias)"]],
  [
    "IL014",
    ["self.head = nn.Linear(8, 2, bias=False)", "nn.init.zeros_(self.head.bias)"],
    ["nn.init.zeros_(self.head.bias)"],
  ],
  ["IL014", ["for m in self.children():", "    if m.bias is not None: nn.init.zeros_(m.bias)"], []],
  ["IL014", ["self.fc1.weight.normal_(0, 0.02)"], ["self.fc1.weight.normal_(0, 0.02)"]],
  ["IL014", ["self.fc1.weight *= 0.1"], ["self.fc1.weight *= 0.1"]],
  ["IL014", ["self.fc1.bias[0] = 1"], ["self.fc1.bias[0] = 1"]],
  ["IL014", ["self.fc1.weight.data.normal_(0, 0.02)", "self.fc1.bias.data[0] = 1"], []],
  ["IL014", ["with torch.no_grad(): self.fc1.weight.normal_(0, 0.02)"], []],
  ["IL014", ["self.table = torch.zeros(3)", "self.table.normal_()"], []],
  ["IL014", ["try: nn.init.xavier_uniform_(self.fc1.bias)", "except ValueError: pass"], []],
  ["IL014", ["for p in self.parameters():", "    if p.dim() > 1: nn.init.xavier_uniform_(p)"], []],
  [
    "IL015",
    ["for m in self.modules():", "    if isinstance(m, nn.Conv2d or nn.Linear): pass"],
    ["isinstance(m, nn.Conv2d or nn.Linear)"],
  ],
  ["IL015", ["for m in self.modules():", "    if isinstance(m, (nn.Conv2d, nn.Linear)): pass"], []],
  [
    "IL015",
    ["for n, p in self.named_parameters():", "    if 'weight' or 'bias' in n: pass"],
    ["'weight' or 'bias' in n"],
  ],
  ["IL015", ["for n, p in self.named_parameters():", "    if 'weight' in n or 'bias' in n: pass"], []],
  ["IL015", ["name = type(self).__name__", "if name.find('Conv'): pass"], ["name.find('Conv')"]],
  ["IL015", ["name = type(self).__name__", "if name.find('Conv') != -1: pass"], []],
  ["IL016", ["self.fc1.weight.data.mul(0.1)"], ["self.fc1.weight.data.mul(0.1)"]],
  ["IL016", ["self.fc1.weight.data.mul_(0.1)"], []],
  ["IL016", ["self._init_weights"], ["self._init_weights"]],
  ["IL016", ["self.fc1.bias.data == 0"], ["self.fc1.bias.data == 0"]],
  ["IL016", ["for p in self.parameters():", "    p = torch.randn(p.shape)"], ["p = torch.randn(p.shape)"]],
  ["IL016", ["for p in self.parameters():", "    p = nn.init.normal_(p)"], []],
  ["IL016", ["for p in self.parameters():", "    p = torch.abs(p)", "    print(p)"], []],
  ["IL019", ["self.more = nn.ModuleList([nn.Linear(8, 8)] * 4)"], ["nn.ModuleList([nn.Linear(8, 8)] * 4)"]],
  ["IL019", ["self.more = nn.ModuleList([nn.Linear(8, 8) for _ in range(4)])"], []],
  ["IL019", ["self.more = nn.Sequential(*[nn.ReLU()] * 4)"], []],
  [
    "IL019",
    ["one = nn.Linear(8, 8)", "self.more = nn.ModuleList([copy.deepcopy(one) for _ in range(4)])"],
    ["nn.ModuleList([copy.deepcopy(one) for _ in range(4)])"],
  ],
  [
    "IL019",
    [
      "one = nn.Linear(8, 8)",
      "self.more = nn.ModuleList([copy.deepcopy(one) for _ in range(4)])",
      "for p in self.parameters():",
      "    if p.dim() > 1: nn.init.xavier_uniform_(p)",
    ],
    [],
  ],
  ["IL019", ["self.target = copy.deepcopy(self.fc1)"], []],
  ["IL020", ["nn.init.normal_(self.fc1.weight, 0.02)"], ["nn.init.normal_(self.fc1.weight, 0.02)"]],
  ["IL020", ["nn.init.normal_(self.fc1.weight, 0, 0.02)"], []],
  [
    "IL020",
    ["nn.init.kaiming_normal_(self.fc1.weight, math.sqrt(2))"],
    ["nn.init.kaiming_normal_(self.fc1.weight, math.sqrt(2))"],
  ],
  ["IL020", ["nn.init.kaiming_normal_(self.fc1.weight, a=0.2)"], []],
  // The gain becomes 1, as Caffe's Xavier wants it.
  ["IL020", ["nn.init.kaiming_uniform_(self.fc1.weight, a=1)"], []],
  [
    "IL020",
    ["nn.init.kaiming_normal_(self.fc1.weight, a=nn.init.calculate_gain('linear'))"],
    ["nn.init.kaiming_normal_(self.fc1.weight, a=nn.init.calculate_gain('linear'))"],
  ],
  [
    "IL020",
    ["nn.init.kaiming_normal_(self.fc1.weight, nn.init.calculate_gain('relu'))"],
    ["nn.init.kaiming_normal_(self.fc1.weight, nn.init.calculate_gain('relu'))"],
  ],
  ["IL020", ["nn.init.kaiming_uniform_(self.fc1.weight, a=math.sqrt(5))"], []],
  [
    "IL020",
    ["nn.init.normal_(self.fc1.weight, 0, 2 / self.fc1.in_features)"],
    ["nn.init.normal_(self.fc1.weight, 0, 2 / self.fc1.in_features)"],
  ],
  ["IL020", ["nn.init.normal_(self.fc1.weight, 0, math.sqrt(2 / self.fc1.in_features))"], []],
];

for (const [code, lines, texts] of ROWS) {
  test(`${code} ${texts.length === 0 ? "leaves alone" : "finds"}: ${lines.join("; ")}`, () => {
    assert.deepEqual(textsOf(code, net(...lines)), texts);
  });
}

test("IL017 a private method that nothing calls; not one that is called, and not of another library's base", () => {
  const method = "\n    def _init_weights(self):\n        nn.init.orthogonal_(self.fc1.weight)\n";
  const idle = net().replace("\nnet = Net()", `${method}net = Net()`);
  assert.deepEqual(textsOf("IL017", idle), ["_init_weights"]);
  const called = net("self._init_weights()").replace("\nnet = Net()", `${method}net = Net()`);
  assert.deepEqual(textsOf("IL017", called), []);
  assert.deepEqual(textsOf("IL017", idle.replace("nn.Module", "Base")), []);
});

test("IL018 a loop before any layer is made; not after the last, nor one that only counts", () => {
  const loop = (body: string) => `for m in self.modules():\n            ${body}`;
  const init = loop("if isinstance(m, nn.Linear):\n                nn.init.xavier_uniform_(m.weight)");
  const make = "self.fc = nn.Linear(8, 8)";
  const program = (...lines: string[]) =>
    [
      "class Net(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      ...lines.map((line) => `        ${line}`),
      "net = Net()",
    ].join("\n");
  assert.deepEqual(textsOf("IL018", program(init, make)), ["self.modules()"]);
  assert.deepEqual(textsOf("IL018", program(make, init)), []);
  assert.deepEqual(textsOf("IL018", program(loop("print(m)"), make)), []);
});

test("IL018 apply before any layer is made; not after the last", () => {
  const program = (first: string, second: string) =>
    `def init_weights(m):\n    if isinstance(m, nn.Linear): nn.init.zeros_(m.bias)\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        ${first}\n        ${second}\nnet = Net()`;
  const [apply, make] = ["self.apply(init_weights)", "self.fc = nn.Linear(4, 4)"];
  assert.deepEqual(textsOf("IL018", program(apply, make)), [apply]);
  assert.deepEqual(textsOf("IL018", program(make, apply)), []);
});

test("IL002 the parameters of one list stand side by side", () => {
  const list = "nn.ParameterList([nn.Parameter(torch.zeros(64, 64)) for _ in range(4)])";
  assert.deepEqual(textsOf("IL002", net(`self.gates = ${list}`)), []);
});

test("IL019 one seed for two layers of one shape; not other shapes, other seeds or none", () => {
  const program = (first: string, second: string, units = 64) =>
    `import keras
init = keras.initializers.HeNormal(seed=42)
model = keras.Sequential([
    keras.layers.Input((64,)),
    keras.layers.Dense(64, kernel_initializer=${first}),
    keras.layers.Dense(${units}, kernel_initializer=${second}),
])`;
  const seeded = (seed: number | string) => `keras.initializers.HeNormal(seed=${seed})`;
  const generator = "keras.random.SeedGenerator(1)";
  const second = "keras.layers.Dense(64, kernel_initializer=init)";
  assert.deepEqual(textsOf("IL019", program("init", "init")), [second]);
  assert.equal(textsOf("IL019", program(seeded(1), seeded(1))).length, 1);
  assert.deepEqual(textsOf("IL019", program("init", "init", 32)), []);
  assert.deepEqual(textsOf("IL019", program(seeded(1), seeded(2))), []);
  assert.deepEqual(textsOf("IL019", program(seeded("None"), seeded("None"))), []);
  assert.deepEqual(textsOf("IL019", program(seeded(generator), seeded(generator))), []);
});

test("IL019 one Keras initializer for several layers, also without a seed; not one each, and not before Keras 2.10", () => {
  const program = `import keras
from keras import layers
shared = keras.initializers.HeNormal()
generator = keras.initializers.HeNormal(seed=keras.random.SeedGenerator(3))
def block(x, init=keras.initializers.GlorotNormal()):
    x = layers.Conv2D(8, 3, padding="same", kernel_initializer=init)(x)
    return layers.Conv2D(8, 3, padding="same", kernel_initializer=init)(x)
    #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ IL019
first = keras.Sequential([keras.Input((64,)), layers.Dense(64, kernel_initializer=shared)])
second = keras.Sequential([keras.Input((64,)), layers.Dense(64, kernel_initializer=shared)])
#                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ IL019
stack = keras.Sequential([keras.Input((16,))] + [layers.Dense(16, kernel_initializer=shared) for _ in range(3)])
#                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ IL019
other = keras.Sequential([keras.Input((64,)), layers.Dense(32, kernel_initializer=shared)])
fine = keras.Sequential([
    keras.Input((8,)),
    layers.Dense(8, kernel_initializer="he_normal"),
    layers.Dense(8, kernel_initializer="he_normal"),
    layers.Dense(8, kernel_initializer=generator),
    layers.Dense(8, kernel_initializer=generator),
    layers.Dense(8, kernel_initializer=keras.initializers.HeNormal()),
])
both = layers.Bidirectional(layers.LSTM(8, kernel_initializer=keras.initializers.HeNormal()))
both(keras.Input((5, 8)))
online = keras.Sequential([keras.Input((24,)), layers.Dense(24, kernel_initializer=keras.initializers.HeNormal())])
cloned = keras.models.clone_model(online)
target = keras.Sequential([keras.Input((24,)), layers.Dense(24, kernel_initializer="he_normal")])
target.set_weights(online.get_weights())
attention = layers.MultiHeadAttention(2, 4, kernel_initializer=shared)
attention(keras.Input((3, 8)), keras.Input((3, 8)))
x = block(keras.Input((4, 4, 8)))`;
  marked("IL019", program);
  const old = { read: (path: string) => (path === "/project/requirements.txt" ? "keras==2.9.0\n" : null) };
  const document = { file: "/project/model.py", cells: [{ index: null, text: readMarked(program).source }] };
  const codes = analyse(document, old, { roots: ["/project"] }).findings.map(({ code }) => code);
  assert.ok(!codes.includes("IL019"));
});

test("IL019 one key of JAX for several weights; not its parts, nor keys of which nobody knows", () => {
  marked(
    "IL019",
    `import jax
from jax import random
def init(key, n, config):
    w1 = random.normal(key, (n, n)) * 0.1
    w2 = random.normal(key, (n, n)) * 0.1
    #    ^^^^^^^^^^^^^^^^^^^^^^^^^^ IL019
    w3 = random.normal(key, (n, 2)) * 0.1
    b1 = random.normal(key, (n,)) * 0.1
    first, second, *rest = random.split(key, 4)
    w4 = random.normal(first, (n, n)) * 0.1
    w5 = random.normal(second, (n, n)) * 0.1
    w6 = random.normal(rest[0], (n, n)) * 0.1
    w7 = jax.nn.initializers.he_normal()(rest[1], (n, n))
    key, part = random.split(key)
    w8 = random.normal(part, (n, n)) * 0.1
    key, part = random.split(key)
    w9 = random.normal(part, (n, n)) * 0.1
    w10 = random.normal(random.fold_in(key, 1), (n, n)) * 0.1
    w11 = random.normal(random.fold_in(key, 2), (n, n)) * 0.1
    w12 = random.normal(next(config.keys), (n, n)) * 0.1
    w13 = random.normal(next(config.keys), (n, n)) * 0.1
    if config.deep:
        w14 = random.normal(config.key, (n, n)) * 0.1
    else:
        w15 = random.normal(config.key, (n, n)) * 0.1
    again = random.split(random.PRNGKey(0), 3)
    w16 = random.uniform(again[2], (n, n))
    w17 = random.uniform(again[-1], (n, n))
    #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ IL019`,
  );
});

test("IL019 blocks that share a part on purpose are no copies of each other", () => {
  const source = `
class Block(nn.Module):
    def __init__(self, shared):
        super().__init__()
        self.shared = shared
        self.own = nn.Linear(64, 64)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.shared = nn.Linear(64, 64)
        self.blocks = nn.ModuleList([Block(self.shared) for _ in range(4)])
Net()`;
  assert.deepEqual(textsOf("IL019", source), []);
});

test("what a constructor made and had not yet kept when it could not be followed is not known", () => {
  const program = `
class Block(nn.Module):
    def __init__(self, i):
        super().__init__()
        self.fc = nn.Linear(64, 64)
        while i == 2: pass
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([Block(i) for i in range(3)])
        self.apply(lambda module: nn.init.zeros_(module.fc.weight) if hasattr(module, "fc") else None)
Net()`;
  const document = { file: "/model.py", cells: [{ index: null, text: HEADER + program }] };
  const { layers } = analyse(document, { read: () => null });
  const kinds = layers.flatMap(({ parameters }) => parameters.map(({ current }) => current.kind));
  assert.deepEqual(kinds, ["unknown", "unknown"]);
});

test("IL001 leaves alone what a factory that could not be followed may have filled", () => {
  const program = (...lines: string[]) => `
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(width, width))
def make():
    model = Net(64)
${lines.map((line) => `    ${line}\n`).join("")}    return model`;
  assert.equal(textsOf("IL001", program("size = {}['absent']")).length, 0);
  assert.equal(textsOf("IL001", program("size = {'absent': 3}['absent']")).length, 1);
});

test("IL001 leaves alone what a constructor that could not be followed would have filled, and what was filled in parts", () => {
  const program = (...lines: string[]) => `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.experts = nn.Parameter(torch.empty(4, 64))
        for i in range(4):
            nn.init.normal_(self.experts[i])
        self.weight = nn.Parameter(torch.empty(64, 64))
${lines.map((line) => `        ${line}\n`).join("")}        nn.init.normal_(self.weight)
Net()`;
  assert.deepEqual(textsOf("IL001", program()), []);
  assert.deepEqual(textsOf("IL001", program("raise RuntimeError('not here')")), []);
  assert.deepEqual(textsOf("IL001", program("while True: pass")), []);
  const document = {
    file: "/model.py",
    cells: [{ index: null, text: HEADER + program("while True: pass") }],
  };
  const { layers } = analyse(document, { read: () => null });
  // It would have been drawn anew.
  assert.deepEqual(
    new Set(layers.flatMap(({ parameters }) => parameters.map((one) => one.current.kind))),
    new Set(["unknown"]),
  );
});

test("IL023 tests on names and classes that match nothing the loop or function visits", () => {
  marked(
    "IL023",
    `
def init_convolutions(m):
    if isinstance(m, (nn.Conv2d, nn.ConvTranspose2d)):
    #  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ IL023
        nn.init.kaiming_normal_(m.weight)
        if m.bias is not None:
            nn.init.zeros_(m.bias)

def init_by_class_name(m):
    classname = m.__class__.__name__
    if classname.find("Conv") != -1:
    #  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ IL023
        m.weight.data.normal_(0.0, 0.02)
    elif classname.find("BatchNorm") != -1:
        m.weight.data.normal_(1.0, 0.02)

def init_linear(m):
    if not isinstance(m, nn.Linear):
        return
    nn.init.xavier_uniform_(m.weight)

class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
        for name, p in self.named_parameters():
            if name.endswith("c_proj.weight"):
            #  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ IL023
                nn.init.normal_(p, std=0.02 / math.sqrt(24))
        for name, p in self.named_parameters():
            if name == "weight" or name in ("up", "down"):
                nn.init.normal_(p, std=0.02)
        for name, p in self.named_parameters():
            if name.endswith("down.weight"):
                nn.init.normal_(p, std=0.02 / math.sqrt(24))
        for name, p in self.named_parameters():
            if "norm" in name:
                nn.init.normal_(p, std=0.02)
        for m in self.modules():
            if type(m) is not nn.Conv2d:
            #  ^^^^^^^^^^^^^^^^^^^^^^^^ IL023
                continue
            nn.init.orthogonal_(m.weight)
        for m in self.modules():
            if isinstance(m, nn.BatchNorm2d):
                nn.init.ones_(m.weight)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(Block(64), Block(64))
        self.apply(init_convolutions)
        self.apply(init_by_class_name)
        self.apply(init_linear)
net = Net()`,
  );
});

test("IL023 is silent where more may be visited, or where a test is on anything else", () => {
  const convolutions = "\ndef init_weights(m):\n    if isinstance(m, nn.Conv2d): nn.init.normal_(m.weight)\n";
  const program = (...lines: string[]): string => convolutions + net(...lines);
  assert.equal(textsOf("IL023", program("self.apply(init_weights)")).length, 1);
  const silent: readonly (readonly string[])[] = [
    ["from somewhere import Head", "self.head = Head()", "self.apply(init_weights)"],
    ["import somewhere", "self.head = somewhere.build(3)", "self.apply(init_weights)"],
    ["self.apply(init_weights)", "init_weights(self.fc1)"],
    ["self.apply(init_weights)", "self.apply(lambda m: init_weights(m))"],
    ["self.apply(init_weights)", "print(init_weights)"],
    ["import flags", "if flags.deep: self.conv = nn.Conv2d(3, 8, 3)", "self.apply(init_weights)"],
    ["self.act = nn.Sequential(nn.ReLU())", "self.act.apply(init_weights)"],
    ["for m in self.modules():", "    if hasattr(m, 'gain'): nn.init.normal_(m.weight)"],
    [
      "from layers import Special",
      "for m in self.modules():",
      "    if isinstance(m, Special): nn.init.normal_(m.weight)",
    ],
    ["for m in self.modules():", "    if isinstance(m, nn.Conv2d): nn.init.zeros_(m.weight)"],
    ["for n, p in self.named_parameters():", "    if any(s in n for s in ('a', 'b')): nn.init.normal_(p)"],
    [
      "for n, p in self.named_parameters():",
      "    if 'c_proj' in n: nn.init.normal_(p)",
      "    else: nn.init.zeros_(p)",
    ],
    ["for n, p in self.named_parameters():", "    if 'c_proj' in n and p.dim() > 1: print(n)"],
    ["for n, p in self.named_parameters():", "    if p.dim() > 1: nn.init.normal_(p)"],
  ];
  for (const lines of silent) assert.deepEqual(textsOf("IL023", program(...lines)), [], lines.join("; "));
});

test("IL013 a model may draw anew what a module's constructor drew", () => {
  const source = `
class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.empty(96, 32))
        self.reset_parameters()
    def reset_parameters(self):
        nn.init.xavier_uniform_(self.w)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = Attention()
        self.init_parameters()
    def init_parameters(self):
        nn.init.normal_(self.attention.w, std=0.02)
net = Net()`;
  assert.deepEqual(textsOf("IL013", source), []);
});

test("IL020 a std where the mean belongs, and a variance as a std, in Keras, TensorFlow and NumPy", () => {
  const keras = (initializer: string) =>
    `import keras
from keras import initializers, layers
model = keras.Sequential([keras.Input((64,)), layers.Dense(128, kernel_initializer=initializers.${initializer})])`;
  const isFound = (source: string) => textsOf("IL020", source).length > 0;
  for (const wrong of [
    "RandomNormal(0.05, 0.0)",
    "RandomNormal(0.02)",
    "TruncatedNormal(0.02)",
    "RandomNormal(stddev=2 / 64)",
  ])
    assert.ok(isFound(keras(wrong)), wrong);
  for (const right of [
    "RandomNormal(0.0, 0.05)",
    "RandomNormal()",
    "RandomNormal(stddev=(2 / 64) ** 0.5)",
    "RandomNormal(stddev=0.02)",
    "HeNormal()",
    "RandomUniform(0.0, 0.05)",
  ])
    assert.ok(!isFound(keras(right)), right);
  const tensorflow = (draw: string) =>
    `import tensorflow as tf\nW = tf.Variable(tf.random.${draw})\nb = tf.Variable(tf.zeros([256]))`;
  assert.ok(isFound(tensorflow("truncated_normal([784, 256], 0.1)")));
  assert.ok(!isFound(tensorflow("truncated_normal([784, 256], stddev=0.1)")));
  const numpy = (draw: string) => `W = np.random.normal(${draw})\nb = np.zeros(256)`;
  assert.ok(isFound(numpy("0.01, size=(784, 256)")));
  assert.ok(!isFound(numpy("0, 0.01, size=(784, 256)")));
  // Data may have any mean.
  assert.ok(!isFound("noise = np.random.normal(0.01, size=(784, 256))"));
});

test("IL020 the number of outputs in a scheme by the number of inputs, where biases tell them apart", () => {
  const program = (shape: string, fan: number, bias: string) =>
    `W1 = np.random.randn(${shape}) * np.sqrt(2 / ${fan})\nb1 = np.zeros(${bias})\n`;
  const draw = (shape: string) => [`np.random.randn(${shape})`];
  assert.deepEqual(textsOf("IL020", program("784, 128", 128, "(1, 128)")), draw("784, 128"));
  assert.deepEqual(textsOf("IL020", program("128, 784", 128, "(128, 1)")), draw("128, 784"));
  assert.deepEqual(textsOf("IL020", program("784, 128", 784, "(1, 128)")), []);
  assert.deepEqual(textsOf("IL020", program("128, 784", 784, "(128, 1)")), []);
  assert.deepEqual(textsOf("IL020", program("784, 128", 128, "7")), []);
  assert.deepEqual(textsOf("IL020", program("128, 128", 128, "128")), []);
  const mixed =
    program("784, 128", 128, "(1, 128)") + program("10, 128", 10, "(10, 1)").replaceAll("1 =", "2 =");
  assert.deepEqual(textsOf("IL020", mixed), []);
});

test("IL022 Glorot's scheme on queries, keys and values in one weight; not on another layer that widens", () => {
  const program = (name: string, layer: string, draw: string) => `
class Attention(nn.Module):
    def __init__(self, d=64):
        super().__init__()
        self.${name} = ${layer}
        nn.init.${draw}
Attention()`;
  const packed = program("qkv", "nn.Linear(d, 3 * d)", "xavier_uniform_(self.qkv.weight)");
  assert.deepEqual(textsOf("IL022", packed), ["nn.init.xavier_uniform_(self.qkv.weight)"]);
  const bare = program(
    "in_proj_weight",
    "nn.Parameter(torch.empty(3 * d, d))",
    "xavier_normal_(self.in_proj_weight)",
  );
  assert.deepEqual(textsOf("IL022", bare), ["nn.init.xavier_normal_(self.in_proj_weight)"]);
  for (const fine of [
    program("up", "nn.Linear(d, 3 * d)", "xavier_uniform_(self.up.weight)"),
    program("qkv", "nn.Linear(d, d)", "xavier_uniform_(self.qkv.weight)"),
    program("qkv", "nn.Linear(d, 3 * d)", "xavier_uniform_(self.qkv.weight, gain=2 ** 0.5)"),
    program("qkv", "nn.Linear(d, 3 * d)", "normal_(self.qkv.weight, std=0.02)"),
    program("attention", "nn.MultiheadAttention(d, 4)", "xavier_uniform_(self.attention.in_proj_weight)"),
  ])
    assert.deepEqual([...textsOf("IL022", fine), ...textsOf("IL008", fine)], [], fine);
});

test("IL004 kaiming_* told another activation than the one that follows", () => {
  const program = (named: string, follows: string) => `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(64, 64)
        nn.init.kaiming_normal_(self.fc.weight, nonlinearity="${named}")
    def forward(self, x):
        return torch.${follows}(self.fc(x))
Net()(torch.randn(2, 64))`;
  for (const [named, follows] of [
    ["tanh", "relu"],
    ["selu", "relu"],
    ["relu", "tanh"],
    ["linear", "relu"],
  ] as const)
    assert.equal(textsOf("IL004", program(named, follows)).length, 1, `${named} before ${follows}`);
  for (const [named, follows] of [
    ["relu", "relu"],
    ["leaky_relu", "relu"],
    ["tanh", "tanh"],
  ] as const)
    assert.equal(textsOf("IL004", program(named, follows)).length, 0, `${named} before ${follows}`);
});

test("IL003, IL009 and IL010 arrays of a program's own, which no framework has a default for", () => {
  const program = (weight: string, bias = "np.zeros(128)") =>
    `W = ${weight}\nb = ${bias}\ndef forward(x):\n    return np.tanh(x @ W + b)\n`;
  const far = program("np.random.randn(784, 128)");
  assert.deepEqual(textsOf("IL003", far), ["np.random.randn(784, 128)"]);
  const near = program("np.random.randn(784, 128) / np.sqrt(784)");
  assert.deepEqual(textsOf("IL003", near), []);
  assert.deepEqual(textsOf("IL009", program("np.random.rand(784, 128)")), ["np.random.rand(784, 128)"]);
  assert.deepEqual(textsOf("IL009", program("np.random.rand(784, 128) - 0.5")), []);
  assert.deepEqual(textsOf("IL009", "X = np.random.rand(100, 784)\n"), []);
  assert.deepEqual(textsOf("IL010", program("np.random.randn(784, 128) / 28", "np.random.randn(128)")), [
    "np.random.randn(128)",
  ]);
});

test("IL003, IL009 and IL010 arrays that nothing says are weights are data", () => {
  const loud = (source: string) =>
    ["IL003", "IL009", "IL010"].flatMap((code) => textsOf(code, `${source}\n`));
  const data = [
    "A = np.random.rand(100, 50)\nb = np.random.rand(100)",
    "ratings = np.random.randint(1, 5, (100, 30))",
    "heat = np.random.rand(12, 12)\nbeta = np.random.randn(12)",
    "centers = np.random.randn(100, 20) * 50",
    "C = np.random.randn(64, 64)\nv = np.random.randn(64)",
    "true_w = np.random.rand(20, 5)\ntrue_b = np.random.randn(5)\nW_true = np.random.rand(20, 5)\nb = np.zeros(5)",
    // Factors of a matrix that is nowhere negative.
    "W = np.random.rand(100, 8)\nH = np.random.rand(8, 50)",
    "w = np.random.rand(100)\nb = np.random.randn(100)",
    "W = np.random.rand(40, 40)\nb = np.random.randn(7)",
  ];
  for (const source of data) assert.deepEqual(loud(source), [], source);
  const recurrent = (input: string) =>
    `Wxh = np.random.rand(${input})\nWhh = np.random.randn(32, 32) * 0.1\nbh = np.zeros((32, 1))`;
  assert.deepEqual(loud(recurrent("64, 32")), ["np.random.rand(64, 32)"]);
});

test("IL013 a function applied to one layer after another function applied to all", () => {
  const source = (functions: string, calls: string) => `
def all_of(m):
    if isinstance(m, nn.Linear):
        nn.init.normal_(m.weight, std=0.01)
def first_of(m):
    nn.init.uniform_(m.weight, -0.5, 0.5)
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.net = nn.Sequential(${functions})
        ${calls}
`;
  const calls = "self.net.apply(all_of); self.net[0].apply(first_of)";
  assert.deepEqual(textsOf("IL013", source("nn.Linear(width, 8)", calls)), []);
});

test("IL020 a std that is a round number was chosen, whatever the number of outputs", () => {
  const program = (std: string) => `W = np.random.randn(784, 100) * ${std}\nb = np.zeros(100)\n`;
  assert.deepEqual(textsOf("IL020", program("0.1")), []);
  assert.deepEqual(textsOf("IL020", program("np.sqrt(2 / 100)")), ["np.random.randn(784, 100)"]);
});

test("IL002 a chain that ends in one unit, a chain made by one call, and a Keras model of zeros alone", () => {
  const fill = ["self.fc1.weight.data.fill_(0.1)", "self.fc2.weight.data.fill_(0.1)"];
  const filled = net(...fill).replace("(128, 10)", "(128, 1)");
  assert.deepEqual(textsOf("IL002", filled), ["nn.Linear(784, 128)"]);
  const start = "def start(n_x, n_h, n_y):\n    W1 = np.zeros((n_h, n_x))\n    b1 = np.zeros((n_h, 1))\n";
  const written = `${start}    W2 = np.zeros((n_y, n_h))\n    b2 = np.zeros((n_y, 1))\n    return W1, b1, W2, b2\nstart(2, 4, 1)\n`;
  assert.deepEqual(textsOf("IL002", written), ["np.zeros((n_h, n_x))"]);
  const jax =
    "import jax.numpy as jnp\nparams = [(jnp.ones((m, n)), jnp.zeros(n)) for m, n in zip([784, 512], [512, 10])]\n";
  assert.deepEqual(textsOf("IL002", jax), ["jnp.ones((m, n))"]);
  const dense = (more: string) => `layers.Dense(64, activation="relu", kernel_initializer="zeros"${more})`;
  const keras = `from keras import layers, Sequential\nmodel = Sequential([${dense(", input_shape=(20,)")}, ${dense("")}])\n`;
  assert.equal(textsOf("IL002", keras).length, 2);
});

test("IL014 and IL016 an unknown gain, and a public method that is named and not called", () => {
  const gain = "nn.init.xavier_uniform_(self.fc1.weight, gain=nn.init.calculate_gain('gelu'))";
  assert.deepEqual(textsOf("IL014", net(gain)), ["nn.init.calculate_gain('gelu')"]);
  const guarded = `try:\n            ${gain}\n        except ValueError:\n            pass`;
  assert.deepEqual(textsOf("IL014", net(guarded)), []);
  assert.deepEqual(textsOf("IL016", net("self.init_weights")), ["self.init_weights"]);
});

test("IL022 a std that is computed from all outputs of a depthwise convolution", () => {
  const program = (groups: number) => `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.dw = nn.Conv2d(64, 64, 3, groups=${groups})
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                n = m.kernel_size[0] * m.kernel_size[1] * m.out_channels
                m.weight.data.normal_(0, math.sqrt(2.0 / n))
net = Net()
`;
  assert.match(messagesOf("IL022", program(64))[0]!, /fan-out 576, but an input feeds 9/);
  assert.deepEqual(messagesOf("IL022", program(1)), []);
});

test("IL004 says the scheme that was asked for, and nothing of who counts the outputs", () => {
  const program = (sizes: string, draw: string) => `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(${sizes})
        ${draw}
    def forward(self, x):
        return torch.relu(self.fc(x))
net = Net()
`;
  const square = program("256, 256", "nn.init.xavier_uniform_(self.fc.weight)");
  assert.match(messagesOf("IL004", square)[0]!, /Glorot uniform for fan-in 256 and fan-out 256/);
  const byOutputs = 'nn.init.kaiming_normal_(self.fc.weight, mode="fan_out", nonlinearity="relu")';
  for (const draw of [byOutputs, "self.fc.weight.data.normal_(0, math.sqrt(2 / self.fc.out_features))"])
    assert.deepEqual(messagesOf("IL004", program("128, 256", draw)), [], draw);
});

test("IL010 a variable's own name says that it is a bias", () => {
  const program = (name: string) =>
    `import tensorflow as tf\n${name} = tf.Variable(tf.random.normal([300]))\n`;
  assert.deepEqual(textsOf("IL010", program("b")), ["tf.Variable(tf.random.normal([300]))"]);
  assert.deepEqual(textsOf("IL010", program("scale")), []);
  assert.deepEqual(textsOf("IL010", program("b").replace("300", "1")), []);
});

test("IL003 and IL009 which axis of a matrix is summed over its bias says, or the matrix beside it", () => {
  const loud = (source: string) => ["IL003", "IL009"].flatMap((code) => textsOf(code, source));
  const layers = (first: string, second: string) =>
    `W1 = np.random.randn(${first})\nW2 = np.random.randn(${second})\n`;
  const outputsFirst = layers("128, 784", "10, 128");
  assert.deepEqual(loud(outputsFirst), []);
  assert.deepEqual(loud(`${outputsFirst}b1 = np.zeros((128, 1))\nb2 = np.zeros((128, 1))\n`), []);
  const both = ["np.random.randn(128, 784)", "np.random.randn(10, 128)"];
  assert.deepEqual(loud(`${outputsFirst}b1 = np.zeros((128, 1))\nb2 = np.zeros((10, 1))\n`), both);
  assert.deepEqual(loud(`${outputsFirst}b1 = np.zeros((128, 1))\n`), both);
  assert.deepEqual(loud("Wxh = np.random.rand(32, 65)\nWhy = np.random.rand(65, 32)\nbh = np.zeros(32)\n"), [
    "np.random.rand(32, 65)",
    "np.random.rand(65, 32)",
  ]);
  assert.deepEqual(loud(layers("784, 128", "128, 10")), [
    "np.random.randn(784, 128)",
    "np.random.randn(128, 10)",
  ]);
});

test("IL003 arrays that one container holds in turn", () => {
  const program = (weight: string, bias: string) => `sizes = [784, 256, 10]
params = {}
for l in range(1, 3):
    params["W" + str(l)] = np.random.randn(${weight}) * 10
    params["b" + str(l)] = np.zeros(${bias})
`;
  const rows = program("sizes[l], sizes[l - 1]", "(sizes[l], 1)");
  assert.deepEqual(textsOf("IL003", rows), ["np.random.randn(sizes[l], sizes[l - 1])"]);
  assert.match(messagesOf("IL003", rows)[0]!, /with 784 inputs/);
  const jax = `import jax
def layer(m, n, key):
    return jax.random.normal(key, (n, m)), jax.random.normal(key, (n,))
params = [layer(m, n, k) for m, n, k in zip([784, 512], [512, 10], jax.random.split(jax.random.PRNGKey(0), 2))]
`;
  assert.match(messagesOf("IL003", jax)[0]!, /with 784 inputs/);
});

test("IL009 parameters that nothing says are weights are masks, queries and positions", () => {
  const found = (name: string) =>
    textsOf(
      "IL009",
      `class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.${name} = nn.Parameter(torch.rand(64, 32))\nnet = Net()\n`,
    );
  for (const name of ["mask", "queries", "positions", "prototypes", "adjacency", "wpe", "W_E"])
    assert.deepEqual(found(name), [], name);
  for (const name of ["weight", "W", "w_q", "fc1_weight"])
    assert.deepEqual(found(name), ["nn.Parameter(torch.rand(64, 32))"], name);
});

test("IL001 lazy modules draw their weights at the first input, whatever it is", () => {
  const source = `
class Head(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.mlp = nn.Sequential(nn.LazyLinear(n), nn.ReLU(), nn.LazyLinear(n))
    def forward(self, x):
        return self.mlp(x)
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.hidden = nn.LazyLinear(n)
        self.head = Head(n)
    def forward(self, x, pos=None):
        x = self.hidden(x)
        return self.head(x[0, pos].reshape((n, m, -1)))
`;
  assert.deepEqual(textsOf("IL001", source), []);
});

test("IL002 constant arrays that nothing says are weights are data", () => {
  const arrays = "c = np.ones((2, 2))\nd = np.ones((2, 2))\nu = np.zeros((8, 8))\nv = np.zeros((8, 8))\n";
  assert.deepEqual(textsOf("IL002", arrays), []);
  // Which axes of more than two are inputs nobody says.
  const stacked = "w_o = np.ones((4, 16, 64))\nw_qkv = np.ones((3, 64, 64))\n";
  assert.deepEqual(textsOf("IL002", stacked), []);
});

test("IL019 copies that something wrote to since are no longer equal", () => {
  const source = (load: string) => `
class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(64, 64)
    def load(self, first, second):
        self.linear.weight.data[:32] = first
        self.linear.weight.data[32:] = second
block = Block()
def blocks():
    for index in range(4):
        made = copy.deepcopy(block)
        ${load}
        yield made
model = nn.Sequential(*blocks())
`;
  assert.deepEqual(textsOf("IL019", source("made.load(torch.load('1'), torch.load('2'))")), []);
  assert.deepEqual(textsOf("IL019", source("pass")), ["nn.Sequential(*blocks())"]);
});

test("IL024 draws into weights that are computed anew before each use", () => {
  marked(
    "IL024",
    `
from torch.nn.utils import weight_norm, spectral_norm
from torch.nn.utils import parametrizations

def init_weights(m, std=0.01):
    if m.__class__.__name__.find("Conv") != -1:
        m.weight.data.normal_(0.0, std)
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ IL024

def init_all(m):
    if isinstance(m, nn.Conv1d):
        m.weight.data.normal_(0.0, 0.01)

class Blocks(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.convs = nn.ModuleList([weight_norm(nn.Conv1d(width, width, 3)) for _ in range(2)])
        self.convs.apply(init_weights)
        self.plain = nn.Conv1d(width, width, 3)
        self.apply(init_all)
        self.new = parametrizations.weight_norm(nn.Linear(width, width))
        nn.init.normal_(self.new.weight)
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ IL024
        nn.init.normal_(self.new.parametrizations.weight.original1)
        nn.init.zeros_(self.new.bias)
        self.early = nn.Linear(width, width)
        nn.init.normal_(self.early.weight)
        weight_norm(self.early)
        self.early.weight_v.data.normal_(0, 0.02)
        # The hook of spectral_norm keeps the weight's own memory until its first run.
        self.spectral = spectral_norm(nn.Linear(width, width))
        nn.init.normal_(self.spectral.weight)
Blocks(8)`,
  );
});

test("IL013 a base class in another file, whose initialisation a model refines", () => {
  const base = `${HEADER}
def fill(m):
    nn.init.zeros_(m.bias)
def drawn(weight, std):
    return nn.init.trunc_normal_(weight, std=std)
class Base(nn.Module):
    def init_weights(self, m):
        if isinstance(m, (nn.Linear, nn.Conv2d)):
            drawn(m.weight, 0.02)
            nn.init.zeros_(m.bias)
`;
  const model = `${HEADER}
from base import Base, drawn, fill
class Head(Base):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(64, 17, 1)
        self.apply(self.init_weights)
        self.other = nn.Linear(17, 17)
        fill(self.other)
        fill(self.other)
    def init_weights(self, m):
        super().init_weights(m)
        if isinstance(m, nn.Conv2d):
            drawn(m.weight, 0.01)
            nn.init.zeros_(m.bias)
head = Head()`;
  const { findings } = analyse(
    { file: "/w/model.py", cells: [{ index: null, text: model }] },
    { read: (path) => (path === "/w/base.py" ? base : null) },
    { roots: ["/w"] },
  );
  assert.deepEqual(
    findings.filter(({ code }) => code === "IL013").map(({ message }) => message),
    ["other.bias is set by zeros_ here as zeros_ in line 14 has set it: was another parameter meant?"],
  );
});

test("IL019 names the weights that are equal where others are not", () => {
  const source = `${HEADER}
base = nn.Sequential(nn.Linear(64, 64), nn.ReLU())
heads = nn.ModuleList([nn.Sequential(copy.deepcopy(base), nn.Linear(64, 10)) for _ in range(3)])
`;
  assert.deepEqual(
    found(source).map(({ message }) => message),
    [
      "0.0.weight of these 3 modules of class Sequential is copied and starts with equal values. Make each anew, or draw the values again.",
    ],
  );
});

test("a place that makes several sizes is judged by each of them", () => {
  const source = `${HEADER}
class Block(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.conv = nn.Conv2d(i, o, 3)
        nn.init.normal_(self.conv.weight, std=0.06)
    def forward(self, x):
        return torch.relu(self.conv(x))
net = nn.Sequential(Block(64, 64), Block(64, 64), Block(64, 2048), Block(2048, 2048), nn.Flatten())
`;
  assert.deepEqual(
    found(source).map(({ code, message }) => [code, message]),
    [
      [
        "IL003",
        "conv.weight is drawn from N(0, 0.06²): 33.2 times the variance that relu needs after 18432 inputs, so the signal grows 5.76 times here. A std of 0.0104 keeps its size. That is its weight of shape [2048, 2048, 3, 3].",
      ],
    ],
  );
});
