/**
 * Layers in branches that a default closes: `if self.num_classes:` where that is None if nobody gives it. A
 * definition of which some layers were not made is called once more with such defaults open, so that both
 * ways are followed: first those that say yes, no or nothing, then texts too. Its other defaults stay, and only
 * what no call made before is told of it.
 */
import type { Evaluator, Loaded } from "../../python/evaluator.js";
import type { Span, Value } from "../../python/values.js";
import { type Argument, argumentOf, closes, optionalArguments } from "./assumedArguments.js";
import { placeKey } from "./callSites.js";
import { layerCallFinder } from "./layerCalls.js";
import { type Assumed, type AssumedCall, callAssumed, callable, type Outcome } from "./unreached.js";

/** Operations spent on all of them together: about half a second. */
const MAX_STEPS = 1_500_000;

/** Which defaults are opened, reading after reading. */
const READINGS = [closes, (value: Value) => closes(value) || typeof value === "string"];

/** Another way to call a definition: the number of the reading tells it from the others. */
export interface Opened extends Assumed {
  readonly reading: number;
}

/** What such a call did, and where it made layers, with or without sizes. */
export interface OpenedOutcome extends Outcome {
  readonly reached: readonly Span[];
}

/** Calls each definition that has layer calls which were not `reached`, with more and more defaults open. */
export function readClosedBranches(
  evaluator: Evaluator,
  loaded: Loaded,
  reachedBefore: readonly Span[],
  call: (opened: Opened, make: () => AssumedCall) => OpenedOutcome,
): void {
  const reached = new Set(reachedBefore.map(placeKey));
  const layerCalls = layerCallFinder(evaluator, loaded);
  let spent = 0;
  for (const assumed of callable(evaluator, loaded)) {
    const calls = layerCalls(assumed.node).map(placeKey);
    let opened = -1;
    for (const [reading, isOpened] of READINGS.entries()) {
      if (spent > MAX_STEPS) return;
      if (calls.every((place) => reached.has(place))) break;
      const open = optionalArguments(assumed.value).filter((one) => isOpened(one.default));
      if (open.length === opened) continue;
      opened = open.length;
      const outcome = call({ ...assumed, reading }, () =>
        callAssumed(evaluator, loaded, assumed, open.map(unwritten)),
      );
      for (const place of outcome.reached) reached.add(placeKey(place));
      spent += outcome.steps;
    }
  }
}

/** In the text of the call an ellipsis stands for all of them. */
const unwritten = ({ name }: { readonly name: string }, index: number): Argument => ({
  ...argumentOf(name),
  text: index === 0 ? "…" : null,
});
