/**
 * Methods that nobody calls, of classes that are no layers themselves: `ResnetBuilder.build_18(shape, classes)`.
 * They are called with arguments nobody knows while there are layers, or draws of weights, that no call made.
 */

import type { Evaluator, Loaded } from "../../python/evaluator.js";
import type { FunctionDefinition } from "../../python/syntax/ast.js";
import { BoundMethod, PyClass, PyFunction, type Span, type Value } from "../../python/values.js";
import { isLayer, namedArgument, required, wrapped } from "./assumedArguments.js";
import { placeKey } from "./callSites.js";
import { layerCallFinder } from "./layerCalls.js";
import { type Assumed, type AssumedCall, callAssumed, callable, type Outcome } from "./unreached.js";

/** Operations spent on all of them together: about half a second. */
const MAX_STEPS = 1_500_000;

/** A method to be called on what its class makes. */
export interface Uncalled extends Assumed {
  readonly method: string;
}

/** What such a call did: where it made layers, with or without sizes. */
export interface MethodOutcome extends Outcome {
  readonly reached: readonly Span[];
}

export function callMethods(
  evaluator: Evaluator,
  loaded: Loaded,
  reachedBefore: readonly Span[],
  hasRun: (method: FunctionDefinition) => boolean,
  call: (uncalled: Uncalled, make: () => AssumedCall) => MethodOutcome,
): void {
  const reached = new Set(reachedBefore.map(placeKey));
  const layerCalls = layerCallFinder(evaluator, loaded);
  const found = callable(evaluator, loaded);
  const wanted = found.flatMap(({ node }) => layerCalls(node).map(placeKey));
  let spent = 0;
  for (const assumed of found) {
    if (!(assumed.value instanceof PyClass) || isLayer(assumed.value)) continue;
    for (const method of methodsOf(assumed, loaded.program.text)) {
      if (spent > MAX_STEPS || wanted.every((place) => reached.has(place))) return;
      if (hasRun(method)) continue;
      const outcome = call({ ...assumed, method: method.name }, () =>
        callMethod(evaluator, loaded, assumed, method.name),
      );
      for (const place of outcome.reached) reached.add(placeKey(place));
      spent += outcome.steps;
    }
  }
}

/** Public methods; those of which the text speaks least before those that they may call. */
function methodsOf({ node }: Assumed, text: string): readonly FunctionDefinition[] {
  const methods = node.body.statements.filter(
    (one): one is FunctionDefinition => one.kind === "FunctionDef" && !one.name.startsWith("__"),
  );
  const mentions = ({ name }: FunctionDefinition) => text.split(new RegExp(`\\b${name}\\b`)).length;
  return methods
    .map((method) => ({ method, count: mentions(method) }))
    .sort((one, other) => one.count - other.count)
    .map(({ method }) => method);
}

/** Of a static method or a class's own the class is the owner, of any other what the class makes. */
function callMethod(evaluator: Evaluator, loaded: Loaded, assumed: Assumed, name: string): AssumedCall {
  const isPlain = assumed.value instanceof PyClass && assumed.value.lookup(name) instanceof PyFunction;
  const made = isPlain ? callAssumed(evaluator, loaded, assumed) : null;
  const method = evaluator.lookUp(made?.evaluation.value ?? assumed.value, name) ?? null;
  const asked = argumentsOf(method).map((one) => namedArgument(evaluator, loaded, one));
  const evaluation = evaluator.call(method, [], new Map(asked.map((one) => [one.name, one.value])));
  const given = asked.map((one) => one.text).join(", ");
  return { evaluation, text: `${made?.text ?? assumed.node.name}.${name}(${given})` };
}

function argumentsOf(method: Value): readonly string[] {
  const bound = method instanceof BoundMethod ? 1 : 0;
  const func = method instanceof BoundMethod ? method.func : method;
  return func instanceof PyFunction ? required(wrapped(func), bound).map(({ name }) => name) : [];
}
