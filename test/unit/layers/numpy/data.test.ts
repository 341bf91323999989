import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../../src/analysis.js";

test("numbers as a generator gives them are weights by their name or where they are multiplied, else data", () => {
  const text = `
import numpy as np
import tensorflow as tf
random_numbers = np.random.normal(size=(1000, 16))
dataset = tf.data.Dataset.from_tensor_slices(random_numbers)
heights = np.random.rand(30, 4)
scaled = 0.01 * np.random.randn(16, 4)
W = np.random.randn(16, 4)
layer = np.random.randn(16, 4)
print(np.tanh(np.loadtxt("inputs") @ layer))
`;
  const { layers } = analyse({ file: "/w/m.py", cells: [{ index: null, text }] }, { read: () => null });
  assert.deepEqual(
    layers.map(({ name }) => name),
    ["scaled", "W", "layer"],
  );
});
