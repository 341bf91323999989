import { finishTally } from "./finish.js";
import { constantResult, identityResult } from "./fixed.js";
import { orthogonalSteps } from "./orthogonal.js";
import {
  type CheckedRequest,
  checkRequest,
  SampleError,
  type SampleRequest,
  type SampleResult,
} from "./request.js";
import { standardize } from "./standard.js";
import { drawTally } from "./tally.js";

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
      return identityResult(request, distribution);
    case "orthogonal":
      return yield* orthogonalSteps(request, distribution);
    case "uniform":
    case "normal":
    case "truncated_normal": {
      const standard = standardize(distribution);
      return typeof standard === "number"
        ? constantResult(request, standard)
        : finishTally(request, standard, yield* drawTally(request, standard));
    }
    case "unknown":
      throw new SampleError("the distribution is not known, so nothing can be drawn from it");
  }
}
