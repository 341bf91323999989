import assert from "node:assert/strict";
import { test } from "node:test";
import { activationGain, activationValue } from "../../../src/init/gains.js";
import { normalPdf } from "../../../src/init/normal.js";
import { integrate } from "../../../src/init/quadrature.js";
import { layersOf, signalOf } from "./signals.js";

/** The stand-in has 16,384 values: a std is known to about 1 %, and a little worse at each layer further on. */
const near = (found: number | null | undefined, wanted: number, tolerance = 0.03) =>
  assert.ok(
    found != null && Math.abs(found / wanted - 1) < tolerance,
    `${found}, but ${wanted} was expected`,
  );

const deep = (activation: string, init: string, depth = 6) => `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(256, 256, bias=False) for _ in range(${depth})])
        for one in self.layers:
            ${init}

    def forward(self, x):
        for one in self.layers:
            x = ${activation}(one(x))
        return x
`;

test("He's weights keep activations before ReLU at √2, and gradients", () => {
  const layers = [...layersOf(deep("F.relu", "nn.init.kaiming_normal_(one.weight)"), "64,256").values()];
  assert.equal(layers.length, 6);
  for (const { forwardStd } of layers) near(forwardStd, Math.SQRT2, 0.05);
  // A gradient at the output passes half of the last ReLU; then each layer doubles what the ReLU halves.
  for (const { backwardStd } of layers) near(backwardStd, Math.SQRT1_2, 0.05);
});

test("tanh follows q′ = g² E tanh²(√q z), whose gain at q = 1 is that of src/init", () => {
  const layers = [...layersOf(deep("torch.tanh", "nn.init.xavier_normal_(one.weight)"), "64,256").values()];
  let q = 1;
  for (const { forwardStd } of layers) {
    near(forwardStd, Math.sqrt(q));
    q = integrate((z) => Math.tanh(Math.sqrt(q) * z) ** 2 * normalPdf(z), -12, 12);
  }
  near(layers[1]!.forwardStd, 1 / activationGain("tanh")!.forward, 0.02);
});

test("any activation has its own second moment", () => {
  for (const [code, name] of [
    ["F.gelu", "gelu"],
    ["F.silu", "silu"],
    ["torch.sigmoid", "sigmoid"],
    ["F.elu", "elu"],
  ] as const) {
    const layers = layersOf(deep(code, "nn.init.xavier_normal_(one.weight)", 2), "64,256");
    const square = integrate((z) => activationValue(name)!(z)! ** 2 * normalPdf(z), -12, 12);
    near(layers.get("layers.1")!.forwardStd, Math.sqrt(square), 0.02);
  }
});

test("a border of zeros takes its share of a convolution's terms", () => {
  const layers = layersOf("Net = lambda: nn.Conv2d(16, 400, 3, padding=1, bias=False)", "8,16,6,6");
  // U(±1/√144) has variance 1/432; of 3 × 6 taps along an axis 2 fall beside it.
  const terms = 16 * (16 / 6) ** 2;
  near([...layers.values()][0]!.forwardStd, Math.sqrt(terms / 432), 0.02);
});

test("a residual stream grows as independent branches add up", () => {
  const program = `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.branches = nn.ModuleList([nn.Linear(512, 512, bias=False) for _ in range(4)])
        self.read = nn.Linear(512, 512, bias=False)
        for one in [*self.branches, self.read]:
            nn.init.normal_(one.weight, std=512 ** -0.5)

    def forward(self, x):
        for one in self.branches:
            x = x + one(x)
        return self.read(x)
`;
  near(layersOf(program, "32,512").get("read")!.forwardStd, 4);
});

test("a norm ends what grew before it, and its gradient is divided by what it scaled", () => {
  const program = `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(256, 256, bias=False)
        self.norm = nn.LayerNorm(256)
        nn.init.normal_(self.a.weight, std=1.0)

    def forward(self, x):
        return self.norm(self.a(x))
`;
  const layers = layersOf(program, "32,256");
  near(layers.get("a")!.forwardStd, 16);
  near(layers.get("norm")!.forwardStd, 1);
  near(layers.get("a")!.backwardStd, 1 / 16);
});

test("a norm's epsilon counts where what it is given is small", () => {
  const program = `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(256, 256, 1, bias=False)
        self.norm = nn.BatchNorm2d(256, eps=0.01)
        nn.init.normal_(self.a.weight, std=0.1 / 16)

    def forward(self, x):
        return self.norm(self.a(x))
`;
  near(layersOf(program, "32,256,8,8").get("norm")!.forwardStd, Math.SQRT1_2);
});

test("averaging over places leaves what a unit has everywhere", () => {
  const program = `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm2d(64)
        self.out = nn.Linear(64, 64, bias=False)
        nn.init.normal_(self.out.weight, std=0.125)

    def forward(self, x):
        x = F.relu(self.norm(x))
        return self.out(F.adaptive_avg_pool2d(x, 1).flatten(1))
`;
  // E relu(z) = 1/√(2π); the rest of E relu² = ½ is averaged over 256 places.
  const shared = 1 / (2 * Math.PI);
  near(
    layersOf(program, "32,64,16,16").get("out")!.forwardStd,
    Math.sqrt(shared + (0.5 - shared) / 256),
    0.05,
  );
});

test("what is not derived is null, and said", () => {
  const { layers, diagnostics } = signalOf(
    `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(100, 32)
        self.rnn = nn.LSTM(32, 64, batch_first=True)
        self.out = nn.Linear(64, 5)

    def forward(self, x):
        return self.out(self.rnn(self.embedding(x))[0])
`,
    "4,10",
  );
  assert.deepEqual(
    layers.map(({ name, forwardStd }) => [name, forwardStd === null]),
    [
      ["embedding", false],
      ["out", true],
    ],
  );
  assert.match(diagnostics[0]!.message, /recurrent/);
});

test("weights that are used twice and added up are not derived", () => {
  const program = `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(64, 64)
        self.out = nn.Linear(64, 8)

    def forward(self, x):
        y = F.relu(self.a(x))
        return self.out(y + self.a(y))
`;
  const { layers, diagnostics } = signalOf(program, "8,64");
  assert.equal(layers.find(({ name }) => name === "out")!.forwardStd, null);
  assert.match(diagnostics[0]!.message, /share weights/);
});

test("weights whose mean is not 0 are not derived; zeros are", () => {
  const program = (init: string) => `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(64, 64, bias=False)
        ${init}

    def forward(self, x):
        return self.a(x)
`;
  assert.equal(layersOf(program("nn.init.uniform_(self.a.weight)"), "8,64").get("a")!.forwardStd, null);
  assert.equal(layersOf(program("nn.init.zeros_(self.a.weight)"), "8,64").get("a")!.forwardStd, 0);
});
