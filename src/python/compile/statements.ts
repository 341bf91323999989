/** Each kind of statement, compiled to a closure that says how it ended. */

import { branchMerger, explore, resume } from "../branches/fork.js";
import {
  BREAK,
  CONTINUE,
  type Completion,
  type Evaluate,
  type Execute,
  FORKED,
  type Frame,
  NORMAL,
  RETURN,
} from "../calls/frame.js";
import { Raised } from "../errors.js";
import { setKey } from "../operations/hashing.js";
import { truth } from "../operations/operators.js";
import { raiseAgain, raiseValue } from "../operations/raising.js";
import type { AnnotatedAssign, Assert, Block, Expression, If, Raise, Statement } from "../syntax/ast.js";
import { keyStart, targetName } from "../syntax/targetName.js";
import { PyDict, PyObject, PyTuple, type Span, Unknown, type Value } from "../values.js";
import { compileAugmented } from "./augmented.js";
import { compileCall } from "./calls.js";
import { compileClass } from "./classes.js";
import { expression, expressions } from "./expressions.js";
import { compileFunctionObject } from "./functions.js";
import { compileImport, compileImportFrom } from "./imports.js";
import { compileFor, compileWhile } from "./loops.js";
import { compileMatch } from "./match.js";
import { assignTo, deleteTarget } from "./targets.js";
import { compileTry } from "./try.js";
import type { Unit } from "./unit.js";
import { storeName } from "./variables.js";
import { compileWith } from "./with.js";

/** A value that an assignment gives a name, and where it stands: alone, or at a place of a tuple. */
interface NamedValue {
  readonly name: string;
  readonly span: Span;
  readonly place: number | null;
}

/** `W1` of `W1 = …`; `W1` and `b1` of `W1, b1 = …, …`. */
function namedValues(target: Expression, value: Expression, unit: Unit): readonly NamedValue[] {
  const name = targetName(target) ?? keyStart(target);
  if (name !== null) return [{ name, span: unit.span(value), place: null }];
  const isSplit =
    target.kind === "Tuple" && value.kind === "Tuple" && target.elements.length === value.elements.length;
  if (!isSplit || [...target.elements, ...value.elements].some(({ kind }) => kind === "Starred")) return [];
  return target.elements.flatMap((one, place) => {
    const name = targetName(one) ?? keyStart(one);
    return name === null ? [] : [{ name, span: unit.span(value.elements[place]!), place }];
  });
}

type Compilers = { [K in Statement["kind"]]: (node: Extract<Statement, { kind: K }>, unit: Unit) => Execute };

const nothing: Execute = () => NORMAL;

const COMPILERS: Compilers = {
  Expr(node, unit) {
    if (node.value.kind === "Constant") return nothing;
    const value =
      node.value.kind === "Call" ? compileCall(node.value, unit, true) : expression(node.value, unit);
    return (frame) => {
      value(frame);
      return NORMAL;
    };
  },
  Assign(node, unit) {
    const value = expression(node.value, unit);
    const targets = node.targets.map((target) => assignTo(target, unit));
    const [only] = targets;
    const named = namedValues(node.targets[0]!, node.value, unit);
    if (named.length === 0 && targets.length === 1 && only !== undefined) {
      return (frame) => {
        only(frame, value(frame));
        return NORMAL;
      };
    }
    return (frame) => {
      const result = value(frame);
      for (const { name, span, place } of named) {
        const one = place === null ? result : result instanceof PyTuple ? result.items[place] : undefined;
        if (one instanceof PyObject) frame.machine.bound(one, name, span);
      }
      for (const assign of targets) assign(frame, result);
      return NORMAL;
    };
  },
  AugAssign: compileAugmented,
  AnnAssign: compileAnnotated,
  If: compileIf,
  Return(node, unit) {
    const value: Evaluate = node.value === null ? () => null : expression(node.value, unit);
    return (frame) => {
      frame.returned = value(frame);
      return RETURN;
    };
  },
  FunctionDef(node, unit) {
    const make = compileFunctionObject(node, unit);
    const decorate = compileDecorators(node.decorators, unit);
    const store = storeName(node.name, unit);
    return (frame) => {
      store(frame, decorate(frame, make));
      return NORMAL;
    };
  },
  ClassDef(node, unit) {
    const make = compileClass(node, unit);
    const decorate = compileDecorators(node.decorators, unit);
    const store = storeName(node.name, unit);
    return (frame) => {
      store(frame, decorate(frame, make));
      return NORMAL;
    };
  },
  For: compileFor,
  While: compileWhile,
  With: compileWith,
  Try: compileTry,
  Match: compileMatch,
  Raise: compileRaise,
  Assert: compileAssert,
  Import: compileImport,
  ImportFrom: compileImportFrom,
  Delete(node, unit) {
    const targets = node.targets.map((target) => deleteTarget(target, unit));
    return (frame) => {
      for (const remove of targets) remove(frame);
      return NORMAL;
    };
  },
  TypeAlias(node, unit) {
    const store = storeName(node.name.id, unit);
    return (frame) => {
      store(frame, frame.machine.unknown("a type alias"));
      return NORMAL;
    };
  },
  Global: () => nothing,
  Nonlocal: () => nothing,
  Pass: () => nothing,
  Break: () => () => BREAK,
  Continue: () => () => CONTINUE,
  ErrorStatement: (node, unit) => {
    const span = unit.span(node);
    return (frame) => {
      frame.site = span;
      frame.machine.incomplete("a statement that is no valid Python was skipped");
      return NORMAL;
    };
  },
};

