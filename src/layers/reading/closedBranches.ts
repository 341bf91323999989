/**
 * Layers in branches that a default closes: `if self.num_classes:` where that is None if nobody gives it. A
 * definition of which some layers were not made is called once more with such defaults open, so that both
 * ways are followed: first those that say yes, no or nothing, then texts too, then all: `if len(hidden) > 0` of
 * sizes that are there by default. Its other defaults stay, and only what no call made before is told of it.
 */
import type { Evaluator, Loaded } from "../../python/evaluator.js";
import type { Value } from "../../python/values.js";
import { type Argument, argumentOf, closes, optionalArguments } from "./assumedArguments.js";
import { Allowance, type ReachingOutcome, type Unmade } from "./unmade.js";
import { type Assumed, type AssumedCall, callAssumed } from "./unreached.js";

/** Which defaults are opened, reading after reading. */
const READINGS = [closes, (value: Value) => closes(value) || typeof value === "string", (_: Value) => true];

/** Another way to call a definition: the number of the reading tells it from the others. */
export interface Opened extends Assumed {
  readonly reading: number;
}

/** Calls each definition that has layer calls which are not made, with more and more defaults open. */
export function readClosedBranches(
  evaluator: Evaluator,
  loaded: Loaded,
  unmade: Unmade,
  call: (opened: Opened, make: () => AssumedCall) => ReachingOutcome,
): void {
  const allowance = new Allowance();
  for (const assumed of unmade.definitions) {
    let opened = -1;
    for (const [reading, isOpened] of READINGS.entries()) {
      if (allowance.isSpent) return;
      if (!unmade.isIn(assumed)) break;
      const open = optionalArguments(assumed.value).filter((one) => isOpened(one.default));
      if (open.length === opened) continue;
      opened = open.length;
      const outcome = call({ ...assumed, reading }, () =>
        callAssumed(evaluator, loaded, assumed, open.map(unwritten)),
      );
      unmade.reach(outcome);
      allowance.spend(outcome);
    }
  }
}

/** In the text of the call an ellipsis stands for all of them. */
export const unwritten = ({ name }: { readonly name: string }, index: number): Argument => ({
  ...argumentOf(name),
  text: index === 0 ? "…" : null,
});
