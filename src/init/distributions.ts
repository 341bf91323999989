import type { Distribution } from "../types.js";
import { normalCdf, normalPdf, normalQuantile } from "./normal.js";
import { sphereCdf, spherePdf, sphereQuantile } from "./sphere.js";
import {
  type TruncatedMoments,
  truncatedCdf,
  truncatedMoments,
  truncatedPdf,
  truncatedQuantile,
} from "./truncated.js";

export { describe, formatNumber } from "./describe.js";

/**
 * What can be computed of one entry of a weight tensor. Every function answers `null` where the distribution
 * does not say enough: unknown kinds, an orthogonal or identity matrix whose size is not known.
 */
interface Law {
  readonly mean: number;
  readonly std: number;
  readonly kurtosis: number;
  readonly support: readonly [low: number, high: number];
  pdf(x: number): number;
  cdf(x: number): number;
  quantile(p: number): number;
}

/** Mean of the values drawn. */
export function mean(d: Distribution): number | null {
  return law(d)?.mean ?? null;
}

/** Standard deviation of the values drawn, after truncation. */
export function std(d: Distribution): number | null {
  return law(d)?.std ?? d.std ?? null;
}

/** Root mean square of the values drawn: what a layer's output variance depends on. */
export function rootMeanSquare(d: Distribution): number | null {
  const known = law(d);
  return known ? Math.hypot(known.mean, known.std) : null;
}

/** Fourth central moment over the squared variance; NaN for a constant. */
export function kurtosis(d: Distribution): number | null {
  return law(d)?.kurtosis ?? null;
}

/** Smallest and largest value that can be drawn; infinite where unbounded. */
export function support(d: Distribution): readonly [low: number, high: number] | null {
  return law(d)?.support ?? null;
}

/** Density at `x`; infinite at the value of a constant, and at an atom of an identity matrix. */
export function pdf(d: Distribution, x: number): number | null {
  return law(d)?.pdf(x) ?? null;
}

/** P(X ≤ x). */
export function cdf(d: Distribution, x: number): number | null {
  return law(d)?.cdf(x) ?? null;
}

/** The smallest `x` with P(X ≤ x) ≥ `p`; NaN for `p` outside [0, 1]. */
export function quantile(d: Distribution, p: number): number | null {
  return law(d)?.quantile(p) ?? null;
}

/** The whole law at once, for loops over many values; `null` where not known. */
export function law(d: Distribution): Law | null {
  switch (d.kind) {
    case "uniform":
      return uniformLaw(d.low, d.high);
    case "normal":
      return d.std === 0 ? constantLaw(d.mean) : normalLaw(d.mean, d.std);
    case "truncated_normal":
      return truncatedLaw(d.mean, d.scale, d.low, d.high, d.std);
    case "constant":
      return constantLaw(d.value);
    case "orthogonal":
      return d.std === undefined ? null : orthogonalLaw(d.gain, d.std);
    case "identity":
      return d.std === undefined ? null : identityLaw(d.gain, d.std);
    case "unknown":
      return null;
  }
}

function uniformLaw(low: number, high: number): Law {
  if (low === high) return constantLaw(low);
  const width = high - low;
  return {
    mean: low / 2 + high / 2,
    std: width / Math.sqrt(12),
    kurtosis: 1.8,
    support: [low, high],
    pdf: (x) => (x < low || x > high ? 0 : 1 / width),
    cdf: (x) => Math.min(1, Math.max(0, (x - low) / width)),
    quantile: (p) => (p >= 0 && p <= 1 ? low * (1 - p) + high * p : Number.NaN),
  };
}

function normalLaw(mean: number, std: number): Law {
  return {
    mean,
    std,
    kurtosis: 3,
    support: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    pdf: (x) => normalPdf((x - mean) / std) / std,
    cdf: (x) => normalCdf((x - mean) / std),
    quantile: (p) => mean + std * normalQuantile(p),
  };
}

/** `given` is the std its maker states; Keras's own divisor makes it exact where ours differs in the last digit. */
function truncatedLaw(centre: number, scale: number, low: number, high: number, given?: number): Law {
  const [a, b] = [(low - centre) / scale, (high - centre) / scale];
  const moments = lazy<TruncatedMoments>(() => truncatedMoments(a, b));
  return {
    get mean() {
      return a === -b ? centre : centre + scale * moments().mean;
    },
    get std() {
      return given ?? scale * moments().std;
    },
    get kurtosis() {
      return moments().kurtosis;
    },
    support: [low, high],
    pdf: (x) => truncatedPdf((x - centre) / scale, a, b) / scale,
    cdf: (x) => truncatedCdf((x - centre) / scale, a, b),
    quantile: (p) =>
      p === 0
        ? low
        : p === 1
          ? high
          : Math.min(high, Math.max(low, centre + scale * truncatedQuantile(p, a, b))),
  };
}

function constantLaw(value: number): Law {
  return {
    mean: value,
    std: 0,
    kurtosis: Number.NaN,
    support: [value, value],
    pdf: (x) => (x === value ? Number.POSITIVE_INFINITY : 0),
    cdf: (x) => (x < value ? 0 : 1),
    quantile: (p) => (p >= 0 && p <= 1 ? value : Number.NaN),
  };
}

function orthogonalLaw(gain: number, std: number): Law {
  const scale = Math.abs(gain);
  if (scale === 0) return constantLaw(0);
  const side = Math.round((scale / std) ** 2);
  return {
    mean: 0,
    std,
    kurtosis: (3 * side) / (side + 2),
    support: [-scale, scale],
    pdf: (x) => spherePdf(x / scale, side) / scale,
    cdf: (x) => sphereCdf(x / scale, side),
    quantile: (p) => scale * sphereQuantile(p, side),
  };
}

/** 0 with probability 1 − s, `gain` with probability s, where std = |gain|·√(s(1 − s)) and s ≤ ½ but for 1 × 1. */
function identityLaw(gain: number, std: number): Law {
  if (gain === 0 || std === 0) return constantLaw(gain);
  const share = (1 - Math.sqrt(Math.max(0, 1 - (2 * std) ** 2 / gain ** 2))) / 2;
  const [low, high] = gain < 0 ? [gain, 0] : [0, gain];
  const atLow = gain < 0 ? share : 1 - share;
  return {
    mean: gain * share,
    std,
    kurtosis: (1 - 3 * share * (1 - share)) / (share * (1 - share)),
    support: [low, high],
    pdf: (x) => (x === 0 || x === gain ? Number.POSITIVE_INFINITY : 0),
    cdf: (x) => (x < low ? 0 : x < high ? atLow : 1),
    quantile: (p) => (p >= 0 && p <= 1 ? (p <= atLow ? low : high) : Number.NaN),
  };
}

function lazy<T>(compute: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= compute();
    return value;
  };
}

/** Whether every value is 0. */
export const isZero = (law: Distribution): boolean => law.kind === "constant" && law.value === 0;
