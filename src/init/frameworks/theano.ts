import type { Shape } from "../../types.js";
import { product, sum } from "../dims.js";
import { type Fans, lasagneFans, namedFans } from "../fans.js";
import * as make from "../make.js";
import { type Draw, refuse } from "../refusal.js";
import type { Quantity, Spread } from "../symbolic.js";
import * as symbolic from "../symbolic.js";
import { type Arguments, drawFrom, type Given, initializers } from "./table.js";

/**
 * Theano-style initialisation: lasagne.init's classes, and `tutorial_tanh`, `tutorial_sigmoid` for the
 * hidden layers of the Deep Learning Tutorials. `shape` is inputs × outputs for matrices and
 * outputs × inputs × receptive field for kernels.
 */
export function drawTheano(name: string, shape: Shape, given: Arguments = {}): Draw {
  return drawFrom(THEANO, name, shape, given);
}

const THEANO = initializers({
  Constant: [{ val: 0 }, (_, given) => symbolic.constant(given.quantity("val"), given.source)],
  Normal: [{ std: 0.01, mean: 0 }, (_, given) => drawNormal(given)],
  Uniform: [{ range: 0.01, std: null, mean: 0 }, (_, given) => drawUniform(given)],
  GlorotNormal: [{ gain: 1, c01b: false }, (shape, given) => drawGlorot("normal", shape, given)],
  GlorotUniform: [{ gain: 1, c01b: false }, (shape, given) => drawGlorot("uniform", shape, given)],
  HeNormal: [{ gain: 1, c01b: false }, (shape, given) => drawHe("normal", shape, given)],
  HeUniform: [{ gain: 1, c01b: false }, (shape, given) => drawHe("uniform", shape, given)],
  Orthogonal: [{ gain: 1 }, drawOrthogonal],
  Sparse: [{ sparsity: 0.1, std: 0.01 }, drawSparse],
  tutorial_tanh: [{}, (shape, given) => tutorial(1, shape, given)],
  // Four times the bounds for a sigmoid, after Glorot and Bengio's remark on its slope at 0.
  tutorial_sigmoid: [{}, (shape, given) => tutorial(16, shape, given)],
});

const both = (fans: Fans) => {
  const { fanIn, fanOut } = namedFans(fans);
  return sum(fanIn, fanOut);
};

const TOO_FLAT = "this initializer works only with shapes of at least two dimensions";

/** Lasagne's gain: a number or the word "relu". Squared. */
function squaredGain(given: Given): Quantity {
  const gain = given.quantity("gain");
  if (gain === "relu") return 2;
  return typeof gain === "number" ? gain * gain : gain === null ? null : `${gain}²`;
}

function drawNormal(given: Given): Draw {
  const std = given.quantity("std");
  if (typeof std === "number" && std < 0) return refuse("ValueError", `std ${std} is below 0`);
  return symbolic.normal(given.quantity("mean"), std, given.source);
}

function drawUniform(given: Given): Draw {
  const [range, std, mean] = [given.axes("range"), given.raw("std"), given.quantity("mean")];
  if (std !== null) {
    if (typeof std !== "number" || typeof mean !== "number") return make.unknown(given.source);
    return make.uniform(mean - Math.sqrt(3) * std, mean + Math.sqrt(3) * std, given.source);
  }
  if (range === null) return make.unknown(given.source);
  if (typeof range === "number") return make.symmetricUniform(range, given.source);
  const [low, high] = range;
  return low === undefined || high === undefined
    ? refuse("ValueError", "range needs two bounds")
    : make.uniform(low, high, given.source);
}

function drawGlorot(spread: Spread, shape: Shape, given: Given): Draw {
  if (given.raw("c01b") !== false) return make.unknown(given.source);
  const fans = lasagneFans(shape);
  if (!fans) return refuse("RuntimeError", TOO_FLAT);
  const gain = squaredGain(given);
  const scale = typeof gain === "number" ? 2 * gain : gain === null ? null : `2*${gain}`;
  return symbolic.scaledByFan(spread, scale, both(fans), given.source);
}

function drawHe(spread: Spread, shape: Shape, given: Given): Draw {
  if (given.raw("c01b") !== false) return make.unknown(given.source);
  const fans = lasagneFans(shape);
  if (!fans) return refuse("RuntimeError", TOO_FLAT);
  return symbolic.scaledByFan(spread, squaredGain(given), namedFans(fans).fanIn, given.source);
}

function drawOrthogonal(shape: Shape, given: Given): Draw {
  if (shape.length < 2) return refuse("RuntimeError", "only shapes of length 2 or more are supported");
  const gain = given.quantity("gain") === "relu" ? Math.SQRT2 : given.quantity("gain");
  if (typeof gain !== "number") return make.unknown(given.source);
  return make.orthogonal(gain, shape[0]!, product(shape.slice(1)), given.source);
}

/** Here `sparsity` is the share of values that are NOT zero in each column. */
function drawSparse(shape: Shape, given: Given): Draw {
  if (shape.length !== 2)
    return refuse("RuntimeError", "sparse initializer only works with shapes of length 2");
  const [sparsity, std] = [given.quantity("sparsity"), given.quantity("std")];
  const rows = shape[0]!;
  if (typeof sparsity !== "number" || typeof std !== "number" || typeof rows !== "number") {
    return make.unknown(given.source);
  }
  const kept = Math.floor(sparsity * rows);
  const formula = `N(0, ${std}²) at ${kept} of ${rows} places in each column, 0 elsewhere`;
  return make.unknown(given.source, formula, std * Math.sqrt(kept / rows));
}

function tutorial(factor: number, shape: Shape, given: Given): Draw {
  const fans = lasagneFans(shape);
  if (!fans) return refuse("RuntimeError", TOO_FLAT);
  return symbolic.scaledByFan("uniform", 2 * factor, both(fans), given.source);
}
