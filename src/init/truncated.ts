import { normalBetween, normalCdf, normalPdf, normalQuantile, normalSf, upperQuantile } from "./normal.js";
import { integrate } from "./quadrature.js";

/**
 * The normal distribution N(mean, scale²) kept within [low, high], in standard units:
 * `a` = (low - mean) / scale, `b` = (high - mean) / scale; either may be infinite.
 */
export interface TruncatedMoments {
  readonly mean: number;
  readonly std: number;
  /** Fourth central moment over the squared variance. */
  readonly kurtosis: number;
}

/** A cut this far inside, or a window this wide around 0, leaves the closed form all its digits. */
const WIDE = 3;
/** No double-precision weight is left this far from the densest point. */
const REACH = 39;

/** Mean, std and kurtosis of a standard normal kept within [a, b]. */
export function truncatedMoments(a: number, b: number): TruncatedMoments {
  const central = a <= 0 && b >= 0 && b - a >= WIDE;
  return central ? closedMoments(a, b) : integratedMoments(a, b);
}

/** Moments by the recurrence E x^k = (k-1) E x^(k-2) - [x^(k-1) φ]/Z. */
function closedMoments(a: number, b: number): TruncatedMoments {
  const mass = normalBetween(a, b);
  const edge = (power: number) => (weighted(b, power) - weighted(a, power)) / mass;
  const first = -edge(0);
  const second = 1 - edge(1);
  const third = 2 * first - edge(2);
  const fourth = 3 * second - edge(3);
  const variance = second - first * first;
  const central = fourth - 4 * first * third + 6 * first ** 2 * second - 3 * first ** 4;
  return { mean: first, std: Math.sqrt(variance), kurtosis: central / variance ** 2 };
}

function weighted(x: number, power: number): number {
  return Number.isFinite(x) ? x ** power * normalPdf(x) : 0;
}

/** The same by quadrature: in a narrow window or far in a tail the closed form loses all digits. */
function integratedMoments(a: number, b: number): TruncatedMoments {
  const mode = Math.min(Math.max(0, a), b);
  // In a tail the density falls like exp(-|mode|·t), so the window need only reach a few of these lengths.
  const reach = Math.min(REACH, 40 / Math.max(1, Math.abs(mode)));
  const [low, high] = [Math.max(a, mode - reach), Math.min(b, mode + reach)];
  const panel = Math.min(0.5, (high - low) / 16);
  const weight = (x: number) => Math.exp((-(x - mode) * (x + mode)) / 2);
  const moment = (centre: number, power: number) =>
    integrate((x) => (x - centre) ** power * weight(x), low, high, panel);
  const mass = moment(0, 0);
  const offset = moment(mode, 1) / mass;
  const mean = mode + offset;
  const variance = moment(mean, 2) / mass;
  return { mean, std: Math.sqrt(variance), kurtosis: moment(mean, 4) / mass / variance ** 2 };
}

/** Density at `x` of a standard normal kept within [a, b]. */
export function truncatedPdf(x: number, a: number, b: number): number {
  return x < a || x > b ? 0 : normalPdf(x) / normalBetween(a, b);
}

/** P(X ≤ x) for a standard normal kept within [a, b]. */
export function truncatedCdf(x: number, a: number, b: number): number {
  if (x <= a) return 0;
  if (x >= b) return 1;
  return normalBetween(a, x) / normalBetween(a, b);
}

/** Inverse of `truncatedCdf`, worked in the nearer tail. */
export function truncatedQuantile(p: number, a: number, b: number): number {
  const mass = normalBetween(a, b);
  const below = a > 0 ? 1 - normalSf(a) + p * mass : normalCdf(a) + p * mass;
  const above = normalSf(b) + (1 - p) * mass;
  const x = below <= 0.5 ? normalQuantile(below) : upperQuantile(Math.min(0.5, above));
  return Math.min(b, Math.max(a, x));
}
