import assert from "node:assert/strict";
import test from "node:test";
import { analyse } from "../../../src/analysis.js";
import type { Analysis, Layer } from "../../../src/types.js";

const HEAD = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n";

function analysisOf(source: string): Analysis {
  const document = { file: "/model.py", cells: [{ index: null, text: HEAD + source }] };
  return analyse(document, { read: () => null });
}

/** The weights by the name they are bound to, with what follows each. */
function activations(source: string): Record<string, string | null> {
  const weights = analysisOf(source).layers.filter(
    ({ parameters }) => (parameters[0]?.shape.length ?? 0) > 1,
  );
  return Object.fromEntries(weights.map(({ name, activation }) => [name, activation]));
}

/** A module with `a`, `b`, `c`: linear layers of 8 features, and more attributes. */
const model = (forward: string, more = ""): string => `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, 8)
        self.b = nn.Linear(8, 8)
        self.c = nn.Linear(8, 8)
${more.replaceAll(/^(?=.)/gm, "        ")}
    def forward(self, x, flag=None):
${forward.replaceAll(/^/gm, "        ")}
`;

const CASES: readonly (readonly [string, string, string, Record<string, string | null>])[] = [
  [
    "functions",
    "return self.c(torch.tanh(self.b(F.relu(self.a(x)))))",
    "",
    { a: "relu", b: "tanh", c: "linear" },
  ],
  [
    "modules held in attributes, with a norm and dropout between",
    "return self.c(self.drop(self.act(self.norm(self.b(self.lin(self.a(x)))))))",
    "self.act, self.lin = nn.GELU(), nn.Identity()\nself.norm, self.drop = nn.LayerNorm(8), nn.Dropout()",
    { a: "linear", b: "gelu", c: "linear" },
  ],
  [
    "turned as complex numbers before attention",
    "q, k = torch.view_as_complex(self.a(x).view(-1, 4, 2)), self.b(x)\nturned = torch.view_as_real(q * self.turns).flatten(1)\nreturn F.softmax(turned @ k.T, dim=-1) @ self.c(x)",
    "self.turns = torch.polar(torch.ones(4), torch.ones(4))",
    { a: "linear", b: "linear", c: "linear" },
  ],
  [
    "methods and in-place functions",
    "y = self.a(x).sigmoid()\ny = F.relu_(self.b(y)) if flag else self.b(y).relu_()\nreturn self.c(y)",
    "",
    { a: "sigmoid", b: "relu", c: "linear" },
  ],
  [
    "an in-place module whose result is not taken",
    "y = self.a(x)\nself.act(y)\nreturn self.c(self.b(y))",
    "self.act = nn.ReLU(inplace=True)",
    { a: "relu", b: "linear", c: "linear" },
  ],
  [
    "lambdas and functions in a list",
    "for f, layer in zip(self.acts, [self.a, self.b]):\n    x = f(layer(x))\nreturn self.c(x)",
    "self.acts = [lambda t: t * torch.sigmoid(t), F.elu]",
    { a: "silu", b: "elu", c: "linear" },
  ],
  [
    "written by hand",
    "y = 0.5 * self.a(x)\ny = y * (1 + torch.erf(y / 0.7071067811865476))\nz = self.b(y)\nreturn self.c(torch.where(z > 0, z, 0.2 * z))",
    "",
    { a: "gelu", b: "leaky_relu", c: "linear" },
  ],
  [
    "the greater of two tensors",
    "y = self.a(x)\ny = torch.max(y, 0.2 * y)\nz = self.b(y)\nreturn self.c(torch.maximum(z, z - 1))",
    "",
    { a: "leaky_relu", b: "linear", c: "linear" },
  ],
  [
    "an absolute value is no leaky ReLU",
    "return self.c(F.relu(self.b(torch.abs(self.a(x)))))",
    "",
    { a: null, b: "relu", c: "linear" },
  ],
  [
    "GELU by hand",
    "y = self.a(x)\ny = 0.5 * y * (1 + torch.tanh(0.7978845608 * (y + 0.044715 * y ** 3)))\nreturn self.c(torch.clamp(self.b(y), min=0, max=6))",
    "",
    { a: "gelu_tanh", b: "relu6", c: "linear" },
  ],
  [
    "residual sums",
    "y = x + self.b(F.silu(self.a(x)))\nreturn self.c(y)",
    "",
    { a: "silu", b: "linear", c: "linear" },
  ],
  [
    "the sum's activation",
    "y = F.relu(self.a(x) + self.b(x))\nreturn F.log_softmax(self.c(y), dim=1)",
    "",
    { a: "relu", b: "relu", c: "log_softmax" },
  ],
  [
    "gates",
    "y = torch.sigmoid(self.a(x)) * self.b(x)\nreturn self.c(y)",
    "",
    { a: "sigmoid", b: "linear", c: "linear" },
  ],
  [
    "several uses of one layer",
    "y = F.relu(self.a(x))\ny = torch.tanh(self.a(y))\nreturn self.c(self.b(y))",
    "",
    { a: null, b: "linear", c: "linear" },
  ],
  [
    "code nobody knows",
    "import somewhere\ny = somewhere.apply(self.a(x))\nreturn self.c(F.relu(self.b(x)))",
    "",
    { a: null, b: "relu", c: "linear" },
  ],
  [
    "reshapes, joins and parts",
    "p, q = self.a(x).chunk(2, -1)\ny = torch.cat([q, p], -1).unsqueeze(1).transpose(1, 2).flatten(1)\ny = F.selu(y)\nz = self.b(y)[..., None].squeeze(-1)\nreturn self.c(F.mish(z))",
    "",
    { a: "selu", b: "mish", c: "linear" },
  ],
  [
    "a norm written by hand",
    "y = self.a(x)\ny = y * torch.rsqrt(y.pow(2).mean(-1, keepdim=True) + 1e-6)\nreturn self.c(F.relu(self.b(y)))",
    "",
    { a: "linear", b: "relu", c: "linear" },
  ],
  [
    "a norm that centres twice",
    "y = self.a(x)\nu = y.mean(-1, keepdim=True)\ns = (y - u).pow(2).mean(-1, keepdim=True)\ny = (y - u) / torch.sqrt(s + 1e-6)\nreturn self.c(F.relu(self.b(y)))",
    "",
    { a: "linear", b: "relu", c: "linear" },
  ],
  [
    "stretched to another range",
    "y = 2 * torch.tanh(self.a(x)) + 1\nz = 0.5 * torch.sigmoid(self.b(x))\nreturn self.c(y * z)",
    "",
    { a: "tanh", b: "sigmoid", c: "linear" },
  ],
  [
    "losses end a model",
    "y = self.a(F.relu(self.b(x)))\nreturn F.cross_entropy(y, x), self.c(x)",
    "",
    { a: "linear", b: "relu", c: "linear" },
  ],
  [
    "a branch on what is not known",
    "y = self.a(x)\nif x.sum() > 0:\n    y = F.relu(y)\nreturn self.c(self.b(y))",
    "",
    { a: null, b: "linear", c: "linear" },
  ],
];

