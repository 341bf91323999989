/**
 * Functions that a definition returns, where nobody calls them: `def block(filters): def f(x): …; return f`.
 * They are called with arguments nobody knows while there are layers in the definition that no call made.
 */
import type { Evaluator, Loaded } from "../../python/evaluator.js";
import { PyFunction, type Span } from "../../python/values.js";
import { argumentOf, required } from "./assumedArguments.js";
import { placeKey } from "./callSites.js";
import { layerCallFinder } from "./layerCalls.js";
import type { MethodOutcome } from "./uncalledMethods.js";
import { type Assumed, type AssumedCall, callAssumed, callable } from "./unreached.js";

/** Operations spent on all of them together: about half a second. */
const MAX_STEPS = 1_500_000;

/** How many functions in functions are called: `block(64)(3)(x)` is rare. */
const MOST_INNER = 2;

export function callInner(
  evaluator: Evaluator,
  loaded: Loaded,
  reachedBefore: readonly Span[],
  call: (assumed: Assumed, make: () => AssumedCall) => MethodOutcome,
): void {
  const reached = new Set(reachedBefore.map(placeKey));
  const layerCalls = layerCallFinder(evaluator, loaded);
  let spent = 0;
  for (const assumed of callable(evaluator, loaded)) {
    if (spent > MAX_STEPS) return;
    const isMade = layerCalls(assumed.node).every((one) => reached.has(placeKey(one)));
    if (isMade || !(assumed.value instanceof PyFunction)) continue;
    const outcome = call(assumed, () => callReturned(evaluator, loaded, assumed));
    for (const place of outcome.reached) reached.add(placeKey(place));
    spent += outcome.steps;
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
