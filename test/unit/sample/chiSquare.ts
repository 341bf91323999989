import { normalSf } from "../../../src/init/normal.js";

/**
 * The probability of a chi-square statistic at least as large, by Wilson and Hilferty's cube root, which is
 * within a few thousandths for the ten and more degrees of freedom used in these tests.
 */
export function chiSquarePValue(statistic: number, degrees: number): number {
  const width = 2 / (9 * degrees);
  return normalSf(((statistic / degrees) ** (1 / 3) - (1 - width)) / Math.sqrt(width));
}

/** Pearson's statistic of counts against the numbers expected. */
export function chiSquare(counts: ArrayLike<number>, expected: (cell: number) => number): number {
  let statistic = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    statistic += (counts[cell]! - expected(cell)) ** 2 / expected(cell);
  }
  return statistic;
}