for (const [name, forward, more, expected] of CASES) {
  test(`the activation after each layer: ${name}`, () => {
    assert.deepEqual(activations(model(forward, more)), expected);
  });
}

const layerNamed = (source: string, name: string): Layer =>
  analysisOf(source).layers.find((layer) => layer.name === name)!;

test("the real slope enters the recommendation", () => {
  const { activation, recommended } = layerNamed(model("return self.c(F.leaky_relu(self.a(x), 0.3))"), "a");
  assert.equal(activation, "leaky_relu");
  assert.ok(Math.abs((recommended!.distribution.std ?? 0) - Math.sqrt(2 / (1 + 0.09) / 8)) < 1e-12);
});

test("roles: attention, residual branch, output, and what is only assumed", () => {
  const attention = model(
    "w = F.softmax(self.a(x) @ self.b(x).transpose(-2, -1) / 8 ** 0.5, -1)\nreturn w @ self.c(x)",
  );
  for (const name of ["a", "b"]) assert.match(layerNamed(attention, name).recommended!.why, /^Queries, keys/);
  const residual = model("for _ in range(2):\n    x = x + self.b(F.relu(self.a(x)))\nreturn self.c(x)");
  assert.match(layerNamed(residual, "b").recommended!.why, /√\(2 × depth\)/);
  assert.ok(
    Math.abs(layerNamed(residual, "b").recommended!.distribution.std! - 1 / Math.sqrt(8 * 2)) < 1e-12,
  );
  assert.match(layerNamed(residual, "c").recommended!.why, /outputs/);
  assert.match(layerNamed("layer = nn.Linear(8, 8)\n", "layer").recommended!.why, /^If a ReLU follows/);
});

