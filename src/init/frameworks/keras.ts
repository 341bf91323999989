import type { Shape } from "../../types.js";
import { product } from "../dims.js";
import { kerasFans } from "../fans.js";
import * as make from "../make.js";
import { type Draw, refuse } from "../refusal.js";
import type { Spread } from "../symbolic.js";
import * as symbolic from "../symbolic.js";
import { type Arguments, drawFrom, type Given, initializers, REQUIRED } from "./table.js";
import { type FanMode, scaleVariance } from "./varianceScaling.js";

/**
 * keras.initializers, version 3: what each class draws on a `shape` whose last axis is the outputs.
 * @param name the class (`HeNormal`) or its string name (`he_normal`).
 * @param given arguments by Keras's names; layers that know their axes pass `input_axes`, `output_axes`.
 */
export function drawKeras(name: string, shape: Shape, given: Arguments = {}): Draw {
  return drawFrom(KERAS, kerasClass(name) ?? name, shape, given);
}

/** `keras.initializers.get("he_normal")` called on a shape: by name only, so nothing can be passed. */
export function drawKerasByName(name: string, shape: Shape): Draw {
  const found = kerasClass(name);
  if (found === null) return refuse("ValueError", `Keras knows no initializer "${name}"`);
  // Keras 3 restores it from an empty configuration, in which the value is missing.
  if (found === "Constant")
    return refuse("KeyError", `the name "${name}" gives no value; use Constant(value)`);
  return drawFrom(KERAS, found, shape, {});
}

/** The class behind a string name or an alias; `null` where Keras knows none. */
export function kerasClass(name: string): string | null {
  return KERAS.has(name) ? name : (ALIASES.get(name) ?? null);
}

const AXES = { input_axes: null, output_axes: null };

/** Classes that are VarianceScaling with fixed arguments. */
function fixed(scale: number, mode: FanMode, spread: Spread) {
  return [AXES, (shape: Shape, given: Given) => drawScaled(spread, scale, mode, shape, given)] as const;
}

const KERAS = initializers({
  Zeros: [{}, (_, { source }) => make.constant(0, source)],
  Ones: [{}, (_, { source }) => make.constant(1, source)],
  Constant: [{ value: 0 }, (_, given) => symbolic.constant(given.quantity("value"), given.source)],
  RandomNormal: [
    { mean: 0, stddev: 0.05 },
    (_, given) => symbolic.normal(given.quantity("mean"), given.quantity("stddev"), given.source),
  ],
  RandomUniform: [{ minval: -0.05, maxval: 0.05 }, (_, given) => drawUniform(given)],
  TruncatedNormal: [{ mean: 0, stddev: 0.05 }, (_, given) => drawTruncated(given)],
  VarianceScaling: [
    { scale: 1, mode: "fan_in", distribution: "truncated_normal", ...AXES },
    drawVarianceScaling,
  ],
  GlorotUniform: fixed(1, "fan_avg", "uniform"),
  GlorotNormal: fixed(1, "fan_avg", "corrected"),
  LecunUniform: fixed(1, "fan_in", "uniform"),
  LecunNormal: fixed(1, "fan_in", "corrected"),
  HeUniform: fixed(2, "fan_in", "uniform"),
  HeNormal: fixed(2, "fan_in", "corrected"),
  Orthogonal: [{ gain: 1 }, drawOrthogonal],
  Identity: [{ gain: 1 }, drawIdentity],
  STFT: [
    { side: REQUIRED, window: null, scaling: null, periodic: false },
    (_, { source }) => make.unknown(source),
  ],
});

const ALIASES: ReadonlyMap<string, string> = new Map([
  ["zeros", "Zeros"],
  ["zero", "Zeros"],
  ["ones", "Ones"],
  ["one", "Ones"],
  ["constant", "Constant"],
  ["random_normal", "RandomNormal"],
  ["normal", "RandomNormal"],
  ["random_uniform", "RandomUniform"],
  ["uniform", "RandomUniform"],
  ["truncated_normal", "TruncatedNormal"],
  ["variance_scaling", "VarianceScaling"],
  ["glorot_uniform", "GlorotUniform"],
  ["glorot_normal", "GlorotNormal"],
  ["lecun_uniform", "LecunUniform"],
  ["lecun_normal", "LecunNormal"],
  ["he_uniform", "HeUniform"],
  ["he_normal", "HeNormal"],
  ["orthogonal", "Orthogonal"],
  ["OrthogonalInitializer", "Orthogonal"],
  ["identity", "Identity"],
  ["IdentityInitializer", "Identity"],
  ["stft", "STFT"],
  ["STFTInitializer", "STFT"],
]);

