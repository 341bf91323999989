import assert from "node:assert/strict";
import { test } from "node:test";
import { std } from "../../../src/init/distributions.js";
import { drawNumpy } from "../../../src/init/frameworks/numpy.js";
import type { Arguments } from "../../../src/init/frameworks/table.js";
import { drawTensorflow } from "../../../src/init/frameworks/tensorflow.js";
import { drawTheano } from "../../../src/init/frameworks/theano.js";
import { drawTorch7 } from "../../../src/init/frameworks/torch7.js";
import { type Draw, isRefusal } from "../../../src/init/refusal.js";
import { close, drawn } from "./facts.js";

type Row = readonly [name: string, shape: readonly number[], given: Arguments, kind: string, std: number];

function check(
  draw: (name: string, shape: readonly number[], given: Arguments) => Draw,
  rows: readonly Row[],
) {
  for (const [name, shape, given, kind, spread] of rows) {
    const d = drawn(draw(name, shape, given), name);
    assert.equal(d.kind, kind, name);
    close(std(d), spread, name);
  }
}

/** Std of a standard normal cut at ±2. */
const CUT = 0.8796256610342398;

test("TensorFlow 1: its own defaults and contrib's widened normal", () => {
  const contrib = Math.sqrt(1.3) * CUT;
  check(
    (name, shape, given) => drawTensorflow(name, shape, given, 1),
    [
      ["random_normal_initializer", [64, 32], {}, "normal", 1],
      ["random_uniform_initializer", [64, 32], {}, "uniform", 1 / Math.sqrt(12)],
      ["truncated_normal_initializer", [64, 32], { stddev: 0.1 }, "truncated_normal", 0.1 * CUT],
      ["truncated_normal", [64, 32], { stddev: 0.1 }, "truncated_normal", 0.1 * CUT],
      ["glorot_uniform_initializer", [64, 32], {}, "uniform", Math.sqrt(2 / 96)],
      ["variance_scaling_initializer", [64, 32], { scale: 2 }, "truncated_normal", Math.sqrt(2 / 64)],
      ["initializers.he_normal", [64, 32], {}, "truncated_normal", Math.sqrt(2 / 64)],
      ["uniform_unit_scaling_initializer", [64, 32], { factor: 1.43 }, "uniform", 1.43 / 8],
      ["contrib.layers.xavier_initializer", [64, 32], {}, "uniform", Math.sqrt(2 / 96)],
      [
        "contrib.layers.xavier_initializer",
        [64, 32],
        { uniform: false },
        "truncated_normal",
        contrib * Math.sqrt(2 / 96),
      ],
      [
        "contrib.layers.variance_scaling_initializer",
        [3, 3, 16, 32],
        {},
        "truncated_normal",
        contrib * Math.sqrt(2 / 144),
      ],
    ],
  );
  const refused = drawTensorflow(
    "contrib.layers.variance_scaling_initializer",
    [8, 8],
    { mode: "fan_in" },
    1,
  );
  assert.ok(isRefusal(refused) && refused.error === "TypeError");
});

test("TensorFlow 2: Keras's classes and what is left beside them", () => {
  check(
    (name, shape, given) => drawTensorflow(name, shape, given),
    [
      ["tf.random_normal_initializer", [64, 32], {}, "normal", 0.05],
      ["random_uniform_initializer", [64, 32], {}, "uniform", 0.1 / Math.sqrt(12)],
      ["tf.random.truncated_normal", [64, 32], { stddev: 0.1 }, "truncated_normal", 0.1 * CUT],
      ["keras.initializers.HeNormal", [64, 32], {}, "truncated_normal", Math.sqrt(2 / 64)],
      ["initializers.GlorotUniform", [64, 32], {}, "uniform", Math.sqrt(2 / 96)],
    ],
  );
});

test("Lasagne and the Theano tutorials", () => {
  check(drawTheano, [
    ["GlorotUniform", [64, 32], {}, "uniform", Math.sqrt(2 / 96)],
    ["GlorotNormal", [32, 16, 3, 3], { gain: "relu" }, "normal", Math.sqrt(4 / (9 * 48))],
    ["HeNormal", [64, 32], {}, "normal", 1 / 8],
    ["HeUniform", [32, 16, 3, 3], { gain: "relu" }, "uniform", Math.sqrt(2 / 144)],
    ["Uniform", [8, 8], {}, "uniform", 0.02 / Math.sqrt(12)],
    ["Uniform", [8, 8], { std: 0.1 }, "uniform", 0.1],
    ["Normal", [8, 8], {}, "normal", 0.01],
    ["Orthogonal", [64, 32], { gain: "relu" }, "orthogonal", Math.SQRT2 / 8],
    ["tutorial_tanh", [64, 32], {}, "uniform", Math.sqrt(2 / 96)],
    ["tutorial_sigmoid", [64, 32], {}, "uniform", 4 * Math.sqrt(2 / 96)],
  ]);
  assert.ok(isRefusal(drawTheano("GlorotUniform", [8])));
});

test("Torch7's reset, nninit and torch-toolbox", () => {
  check(drawTorch7, [
    ["reset", [32, 64], {}, "uniform", 1 / Math.sqrt(3 * 64)],
    ["reset", [32, 64], { stdv: 0.1 }, "uniform", 0.1],
    ["SpatialFullConvolution.reset", [16, 8, 3, 3], {}, "uniform", 1 / Math.sqrt(3 * 144)],
    ["nninit.xavier", [32, 64], {}, "uniform", Math.sqrt(2 / 96)],
    ["nninit.kaiming", [32, 64], { gain: "relu" }, "normal", Math.sqrt(2 / 64)],
    ["weight-init.heuristic", [32, 64], {}, "uniform", Math.sqrt(1 / (3 * 64))],
    ["weight-init.kaiming", [32, 64], {}, "uniform", Math.sqrt(4 / 96)],
    ["weight-init.xavier_caffe", [32, 64], {}, "uniform", 1 / 8],
  ]);
});

test("NumPy and scipy", () => {
  check(drawNumpy, [
    ["rand", [8, 8], {}, "uniform", 1 / Math.sqrt(12)],
    ["randn", [8, 8], {}, "normal", 1],
    ["normal", [8, 8], { scale: 0.1 }, "normal", 0.1],
    ["full", [8, 8], { fill_value: 3 }, "constant", 0],
    ["truncnorm.rvs", [8, 8], { a: -2, b: 2, scale: 0.1 }, "truncated_normal", 0.1 * CUT],
    ["linalg.qr", [64, 32], {}, "orthogonal", 1 / 8],
    ["eye", [4, 4], {}, "identity", Math.sqrt(3) / 4],
  ]);
  assert.equal(drawNumpy("empty", [8, 8]).kind, "unknown");
  assert.equal(drawNumpy("eye", [8, 8], { k: 1 }).kind, "unknown");
});
