import type { KolmogorovSmirnov } from "./request.js";

/** The distance of all values, sorted, to the distribution function `below`. */
export function kolmogorovOfValues(sorted: Float64Array, below: (z: number) => number): KolmogorovSmirnov {
  const n = sorted.length;
  let statistic = 0;
  for (let i = 0; i < n; i++) {
    const exact = below(sorted[i]!);
    statistic = Math.max(statistic, exact - i / n, (i + 1) / n - exact);
  }
  return { statistic, pValue: kolmogorovPValue(n, statistic) };
}

/**
 * The distance at the ends of cells with `counts` values each. Between ends it may be larger: with
 * thousands of cells by about one part in a hundred, so the p-value errs to the safe side by as little.
 */
export function kolmogorovOfCells(
  counts: Float64Array,
  end: (cell: number) => number,
  below: (z: number) => number,
): KolmogorovSmirnov {
  const n = counts.reduce((sum, count) => sum + count, 0);
  let statistic = 0;
  let sum = 0;
  for (let cell = 0; cell < counts.length && sum < n; cell++) {
    sum += counts[cell]!;
    statistic = Math.max(statistic, Math.abs(below(end(cell)) - sum / n));
  }
  return { statistic, pValue: kolmogorovPValue(n, statistic) };
}

/** Up to this many values the p-value is exact; above, the limit law is within about 1e-4 of it. */
const EXACT_COUNT = 120;

/** The probability that `n` values are as far from their own distribution, or farther. */
export function kolmogorovPValue(n: number, statistic: number): number {
  if (statistic <= 0.5 / n) return 1;
  if (statistic >= 1) return 0;
  return n <= EXACT_COUNT ? exactPValue(n, statistic) : limitPValue(n, statistic);
}

/** Kolmogorov's limit law, with Vrbik's (2018) correction of the order 1/n. */
function limitPValue(n: number, statistic: number): number {
  const root = statistic * Math.sqrt(n);
  const x = root + 1 / (6 * Math.sqrt(n)) + (root - 1) / (4 * n);
  if (x < 1) {
    // The dual series converges fast here.
    const factor = -(Math.PI ** 2) / (8 * x * x);
    const sum = [1, 3, 5, 7].reduce((total, k) => total + Math.exp(factor * k * k), 0);
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  const sum = [1, 2, 3, 4, 5].reduce((total, k) => total + (k % 2 ? 1 : -1) * Math.exp(-2 * (k * x) ** 2), 0);
  return 2 * sum;
}

/** Durbin's matrix, after Marsaglia, Tsang and Wang (2003): 1 − n!/nⁿ · (Hⁿ) at the middle. */
function exactPValue(n: number, statistic: number): number {
  const k = Math.ceil(n * statistic);
  const size = 2 * k - 1;
  const h = k - n * statistic;
  const matrix = durbinMatrix(size, h);
  let row: Float64Array = new Float64Array(size);
  row[k - 1] = 1;
  // Multiplying by i/n at each step makes n!/nⁿ, and keeps all numbers near 1.
  for (let i = 1; i <= n; i++) row = multiply(row, matrix, i / n);
  return Math.min(1, Math.max(0, 1 - row[k - 1]!));
}

function durbinMatrix(size: number, h: number): Float64Array[] {
  const factorials = Array.from({ length: size + 1 }, () => 1);
  for (let i = 2; i <= size; i++) factorials[i] = factorials[i - 1]! * i;
  return Array.from({ length: size }, (_, i) =>
    Float64Array.from({ length: size }, (_, j) => {
      const order = i - j + 1;
      if (order < 0) return 0;
      const corner = i === size - 1 && j === 0;
      let entry = 1;
      if (j === 0) entry -= h ** (i + 1);
      if (i === size - 1) entry -= h ** (size - j);
      if (corner) entry += Math.max(0, 2 * h - 1) ** size;
      return entry / factorials[order]!;
    }),
  );
}

function multiply(row: Float64Array, matrix: readonly Float64Array[], factor: number): Float64Array {
  const product = new Float64Array(row.length);
  matrix.forEach((entries, i) => {
    const weight = row[i]! * factor;
    if (weight !== 0) for (let j = 0; j < product.length; j++) product[j]! += weight * entries[j]!;
  });
  return product;
}