/** Bounds the wrong way round are an error, one value or the same law: that depends on the backend. */
function drawUniform(given: Given): Draw {
  const [low, high] = [given.quantity("minval"), given.quantity("maxval")];
  if (typeof low === "number" && typeof high === "number" && low > high) return make.unknown(given.source);
  return symbolic.uniform(low, high, given.source);
}

/** Redrawn beyond two `stddev`, without correction: the real std is 0.8796 of what is asked for. */
function drawTruncated(given: Given): Draw {
  const [mean, stddev] = [given.quantity("mean"), given.quantity("stddev")];
  if (typeof mean !== "number" || typeof stddev !== "number") {
    const law = symbolic.normal(mean, stddev, given.source);
    const formula = law.kind === "unknown" && law.formula ? `${law.formula} within 2 stddev` : undefined;
    return make.unknown(given.source, formula);
  }
  if (stddev === 0) return make.constant(mean, given.source);
  const scale = Math.abs(stddev);
  return make.truncatedNormal(mean, scale, mean - 2 * scale, mean + 2 * scale, given.source);
}

/** Keras's word "normal" means the truncated one. */
const SPREADS: ReadonlyMap<string, Spread> = new Map<string, Spread>([
  ["normal", "corrected"],
  ["truncated_normal", "corrected"],
  ["untruncated_normal", "normal"],
  ["uniform", "uniform"],
]);

function drawVarianceScaling(shape: Shape, given: Given): Draw {
  const scale = given.quantity("scale");
  if (typeof scale === "number" && scale <= 0)
    return refuse("ValueError", `scale must be positive, not ${scale}`);
  const [mode, distribution] = [given.word("mode"), given.word("distribution")];
  if (mode === null || distribution === null) return make.unknown(given.source);
  if (mode !== "fan_in" && mode !== "fan_out" && mode !== "fan_avg") {
    return refuse("ValueError", `mode ${mode} is none of fan_in, fan_out, fan_avg`);
  }
  const spread = SPREADS.get(distribution.toLowerCase());
  if (!spread)
    return refuse("ValueError", `distribution ${distribution} is none of ${[...SPREADS.keys()].join(", ")}`);
  return drawScaled(spread, scale, mode, shape, given);
}

function drawScaled(
  spread: Spread,
  scale: symbolic.Quantity,
  mode: FanMode,
  shape: Shape,
  given: Given,
): Draw {
  const axes = (name: string) => {
    const value = given.axes(name);
    return typeof value === "number" ? [value] : value;
  };
  const { fanIn, fanOut } = kerasFans(shape, axes("input_axes"), axes("output_axes"));
  // Keras divides by at least 1.
  return scaleVariance(
    spread,
    scale,
    mode,
    { fanIn: atLeastOne(fanIn), fanOut: atLeastOne(fanOut) },
    given.source,
  );
}

function atLeastOne<D>(fan: D): D | 1 {
  return typeof fan === "number" && fan < 1 ? 1 : fan;
}

/** The kernel is flattened to everything else × outputs. */
function drawOrthogonal(shape: Shape, given: Given): Draw {
  if (shape.length < 2) return refuse("ValueError", "Orthogonal needs a shape of at least two dimensions");
  const gain = given.quantity("gain");
  if (typeof gain !== "number") return make.unknown(given.source);
  return make.orthogonal(gain, product(shape.slice(0, -1)), shape.at(-1)!, given.source);
}

function drawIdentity(shape: Shape, given: Given): Draw {
  if (shape.length !== 2) return refuse("ValueError", "Identity supports only shapes of two dimensions");
  const gain = given.quantity("gain");
  if (typeof gain !== "number") return make.unknown(given.source);
  const [rows, columns] = shape as [Shape[number], Shape[number]];
  if (typeof rows !== "number" || typeof columns !== "number")
    return make.identity(gain, null, null, given.source);
  return make.identity(gain, Math.min(rows, columns), rows * columns, given.source);
}

/**
 * A recurrent bias of Keras whose forget gate starts at 1: zeros, and ones in a fraction of the places.
 * @param gates how many gates share the bias: 4 in an LSTM.
 */
export function unitForgetBias(gates = 4): Draw {
  const share = 1 / gates;
  return make.unknown("unit_forget_bias", `0, but 1 in 1 of ${gates} gates`, Math.sqrt(share * (1 - share)));
}
