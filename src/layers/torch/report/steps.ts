/** What was done to a weight, newest first. */
import { drawsAnew } from "../../../init/inPlaceCalls.js";
import type { Step } from "../../tensors/tensor.js";

/** Whether a step draws numbers at random. */
export const isDraw = ({ op }: Step): boolean => op === "rand" || op === "randn" || drawsAnew(op);

/** The steps of a history, newest first, up to one that is not asked for. */
export function* stepsBack(newest: Step | null, oldest: Step | null = null): Generator<Step> {
  for (let step = newest; step !== null && step !== oldest; step = step.previous) yield step;
}
