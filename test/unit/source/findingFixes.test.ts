/** Every rule with a fix, in every framework it has one for: the fixed file has no such finding and draws what was promised. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { describe } from "../../../src/init/distributions.js";
import { RULES } from "../../../src/init/rules.js";
import { mergedEdits } from "../../../src/source/fixes.js";
import type { Analysis } from "../../../src/types.js";
import { applied } from "../appliedEdits.js";

const read = (source: string): Analysis =>
  analyse({ file: "/model.py", cells: [{ index: null, text: source }] }, { read: () => null });

const TORCH = "import copy\nimport math\nimport numpy as np\nimport torch\nfrom torch import nn\n";

/** A module whose constructor makes two layers and then runs these lines. */
const net = (lines: readonly string[], forward = "x"): string =>
  [
    `${TORCH}class Net(nn.Module):`,
    "    def __init__(self):",
    "        super().__init__()",
    "        self.fc1 = nn.Linear(784, 784)",
    "        self.fc2 = nn.Linear(784, 10)",
    ...lines.map((line) => `        ${line}`),
    "    def forward(self, x):",
    `        return ${forward}`,
    "net = Net()",
    "net(torch.randn(2, 784))",
  ].join("\n");

const keras = (initializer: string, activation = "relu"): string =>
  `import keras
from keras import initializers, layers
model = keras.Sequential([
    keras.Input((64,)),
    layers.Dense(128, activation="${activation}", kernel_initializer=${initializer}),
    layers.Dense(1),
])`;

const tensorflow = (draw: string): string =>
  `import tensorflow as tf\nW = tf.Variable(tf.random.${draw})\nb = tf.Variable(tf.zeros([256]))\n`;

const numpy = (draw: string): string =>
  `import numpy as np\nW = np.random.normal(${draw})\nb = np.zeros(256)\n`;

const flax = (options: string, activation = "relu"): string =>
  `import jax
import jax.numpy as jnp
import flax.linen as nn

class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = nn.${activation}(nn.Dense(128, ${options})(x))
        return nn.Dense(1)(x)

Net().init(jax.random.PRNGKey(0), jnp.ones((1, 64)))`;

interface Row {
  readonly code: string;
  readonly framework: "torch" | "flax" | "keras" | "tensorflow" | "numpy";
  readonly source: string;
  /** What the text says afterwards. */
  readonly fixed: string;
  /** What the first weight, or the one named, draws afterwards. */
  readonly draws?: string | readonly [name: string, law: string];
}

const RELU = "self.fc2(torch.relu(self.fc1(x)))";

