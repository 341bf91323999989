import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { chartAnswer } from "../../../src/charts/chart.js";
import { makePayload, type PayloadOf } from "../../../src/charts/payload.js";
import { type CloserChart, closerLooks } from "../../../src/preview/closer.js";
import { closerSteps } from "../../../src/preview/closerSteps.js";
import type { Layer } from "../../../src/types.js";

function layersOf(text: string): readonly Layer[] {
  return analyse({ file: "/w/m.py", cells: [{ index: null, text }] }, { read: () => null }, { roots: ["/w"] })
    .layers;
}

const layerOf = (text: string) => layersOf(text)[0]!;
const charts = (text: string) => closerLooks(layerOf(text)).map(({ chart }) => chart);

function look<K extends CloserChart>(layer: Layer, chart: K): PayloadOf<K> {
  const found = closerLooks(layer).find((one) => one.chart === chart)!;
  const steps = closerSteps({ look: found, seed: "1", bins: 20 });
  let step = steps.next();
  while (!step.done) step = steps.next();
  return makePayload(step.value) as PayloadOf<K>;
}

const TORCH = "from torch import nn\n";
const KERAS = "from keras import layers, Input, Sequential\n";

test("each layer is offered the looks that suit it", () => {
  assert.deepEqual(charts(`${TORCH}a = nn.Linear(64, 32)`), ["matrix", "singular", "bias"]);
  assert.deepEqual(charts(`${TORCH}a = nn.Linear(64, 32, bias=False)`), ["matrix", "singular"]);
  assert.deepEqual(charts(`${TORCH}a = nn.Conv2d(3, 8, 3)`), ["matrix", "bias"]);
  assert.deepEqual(charts(`${TORCH}a = nn.Embedding(5000, 64)`), ["matrix", "embedding"]);
  assert.deepEqual(charts(`${TORCH}a = nn.Linear(2048, 2048)`), ["matrix", "bias"]);
  assert.deepEqual(charts(`${TORCH}def f(n):\n    return nn.Linear(n, 32, bias=False)`), []);
});

test("a row of the matrix is a unit, in PyTorch and in Keras", () => {
  const torch = look(layerOf(`${TORCH}a = nn.Linear(100, 30)`), "matrix");
  assert.deepEqual([torch.shape, torch.columns, torch.values.length], [[30, 100], 64, 30 * 64]);
  const keras = look(layerOf(`${KERAS}m = Sequential([Input((100,)), layers.Dense(30)])`), "matrix");
  assert.deepEqual([keras.shape, keras.columns, keras.values.length], [[30, 100], 64, 30 * 64]);
  assert.match(chartAnswer(keras), /^First 30 × 64 of .*all 30 units differ/);
});

test("the matrix is the one that the whole weight's values make", () => {
  const identity = look(layerOf(`${TORCH}a = nn.Linear(3, 2)\nnn.init.eye_(a.weight)`), "matrix");
  assert.deepEqual(identity.values, [1, 0, 0, 0, 1, 0]);
  const kernel = `${KERAS}m = Sequential([Input((3,)), layers.Dense(2, kernel_initializer="identity")])`;
  assert.deepEqual(look(layerOf(kernel), "matrix").values, [1, 0, 0, 0, 1, 0]);
});

test("equal units are told", () => {
  const layer = layerOf(`${TORCH}a = nn.Linear(9, 5)\nnn.init.constant_(a.weight, 0.5)`);
  assert.match(chartAnswer(look(layer, "matrix")), /only 1 of 5 units is different/);
});

test("a weight too large to draw shows a corner of independent values", () => {
  const { values, shape } = look(layerOf(`${TORCH}a = nn.Linear(4096, 4096)`), "matrix");
  assert.deepEqual([shape, values.length], [[4096, 4096], 64 * 64]);
  assert.ok(values.every((value) => Math.abs(value) <= 1 / 64));
});

test("an orthogonal matrix keeps every length", () => {
  const layer = layerOf(`${TORCH}a = nn.Linear(40, 20)\nnn.init.orthogonal_(a.weight)`);
  const { values, std } = look(layer, "singular");
  assert.equal(values.length, 20);
  assert.equal(std, null);
  for (const value of values) assert.ok(Math.abs(value - 1) < 1e-12);
});

test("vectors of an embedding are as long as the chi law says", () => {
  const { histogram, std } = look(layerOf(`${TORCH}a = nn.Embedding(3000, 400)`), "embedding");
  assert.equal(std, 1);
  assert.equal(
    histogram.counts.reduce((a, b) => a + b, 0),
    3000,
  );
  // The length of 400 standard normal entries is N(20, 1/2) but for 1/40; 3,000 stay within 5 deviations.
  assert.ok(histogram.low > 20 - 5 && histogram.low < 19 && histogram.high < 20 + 5 && histogram.high > 21);
});

test("the gates of an LSTM's bias are named", () => {
  const { groups, values } = look(layerOf(`${TORCH}a = nn.LSTM(8, 16)`), "bias");
  assert.deepEqual(groups[1], { name: "forget", length: 16 });
  assert.equal(values.length, 64);
});
