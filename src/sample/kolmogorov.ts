import { type KolmogorovSmirnov, kolmogorovTail } from "../init/fit.js";

/**
 * The Kolmogorov–Smirnov distance at the ends of cells with `counts` values each. Between ends it may be
 * larger: with thousands of cells by about one part in a hundred, so the p-value errs to the safe side by
 * as little.
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
    // Between empty cells the distance is not the largest: the law only rises there.
    if (counts[cell] === 0 && counts[cell + 1] === 0) continue;
    statistic = Math.max(statistic, Math.abs(below(end(cell)) - sum / n));
  }
  return { statistic, pValue: kolmogorovTail(n, statistic) };
}
