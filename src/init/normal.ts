import { MILLS_COEFFICIENTS, MILLS_SCALE } from "./generated/mills.js";

/** The standard normal distribution, exact to a few units in the last place even far in the tails. */

const SQRT_2PI = 2.5066282746310002;
/** Beyond this even the smallest double is too large for the tail. */
const LAST_TAIL = 38.6;
/** Newton's method on a logarithm converges quadratically from the start used here; 3 to 5 steps are usual. */
const MAX_NEWTON_STEPS = 20;

/** Density at `x`. */
export function normalPdf(x: number): number {
  return gaussian(x) / SQRT_2PI;
}

/** P(Z ≤ x). */
export function normalCdf(x: number): number {
  if (x === 0) return 0.5;
  return x < 0 ? upperTail(-x) : 1 - upperTail(x);
}

/** P(Z > x), with full relative accuracy for large `x`. */
export function normalSf(x: number): number {
  return normalCdf(-x);
}

/** P(a ≤ Z ≤ b), taken in the tail where both bounds lie on one side, so that no digits cancel. */
export function normalBetween(a: number, b: number): number {
  if (a > 0) return upperTail(a) - upperTail(b);
  if (b < 0) return upperTail(-b) - upperTail(-a);
  return 1 - upperTail(b) - upperTail(-a);
}

/** The `x` with P(Z ≤ x) = `p`; ±∞ at 0 and 1, NaN outside. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0.5) return 0;
  return p < 0.5 ? -upperQuantile(p) : upperQuantile(1 - p);
}

/** The `x ≥ 0` with P(Z > x) = `p` for p ≤ ½, by Newton's method on log P, which is concave. */
export function upperQuantile(p: number): number {
  if (p === 0) return Number.POSITIVE_INFINITY;
  const target = Math.log(p);
  let x = Math.sqrt(Math.max(0, -2 * (target + Math.LN2)));
  for (let step = 0; step < MAX_NEWTON_STEPS; step++) {
    const tail = upperTail(x);
    // Near the solution log(tail/p) is taken from the difference, which keeps its digits.
    const ratio = (tail - p) / p;
    const excess = Math.abs(ratio) < 0.1 ? Math.log1p(ratio) : Math.log(tail) - target;
    const move = excess * mills(x);
    x += move;
    if (Math.abs(move) <= 1e-16 * (1 + x)) break;
  }
  return Math.max(0, x);
}

/** P(Z > x) for x ≥ 0. */
function upperTail(x: number): number {
  if (x > LAST_TAIL) return 0;
  return normalPdf(x) * mills(x);
}

/** exp(-x²/2). The square is split, because its rounding error alone would cost 3 digits at x = 30. */
function gaussian(x: number): number {
  if (Math.abs(x) > 2 * LAST_TAIL) return 0;
  const head = Math.round(x * 16) / 16;
  return Math.exp((-head * head) / 2) * Math.exp((-(x - head) * (x + head)) / 2);
}

/** The Mills ratio (1 - Φ(x)) / φ(x) for x ≥ 0, summed by Clenshaw's recurrence. */
function mills(x: number): number {
  const t = (2 * (x - MILLS_SCALE)) / (x + MILLS_SCALE);
  let next = 0;
  let current = 0;
  for (let k = MILLS_COEFFICIENTS.length - 1; k > 0; k--) {
    const sum = t * current - next + MILLS_COEFFICIENTS[k]!;
    next = current;
    current = sum;
  }
  return ((t / 2) * current - next + MILLS_COEFFICIENTS[0]!) / (x + 1);
}
