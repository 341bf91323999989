import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../../src/analysis.js";

test("a cast to one of NumPy's letters of types keeps the law of floats alone", () => {
  const text = `
import numpy as np
W_letter = (0.1 * np.random.randn(4, 3)).astype("f")
W_bytes = (0.1 * np.random.randn(4, 3)).astype("<f8")
W_whole = (9 * np.random.randn(4, 3)).astype("i4")
`;
  const { layers } = analyse({ file: "/w/m.py", cells: [{ index: null, text }] }, { read: () => null });
  assert.deepEqual(
    layers.map(({ name, parameters: [weight] }) => [name, weight?.current.kind]),
    [
      ["W_letter", "normal"],
      ["W_bytes", "normal"],
    ],
  );
});
