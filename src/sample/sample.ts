import { blockCount, drawBlocks, type Tally } from "./draws.js";
import { constantResult, identityResult } from "./fixed.js";
import { makeGrid, toHistogram } from "./grid.js";
import {
  type CheckedRequest,
  checkRequest,
  SampleError,
  type SampleRequest,
  type SampleResult,
} from "./request.js";
import { type Standard, standardize, toValue } from "./standard.js";

/** Draws at once; throws `SampleError` for a request that cannot be answered. */
export function sample(request: SampleRequest): SampleResult {
  const steps = sampleSteps(request);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * The same in steps of at most a few milliseconds: each yields the fraction done, and the last
 * returns the result.
 */
export function* sampleSteps(request: SampleRequest): Generator<number, SampleResult> {
  const began = Date.now();
  const result = yield* resultSteps(checkRequest(request));
  return { ...result, milliseconds: Date.now() - began };
}

function* resultSteps(request: CheckedRequest): Generator<number, SampleResult> {
  const { distribution } = request;
  switch (distribution.kind) {
    case "constant":
      return constantResult(request, distribution.value);
    case "identity":
      return identityResult(request, distribution.gain);
    case "uniform":
    case "normal":
    case "truncated_normal": {
      const standard = standardize(distribution);
      return typeof standard === "number"
        ? constantResult(request, standard)
        : finishDraws(request, standard, yield* drawAll(request, standard));
    }
    default:
      throw new SampleError(`values of kind ${distribution.kind} cannot be drawn yet`);
  }
}

function* drawAll(request: CheckedRequest, standard: Standard): Generator<number, Tally> {
  const steps = drawBlocks(request, standard, 0, blockCount(request.count));
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield value / request.count;
  }
}

/** The figures of a tally, from standard units to values. */
export function finishDraws(request: CheckedRequest, standard: Standard, tally: Tally): SampleResult {
  const { count, bins, method } = request;
  const grid = makeGrid(standard, bins);
  const mean = tally.sums.reduce((sum, part) => sum + part, 0) / count;
  const square = tally.squares.reduce((sum, part) => sum + part, 0) / count;
  return {
    count,
    mean: toValue(standard, mean),
    std: standard.scale * Math.sqrt(Math.max(0, square - mean * mean)),
    min: toValue(standard, tally.min),
    max: toValue(standard, tally.max),
    histogram: toHistogram(grid, tally.cells, standard),
    kolmogorovSmirnov: null,
    method,
    milliseconds: 0,
    ...(request.values > 0 && { values: tally.values }),
  };
}
