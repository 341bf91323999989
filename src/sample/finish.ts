import { keptCount, type Tally } from "./draws.js";
import { cellEdge, makeGrid, toHistogram } from "./grid.js";
import { kolmogorovOfCells, kolmogorovOfValues } from "./kolmogorov.js";
import { standardLaw } from "./law.js";
import type { CheckedRequest, KolmogorovSmirnov, SampleResult } from "./request.js";
import { type Standard, toValue } from "./standard.js";

/** The figures of a tally, from standard units to values. */
export function finishTally(request: CheckedRequest, standard: Standard, tally: Tally): SampleResult {
  const { count, bins, method } = request;
  const mean = sum(tally.sums) / count;
  const variance = sum(tally.squares) / count - mean * mean;
  return {
    count,
    mean: toValue(standard, mean),
    // One value has no spread, whatever rounding says.
    std: count === 1 ? 0 : standard.scale * Math.sqrt(Math.max(0, variance)),
    min: toValue(standard, tally.min),
    max: toValue(standard, tally.max),
    histogram: toHistogram(makeGrid(standard, bins), tally.cells, standard),
    kolmogorovSmirnov: distance(request, standard, tally),
    method,
    milliseconds: 0,
    ...(request.values > 0 && {
      values: tally.kept.slice(0, request.values).map((z) => toValue(standard, z)),
    }),
  };
}

/** From all values where they are kept, else from the fine cells. */
function distance(request: CheckedRequest, standard: Standard, tally: Tally): KolmogorovSmirnov {
  const { below } = standardLaw(standard);
  if (request.method === "draws" && keptCount(request) === request.count) {
    return kolmogorovOfValues(tally.kept.slice().sort(), below);
  }
  const grid = makeGrid(standard, request.bins);
  return kolmogorovOfCells(tally.cells, (cell) => cellEdge(grid, cell + 1), below);
}

function sum(parts: Float64Array): number {
  return parts.reduce((total, part) => total + part, 0);
}
