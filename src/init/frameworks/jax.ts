import type { Shape } from "../../types.js";
import { isConcrete, product } from "../dims.js";
import { type JaxAxes, jaxFans } from "../fans.js";
import * as make from "../make.js";
import { type Draw, refuse } from "../refusal.js";
import type { Spread } from "../symbolic.js";
import * as symbolic from "../symbolic.js";
import { type Arguments, drawFrom, type Given, initializers, REQUIRED } from "./table.js";
import { FAN_MODES, type FanMode, scaleVariance } from "./varianceScaling.js";

/**
 * jax.nn.initializers (re-exported by flax.linen and flax.nnx): what each draws on a `shape` whose last axis
 * is the outputs, unless `in_axis`, `out_axis`, `batch_axis` say otherwise. `shape` is the one the initializer
 * really gets: Flax's DenseGeneral and attention flatten theirs first.
 */
export function drawJax(name: string, shape: Shape, given: Arguments = {}): Draw {
  return drawFrom(JAX, ALIASES.get(name) ?? name, shape, given);
}

const AXES = { in_axis: -2, out_axis: -1, batch_axis: [] };

function fixed(scale: number, mode: FanMode, spread: Spread) {
  return [AXES, (shape: Shape, given: Given) => drawScaled(spread, scale, mode, shape, given)] as const;
}

const JAX = initializers({
  zeros: [{}, (_, { source }) => make.constant(0, source)],
  ones: [{}, (_, { source }) => make.constant(1, source)],
  constant: [{ value: REQUIRED }, (_, given) => symbolic.constant(given.quantity("value"), given.source)],
  uniform: [{ scale: 0.01 }, (_, given) => symbolic.uniform(0, given.quantity("scale"), given.source)],
  normal: [{ stddev: 0.01 }, (_, given) => symbolic.normal(0, given.quantity("stddev"), given.source)],
  truncated_normal: [{ stddev: 0.01, lower: -2, upper: 2 }, (_, given) => drawTruncated(given)],
  variance_scaling: [
    { scale: REQUIRED, mode: REQUIRED, distribution: REQUIRED, ...AXES },
    drawVarianceScaling,
  ],
  lecun_normal: fixed(1, "fan_in", "corrected"),
  lecun_uniform: fixed(1, "fan_in", "uniform"),
  glorot_normal: fixed(1, "fan_avg", "corrected"),
  glorot_uniform: fixed(1, "fan_avg", "uniform"),
  he_normal: fixed(2, "fan_in", "corrected"),
  he_uniform: fixed(2, "fan_in", "uniform"),
  orthogonal: [{ scale: 1, column_axis: -1 }, drawOrthogonal],
  delta_orthogonal: [{ scale: 1, column_axis: -1 }, drawDeltaOrthogonal],
});

const ALIASES: ReadonlyMap<string, string> = new Map([
  ["xavier_normal", "glorot_normal"],
  ["xavier_uniform", "glorot_uniform"],
  ["kaiming_normal", "he_normal"],
  ["kaiming_uniform", "he_uniform"],
  ["zeros_init", "zeros"],
  ["ones_init", "ones"],
]);

/** The bounds count standard deviations before truncation; nothing is corrected for them. */
function drawTruncated(given: Given): Draw {
  const [stddev, lower, upper] = ["stddev", "lower", "upper"].map((name) => given.quantity(name));
  if (typeof stddev !== "number" || typeof lower !== "number" || typeof upper !== "number") {
    return make.unknown(given.source);
  }
  if (stddev === 0) return make.constant(0, given.source);
  if (lower > upper) return make.unknown(given.source);
  const [low, high] = stddev > 0 ? [lower, upper] : [upper, lower];
  return make.truncatedNormal(0, Math.abs(stddev), low * stddev, high * stddev, given.source);
}

/** JAX's word "normal" means the untruncated one. */
const SPREADS: ReadonlyMap<string, Spread> = new Map<string, Spread>([
  ["truncated_normal", "corrected"],
  ["normal", "normal"],
  ["uniform", "uniform"],
]);

function drawVarianceScaling(shape: Shape, given: Given): Draw {
  const [mode, distribution] = [given.word("mode"), given.word("distribution")];
  if (mode === null || distribution === null) return make.unknown(given.source);
  const known = FAN_MODES.find((name) => name === mode);
  if (!known) return refuse("ValueError", `mode ${mode} is none of ${FAN_MODES.join(", ")}`);
  const spread = SPREADS.get(distribution);
  if (!spread)
    return refuse("ValueError", `distribution ${distribution} is none of ${[...SPREADS.keys()].join(", ")}`);
  return drawScaled(spread, given.quantity("scale"), known, shape, given);
}

function drawScaled(
  spread: Spread,
  scale: symbolic.Quantity,
  mode: FanMode,
  shape: Shape,
  given: Given,
): Draw {
  const fans = jaxFans(shape, axesOf(given));
  if (!fans) {
    const rank = `${shape.length}-dimensional`;
    return shape.length < 2
      ? refuse("ValueError", `sizes of a ${rank} weight cannot be computed with the default in_axis`)
      : refuse("IndexError", `an axis is out of range for a ${rank} weight`);
  }
  return scaleVariance(spread, scale, mode, fans, given.source);
}

function axesOf(given: Given): JaxAxes {
  const [inAxis, outAxis, batchAxis] = ["in_axis", "out_axis", "batch_axis"].map((name) => given.axes(name));
  return { inAxis: inAxis ?? -2, outAxis: outAxis ?? -1, batchAxis: batchAxis ?? [] };
}

/** Everything else × the column axis. */
function drawOrthogonal(shape: Shape, given: Given): Draw {
  if (shape.length < 2) return refuse("ValueError", "orthogonal needs at least a 2-dimensional shape");
  const [gain, axis] = [given.quantity("scale"), given.quantity("column_axis")];
  if (typeof gain !== "number" || typeof axis !== "number") return make.unknown(given.source);
  const column = axis < 0 ? axis + shape.length : axis;
  const rows = product(shape.filter((_, at) => at !== column));
  return make.orthogonal(gain, rows, shape[column] ?? null, given.source);
}

/** An orthogonal matrix at the kernel's centre tap, (size − 1) // 2, and zeros elsewhere. */
function drawDeltaOrthogonal(shape: Shape, given: Given): Draw {
  if (shape.length < 3 || shape.length > 5) {
    return refuse("ValueError", "delta_orthogonal needs a 3-, 4- or 5-dimensional shape");
  }
  const gain = given.quantity("scale");
  const [inputs, outputs] = [shape.at(-2)!, shape.at(-1)!];
  if (typeof inputs === "number" && typeof outputs === "number" && outputs < inputs) {
    return refuse("ValueError", `delta_orthogonal needs fan-in ≤ fan-out, not ${inputs} and ${outputs}`);
  }
  if (typeof gain !== "number" || !isConcrete(shape)) return make.unknown(given.source);
  const taps = product(shape.slice(0, -2)) as number;
  const std = Math.abs(gain) / Math.sqrt((outputs as number) * taps);
  return make.unknown(given.source, `orthogonal × ${gain} at the centre tap, 0 elsewhere`, std);
}
