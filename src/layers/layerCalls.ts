/** Calls in a definition's text that make a layer, found by what their names stand for. */
import type { Call, Statement } from "../python/ast.js";
import type { Evaluator, Loaded } from "../python/evaluator.js";
import { isStub } from "../python/stubs.js";
import { PyClass, PyFunction, PyModule, type Span, type Value } from "../python/values.js";
import { dottedName, eachExpression } from "../python/walk.js";
import { lasting } from "../sameness.js";
import { isLayer } from "./assumedArguments.js";

/** A framework's own layer: `nn.Dense`, and no class that a program derives from one. */
const isLayerClass = (value: Value | undefined): boolean =>
  value instanceof PyClass && value.definition !== null && isStub(value.definition) && isLayer(value);

/** A stub's function that makes weights by itself: `tf.get_variable`, `tf.layers.dense`. */
const isMaker = (value: Value | undefined): boolean =>
  value instanceof PyFunction && value.attributes?.get("_makes_layer") === true;

const makes = (value: Value | undefined): boolean => isLayerClass(value) || isMaker(value);

/** Finds every `nn.Dense(…)` within a statement whose dotted name leads to a layer at the module's end. */
export function layerCallFinder(
  evaluator: Evaluator,
  { module, program }: Loaded,
): (node: Statement) => readonly Span[] {
  const known = new Map<string, boolean>();
  const makesLayer = ({ name }: NamedCall): boolean => {
    const answer = known.get(name) ?? makes(valueAt(evaluator, module, name));
    known.set(name, answer);
    return answer;
  };
  return (node) =>
    dottedCalls(node)
      .filter(makesLayer)
      .map(({ call }) => program.unit.span(call));
}

interface NamedCall {
  readonly name: string;
  readonly call: Call;
}

/** All calls `a.b(…)`; a statement that an edit leaves alone stays the same node. */
const dottedCalls = lasting((node: Statement): readonly NamedCall[] => {
  const found: NamedCall[] = [];
  eachExpression(node, (one) => {
    const name = one.kind === "Call" ? dottedName(one.func) : null;
    if (one.kind === "Call" && name !== null) found.push({ name, call: one });
  });
  return found;
});

/** What a dotted name stands for, as far as modules lead. */
function valueAt(evaluator: Evaluator, module: PyModule, dotted: string): Value | undefined {
  let value: Value | undefined = module;
  for (const name of dotted.split(".")) {
    value = value instanceof PyModule ? evaluator.lookUp(value, name) : undefined;
  }
  return value;
}