export function statement(node: Statement, unit: Unit): Execute {
  return (COMPILERS[node.kind] as (node: Statement, unit: Unit) => Execute)(node, unit);
}

export const compileBlock = (block: Block, unit: Unit): Execute =>
  sequence(block.statements.map((one) => statement(one, unit)));

/** One statement after the other; what follows one that ended in several ways runs for the way that goes on. */
export function sequence(statements: readonly Execute[]): Execute {
  const from = (frame: Frame, start: number): Completion => {
    const { machine } = frame;
    for (let index = start; index < statements.length; index++) {
      machine.step();
      const completion = statements[index]!(frame);
      if (completion === NORMAL) continue;
      if (completion !== FORKED || index === statements.length - 1) return completion;
      return resume(frame, () => from(frame, index + 1));
    }
    return NORMAL;
  };
  return (frame) => from(frame, 0);
}

export function compileDecorators(
  nodes: readonly Expression[],
  unit: Unit,
): (frame: Frame, make: Evaluate) => Value {
  const decorators = expressions(nodes, unit);
  const spans = nodes.map((node) => unit.span(node));
  return (frame, make) => {
    const functions = decorators.map((decorator) => decorator(frame));
    let value = make(frame);
    for (let index = functions.length - 1; index >= 0; index--) {
      frame.site = spans[index]!;
      value = frame.machine.decorate(functions[index]!, value);
    }
    return value;
  };
}

function compileAnnotated(node: AnnotatedAssign, unit: Unit): Execute {
  const assign = node.value === null ? null : assignTo(node.target, unit);
  const value = node.value === null ? null : expression(node.value, unit);
  const isNoted =
    node.target.kind === "Name" && (unit.scope.kind === "class" || unit.scope.kind === "module");
  const name = node.target.kind === "Name" ? node.target.id : "";
  const annotation = expression(node.annotation, unit);
  const text = isNoted ? unit.textOf(node.annotation) : "";
  return (frame) => {
    if (assign !== null && value !== null) assign(frame, value(frame));
    if (isNoted) note(frame, name, annotation, text);
    return NORMAL;
  };
}

/**
 * Dataclasses and the like read `__annotations__`. An annotation that cannot be evaluated is there as its
 * text, as after `from __future__ import annotations`.
 */
function note(frame: Frame, name: string, annotation: Evaluate, text: string): void {
  const owner = frame.namespace ?? frame.globals;
  let annotations = owner.attributes!.get("__annotations__");
  if (!(annotations instanceof PyDict)) {
    annotations = new PyDict();
    frame.machine.touch(owner);
    owner.attributes!.set("__annotations__", annotations);
  }
  const value = frame.machine.attempt(() => annotation(frame), "an annotation");
  setKey(frame.machine, annotations as PyDict, name, value instanceof Unknown ? text : value);
}

function compileIf(node: If, unit: Unit): Execute {
  const test = expression(node.test, unit);
  const body = compileBlock(node.body, unit);
  const orElse = compileBlock(node.orElse, unit);
  const span = unit.span(node.test);
  return (frame) => {
    const value = test(frame);
    const { machine } = frame;
    const answer = machine.isOpen(span) ? machine.unknown("a test that is left open") : truth(machine, value);
    if (answer === true) return body(frame);
    if (answer === false) return orElse(frame);
    frame.site = span;
    return explore(frame, [() => body(frame), () => orElse(frame)], branchMerger(frame, answer));
  };
}

function compileRaise(node: Raise, unit: Unit): Execute {
  const span = unit.span(node);
  if (node.exception === null) {
    return (frame) => {
      frame.site = span;
      return raiseAgain(frame);
    };
  }
  const exception = expression(node.exception, unit);
  const cause = node.cause === null ? null : expression(node.cause, unit);
  return (frame) => {
    const value = exception(frame);
    const from = cause?.(frame);
    frame.site = span;
    return raiseValue(frame, value, from);
  };
}

/** The program is assumed not to crash: only an assertion that certainly fails raises. */
function compileAssert(node: Assert, unit: Unit): Execute {
  const test = expression(node.test, unit);
  const message: Evaluate = node.message === null ? () => "" : expression(node.message, unit);
  const span = unit.span(node);
  return (frame) => {
    if (truth(frame.machine, test(frame)) !== false) return NORMAL;
    const text = message(frame);
    frame.site = span;
    const failure = frame.machine.makeException("AssertionError", typeof text === "string" ? text : "");
    throw new Raised(failure, span, true);
  };
}