const ROWS: readonly Row[] = [
  {
    code: "IL004",
    framework: "torch",
    source: net(["nn.init.xavier_uniform_(self.fc1.weight)"], RELU),
    fixed: 'nn.init.kaiming_uniform_(self.fc1.weight, nonlinearity="relu")',
    draws: "U(±0.08748)",
  },
  {
    code: "IL004",
    framework: "torch",
    source: net(["nn.init.kaiming_normal_(self.fc1.weight, nonlinearity='tanh')"], RELU),
    fixed: 'nn.init.kaiming_normal_(self.fc1.weight, nonlinearity="relu")',
    draws: "N(0, 0.05051²)",
  },
  {
    code: "IL004",
    framework: "keras",
    source: keras('"glorot_normal"'),
    fixed: 'kernel_initializer="he_normal"',
    draws: "N(0, 0.201²) within ±0.4019",
  },
  {
    code: "IL005",
    framework: "torch",
    source: net(
      ['nn.init.kaiming_normal_(self.fc1.weight, nonlinearity="selu")'],
      "self.fc2(torch.selu(self.fc1(x)))",
    ),
    fixed: 'nn.init.kaiming_normal_(self.fc1.weight, nonlinearity="linear")',
    draws: "N(0, 0.03571²)",
  },
  {
    code: "IL005",
    framework: "keras",
    source: keras("'he_normal'", "selu"),
    fixed: "kernel_initializer='lecun_normal'",
    draws: "N(0, 0.1421²) within ±0.2842",
  },
  {
    code: "IL004",
    framework: "flax",
    source: flax("kernel_init=nn.initializers.xavier_uniform()"),
    fixed: "kernel_init=nn.initializers.he_uniform()",
    draws: "U(±0.3062)",
  },
  {
    code: "IL005",
    framework: "flax",
    source: flax("kernel_init=nn.initializers.he_normal()", "selu"),
    fixed: "kernel_init=nn.initializers.lecun_normal()",
    draws: "N(0, 0.1421²) within ±0.2842",
  },
  {
    code: "IL005",
    framework: "keras",
    source: keras("initializers.HeNormal()", "selu"),
    fixed: "kernel_initializer=initializers.LecunNormal()",
    draws: "N(0, 0.1421²) within ±0.2842",
  },
  {
    code: "IL010",
    framework: "flax",
    source: flax("bias_init=nn.initializers.normal(1.0)"),
    fixed: "bias_init=nn.initializers.zeros",
    draws: ["bias", "0"],
  },
  {
    code: "IL010",
    framework: "keras",
    source: keras('"he_normal", bias_initializer=initializers.RandomNormal(stddev=1.0)'),
    fixed: 'bias_initializer="zeros"',
    draws: ["bias", "0"],
  },
  {
    code: "IL006",
    framework: "torch",
    source: net(["nn.init.trunc_normal_(self.fc1.weight, std=0.02)"]),
    fixed: "nn.init.trunc_normal_(self.fc1.weight, std=0.02, a=-0.04, b=0.04)",
    draws: "N(0, 0.02²) within ±0.04",
  },
  {
    code: "IL010",
    framework: "torch",
    source: net(["nn.init.normal_(self.fc1.bias)"]),
    fixed: "nn.init.zeros_(self.fc1.bias)",
    draws: ["bias", "0"],
  },
  {
    code: "IL012",
    framework: "torch",
    source: `${TORCH}model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Flatten(), nn.Linear(9216, 10))\nmodel(torch.randn(1, 3, 13, 13))\n`,
    fixed: "nn.Linear(968, 10)",
  },
  {
    code: "IL014",
    framework: "torch",
    source: net(["self.fc1.weight *= 0.1"]),
    fixed: "self.fc1.weight.data *= 0.1",
    draws: "U(±0.003571)",
  },
  {
    code: "IL014",
    framework: "torch",
    source: net(["self.fc1.bias[0] = 1"]),
    fixed: "self.fc1.bias.data[0] = 1",
  },
  {
    code: "IL014",
    framework: "torch",
    source: net([
      "self.fc2 = nn.Linear(784, 10, bias=False)",
      "for m in self.modules():",
      "    if isinstance(m, nn.Linear):",
      "        nn.init.zeros_(m.bias)",
    ]),
    fixed: "        if m.bias is not None: nn.init.zeros_(m.bias)",
    draws: ["bias", "0"],
  },
  {
    code: "IL014",
    framework: "torch",
    source: net([
      "self.fc2 = nn.Linear(784, 10, bias=False)",
      "for m in self.modules():",
      "    if isinstance(m, nn.Linear): m.weight.data.mul_(0.5)",
      "    if isinstance(m, nn.Linear):",
      "        m.bias.data.zero_()",
    ]),
    fixed: "        if m.bias is not None: m.bias.data.zero_()",
    draws: ["bias", "0"],
  },
  {
    code: "IL014",
    framework: "keras",
    source: keras('"xavier_normal"'),
    fixed: 'kernel_initializer="glorot_normal"',
    draws: "N(0, 0.116²) within ±0.2321",
  },
  {
    code: "IL009",
    framework: "numpy",
    source: "import numpy as np\nW = np.random.rand(784, 256) * 0.1\nb = np.zeros(256)\n",
    fixed: "W = (np.random.rand(784, 256) - 0.5) * 0.1",
    draws: "U(±0.05)",
  },
  {
    code: "IL015",
    framework: "torch",
    source: net([
      "for m in self.modules():",
      "    if isinstance(m, nn.Conv2d or nn.Linear): nn.init.zeros_(m.weight)",
    ]),
    fixed: "isinstance(m, (nn.Conv2d, nn.Linear))",
    draws: "0",
  },
  {
    code: "IL015",
    framework: "torch",
    source: net(["name = type(self).__name__", "if name.find('Conv'): pass"]),
    fixed: "if name.find('Conv') != -1: pass",
  },
  {
    code: "IL016",
    framework: "torch",
    source: net(["self.fc1.weight.data.mul(0.1)  # smaller"]),
    fixed: "self.fc1.weight.data.mul_(0.1)  # smaller",
    draws: "U(±0.003571)",
  },
  {
    code: "IL016",
    framework: "torch",
    source: net(["self._init_weights"]),
    fixed: "self._init_weights()",
  },
  {
    code: "IL019",
    framework: "torch",
    source: net(["self.more = nn.ModuleList([nn.Linear(8, 8)] * 4)"]),
    fixed: "nn.ModuleList([nn.Linear(8, 8) for _ in range(4)])",
  },
  {
    code: "IL020",
    framework: "torch",
    source: net(["nn.init.normal_(self.fc1.weight, 0.02)"]),
    fixed: "nn.init.normal_(self.fc1.weight, std=0.02)",
    draws: "N(0, 0.02²)",
  },
  {
    code: "IL020",
    framework: "torch",
    source: net(["nn.init.normal_(self.fc1.weight, 0, 2 / self.fc1.in_features)"]),
    fixed: "nn.init.normal_(self.fc1.weight, 0, (2 / self.fc1.in_features) ** 0.5)",
    draws: "N(0, 0.05051²)",
  },
  {
    code: "IL020",
    framework: "torch",
    source: net([
      "nn.init.kaiming_normal_(self.fc1.weight, a=nn.init.calculate_gain('relu'), mode='fan_in')",
    ]),
    fixed: "nn.init.kaiming_normal_(self.fc1.weight, nonlinearity='relu', mode='fan_in')",
    draws: "N(0, 0.05051²)",
  },
  {
    code: "IL020",
    framework: "keras",
    source: keras("initializers.RandomNormal(0.02)"),
    fixed: "initializers.RandomNormal(stddev=0.02)",
    draws: "N(0, 0.02²)",
  },
  {
    code: "IL020",
    framework: "keras",
    source: keras("initializers.RandomNormal(0.05, 0.0)"),
    fixed: "initializers.RandomNormal(0.0, 0.05)",
    draws: "N(0, 0.05²)",
  },
  {
    code: "IL020",
    framework: "keras",
    source: keras("initializers.RandomNormal(stddev=2 / 64)"),
    fixed: "initializers.RandomNormal(stddev=(2 / 64) ** 0.5)",
    draws: "N(0, 0.1768²)",
  },
  {
    code: "IL020",
    framework: "tensorflow",
    source: tensorflow("normal([784, 256], 0.1)"),
    fixed: "tf.random.normal([784, 256], stddev=0.1)",
    draws: "N(0, 0.1²)",
  },
  {
    code: "IL020",
    framework: "numpy",
    source: numpy("0.01, size=(784, 256)"),
    fixed: "np.random.normal(scale=0.01, size=(784, 256))",
    draws: "N(0, 0.01²)",
  },
  {
    code: "IL020",
    framework: "numpy",
    source: numpy("0, 2 / 784, (784, 256)"),
    fixed: "np.random.normal(0, (2 / 784) ** 0.5, (784, 256))",
    draws: "N(0, 0.05051²)",
  },
];

