import { drawPart, joinParts } from "./parts.js";
import type { Argument, Method, Result } from "./protocol.js";
import { sampleSteps } from "./sample.js";

/**
 * Work in steps of at most a few milliseconds, each yielding the fraction done, so that one worker can
 * serve several calls at once and hear of a cancellation.
 */
export type Steps<R> = Generator<number, R>;

/** What a worker can do: work in steps, or a promise where a library sets the pace. */
export const METHODS: {
  readonly [M in Method]: (argument: Argument<M>) => Steps<Result<M>> | Promise<Result<M>>;
} = {
  sample: sampleSteps,
  drawPart,
  joinParts,
};
