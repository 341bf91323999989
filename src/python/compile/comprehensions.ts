import { branchMerger, explore, unknownLoop } from "../branches/fork.js";
import { FunctionCode } from "../calls/code.js";
import { type Evaluate, type Execute, type Frame, NORMAL } from "../calls/frame.js";
import { setKey } from "../operations/hashing.js";
import { iterator } from "../operations/iteration.js";
import { truth } from "../operations/operators.js";
import type { Comprehension, ComprehensionClause } from "../syntax/ast.js";
import { Cell, PyDict, PyFunction, PyList, PySet, Unknown, type Value } from "../values.js";
import { addToSet, expression, expressions } from "./expressions.js";
import { closureFor } from "./functions.js";
import { assignTo } from "./targets.js";
import type { Unit } from "./unit.js";

type Collection = PyList | PySet | PyDict;

/** List, set and dict comprehensions run in the frame around them, with variables of their own. */
export function compileComprehension(node: Comprehension, unit: Unit): Evaluate {
  const scope = unit.scopes.get(node)!;
  const inner = unit.inside(scope);
  inner.replaced = unit.replaced;
  const result = scope.temporary();
  const cells = [...scope.variables.values()].filter((one) => one.isCaptured).map(({ index }) => index);
  const add = collector(node, inner, result);
  const run = clauseFrom(node.clauses, 0, add, unit, inner);
  const make: () => Collection =
    node.kind === "ListComp"
      ? () => new PyList([])
      : node.kind === "SetComp"
        ? () => new PySet()
        : () => new PyDict();
  return (frame) => {
    if (frame.machine.journal !== null) frame.touch();
    for (const index of cells) frame.slots[index] = new Cell();
    const collection = make();
    // A comprehension may run again inside itself (recursion through its own function has its own frame,
    // but a nested run of the same frame does not happen), so one slot is enough.
    frame.slots[result] = collection;
    run(frame);
    return collection;
  };
}

function collector(node: Comprehension, unit: Unit, result: number): (frame: Frame) => void {
  const element = expression(node.element, unit);
  if (node.kind === "ListComp") {
    return (frame) => {
      const value = element(frame);
      const list = frame.slots[result] as PyList;
      if (frame.machine.journal !== null) frame.machine.touch(list);
      list.items.push(value);
    };
  }
  if (node.kind === "SetComp") {
    return (frame) => {
      const value = element(frame);
      const set = frame.slots[result] as PySet;
      frame.machine.touch(set);
      addToSet(frame, set, value);
    };
  }
  const value = expression(node.value!, unit);
  return (frame) => {
    const key = element(frame);
    setKey(frame.machine, frame.slots[result] as PyDict, key, value(frame));
  };
}

/** The loops and conditions from clause `index` on, with `innermost` inside. */
function clauseFrom(
  clauses: readonly ComprehensionClause[],
  index: number,
  innermost: (frame: Frame) => void,
  outer: Unit,
  inner: Unit,
): (frame: Frame) => void {
  const clause = clauses[index];
  if (clause === undefined) return innermost;
  const iterable = expression(clause.iterable, index === 0 ? outer : inner);
  const assign = assignTo(clause.target, inner);
  const conditions = expressions(clause.conditions, inner);
  const body = clauseFrom(clauses, index + 1, innermost, outer, inner);
  const guarded: Execute = (frame) => checkFrom(frame, conditions, 0, body);
  return (frame) => {
    const { machine } = frame;
    const values = iterable(frame);
    const next = iterator(machine, values);
    if (!(next instanceof Unknown)) {
      for (let value = next(); value !== undefined; value = next()) {
        machine.step();
        assign(frame, value);
        guarded(frame);
      }
    }
    const unknown = next instanceof Unknown ? next : next.uncertain;
    if (!unknown) return;
    const once = () => {
      assign(frame, elementOf(frame, unknown));
      return guarded(frame);
    };
    unknownLoop(frame, once, unknown);
  };
}

/** What a loop over something unknown gives. */
export function elementOf(frame: Frame, iterable: Unknown): Value {
  const element = frame.machine.unknown(`an element of something unknown: ${iterable.reason}`, iterable.may);
  element.isInert = iterable.isInert;
  return frame.machine.gaveUnknown("__getitem__", [iterable], element);
}

function checkFrom(
  frame: Frame,
  conditions: readonly Evaluate[],
  index: number,
  body: (frame: Frame) => void,
): typeof NORMAL {
  const condition = conditions[index];
  if (condition === undefined) {
    body(frame);
    return NORMAL;
  }
  const answer = truth(frame.machine, condition(frame));
  if (answer === true) return checkFrom(frame, conditions, index + 1, body);
  if (answer instanceof Unknown) {
    const through = () => checkFrom(frame, conditions, index + 1, body);
    explore(frame, [through, () => NORMAL], branchMerger(frame, answer));
  }
  return NORMAL;
}

/** A generator expression is a generator function called at once with its first iterable. */
export function compileGeneratorExpression(node: Comprehension, unit: Unit): Evaluate {
  const code = new FunctionCode(node, unit);
  const iterable = expression(node.clauses[0]!.iterable, unit);
  const close = closureFor(node, unit);
  return (frame) => {
    const source = iterable(frame);
    const func = new PyFunction(code, frame.globals, close(frame), [], new Map(), unit.qualify("<genexpr>"));
    return frame.machine.call(func, [source]);
  };
}