test("a run goes on where another method must set an attribute first", () => {
  const cached = model(
    'assert self.turns is not None, "call setup first"\nreturn self.c(F.relu(self.a(x * self.turns[0] + self.mask)))',
    "self.turns = None\n",
  );
  const set = "    def setup(self):\n        self.turns = self.mask = torch.ones(4, 8)\n";
  assert.equal(layerNamed(cached + set, "a").activation, "relu");
  assert.match(layerNamed(cached + set, "c").recommended!.why, /outputs/);
  assert.equal(layerNamed(cached, "a").activation, null);
});

test("after what nobody knows, layers are followed by name", () => {
  const source = model(
    "from elsewhere import mix\ny = mix(x)\ny = self.a(y)\ny = F.relu(y)\ny = self.norm(y)\ny = self.c(y)\nreturn y",
    "self.norm = nn.LayerNorm(8)",
  );
  assert.equal(layerNamed(source, "a").activation, "relu");
  assert.match(layerNamed(source, "c").recommended!.why, /outputs/);
});

test("what a function nobody knows makes of several tensors is followed, without a word on what it does", () => {
  const forward = `
q, k = self.a(x), self.b(x)
y = kernels.attention(q, k, x)
x = x + self.c(y.contiguous().view(x.shape[0], -1))
return self.last(F.relu(self.up(x)).square())`;
  const more = "self.up, self.last = nn.Linear(8, 32), nn.Linear(32, 8)";
  const { layers } = analysisOf(`import kernels${model(forward, more)}`);
  const said = Object.fromEntries(
    layers.map(({ name, activation, recommended }) => [name, [activation, recommended?.scheme ?? null]]),
  );
  assert.deepEqual(said, {
    a: [null, null],
    b: [null, null],
    c: ["linear", "lecun_normal"],
    up: ["relu_squared", "he_normal"],
    last: ["linear", "lecun_normal"],
  });
});

test("what a function nobody knows makes of one tensor may be an activation", () => {
  const [layer] = analysisOf(`import kernels${model("return self.b(kernels.act(self.a(x)))")}`).layers;
  assert.equal(layer?.activation, null);
  assert.equal(layer?.recommended?.assumes, "relu");
});

test("of parts in a number nobody knows, those that are known tell", () => {
  const source = `
class Net(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.all = nn.ModuleList([nn.Linear(8, 8) for _ in range(depth)])
        self.last = nn.Linear(8, 8)
    def forward(self, x):
        for one in self.all:
            x = torch.tanh(one(x)) + x
        return self.last(x)
`;
  const layers = analysisOf(source).layers.map(({ activation }) => activation);
  assert.deepEqual(layers, ["tanh", "linear"]);
});

test("what two branches give is followed where neither is known", () => {
  const forward = `
y = x.new(self.a(x)) if flag else kernels.attention(self.a(x), x)
if x.sum() > 0:
    y = y + 1
return torch.tanh(self.b(y)) + F.relu(self.c(y).view(-1))`;
  assert.deepEqual(activations(`import kernels${model(forward)}`), { a: null, b: "tanh", c: "relu" });
});

test("an activation of what one of two branches gave follows each", () => {
  const forward = `
y = self.a(x) if x.sum() > 0 else kernels.attention(self.b(x), x)
z = self.c(x) if x.mean() > 0 else y
return F.relu(z)`;
  assert.deepEqual(activations(`import kernels${model(forward)}`), { a: "relu", b: null, c: "relu" });
});

test("a part that may not be there is no model of its own", () => {
  const more = "self.gate = nn.Linear(8, 8) if torch.rand(1) > 0.5 else None";
  const forward = "if self.gate is not None:\n    x = torch.sigmoid(self.gate(x))\nreturn x";
  assert.equal(activations(model(forward, more)).gate, "sigmoid");
});

test("a layer of the program's own class that is called alone has no output of a model", () => {
  const source = `
class Linear(nn.Linear):
    def forward(self, x):
        return F.linear(x, self.weight.to(x.dtype))
layer = Linear(8, 8)
`;
  assert.deepEqual(activations(source), { layer: null });
});

test("a condition of two axes beside an input of more", () => {
  const source = model(
    "y = self.norm(self.conv(x).flatten(2).transpose(1, 2))\nreturn self.c(y * (1 + self.a(c)[:, None]))",
    "self.conv, self.norm = nn.Conv2d(3, 8, 4, 4), nn.LayerNorm(8)",
  ).replace("flag=None", "c");
  for (const name of ["a", "c"]) assert.equal(layerNamed(source, name).activation, "linear");
});

