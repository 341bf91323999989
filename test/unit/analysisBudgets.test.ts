// Whatever a document does, its analysis ends soon and says why; what stands beside it is still read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { analyse } from "../../src/analysis.js";
import { SamplerPool } from "../../src/sample/client.js";
import { workerHost } from "../../src/sample/startWorker.js";
import type { Analysis, FileReader } from "../../src/types.js";

const HEAD = "import torch\nfrom torch import nn\nfc = nn.Linear(2, 3)\n";
const document = (text: string) => ({ file: "/project/model.py", cells: [{ index: null, text }] });

/** A clock that every look moves on, so that nothing here hangs on how busy the machine is. */
function read(text: string, reader: FileReader = { read: () => null }): Analysis {
  let time = 0;
  return analyse(document(HEAD + text), reader, { roots: ["/project"], now: () => (time += 50) });
}

/** Programs that would never end, or take all memory, and what is said of them. */
const ENDLESS: readonly (readonly [name: string, program: string, message: RegExp])[] = [
  ["a loop without end", "while True: pass", /stopped|too many/],
  ["a billion iterations", "x = 0\nfor i in range(10**9): x += i", /stopped|too many/],
  ["a list of a billion", "x = [0] * 10**9", /memory/],
  ["a text of a billion", "x = 'a' * 10**9", /memory/],
  [
    "a comprehension in a comprehension",
    "x = [[i * j for i in range(10**5)] for j in range(10**5)]",
    /stopped|too/,
  ],
  [
    "a loop within a constructor",
    "class A(nn.Module):\n    def __init__(self, n):\n        while True: pass",
    /stopped/,
  ],
  ["a loop within a function", "def build():\n    x = []\n    while True: x.append(1)", /stopped/],
  ["permutations", "import itertools\nx = list(itertools.permutations(range(30)))", /stopped|too|memory/],
  ["recursion", "def f(n): return f(n + 1)\nf(0)", /RecursionError/],
  [
    "modules in modules",
    "class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = A()\nA()",
    /Recursion/,
  ],
  ["a tensor of a billion", "x = torch.zeros(10**9).tolist()", /memory/],
  ["a wide format", "x = f'{1:>{10**9}}'", /memory/],
  ["brackets in brackets", `x = ${"[".repeat(5000)}${"]".repeat(5000)}`, /nested/],
  ["blocks in blocks", Array.from({ length: 900 }, (_, i) => `${" ".repeat(i)}if True:\n`).join(""), /./],
];

for (const [name, program, message] of ENDLESS) {
  test(`${name}: ends, says so, and the rest is read`, () => {
    const { layers, diagnostics } = read(program);
    const said = diagnostics.map((one) => one.message);
    assert.ok(
      said.some((one) => message.test(one)),
      said.join("\n"),
    );
    assert.deepEqual(layers[0]?.parameters[0]?.shape, [3, 2]);
    for (const { site } of diagnostics) assert.equal(site.file, "/project/model.py");
  });
}

/** Values too large to compute are unknown, and nothing is stopped for them. */
const HUGE = ["10**10**10", "1 << 10**12", "int('9' * 10**6)", "len(t'{1}')", "pow(3, 10**9)"];
for (const value of HUGE) {
  test(`${value} is no number`, () => {
    const [taken, given] = read(`layer = nn.Linear(${value}, 2)`).layers[1]!.parameters[0]!.shape;
    assert.equal(taken, 2);
    assert.notEqual(typeof given, "number");
  });
}

test("a pattern that backtracks without end decides nothing", () => {
  const { layers } = read(
    "import re\nn = 4 if re.match(r'(a+)+$', 'a' * 60 + 'b') else 8\nx = nn.Linear(n, 2)",
  );
  assert.deepEqual(layers[1]?.parameters[0]?.shape, [2, "n"]);
});

test("files that import each other in a circle are read", () => {
  const files = new Map([
    ["/project/a.py", "import b\nfrom b import *\nN = b.M + 1\n"],
    ["/project/b.py", "import a\nfrom a import *\nM = 3\n"],
  ]);
  const { layers } = read("import a\nx = nn.Linear(a.N, 2)", { read: (path) => files.get(path) ?? null });
  assert.deepEqual(layers[1]?.parameters[0]?.shape, [2, 4]);
});

test("a file of five megabytes is left alone, and says so", () => {
  const { layers, diagnostics } = read(`x = [\n${"    (1, 'abc'),\n".repeat(330_000)}]\n`);
  assert.deepEqual(layers, []);
  assert.match(diagnostics[0]!.message, /characters are not analysed/);
});

test("a worker's smaller stack is enough for all of them", async () => {
  const path = fileURLToPath(new URL("worker.mjs", import.meta.url));
  const read = () => Promise.reject(new Error("not in Node"));
  const pool = new SamplerPool(workerHost({ path, read }), { workers: 1 });
  try {
    for (const [name, program] of ENDLESS.filter(([, , message]) =>
      /Recursion|nested/.test(message.source),
    )) {
      const asked = { scope: "", roots: ["/project"], sitePackages: [], changed: [], files: [] };
      const { analysis } = await pool.call("analyse", { ...asked, document: document(HEAD + program) });
      assert.deepEqual(analysis?.layers[0]?.parameters[0]?.shape, [3, 2], name);
      assert.ok(analysis!.diagnostics.length > 0, name);
    }
  } finally {
    pool.close();
  }
});

/** Models of several frameworks that run, train and are looked at in every way. */
const MANY_WAYS = `
import jax, jax.numpy as jnp
import keras
import numpy as np
from flax import linen

class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
        nn.init.zeros_(self.down.weight)
    def forward(self, x):
        return x + self.down(torch.relu(self.up(x)))

class Net(nn.Module):
    def __init__(self, width, depth=3):
        super().__init__()
        self.blocks = nn.ModuleList([Block(width) for _ in range(depth)])
        self.apply(self.init)
    def init(self, m):
        if isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight)
    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x

class Dense(linen.Module):
    @linen.compact
    def __call__(self, x):
        return linen.Dense(4)(linen.Dense(8)(x))

params = Dense().init(jax.random.key(0), jnp.ones((1, 20)))
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(4), keras.layers.Dense(2)])
weights = {"W1": np.random.randn(8, 4), "b1": np.zeros(4)}
hidden = np.maximum(np.ones((1, 8)) @ weights["W1"] + weights["b1"], 0)
`;

test("wherever the time runs out, the analysis ends with what it has", () => {
  const reader: FileReader = { read: () => null };
  const text = HEAD + MANY_WAYS;
  let looks = 0;
  analyse(document(text), reader, { roots: ["/project"], now: () => looks++ && 0 });
  assert.ok(looks > 20);
  for (let last = 0; last < looks; last++) {
    let look = 0;
    const now = () => (look++ < last ? 0 : 1e9);
    assert.doesNotThrow(() => analyse(document(text), reader, { roots: ["/project"], now }), `look ${last}`);
  }
});
