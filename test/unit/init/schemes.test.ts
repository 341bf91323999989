import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { std } from "../../../src/init/distributions.js";
import { drawJax } from "../../../src/init/frameworks/jax.js";
import { drawKeras } from "../../../src/init/frameworks/keras.js";
import { drawNumpy } from "../../../src/init/frameworks/numpy.js";
import { drawTorch } from "../../../src/init/frameworks/torch.js";
import * as make from "../../../src/init/make.js";
import { type Draw, isRefusal } from "../../../src/init/refusal.js";
import type { SchemeOptions } from "../../../src/init/schemeOptions.js";
import { SCHEME_IDS, scheme } from "../../../src/init/schemes.js";
import type { Distribution, Framework } from "../../../src/types.js";
import { close } from "./facts.js";

const FANS = { fanIn: 64, fanOut: 32 };

function draw(id: string, options: SchemeOptions) {
  const result = scheme(id, options);
  assert.ok(!isRefusal(result), `${id}: ${isRefusal(result) ? result.message : ""}`);
  return result;
}

/** Limit of a uniform or std of a normal, as the papers give them. */
const PAPERS: readonly [string, number][] = [
  ["lecun_uniform", Math.sqrt(3 / 64)],
  ["lecun_normal", Math.sqrt(1 / 64)],
  ["glorot_uniform", Math.sqrt(6 / (64 + 32))],
  ["glorot_normal", Math.sqrt(2 / (64 + 32))],
  ["he_uniform", Math.sqrt(6 / 64)],
  ["he_normal", Math.sqrt(2 / 64)],
  ["torch_default", 1 / Math.sqrt(64)],
  ["caffe_xavier", Math.sqrt(3 / 64)],
  ["caffe_msra", Math.sqrt(2 / 64)],
];

test("the papers' limits and standard deviations", () => {
  for (const [id, expected] of PAPERS) {
    const { distribution } = draw(id, FANS);
    if (distribution.kind === "uniform") close(distribution.high, expected, id);
    else close(std(distribution), expected, id);
  }
});

const FRAMEWORKS: readonly Framework[] = [
  "torch",
  "keras",
  "flax",
  "jax",
  "tensorflow",
  "numpy",
  "theano",
  "torch7",
  "caffe",
];

test("every framework draws every fan-based scheme with the std of the paper", () => {
  for (const [id] of PAPERS) {
    const expected = std(draw(id, FANS).distribution)!;
    for (const framework of FRAMEWORKS) {
      close(std(draw(id, { ...FANS, framework }).distribution), expected, `${id} in ${framework}`);
    }
  }
});

test("truncated in Keras, TensorFlow, JAX and Flax, plain in the others", () => {
  for (const framework of FRAMEWORKS) {
    const { kind } = draw("he_normal", { ...FANS, framework }).distribution;
    const truncated = ["keras", "tensorflow", "jax", "flax"].includes(framework);
    assert.equal(kind, truncated ? "truncated_normal" : "normal", framework);
  }
});

test("the shape is read in the framework's own layout", () => {
  const limit = (framework: Framework, shape: number[]) =>
    close(std(draw("he_normal", { framework, shape }).distribution), Math.sqrt(2 / 144), framework);
  limit("torch", [32, 16, 3, 3]);
  limit("keras", [3, 3, 16, 32]);
  limit("jax", [3, 3, 16, 32]);
  limit("caffe", [32, 16, 3, 3]);
  limit("theano", [32, 16, 3, 3]);
});

