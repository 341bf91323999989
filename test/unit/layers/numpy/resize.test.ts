import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../../src/analysis.js";

const analysisOf = (text: string) =>
  analyse({ file: "/project/main.py", cells: [{ index: null, text }] }, { read: () => null });

test("resize changes an array in place: a layer fed with it fits", () => {
  const { flow, layers } = analysisOf(`
import numpy as np, torch
from torch import nn
data = np.linspace(0, 1, 20)
data.resize((20, 1))
layer = nn.Linear(1, 4)
layer(torch.Tensor(data).unsqueeze(0))
`);
  assert.deepEqual(flow?.misfits, []);
  assert.deepEqual(layers[0]?.parameters[0]?.shape, [4, 1]);
});

test("a resized draw keeps its law only where it keeps its number of entries", () => {
  const { layers } = analysisOf(`
import numpy as np
W_same = np.random.randn(4, 3)
W_same.resize(3, 4)
W_longer = np.random.randn(4, 3)
W_longer.resize((5, 4))
`);
  assert.deepEqual(
    layers.map(({ name, parameters: [weight] }) => [name, weight?.shape, weight?.current.kind]),
    [
      ["W_same", [3, 4], "normal"],
      ["W_longer", [5, 4], "unknown"],
    ],
  );
});
