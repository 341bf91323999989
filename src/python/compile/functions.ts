/** Function definitions: what happens at the `def`, and the body when it is first called. */

import { joinReturns } from "../branches/fork.js";
import { FunctionCode } from "../calls/code.js";
import { type Evaluate, type Execute, FORKED, type Frame, RETURN } from "../calls/frame.js";
import { startGenerator } from "../calls/generator.js";
import type { Block, Comprehension, FunctionDefinition, Lambda, Parameters } from "../syntax/ast.js";
import { analyzeFunction } from "../syntax/resolveNames.js";
import type { Scope } from "../syntax/scope.js";
import { Cell, PyFunction, type Value } from "../values.js";
import { expression, expressions } from "./expressions.js";
import { compileGenerator, compileGeneratorExpressionBody } from "./generators.js";
import { compileBlock } from "./statements.js";
import type { Unit } from "./unit.js";

/** A compiled function. */
export interface Body {
  readonly scope: Scope;
  /** Parameters that inner functions see: their value moves into a Cell. */
  readonly cellSlots: readonly number[];
  run(frame: Frame): Value;
}

export function compileFunction(node: FunctionDefinition | Lambda | Comprehension, outer: Unit): Body {
  const scopes = outer.scopes;
  const scope = scopes.get(node) ?? analyzeFunction(node, outer.scope, scopes);
  const name = node.kind === "FunctionDef" ? node.name : node.kind === "Lambda" ? "<lambda>" : "<genexpr>";
  const unit = outer.inside(scope, `${outer.qualify(name)}.<locals>`);
  const run = compileRun(node, unit, scope);
  return { scope, cellSlots: scope.cellSlots, run };
}

function compileRun(
  node: FunctionDefinition | Lambda | Comprehension,
  unit: Unit,
  scope: Scope,
): (frame: Frame) => Value {
  if (node.kind === "Lambda" && !scope.isGenerator) return expression(node.body, unit);
  if (node.kind === "FunctionDef" && node.isAsync) {
    return (frame) => frame.machine.unknown(`the coroutine ${node.name}`);
  }
  if (node.kind === "FunctionDef" && !scope.isGenerator) return functionRun(compileBlock(node.body, unit));
  const steps =
    node.kind === "FunctionDef"
      ? compileGenerator(node.body, unit)
      : node.kind === "Lambda"
        ? compileGenerator(returning(node), unit)
        : compileGeneratorExpressionBody(node, unit);
  return (frame) => startGenerator(frame, steps);
}

const returning = (node: Lambda): Block => ({
  statements: [{ kind: "Return", value: node.body, start: node.start, end: node.end }],
});

function functionRun(block: Execute): (frame: Frame) => Value {
  return (frame) => {
    const completion = block(frame);
    if (completion === RETURN) return frame.returned;
    return completion === FORKED ? joinReturns(frame) : null;
  };
}

/** The Cells a new function object takes along, in the order of its scope's `free`. */
export function closureFor(node: object, unit: Unit): (frame: Frame) => readonly Cell[] {
  const scope = unit.scopes.get(node);
  if (scope === undefined) {
    // Not analysed yet: it stands in a module or in a class there, and can see no variable but `__class__`.
    const own = unit.resolve("__class__");
    if (unit.scope.kind !== "class" || own.kind !== "cell") return () => [];
    return (frame) => [frame.slots[own.index] as Cell];
  }
  const sources = scope.free.map((name) =>
    unit.scope.kind === "class" && name !== "__class__" ? outerOf(unit, name) : unit.resolve(name),
  );
  return (frame) =>
    sources.map((source) => {
      if (source.kind === "cell") return frame.slots[source.index] as Cell;
      return source.kind === "free" ? frame.closure[source.index]! : new Cell();
    });
}

function outerOf(unit: Unit, name: string) {
  const resolution = unit.resolve(name);
  return resolution.kind === "class" ? resolution.outer : resolution;
}

function compileDefaults(parameters: Parameters, unit: Unit) {
  const positional = [...parameters.positionalOnly, ...parameters.positional];
  const values = expressions(
    positional.flatMap((one) => (one.default === null ? [] : [one.default])),
    unit,
  );
  const keywords = parameters.keywordOnly.flatMap((one) =>
    one.default === null ? [] : [{ name: one.name, value: expression(one.default, unit) }],
  );
  return (frame: Frame): [readonly Value[], ReadonlyMap<string, Value>] => [
    values.map((value) => value(frame)),
    new Map(keywords.map(({ name, value }) => [name, value(frame)])),
  ];
}

/** Makes the function object, without its decorators. */
export function compileFunctionObject(
  node: FunctionDefinition | Lambda,
  unit: Unit,
): (frame: Frame) => PyFunction {
  const code = new FunctionCode(node, unit);
  const defaults = compileDefaults(node.parameters, unit);
  const closure = closureFor(node, unit);
  const name = unit.qualify(code.name);
  return (frame) => {
    const [positional, keywords] = defaults(frame);
    return new PyFunction(code, frame.globals, closure(frame), positional, keywords, name);
  };
}

export const compileLambda = (node: Lambda, unit: Unit): Evaluate => compileFunctionObject(node, unit);