test("modes, gains, slopes and activations change the variance as they should", () => {
  const squared = (id: string, options: SchemeOptions) =>
    std(draw(id, { ...FANS, ...options }).distribution)! ** 2;
  close(squared("he_normal", { mode: "fan_out" }), 2 / 32, "fan_out");
  close(squared("he_normal", { mode: "fan_avg" }), 4 / 96, "fan_avg");
  close(squared("he_normal", { a: 0.2 }), 2 / 1.04 / 64, "slope");
  close(squared("he_normal", { nonlinearity: "leaky_relu", a: 0.2 }), 2 / 1.04 / 64, "leaky_relu");
  close(
    squared("he_normal", { nonlinearity: "leaky_relu", a: 0.2, framework: "torch" }),
    2 / 1.04 / 64,
    "torch",
  );
  close(squared("he_normal", { nonlinearity: "tanh", framework: "torch" }), 25 / 9 / 64, "torch tanh");
  close(squared("he_uniform", { nonlinearity: "selu", framework: "torch" }), 9 / 16 / 64, "torch selu");
  close(squared("he_normal", { nonlinearity: "gelu" }), 1.5335304411955353 ** 2 / 64, "exact gain", 1e-9);
  close(squared("glorot_normal", { gain: 3 }), (9 * 2) / 96, "gain");
  close(
    squared("lecun_normal", { gain: 3, framework: "torch" }),
    9 / 64,
    "a gain that kaiming_ cannot reach",
  );
  close(
    squared("he_normal", { mode: "fan_geo_avg", framework: "jax" }),
    2 / Math.sqrt(64 * 32),
    "fan_geo_avg",
  );
});

test("symbols stay symbols and unknown fans stay unknown", () => {
  const symbolic = draw("he_uniform", { fanIn: "9*c", framework: "torch" });
  assert.deepEqual(symbolic.distribution, {
    kind: "unknown",
    source: "kaiming_uniform_(nonlinearity=relu)",
    formula: "U(±√(6/(9*c)))",
  });
  assert.equal(draw("glorot_uniform", { fanIn: 64 }).distribution.kind, "unknown");
  assert.equal(draw("glorot_uniform", {}).formula, "U(±√(6/(fan_in + fan_out)))");
  assert.equal(draw("he_normal", {}).formula, "N(0, 2/fan_in)");
  assert.equal(draw("torch_default", {}).formula, "U(±1/√fan_in)");
});

const refused: readonly [string, SchemeOptions, RegExp][] = [
  ["he_norml", FANS, /did you mean "he_normal"/],
  ["he_normal", { fanIn: 0 }, /at least 1, not 0/],
  ["he_normal", { fanIn: -3 }, /not -3/],
  ["he_normal", { fanIn: 2.5 }, /not 2.5/],
  ["he_normal", { fanIn: Number.NaN }, /not NaN/],
  ["he_normal", { fanIn: Number.POSITIVE_INFINITY }, /not Infinity/],
  ["he_normal", { shape: [0, 4] }, /not 0/],
  ["he_normal", { ...FANS, gain: Number.NaN }, /gain/],
  ["he_normal", { ...FANS, mode: "fan_inn" }, /did you mean "fan_in"/],
  ["he_normal", { ...FANS, mode: "fan_avg", framework: "torch" }, /not supported/],
  ["glorot_normal", { ...FANS, mode: "fan_in", framework: "torch" }, /takes no mode/],
  ["he_normal", { ...FANS, mode: "fan_geo_avg", framework: "keras" }, /no mode/],
  ["he_normal", { ...FANS, nonlinearity: "gelu", framework: "torch" }, /Unsupported nonlinearity/],
  ["he_normal", { ...FANS, nonlinearity: "maxout" }, /unknown activation/],
  ["glorot_uniform", { shape: [64], framework: "torch" }, /fewer than 2/],
  ["dirac", { shape: [64, 32], framework: "torch" }, /3, 4 or 5/],
  ["orthogonal", { shape: [64], framework: "keras" }, /two dimensions/],
  ["orthogonal", { ...FANS, framework: "caffe" }, /no filler/],
  ["uniform", { low: 2, high: 1 }, /low must not be above high/],
  ["uniform", { ...FANS, low: 2, high: 1, framework: "torch" }, /a ≤ b/],
  ["uniform", { ...FANS, low: 2, high: 1, framework: "keras" }, /low must not be above high/],
  ["uniform", { ...FANS, low: 2, high: 1, framework: "caffe" }, /min ≤ max/],
  ["truncated_normal", { low: 2, high: 1 }, /low must not be above high/],
  ["truncated_normal", { ...FANS, low: 2, high: 1, framework: "torch" }, /a ≤ b/],
  ["truncated_normal", { ...FANS, std: 0, framework: "torch" }, /divides by std/],
  ["normal", { std: -1 }, /std must be at least 0/],
  ["normal", { ...FANS, std: -1, framework: "numpy" }, /below 0/],
  ["normal", { ...FANS, std: -1, framework: "jax" }, /std must be at least 0/],
  ["normal", { ...FANS, std: 0, framework: "caffe" }, /above 0/],
  ["sparse", { shape: [64, 32], sparsity: 1.5 }, /between 0 and 1/],
  ["sparse", { shape: [64, 32], sparsity: -0.5, framework: "torch" }, /between 0 and 1/],
];

