/** What was done to a weight, newest first. */
import type { Step } from "../tensor.js";

const DRAWS = /^(rand|randn|(uniform|normal|trunc_normal|xavier_\w+|kaiming_\w+|orthogonal|sparse)_)$/;

/** Whether a step draws numbers at random. */
export const isDraw = ({ op }: Step): boolean => DRAWS.test(op);

/** The steps of a history, newest first, up to one that is not asked for. */
export function* stepsBack(newest: Step | null, oldest: Step | null = null): Generator<Step> {
  for (let step = newest; step !== null && step !== oldest; step = step.previous) yield step;
}
