/** What is drawn where sizes are names, from source text: one row an expression that people write. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { describe } from "../../../src/init/describe.js";
import type { Layer } from "../../../src/types.js";

const layersOf = (text: string): readonly Layer[] =>
  analyse({ file: "/project/model.py", cells: [{ index: null, text }] }, { read: () => null }).layers;

const NUMPY: Readonly<Record<string, string>> = {
  "np.random.randn(n, m) * np.sqrt(2. / n)": "n→m N(0, 2/n)",
  "np.random.randn(n, m) / np.sqrt(n)": "n→m N(0, 1/n)",
  "np.sqrt(2 / m) * np.random.randn(n, m)": "m→n N(0, 2/m)",
  "np.random.randn(n, m) * math.sqrt(2 / (n + m))": "n→m N(0, 2/(n + m))",
  "np.random.normal(0, 1 / np.sqrt(n), (n, m))": "n→m N(0, 1/n)",
  "np.random.uniform(-np.sqrt(6. / (n + m)), np.sqrt(6. / (n + m)), (n, m))": "n→m U(±√(6/(n + m)))",
  "np.random.uniform(-1, 1, (n, m)) * np.sqrt(3 / n)": "n→m U(±√(3/n))",
  // Nothing shows that these are one number each.
  "np.random.randn(n, m) * other": "n→m unknown",
  "np.random.randn(n, m) * np.sqrt(other)": "n→m unknown",
  "np.random.randn(n, m) / (1 + np.exp(n))": "n→m unknown",
};

for (const [expression, expected] of Object.entries(NUMPY)) {
  test(`NumPy: ${expression}`, () => {
    const [layer] = layersOf(
      `import math\nimport numpy as np\n\ndef start(n, m, other):\n    W = ${expression}\n    return W\n`,
    );
    const [weight] = layer!.parameters;
    assert.equal(`${weight!.fanIn}→${weight!.fanOut} ${describe(weight!.current)}`, expected);
  });
}

const TORCH: Readonly<Record<string, string>> = {
  "weight.data.normal_(0, math.sqrt(2 / n))": "N(0, 2/n)",
  "weight.data.normal_(std=0.02 / math.sqrt(2 * config.n_layer))": "N(0, (0.02/√(2*n_layer))²)",
  "weight.data.uniform_(-n ** -0.5, n ** -0.5)": "U(±1/√n)",
  "weight.data.uniform_(-math.sqrt(6. / (n + 10)), math.sqrt(6. / (n + 10)))": "U(±√(6/(n + 10)))",
};

for (const [statement, expected] of Object.entries(TORCH)) {
  test(`torch: ${statement}`, () => {
    const [layer] = layersOf(`
import math
from torch import nn

class Net(nn.Module):
    def __init__(self, config, n):
        super().__init__()
        self.w = nn.Linear(n, 10)
        self.w.${statement}
`);
    assert.equal(describe(layer!.parameters[0]!.current), expected);
  });
}

test("weights in a dictionary under counted keys, with biases of one column", () => {
  const layers = layersOf(`
import numpy as np

def start(sizes):
    parameters = {}
    for i in range(1, len(sizes)):
        parameters["W" + str(i)] = np.random.randn(sizes[i], sizes[i - 1]) * np.sqrt(2 / sizes[i - 1])
        parameters[f"b{i}"] = np.zeros((sizes[i], 1))
    return parameters

start([11, 7, 3])
`);
  assert.deepEqual(
    layers.map(({ variants, parameters: [one] }) => [one!.name, one!.shape, one!.fanIn, variants?.length]),
    [
      ["weight", [7, 11], 11, 2],
      ["bias", [7, 1], null, 2],
    ],
  );
});

test("a vector of zeros that is written into is no weight under any name", () => {
  assert.deepEqual(layersOf("import numpy as np\ne = np.zeros((10, 1))\ne[3] = 1.0\n"), []);
});