for (const { code, framework, source, fixed, draws } of ROWS) {
  test(`${code} in ${framework}: the fix writes ${fixed}`, () => {
    const found = read(source).findings.filter((one) => one.code === code);
    const after = applied(source, mergedEdits(found));
    assert.ok(after.includes(fixed), after);
    const { findings, layers } = read(after);
    assert.deepEqual(
      findings.filter((one) => one.code === code),
      [],
    );
    if (draws === undefined) return;
    const [name, law] = typeof draws === "string" ? [null, draws] : draws;
    const weight = layers[0]!.parameters.find((one) => name === null || one.name === name);
    assert.equal(describe(weight!.current), law);
  });
}

test("every rule that offers a fix is among them", () => {
  const offered = new Set(ROWS.map(({ code }) => code));
  const examples = RULES.flatMap(({ code, found }) =>
    read(`${TORCH}${found}\n`).findings.flatMap((one) =>
      one.fix !== null && one.code === code ? [code] : [],
    ),
  );
  assert.deepEqual(
    examples.filter((code) => !offered.has(code)),
    [],
  );
});

test("no fix where it would write more than is meant", () => {
  const programs: readonly (readonly [code: string, lines: readonly string[]])[] = [
    ["IL006", ["nn.init.trunc_normal_(self.fc1.weight, std=0.02, a=-2, b=2)"]],
    ["IL006", ["options = {'std': 0.02}", "nn.init.trunc_normal_(self.fc1.weight, **options)"]],
    ["IL010", ["for p in self.fc1.parameters(): nn.init.normal_(p, std=0.9)"]],
    ["IL020", ["self.fc1.weight.data.normal_(0.02)"]],
  ];
  for (const [code, lines] of programs) {
    const fixes = read(net(lines)).findings.filter((one) => one.code === code);
    assert.deepEqual(
      fixes.map(({ fix }) => fix).filter((fix) => fix !== null),
      [],
      lines.join("; "),
    );
  }
});

test("a call that draws layers before several activations is not rewritten for one of them", () => {
  const source = net(
    ["for m in (self.fc1, self.fc2): nn.init.xavier_uniform_(m.weight)"],
    "torch.tanh(self.fc2(torch.relu(self.fc1(x))))",
  );
  const [finding] = read(source).findings.filter(({ code }) => code === "IL004");
  assert.equal(finding?.fix, null);
});
