/**
 * Methods that nobody calls, of classes that are no layers themselves: `ResnetBuilder.build_18(shape, classes)`.
 * They are called with arguments nobody knows while there are layers, or draws of weights, that no call made.
 */

import type { Evaluator, Loaded } from "../../python/evaluator.js";
import type { FunctionDefinition } from "../../python/syntax/ast.js";
import { BoundMethod, PyClass, PyFunction, type Value } from "../../python/values.js";
import {
  type Argument,
  isLayer,
  namedArgument,
  optionalArguments,
  required,
  wrapped,
} from "./assumedArguments.js";
import { unwritten } from "./closedBranches.js";
import { Allowance, type ReachingOutcome, type Unmade } from "./unmade.js";
import { type Assumed, type AssumedCall, callAssumed } from "./unreached.js";

/** A method to be called on what its class makes. */
export interface Uncalled extends Assumed {
  readonly method: string;
}

export function callMethods(
  evaluator: Evaluator,
  loaded: Loaded,
  unmade: Unmade,
  hasRun: (method: FunctionDefinition) => boolean,
  call: (uncalled: Uncalled, make: () => AssumedCall) => ReachingOutcome,
): void {
  const allowance = new Allowance();
  for (const assumed of unmade.definitions) {
    if (!(assumed.value instanceof PyClass) || isLayer(assumed.value)) continue;
    for (const method of methodsOf(assumed, loaded.program.text)) {
      if (allowance.isSpent || !unmade.isAnywhere) return;
      if (hasRun(method)) continue;
      const outcome = call({ ...assumed, method: method.name }, () =>
        callMethod(evaluator, loaded, assumed, method.name),
      );
      unmade.reach(outcome);
      allowance.spend(outcome);
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

/**
 * A method that raises may ask for what is None by default and given by others: `Dense(units, input_shape=None)`.
 * It is called once more on an object of which nobody knows that.
 */
function callMethod(evaluator: Evaluator, loaded: Loaded, assumed: Assumed, name: string): AssumedCall {
  const called = callOnce(evaluator, loaded, assumed, name);
  const given = optionalArguments(assumed.value).filter((one) => one.default === null);
  if (called.evaluation.raised === null || given.length === 0) return called;
  return callOnce(evaluator, loaded, assumed, name, given.map(unwritten));
}

/** Of a static method or a class's own the class is the owner, of any other what the class makes. */
function callOnce(
  evaluator: Evaluator,
  loaded: Loaded,
  assumed: Assumed,
  name: string,
  more: readonly Argument[] = [],
): AssumedCall {
  const isPlain = assumed.value instanceof PyClass && assumed.value.lookup(name) instanceof PyFunction;
  const made = isPlain ? callAssumed(evaluator, loaded, assumed, more) : null;
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
