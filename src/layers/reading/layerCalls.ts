/** Calls in a definition's text that make a layer or draw a weight, found by what their names stand for. */

import type { Evaluator, Loaded } from "../../python/evaluator.js";
import { isStub } from "../../python/modules/stubs.js";
import type { Call, Expression, Statement } from "../../python/syntax/ast.js";
import { dottedName, eachExpression, eachStatement, eachWithin } from "../../python/syntax/walk.js";
import { BoundMethod, PyClass, PyFunction, PyModule, type Span, type Value } from "../../python/values.js";
import { lasting } from "../../sameness.js";
import { WEIGHT } from "../bareWeights.js";
import { isGeneratorsDraw } from "../namedGenerators.js";
import { isLayer } from "./assumedArguments.js";

/** A framework's own layer: `nn.Dense`, and no class that a program derives from one. */
const isLayerClass = (value: Value | undefined): boolean =>
  value instanceof PyClass && value.definition !== null && isStub(value.definition) && isLayer(value);

/** A stub's function that makes weights by itself: `tf.get_variable`, `tf.layers.dense`. */
const isMaker = (value: Value | undefined): boolean =>
  value instanceof PyFunction && value.attributes?.get("_makes_layer") === true;

const makes = (value: Value | undefined): boolean => isLayerClass(value) || isMaker(value);

/** A draw of an array: `np.random.randn`, `jax.random.normal`. */
const isDraw = (value: Value | undefined): boolean =>
  value instanceof BoundMethod
    ? isDraw(value.func)
    : value instanceof PyFunction && RANDOM_MODULES.has(value.globals.name);

const RANDOM_MODULES: ReadonlySet<string> = new Set(["numpy.random", "jax.random"]);

/**
 * Finds every `nn.Dense(…)` within a statement whose dotted name leads to a layer at the module's end, and every
 * draw that is bound to a name of a weight.
 */
export function layerCallFinder(
  evaluator: Evaluator,
  { module, program }: Loaded,
): (node: Statement) => readonly Span[] {
  const known = new Map<string, boolean>();
  const isWanted = ({ name, isBound }: NamedCall): boolean => {
    const key = `${name} ${isBound}`;
    const value = known.has(key) ? undefined : valueAt(evaluator, module, name);
    const answer = known.get(key) ?? (makes(value) || (isBound && (isDraw(value) || isGeneratorsDraw(name))));
    known.set(key, answer);
    return answer;
  };
  return (node) =>
    dottedCalls(node)
      .filter(isWanted)
      .map(({ call }) => program.unit.span(call));
}

interface NamedCall {
  readonly name: string;
  readonly call: Call;
  /** Whether an assignment gives what it makes the name of a weight. */
  readonly isBound: boolean;
}

/** All calls `a.b(…)`; a statement that an edit leaves alone stays the same node. */
const dottedCalls = lasting((node: Statement): readonly NamedCall[] => {
  const found: NamedCall[] = [];
  const bound = boundToWeights(node);
  eachExpression(node, (one) => {
    const name = one.kind === "Call" ? dottedName(one.func) : null;
    if (one.kind === "Call" && name !== null) found.push({ name, call: one, isBound: bound.has(one) });
  });
  return found;
});

/** Everything inside what assignments call as weights are called: `self.W1 = 0.01 * np.random.randn(a, b)`. */
function boundToWeights(node: Statement): ReadonlySet<Expression> {
  const found = new Set<Expression>();
  eachStatement([node], (one) => {
    if (one.kind !== "Assign" || !one.targets.some((target) => WEIGHT.test(lastName(target)))) return;
    eachWithin(one.value, (part) => found.add(part));
  });
  return found;
}

/** `W1` of `self.W1`, `W1` and `params["W1"]`. */
function lastName(target: Expression): string {
  if (target.kind === "Attribute") return target.attr;
  if (target.kind === "Subscript" && target.index.kind === "Constant") return String(target.index.value);
  return target.kind === "Name" ? target.id : "";
}

/** What a dotted name stands for, as far as modules lead. */
function valueAt(evaluator: Evaluator, module: PyModule, dotted: string): Value | undefined {
  let value: Value | undefined = module;
  for (const name of dotted.split(".")) {
    value = value instanceof PyModule ? evaluator.lookUp(value, name) : undefined;
  }
  return value;
}
