/**
 * One entry of a Haar-uniform orthogonal matrix with longer side `n`: a coordinate x of a point uniform on the
 * unit sphere in n dimensions. x² ~ Beta(1/2, (n-1)/2); density ∝ (1 - x²)^((n-3)/2); variance 1/n.
 * For n = 1 the entry is ±1, which has no density.
 */

const MAX_FRACTION_TERMS = 10_000;
const MAX_NEWTON_STEPS = 60;

/** Density at `x`; 0 outside (-1, 1), NaN for n = 1. */
export function spherePdf(x: number, n: number): number {
  if (n === 1) return Number.NaN;
  if (Math.abs(x) > 1) return 0;
  return Math.exp(logConstant(n) + ((n - 3) / 2) * Math.log1p(-x * x));
}

/** P(X ≤ x). */
export function sphereCdf(x: number, n: number): number {
  if (x <= -1) return n === 1 && x === -1 ? 0.5 : 0;
  if (x >= 1) return 1;
  if (n === 1) return 0.5;
  return x < 0 ? sphereTail(-x, n) : 1 - sphereTail(x, n);
}

/** The `x` with P(X ≤ x) = `p`, by Newton steps kept within a shrinking bracket. */
export function sphereQuantile(p: number, n: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (n === 1) return p <= 0.5 ? -1 : 1;
  if (p === 0.5) return 0;
  if (p > 0.5) return -sphereQuantile(1 - p, n);
  if (p === 0) return -1;
  let [low, high] = [0, 1];
  let x = Math.min(0.5, Math.sqrt((-2 * Math.log(2 * p)) / n));
  for (let step = 0; step < MAX_NEWTON_STEPS; step++) {
    const tail = sphereTail(x, n);
    if (tail > p) low = x;
    else high = x;
    // On the logarithm of the tail, which is nearly a parabola, the steps stay good far out.
    const next = x + (Math.log1p((tail - p) / p) * tail) / spherePdf(x, n);
    const moved = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(moved - x) <= 1e-16 * x || high - low <= 1e-16 * high) break;
    x = moved;
  }
  return -x;
}

/** P(X > x) for 0 ≤ x < 1: half the regularised incomplete beta I_{1-x²}((n-1)/2, 1/2). */
function sphereTail(x: number, n: number): number {
  const a = (n - 1) / 2;
  const [u, v] = [(1 - x) * (1 + x), x * x];
  const front = Math.exp(logConstant(n) + a * Math.log1p(-v)) * x;
  // The fraction converges fast on the side of the mean, u < (a + 1) / (a + 5/2).
  if (u < (a + 1) / (a + 2.5)) return (front / (2 * a)) * betaFraction(u, a, 0.5);
  return 0.5 - front * betaFraction(v, 0.5, a);
}

/** The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  const guard = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= MAX_FRACTION_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    const change = d * c;
    result *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return result;
}

/** log of Γ(n/2) / (√π Γ((n-1)/2)), the density at 0. */
function logConstant(n: number): number {
  return logGammaRatio((n - 1) / 2) - Math.log(Math.PI) / 2;
}

/** log(Γ(z + ½) / Γ(z)), by the recurrence up to 20 and the asymptotic series (DLMF 5.11.13) from there. */
function logGammaRatio(z: number): number {
  let shift = 0;
  let at = z;
  for (; at < 20; at++) shift += Math.log(at / (at + 0.5));
  const s = 1 / at;
  const series = 1 + s * (-1 / 8 + s * (1 / 128 + s * (5 / 1024 + s * (-21 / 32768 + s * (-399 / 262144)))));
  const more = s ** 6 * (869 / 4194304 + s * (39325 / 33554432 + s * (-334477 / 2147483648)));
  return shift + Math.log(at) / 2 + Math.log(series + more);
}
