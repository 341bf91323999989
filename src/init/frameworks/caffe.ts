import type { Dim, Shape } from "../../types.js";
import { isConcrete, sum } from "../dims.js";
import { caffeFans, namedFans } from "../fans.js";
import * as make from "../make.js";
import { integrate } from "../quadrature.js";
import { type Draw, refuse } from "../refusal.js";
import type { Spread } from "../symbolic.js";
import * as symbolic from "../symbolic.js";
import { type Arguments, drawFrom, type Given, initializers } from "./table.js";

/**
 * BVLC Caffe's fillers (include/caffe/filler.hpp) on a blob N × C × H × W. A layer without a filler is
 * `constant` 0.
 * @param type the filler's type: `xavier`, `msra`, `gaussian`, …
 */
export function drawCaffe(type: string, shape: Shape, given: Arguments = {}): Draw {
  return drawFrom(CAFFE, type, shape, given);
}

const CAFFE = initializers({
  constant: [{ value: 0 }, (_, given) => symbolic.constant(given.quantity("value"), given.source)],
  uniform: [{ min: 0, max: 1 }, (_, given) => drawUniform(given)],
  gaussian: [{ mean: 0, std: 1, sparse: -1 }, drawGaussian],
  xavier: [{ variance_norm: "FAN_IN" }, (shape, given) => drawScaled("uniform", 1, shape, given)],
  msra: [{ variance_norm: "FAN_IN" }, (shape, given) => drawScaled("normal", 2, shape, given)],
  positive_unitball: [{}, drawPositiveUnitball],
  bilinear: [{}, drawBilinear],
});

function drawUniform(given: Given): Draw {
  const [low, high] = [given.quantity("min"), given.quantity("max")];
  if (typeof low === "number" && typeof high === "number" && low > high) {
    return refuse("CheckError", `the uniform filler needs min ≤ max, not ${low} and ${high}`);
  }
  return symbolic.uniform(low, high, given.source);
}

/** N(mean, std²), of which about `sparse` values for each OUTPUT are kept, by independent coin tosses. */
function drawGaussian(shape: Shape, given: Given): Draw {
  const [mean, std, sparse] = [given.quantity("mean"), given.quantity("std"), given.quantity("sparse")];
  if (typeof std === "number" && std <= 0) {
    return refuse("CheckError", `the gaussian filler needs a std above 0, not ${std}`);
  }
  if (sparse === -1) return symbolic.normal(mean, std, given.source);
  const outputs = shape[0] ?? 1;
  if (typeof mean !== "number" || typeof std !== "number" || typeof sparse !== "number") {
    return make.unknown(given.source);
  }
  if (typeof outputs !== "number") return make.unknown(given.source);
  const share = sparse / outputs;
  const formula = `N(${mean}, ${std}²) with probability ${share}, else 0`;
  const spread = Math.sqrt(share * (std * std + mean * mean) - (share * mean) ** 2);
  return make.unknown(given.source, formula, spread);
}

/** Variance scale / n, n being fan-in unless `variance_norm` says otherwise. */
function drawScaled(spread: Spread, scale: number, shape: Shape, given: Given): Draw {
  const norm = given.word("variance_norm");
  const { fanIn, fanOut } = namedFans(caffeFans(shape));
  switch (norm) {
    case "FAN_IN":
      return symbolic.scaledByFan(spread, scale, fanIn, given.source);
    case "FAN_OUT":
      return symbolic.scaledByFan(spread, scale, fanOut, given.source);
    case "AVERAGE":
      return symbolic.scaledByFan(spread, 2 * scale, sum(fanIn, fanOut), given.source);
    case null:
      return make.unknown(given.source);
    default:
      return refuse("ParseError", `variance_norm ${norm} is none of FAN_IN, FAN_OUT, AVERAGE`);
  }
}

/** U(0, 1), then each output's weights divided by their sum. */
function drawPositiveUnitball(shape: Shape, given: Given): Draw {
  const { fanIn } = caffeFans(shape);
  const formula = "U(0, 1), then each output's weights divided by their sum";
  return make.unknown(given.source, formula, typeof fanIn === "number" ? unitballStd(fanIn) : undefined);
}

/**
 * Std of U₁ / (U₁ + … + U_n), U uniform on [0, 1]. With 1/s² = ∫ t exp(-ts) dt its second moment is
 * ∫ t m₂(t) m₀(t)^(n-1) dt, m_k(t) being the integral of u^k exp(-tu) over [0, 1]; its mean is 1/n.
 */
export function unitballStd(n: number): number {
  if (n <= 1) return 0;
  // m₀(t) ≤ min(1, 1/t) and about exp(-t/2) near 0, so nothing is left beyond this; n = 2, 3 have heavy tails.
  const last = n < 12 ? 1e6 ** (1 / Math.max(1, n / 3)) : 90 / n + 20;
  // Logarithmic steps cover both ends: t = exp(s).
  const second = integrate(
    (s) => {
      const t = Math.exp(s);
      return t * t * secondMoment(t) * zerothMoment(t) ** (n - 1);
    },
    Math.log(1e-9 / n),
    Math.log(last),
    0.25,
  );
  return Math.sqrt(second - 1 / (n * n));
}

function zerothMoment(t: number): number {
  return -Math.expm1(-t) / t;
}

function secondMoment(t: number): number {
  // The closed form cancels below 1; the series Σ (-t)^j / (j! (j + 3)) does not.
  if (t > 1) return (2 - Math.exp(-t) * (t * t + 2 * t + 2)) / t ** 3;
  let [term, total] = [1, 0];
  for (let j = 0; j < 24; j++) {
    total += term / (j + 3);
    term *= -t / (j + 1);
  }
  return total;
}

/** Interpolation weights for upsampling by f = ⌈k/2⌉; the same in every plane. */
function drawBilinear(shape: Shape, given: Given): Draw {
  if (shape.length !== 4) return refuse("CheckError", "the bilinear filler needs a blob of 4 axes");
  const [height, width] = shape.slice(2) as [Dim, Dim];
  if (typeof height === "number" && typeof width === "number" && height !== width) {
    return refuse("CheckError", "the bilinear filler needs a square kernel");
  }
  const formula = "bilinear interpolation weights, the same in every plane";
  if (!isConcrete(shape)) return make.unknown(given.source, formula);
  const row = bilinearRow(width as number);
  const values = row.flatMap((y) => row.map((x) => x * y));
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length;
  return make.unknown(given.source, formula, Math.sqrt(variance));
}

/** One row of the separable kernel: 1 − |x/f − c|, f = ⌈k/2⌉, c = (2f − 1 − f mod 2) / 2f. */
export function bilinearRow(size: number): readonly number[] {
  const f = Math.ceil(size / 2);
  const c = (2 * f - 1 - (f % 2)) / (2 * f);
  return Array.from({ length: size }, (_, x) => 1 - Math.abs(x / f - c));
}