test("a tensor made as long as the input", () => {
  const source = model(
    "keep = torch.rand(x.shape[0], device=x.device) < 0.9\nreturn self.c(F.relu(self.a(torch.where(keep[:, None], x, 0))))",
  );
  assert.equal(layerNamed(source, "a").activation, "relu");
});

test("a block that other models repeat does not tell the depth", () => {
  const source = `${model("return x + self.b(F.relu(self.a(x)))")}
class Stack(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([Net() for _ in range(12)])

    def forward(self, x):
        raise NotImplementedError

stack, block = Stack(), Net()
`;
  const { why, distribution } = layerNamed(source, "b").recommended!;
  assert.match(why, /The depth is not known here/);
  assert.ok(Math.abs(distribution.std! - 1 / Math.sqrt(8)) < 1e-12);
});

test("a model without forward runs through its other methods", () => {
  const agent = model("return self.c(torch.tanh(self.a(x)))").replace("def forward", "def act");
  assert.deepEqual(activations(agent), { a: "tanh", b: null, c: "linear" });
  assert.match(layerNamed(agent, "c").recommended!.why, /outputs/);
  const reset = model("nn.init.zeros_(self.a.weight)\nself.a.reset_parameters()").replace("forward", "reset");
  assert.deepEqual(activations(reset), { a: null, b: null, c: null });
});

test("what a distribution is given is an output", () => {
  for (const body of [
    "return torch.distributions.Categorical(logits=self.c(torch.tanh(self.a(x)))).sample()",
    "from torch.distributions import Normal\nmean = self.c(torch.tanh(self.a(x)))\npolicy = Normal(mean, self.b(x).exp())\nreturn policy.rsample()",
  ])
    assert.match(layerNamed(model(body), "c").recommended!.why, /outputs/);
});

test("before a function without a name nothing is assumed", () => {
  const sine = model("return self.c(torch.sin(30 * self.a(x)))");
  assert.equal(layerNamed(sine, "a").recommended, null);
  const variational = model(
    "mu, log_var = self.a(x), self.b(x)\nz = mu + torch.exp(0.5 * log_var)\nreturn self.c(z), log_var",
  );
  assert.match(layerNamed(variational, "b").recommended!.why, /outputs/);
});

test("zeros that are meant are left", () => {
  const zeros = "nn.init.zeros_(self.b.weight)\nnn.init.zeros_(self.norm.weight)";
  const branch = model(
    "return self.c(x + self.norm(self.b(F.relu(self.a(x)))))",
    `self.norm = nn.BatchNorm1d(8)\n${zeros}`,
  );
  for (const name of ["b", "norm"]) assert.equal(layerNamed(branch, name).recommended!.scheme, "zeros");
  const stopped = model("return self.c(F.relu(self.a(x)))", "nn.init.zeros_(self.a.weight)");
  assert.equal(layerNamed(stopped, "a").recommended!.scheme, "he_normal");
});

test("several uses are said, the most frequent one is taken", () => {
  const source = model("y = F.relu(self.a(F.relu(self.a(x))))\nreturn self.c(torch.tanh(self.a(y)))");
  assert.match(
    layerNamed(source, "a").recommended!.why,
    /^Several things follow: relu \(taken here\), also tanh/,
  );
});

test("a run changes nothing of how weights are drawn", () => {
  const plain = layerNamed(model("return self.a(x)"), "a");
  const changed = layerNamed(model("self.a.weight.data.zero_()\nreturn self.a(x)"), "a");
  assert.deepEqual(changed.parameters, plain.parameters);
});

test("a weight that is scaled where it is used is not measured by its own scale", () => {
  const equalized = (weight: string): Analysis =>
    analysisOf(`${HEAD}
class EqualLinear(nn.Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(n_out, n_in))
        self.scale = 1 / n_in ** 0.5
    def forward(self, x):
        return F.linear(x, ${weight})

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = EqualLinear(512, 256)
    def forward(self, x):
        return torch.relu(self.fc(x))
Net()
`);
  for (const weight of ["self.weight * self.scale", "F.normalize(self.weight)", "self.weight / 2"]) {
    const { layers, findings } = equalized(weight);
    assert.equal(layers[0]?.recommended, null, weight);
    assert.deepEqual(findings, [], weight);
  }
  for (const weight of ["self.weight", "self.weight.to(x.dtype)", "self.weight.reshape(256, 512)"]) {
    const { layers, findings } = equalized(weight);
    assert.equal(layers[0]?.recommended?.scheme, "he_normal", weight);
    assert.equal(findings[0]?.code, "IL003", weight);
  }
});

