import type { Histogram } from "./request.js";
import { type Standard, toValue } from "./standard.js";

/**
 * Values are counted in fine cells of equal width in standard units; at the end whole groups of cells
 * make the bars. So one pass suffices although the range of the bars follows the values drawn.
 */
export interface Grid {
  /** Left end of the first cell, and how many cells a standard unit has. */
  readonly low: number;
  readonly density: number;
  readonly cells: number;
  readonly bins: number;
  /** True where the end of the grid is a bound of the distribution, and so always an end of the bars. */
  readonly lowBound: boolean;
  readonly highBound: boolean;
}

/** No standard normal value of ours is beyond: the tail is made from 53-bit numbers. */
const REACH = 12.5;
/** A bound further out is not where the bars should end: values hardly get there. */
const FAR_BOUND = 5;
/** Counters of 32 kB, the half in use well within a processor's first cache; some 36 cells a bar. */
const CELLS = 4096;
/** So that the range of the bars fits the values to about 1 in 16 even for many bars. */
const MIN_CELLS_PER_BIN = 16;

/** The fine cells for a histogram of `bins` bars. */
export function makeGrid({ low, high }: Standard, bins: number): Grid {
  const cells = bins * Math.max(MIN_CELLS_PER_BIN, Math.floor(CELLS / bins));
  const lowBound = low > -FAR_BOUND;
  const highBound = high < FAR_BOUND;
  // Far in one tail the reach is beyond the bound that is nearest to the middle.
  const from = lowBound ? low : Math.max(low, Math.min(-REACH, high - REACH));
  const to = highBound ? high : Math.min(high, Math.max(REACH, low + REACH));
  return { low: from, density: cells / (to - from), cells, bins, lowBound, highBound };
}

/** The bars: the narrowest groups of fine cells that hold all values. */
export function toHistogram(grid: Grid, counts: Float64Array, standard: Standard): Histogram {
  const { start, width } = fitBars(grid, counts);
  const bars = Array.from({ length: grid.bins }, (_, bar) => {
    const from = start + bar * width;
    return counts.subarray(from, from + width).reduce((sum, count) => sum + count, 0);
  });
  const end = start + grid.bins * width;
  const [low, high] = [edgeValue(grid, start, standard), edgeValue(grid, end, standard)];
  // A std below the rounding of the mean leaves nothing between the ends.
  const apart = low < high ? 0 : Math.max(Math.abs(low) * Number.EPSILON, Number.MIN_VALUE);
  return { low: low - apart, high: high + apart, counts: bars };
}

/** The value at the left end of cell `index`. */
function edgeValue(grid: Grid, index: number, standard: Standard): number {
  if (index === 0 && grid.lowBound) return standard.bounds[0];
  if (index === grid.cells && grid.highBound) return standard.bounds[1];
  return toValue(standard, cellEdge(grid, index));
}

/** The left end of cell `index` in standard units. */
export function cellEdge(grid: Grid, index: number): number {
  return grid.low + index / grid.density;
}

/** First cell of the bars, and how many cells make one. */
function fitBars(grid: Grid, counts: Float64Array): { start: number; width: number } {
  const { cells, bins } = grid;
  const first = counts.findIndex((count) => count > 0);
  const last =
    counts.length -
    1 -
    counts
      .slice()
      .reverse()
      .findIndex((count) => count > 0);
  for (let width = 1; ; width++) {
    const room = cells - bins * width;
    const start = grid.lowBound ? 0 : grid.highBound ? room : Math.floor(room / 2);
    const holds = start <= first && last < start + bins * width;
    const whole = !(grid.lowBound && grid.highBound) || room === 0;
    if (room === 0 || (holds && whole)) return { start, width };
  }
}
