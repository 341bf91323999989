import type { Distribution } from "../types.js";
import { law } from "./distributions.js";

/** Tests of fit: does a sample follow a distribution? */
export interface KolmogorovSmirnov {
  /** Largest distance between the empirical and the given distribution function. */
  readonly statistic: number;
  /** Probability of a distance at least as large if the sample does follow it. */
  readonly pValue: number;
}

/** Up to this size the distance's law is computed exactly; beyond, the series is good to about 1e-7. */
const EXACT_SIZE = 140;

/** @param sorted the sample in ascending order. @param cdf a continuous distribution function. */
export function kolmogorovSmirnov(sorted: ArrayLike<number>, cdf: (x: number) => number): KolmogorovSmirnov {
  const n = sorted.length;
  let statistic = 0;
  for (let k = 0; k < n; k++) {
    const expected = cdf(sorted[k]!);
    statistic = Math.max(statistic, (k + 1) / n - expected, expected - k / n);
  }
  return { statistic, pValue: kolmogorovTail(n, statistic) };
}

/** P(D_n ≥ d) for a sample of size n. */
export function kolmogorovTail(n: number, d: number): number {
  if (n === 0 || d <= 0.5 / n) return 1;
  if (d >= 1) return 0;
  // Out here the two sides hardly ever both exceed d, so twice the one-sided law keeps all digits.
  if (n * d * d > 4) return Math.min(1, 2 * smirnovTail(n, d));
  return n <= EXACT_SIZE ? 1 - marsagliaCdf(n, d) : 1 - pelzGoodCdf(n, d);
}

/** Beyond this the one-sided law's sum is replaced by its first-order form, exact to 1/n. */
const MAX_SUM = 100_000;

/** P(D⁺_n ≥ d), the sum of Smirnov (1944), term by term in logarithms. */
function smirnovTail(n: number, d: number): number {
  if (n > MAX_SUM) return Math.exp(-((6 * n * d + 1) ** 2) / (18 * n));
  let [logChoose, total] = [0, 0];
  const last = Math.floor(n * (1 - d));
  for (let j = 0; j <= last; j++) {
    const rest = 1 - d - j / n;
    if (rest > 0 || n === j) {
      total += Math.exp(
        logChoose + (j - 1) * Math.log(d + j / n) + (n - j) * Math.log(Math.max(rest, 1e-300)),
      );
    }
    logChoose += Math.log((n - j) / (j + 1));
  }
  return d * total;
}

/** P(D_n < d) as a matrix power (Marsaglia, Tsang and Wang, 2003). */
function marsagliaCdf(n: number, d: number): number {
  const k = Math.floor(n * d) + 1;
  const size = 2 * k - 1;
  const h = k - n * d;
  const matrix = durbinMatrix(size, h);
  let power = identityMatrix(size);
  let square = matrix;
  // Binary exponentiation; a common factor is split off so that nothing overflows.
  let [powerScale, squareScale] = [0, 0];
  for (let exponent = n; exponent > 0; exponent >>= 1) {
    if (exponent & 1) {
      power = multiply(power, square, size);
      powerScale += squareScale + rescale(power, size);
    }
    square = multiply(square, square, size);
    squareScale = 2 * squareScale + rescale(square, size);
  }
  let log = Math.log(power[(k - 1) * size + k - 1]!) + powerScale;
  for (let i = 1; i <= n; i++) log += Math.log(i / n);
  return Math.exp(log);
}

function durbinMatrix(size: number, h: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) matrix[i * size + j] = i - j + 1 < 0 ? 0 : 1;
  }
  for (let i = 0; i < size; i++) {
    matrix[i * size]! -= h ** (i + 1);
    matrix[(size - 1) * size + i]! -= h ** (size - i);
  }
  matrix[(size - 1) * size]! += 2 * h - 1 > 0 ? (2 * h - 1) ** size : 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let g = 1; g <= i - j + 1; g++) matrix[i * size + j]! /= g;
    }
  }
  return matrix;
}

function identityMatrix(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, k) => (k % (size + 1) === 0 ? 1 : 0));
}

function multiply(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k]!;
      for (let j = 0; j < size; j++) product[i * size + j]! += factor * b[k * size + j]!;
    }
  }
  return product;
}

/** Divides by the middle entry where it grew large; returns the logarithm of what it divided by. */
function rescale(matrix: Float64Array, size: number): number {
  const middle = matrix[((size - 1) / 2) * (size + 1)]!;
  if (middle < 1e100) return 0;
  for (let k = 0; k < matrix.length; k++) matrix[k]! /= middle;
  return Math.log(middle);
}

/** P(D_n < d) by the series of Pelz and Good (1976) in 1/√n. */
function pelzGoodCdf(n: number, d: number): number {
  const z = Math.sqrt(n) * d;
  const [z2, z4, z6] = [z ** 2, z ** 4, z ** 6];
  let [k0, k1, k2, k3] = [0, 0, 0, 0];
  for (let k = 0; k < 20; k++) {
    // Terms of half-integers, twice for k and -k-1, then of whole numbers, twice for k and -k.
    const h = (Math.PI * (k + 0.5)) ** 2;
    const half = Math.exp(-h / (2 * z2));
    k0 += half;
    k1 += 2 * (h - z2) * half;
    k2 += 2 * (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * h + (1 - 2 * z2) * h * h) * half;
    const cubic = (5 - 30 * z2) * h ** 3 + (-60 * z2 + 212 * z4) * h * h + (135 * z4 - 96 * z6) * h;
    k3 += 2 * (cubic - 30 * z6 - 90 * z4 * z4) * half;
  }
  let [whole2, whole3] = [0, 0];
  for (let k = 1; k < 20; k++) {
    const w = (Math.PI * k) ** 2;
    const whole = Math.exp(-w / (2 * z2));
    whole2 += 2 * w * whole;
    whole3 += 2 * (3 * w * z2 - w * w) * whole;
  }
  const root = Math.sqrt(Math.PI / 2);
  const terms = [
    (2 * root * k0) / z,
    (root * k1) / (6 * z4),
    root * (k2 / (72 * z ** 7) - whole2 / (36 * z ** 3)),
    root * (k3 / (6480 * z ** 10) + whole3 / (216 * z6)),
  ];
  const total = terms.reduce((sum, term, k) => sum + term / n ** (k / 2), 0);
  return Math.min(1, Math.max(0, total));
}

/** How far a sample's moments lie from the distribution's, in standard errors. */
export interface MomentsTest {
  readonly mean: number;
  readonly std: number;
}

/** @param sample its count, mean and std. `null` where the distribution is unknown or does not vary. */
export function momentsTest(
  d: Distribution,
  sample: { readonly count: number; readonly mean: number; readonly std: number },
): MomentsTest | null {
  const known = law(d);
  if (!known || known.std === 0) return null;
  const root = Math.sqrt(sample.count);
  // The variance of a sample variance is (kurtosis - 1)/n, that of the std a quarter of it, to first order.
  const spread = Math.sqrt((known.kurtosis - 1) / 4);
  return {
    mean: ((sample.mean - known.mean) / known.std) * root,
    std: spread === 0 ? 0 : ((sample.std / known.std - 1) / spread) * root,
  };
}