test("a model whose own __getattr__ never ends is read all the same", () => {
  const source = `
import torch.nn as nn
class Wrapper(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.fc = nn.Linear(4, 4)
    @property
    def current(self):
        return self.chosen
    def __getattr__(self, name):
        try:
            return super().__getattr__(name)
        except AttributeError:
            return getattr(self.current, name)
    def choose(self, given):
        self.cache = given
    def forward(self, x):
        return self.cache(self.fc(x))
`;
  const { layers } = analyse(
    { file: "/model.py", cells: [{ index: null, text: source }] },
    { read: () => null },
  );
  assert.deepEqual(
    layers.map(({ class: name }) => name),
    ["torch.nn.Linear"],
  );
});

const NORMALIZED: readonly (readonly [what: string, forward: string, isNormalized: boolean])[] = [
  ["a norm takes the sums", "return F.relu(self.norm(self.a(x)))", true],
  [
    "a norm takes the pooled sums",
    "return self.norm(F.avg_pool1d(self.a(x).unsqueeze(1), 1).squeeze(1))",
    true,
  ],
  ["they are divided by their length", "return self.b(F.normalize(self.a(x), dim=-1))", true],
  ["a norm takes them after an activation", "return self.norm(F.relu(self.a(x)))", false],
  ["a norm takes their sum with others", "return self.norm(x + self.a(x))", false],
  ["only one of two uses has a norm", "y = self.a(x)\nreturn F.relu(self.norm(y)) + F.relu(y)", false],
  ["one of two calls has a norm", "return F.relu(self.norm(self.a(x))) + F.relu(self.a(self.b(x)))", false],
  ["neighbours divide only what is large", "return F.relu(F.local_response_norm(self.a(x), 2))", false],
];

for (const [what, forward, isNormalized] of NORMALIZED) {
  test(`${what}: the scale of the weights is ${isNormalized ? "lost" : "not lost"}`, () => {
    const { layers } = analysisOf(
      `${model(forward, "self.norm = nn.LayerNorm(8)")}\nNet()(torch.randn(2, 8))\n`,
    );
    assert.equal(layers.find(({ name }) => name === "a")?.isNormalized === true, isNormalized);
  });
}

test("under a weight norm it is the layer's sums that the activation follows", () => {
  const { layers, findings } = analysisOf(`
from torch.nn.utils import spectral_norm, weight_norm
from torch.nn.utils import parametrizations

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.old = weight_norm(nn.Linear(8, 8))
        self.new = parametrizations.weight_norm(nn.Linear(8, 8))
        self.spectral = spectral_norm(nn.Linear(8, 8))
        self.bounded = parametrizations.spectral_norm(nn.Linear(8, 8))
        self.turned = parametrizations.orthogonal(nn.Linear(8, 8))
        nn.init.xavier_normal_(self.old.weight_v)

    def forward(self, x):
        x = F.leaky_relu(self.old(x), 0.2)
        x = torch.tanh(self.new(x))
        x = F.relu(self.spectral(x))
        return self.turned(torch.sigmoid(self.bounded(x)))
`);
  const followed = Object.fromEntries(layers.map(({ name, activation }) => [name, activation]));
  assert.deepEqual(followed, {
    old: "leaky_relu",
    new: "tanh",
    spectral: "relu",
    bounded: "sigmoid",
    turned: "linear",
  });
  assert.deepEqual(
    layers.map(({ recommended }) => recommended),
    [null, null, null, null, null],
  );
  assert.deepEqual(findings, []);
});

test("what one of two layers of a place lacks is not said of the place, in whichever order they are made", () => {
  const block = (second: string) => `
class Block(nn.Module):
    def __init__(self, hasNorm):
        super().__init__()
        self.hasNorm = hasNorm
        self.a = nn.Linear(8, 8)
        self.norm = nn.LayerNorm(8)
    def forward(self, x):
        return F.relu(self.norm(self.a(x)) if self.hasNorm else self.a(x))
nn.Sequential(${second})(torch.randn(2, 8))
`;
  const made = (blocks: string) => analysisOf(block(blocks)).layers.find(({ name }) => name === "a")!;
  const both = made("Block(True), Block(True)");
  assert.deepEqual([both.isNormalized, both.isDirectlyActivated], [true, undefined]);
  for (const blocks of ["Block(True), Block(False)", "Block(False), Block(True)"]) {
    const { isNormalized, isDirectlyActivated } = made(blocks);
    assert.deepEqual([isNormalized, isDirectlyActivated], [undefined, undefined], blocks);
  }
});