test("a spread of 0 is a constant where the framework draws at all", () => {
  for (const framework of ["keras", "jax", "tensorflow"] as const) {
    const { distribution } = draw("truncated_normal", { ...FANS, std: 0, framework });
    assert.deepEqual([distribution.kind, std(distribution)], ["constant", 0], framework);
  }
  close(std(draw("normal", { ...FANS, std: 0, framework: "torch" }).distribution), 0, "torch");
});

test("the sign of a spread that a framework accepts changes nothing, nor do exchanged bounds", () => {
  // Drawn by the frameworks themselves: numpy 2.4.6, jax 0.10.2, keras 3.15.1, torch 2.15.0.
  const same: readonly [Draw, Draw][] = [
    [drawNumpy("uniform", [9], { low: 2, high: 1 }), drawNumpy("uniform", [9], { low: 1, high: 2 })],
    [drawJax("uniform", [9], { scale: -0.1 }), make.uniform(-0.1, 0)],
    [drawJax("normal", [9], { stddev: -0.1 }), drawJax("normal", [9], { stddev: 0.1 })],
    [
      drawJax("truncated_normal", [9], { stddev: -0.1, lower: -1, upper: 2 }),
      make.truncatedNormal(0, 0.1, -0.2, 0.1),
    ],
    [drawKeras("TruncatedNormal", [9], { stddev: -1 }), drawKeras("TruncatedNormal", [9], { stddev: 1 })],
    [drawTorch("trunc_normal_", [9], { std: -1 }), drawTorch("trunc_normal_", [9])],
    [drawTorch("trunc_normal_", [9], { a: 1, b: 1 }), make.constant(1)],
  ];
  for (const [one, other] of same) {
    const { source: _, ...law } = one as Distribution;
    const { source: __, ...expected } = other as Distribution;
    assert.deepEqual(law, expected);
  }
});

test("bad input is refused in one sentence, as the framework would", () => {
  for (const [id, options, message] of refused) {
    const result = scheme(id, options);
    assert.ok(isRefusal(result), `${id} ${JSON.stringify(options)}`);
    assert.match(result.message, message);
  }
});

test("every scheme answers in every framework, on a kernel and on a matrix, or is refused in words", () => {
  for (const id of SCHEME_IDS) {
    for (const framework of FRAMEWORKS) {
      for (const shape of [
        [8, 8, 3, 3],
        [8, 16],
      ]) {
        const result = scheme(id, { framework, shape });
        if (isRefusal(result)) assert.notEqual(result.message, "");
        else
          assert.ok(
            result.distribution.kind !== "unknown" || result.distribution.formula,
            `${id} ${framework}`,
          );
      }
    }
  }
});

test("property: k times the fan divides the std by √k, g times the gain multiplies it by g", () => {
  const fan = fc.integer({ min: 1, max: 5000 });
  fc.assert(
    fc.property(
      fc.constantFrom(...PAPERS.map(([id]) => id)),
      fc.constantFrom(...FRAMEWORKS),
      fan,
      fan,
      fc.integer({ min: 1, max: 50 }),
      fc.double({ min: 0.1, max: 3, noNaN: true }),
      (id, framework, fanIn, fanOut, times, gain) => {
        const spread = (options: SchemeOptions) =>
          std(draw(id, { framework, fanIn, fanOut, ...options }).distribution)!;
        const grown = spread({ fanIn: fanIn * times, fanOut: fanOut * times });
        close(grown * Math.sqrt(times), spread({}), `${id} in ${framework}`, 1e-9);
        close(spread({ gain: 2 * gain }), 2 * spread({ gain }), `${id} in ${framework}, gain`, 1e-9);
      },
    ),
  );
});
