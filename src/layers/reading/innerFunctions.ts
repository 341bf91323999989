/**
 * Functions that a definition returns, where nobody calls them: `def block(filters): def f(x): …; return f`.
 * They are called with arguments nobody knows while there are layers in the definition that no call made.
 */
import type { Evaluator, Loaded } from "../../python/evaluator.js";
import { PyFunction } from "../../python/values.js";
import { argumentOf, required } from "./assumedArguments.js";
import { Allowance, type ReachingOutcome, type Unmade } from "./unmade.js";
import { type Assumed, type AssumedCall, callAssumed } from "./unreached.js";

/** How many functions in functions are called: `block(64)(3)(x)` is rare. */
const MOST_INNER = 2;

export function callInner(
  evaluator: Evaluator,
  loaded: Loaded,
  unmade: Unmade,
  call: (assumed: Assumed, make: () => AssumedCall) => ReachingOutcome,
): void {
  const allowance = new Allowance();
  for (const assumed of unmade.definitions) {
    if (allowance.isSpent) return;
    if (!(assumed.value instanceof PyFunction) || !unmade.isIn(assumed)) continue;
    const outcome = call(assumed, () => callReturned(evaluator, loaded, assumed));
    unmade.reach(outcome);
    allowance.spend(outcome);
  }
}

/** The call of what the definition returns, as long as that is a function of the document. */
function callReturned(evaluator: Evaluator, loaded: Loaded, assumed: Assumed): AssumedCall {
  let { evaluation, text } = callAssumed(evaluator, loaded, assumed);
  for (let depth = 0; depth < MOST_INNER; depth++) {
    const { value } = evaluation;
    if (!(value instanceof PyFunction) || value.globals !== loaded.module) break;
    const given = required(value, 0).map(({ name }) => argumentOf(name));
    evaluation = evaluator.call(value, [], new Map(given.map((one) => [one.name, one.value])));
    text += `(${given.map((one) => one.text).join(", ")})`;
  }
  return { evaluation, text };
}
