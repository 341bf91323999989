import type { Shape } from "../../types.js";
import { kerasFans } from "../fans.js";
import * as make from "../make.js";
import { type Draw, refuse } from "../refusal.js";
import type { Spread } from "../symbolic.js";
import * as symbolic from "../symbolic.js";
import { drawKeras } from "./keras.js";
import { type Arguments, drawFrom, type Given, initializers, REQUIRED } from "./table.js";
import { type FanMode, scaleVariance } from "./varianceScaling.js";

/**
 * TensorFlow's own names, of versions 1 and 2: `truncated_normal_initializer`, `random.normal`,
 * `contrib.layers.xavier_initializer`, … without the leading `tf.`. `tf.keras.initializers` and TensorFlow 2's
 * `tf.initializers` are Keras's classes. `shape` has its outputs last.
 * @param version 1 also for `tf.compat.v1`.
 */
export function drawTensorflow(name: string, shape: Shape, given: Arguments = {}, version: 1 | 2 = 2): Draw {
  const plain = name.replace(/^(tf\.)?(compat\.v1\.)?/, "");
  const keras = /^(?:keras\.)?initializers\.(.+)$/.exec(plain);
  if (keras && (version === 2 || plain.startsWith("keras."))) return drawKeras(keras[1]!, shape, given);
  const row = keras ? `${keras[1]}_initializer` : plain;
  return drawFrom(version === 1 ? VERSION_1 : VERSION_2, row, shape, given);
}

/** Functions of both versions that return a tensor, not an initializer. */
const TENSORS = initializers({
  zeros: [{}, (_, { source }) => make.constant(0, source)],
  ones: [{}, (_, { source }) => make.constant(1, source)],
  fill: [{ value: REQUIRED }, (_, given) => symbolic.constant(given.quantity("value"), given.source)],
  "random.normal": [{ mean: 0, stddev: 1 }, (_, given) => drawNormal(given)],
  "random.uniform": [{ minval: 0, maxval: 1 }, (_, given) => drawUniform(given)],
  "random.truncated_normal": [{ mean: 0, stddev: 1 }, (_, given) => drawTruncated(given)],
  random_normal: [{ mean: 0, stddev: 1 }, (_, given) => drawNormal(given)],
  random_uniform: [{ minval: 0, maxval: 1 }, (_, given) => drawUniform(given)],
  truncated_normal: [{ mean: 0, stddev: 1 }, (_, given) => drawTruncated(given)],
});

const CONSTANTS = initializers({
  zeros_initializer: [{}, (_, { source }) => make.constant(0, source)],
  ones_initializer: [{}, (_, { source }) => make.constant(1, source)],
  constant_initializer: [
    { value: 0 },
    (_, given) => symbolic.constant(given.quantity("value"), given.source),
  ],
});

/** TensorFlow 1: `random_uniform_initializer` runs from 0 to 1 and `random_normal_initializer` has std 1. */
const VERSION_1 = new Map([
  ...TENSORS,
  ...CONSTANTS,
  ...initializers({
    random_normal_initializer: [{ mean: 0, stddev: 1 }, (_, given) => drawNormal(given)],
    random_uniform_initializer: [{ minval: 0, maxval: 1 }, (_, given) => drawUniform(given)],
    truncated_normal_initializer: [{ mean: 0, stddev: 1 }, (_, given) => drawTruncated(given)],
    uniform_unit_scaling_initializer: [{ factor: 1 }, drawUnitScaling],
    variance_scaling_initializer: [
      { scale: 1, mode: "fan_in", distribution: "truncated_normal" },
      drawVarianceScaling,
    ],
    glorot_uniform_initializer: [{}, (shape, given) => drawScaled("uniform", 1, "fan_avg", shape, given)],
    glorot_normal_initializer: [{}, (shape, given) => drawScaled("corrected", 1, "fan_avg", shape, given)],
    he_uniform_initializer: [{}, (shape, given) => drawScaled("uniform", 2, "fan_in", shape, given)],
    he_normal_initializer: [{}, (shape, given) => drawScaled("corrected", 2, "fan_in", shape, given)],
    lecun_uniform_initializer: [{}, (shape, given) => drawScaled("uniform", 1, "fan_in", shape, given)],
    lecun_normal_initializer: [{}, (shape, given) => drawScaled("corrected", 1, "fan_in", shape, given)],
    orthogonal_initializer: [{ gain: 1 }, (shape, given) => asKeras("Orthogonal", shape, given)],
    identity_initializer: [{ gain: 1 }, (shape, given) => asKeras("Identity", shape, given)],
    "contrib.layers.xavier_initializer": [{ uniform: true }, drawContribXavier],
    "contrib.layers.xavier_initializer_conv2d": [{ uniform: true }, drawContribXavier],
    "contrib.layers.variance_scaling_initializer": [
      { factor: 2, mode: "FAN_IN", uniform: false },
      drawContribScaling,
    ],
  }),
]);

/** TensorFlow 2 keeps a few functions beside Keras's classes, with Keras's defaults. */
const VERSION_2 = new Map([
  ...TENSORS,
  ...CONSTANTS,
  ...initializers({
    random_normal_initializer: [{ mean: 0, stddev: 0.05 }, (_, given) => drawNormal(given)],
    random_uniform_initializer: [{ minval: -0.05, maxval: 0.05 }, (_, given) => drawUniform(given)],
  }),
]);

function drawNormal(given: Given): Draw {
  return symbolic.normal(given.quantity("mean"), given.quantity("stddev"), given.source);
}

function drawUniform(given: Given): Draw {
  return symbolic.uniform(given.quantity("minval"), given.quantity("maxval"), given.source);
}

/** Redrawn beyond two `stddev`, without correction. */
function drawTruncated(given: Given): Draw {
  const [mean, stddev] = [given.quantity("mean"), given.quantity("stddev")];
  if (typeof mean !== "number" || typeof stddev !== "number") return make.unknown(given.source);
  if (stddev === 0) return make.constant(mean, given.source);
  const scale = Math.abs(stddev);
  return make.truncatedNormal(mean, scale, mean - 2 * scale, mean + 2 * scale, given.source);
}

/** U(±√(3/n)·factor), n being every dimension but the last, kernel taps included. */
function drawUnitScaling(shape: Shape, given: Given): Draw {
  const factor = given.quantity("factor");
  const scale = typeof factor === "number" ? factor * factor : factor === null ? null : `${factor}²`;
  return symbolic.scaledByFan("uniform", scale, kerasFans(shape).fanIn, given.source);
}

function drawVarianceScaling(shape: Shape, given: Given): Draw {
  const draw = drawKeras("VarianceScaling", shape, {
    scale: given.raw("scale"),
    mode: given.raw("mode"),
    distribution: given.raw("distribution"),
  });
  return draw.kind === "refusal" ? draw : make.withSource(draw, given.source);
}

function asKeras(name: string, shape: Shape, given: Given): Draw {
  const draw = drawKeras(name, shape, { gain: given.raw("gain") });
  return draw.kind === "refusal" ? draw : make.withSource(draw, given.source);
}

function drawScaled(spread: Spread, scale: number, mode: FanMode, shape: Shape, given: Given): Draw {
  return scaleVariance(spread, scale, mode, kerasFans(shape), given.source);
}

const CONTRIB_MODES: ReadonlyMap<string, FanMode> = new Map<string, FanMode>([
  ["FAN_IN", "fan_in"],
  ["FAN_OUT", "fan_out"],
  ["FAN_AVG", "fan_avg"],
]);

function drawContribXavier(shape: Shape, given: Given): Draw {
  return contrib(1, "fan_avg", given.raw("uniform"), shape, given);
}

function drawContribScaling(shape: Shape, given: Given): Draw {
  const word = given.word("mode");
  if (word === null) return make.unknown(given.source);
  const mode = CONTRIB_MODES.get(word);
  if (!mode) return refuse("TypeError", `mode ${word} is none of ${[...CONTRIB_MODES.keys()].join(", ")}`);
  return contrib(given.quantity("factor"), mode, given.raw("uniform"), shape, given);
}

/** The normal is widened by √1.3 before it is cut at two scales, so its real std is 1.0029 of the nominal one. */
function contrib(
  factor: symbolic.Quantity,
  mode: FanMode,
  uniform: ReturnType<Given["raw"]>,
  shape: Shape,
  given: Given,
): Draw {
  if (typeof uniform !== "boolean") return make.unknown(given.source);
  if (uniform) return scaleVariance("uniform", factor, mode, kerasFans(shape), given.source);
  const nominal = scaleVariance("normal", factor, mode, kerasFans(shape), given.source);
  if (nominal.kind !== "normal") return make.unknown(given.source);
  const scale = Math.sqrt(1.3) * nominal.std;
  return make.truncatedNormal(0, scale, -2 * scale, 2 * scale, given.source);
}
