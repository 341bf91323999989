/**
 * Bodies with `yield` in them. Only statements that contain a yield run as JavaScript generators, all
 * others as everywhere else. A yield inside an expression is evaluated first, into a slot of its own.
 *
 * A generator cannot go both ways: where a yield depends on something unknown it ends there, and what
 * it would have given is said to be missing.
 */

import { joinReturns, unknownLoop } from "../branches/fork.js";
import {
  BREAK,
  CONTINUE,
  type Completion,
  type Evaluate,
  FORKED,
  type Frame,
  NORMAL,
  RETURN,
} from "../calls/frame.js";
import { type GeneratorBody, PyGenerator, type Steps } from "../calls/generator.js";
import { Raised } from "../errors.js";
import { iterate, iterator } from "../operations/iteration.js";
import { truth } from "../operations/operators.js";
import type {
  Block,
  Comprehension,
  Expression,
  For,
  If,
  Match,
  Statement,
  Try,
  While,
  With,
} from "../syntax/ast.js";
import { childExpressions, someExpression, statementExpressions } from "../syntax/walk.js";
import { Unknown, type Value } from "../values.js";
import { elementOf } from "./comprehensions.js";
import { expression, expressions } from "./expressions.js";
import { compileCases } from "./match.js";
import { statement } from "./statements.js";
import { assignTo } from "./targets.js";
import { compileHandler, findHandler, forget, type Handler } from "./try.js";
import type { Unit } from "./unit.js";
import { enterContext, exitContext } from "./with.js";

const isYield = (node: Expression): boolean => node.kind === "Yield" || node.kind === "YieldFrom";

export function compileGenerator(block: Block, unit: Unit): GeneratorBody {
  return blockSteps(block, unit);
}

function blockSteps(block: Block, unit: Unit): GeneratorBody {
  const bodies = block.statements.map((one) => statementSteps(one, unit));
  return function* (frame) {
    for (const body of bodies) {
      frame.machine.step();
      const completion = yield* body(frame);
      if (completion !== NORMAL) return completion;
    }
    return NORMAL;
  };
}

function statementSteps(node: Statement, unit: Unit): GeneratorBody {
  if (!someExpression(node, isYield)) return plainSteps(node, unit);
  switch (node.kind) {
    case "If":
      return ifSteps(node, unit);
    case "For":
      return forSteps(node, unit);
    case "While":
      return whileSteps(node, unit);
    case "With":
      return withSteps(node, unit);
    case "Try":
      return trySteps(node, unit);
    case "Match":
      return matchSteps(node, unit);
    default:
      return hoisted(node, unit);
  }
}

function plainSteps(node: Statement, unit: Unit): GeneratorBody {
  const execute = statement(node, unit);
  // biome-ignore lint/correctness/useYield: it has the form of the other steps
  return function* (frame) {
    const completion = execute(frame);
    if (completion !== FORKED) return completion;
    // Some way returns, another goes on: nobody knows whether more is yielded.
    frame.returned = joinReturns(frame);
    return giveUp(frame, "a generator that may have ended");
  };
}

/** Ends the generator, which may have given more: whoever iterates over it is told. */
function giveUp(frame: Frame, why: Unknown | string): Completion {
  frame.uncertain = typeof why === "string" ? frame.machine.unknown(why) : why;
  return RETURN;
}

/** A simple statement: its yields run first, in order, each into a slot; then the statement. */
function hoisted(node: Statement, unit: Unit): GeneratorBody {
  const replaced = new Map<Expression, number>();
  const yields: ((frame: Frame) => Steps)[] = [];
  const inner = unit.inside(unit.scope);
  inner.replaced = replaced;
  const find = (one: Expression): void => {
    for (const child of childExpressions(one)) find(child);
    if (one.kind !== "Yield" && one.kind !== "YieldFrom") return;
    const value: Evaluate = one.value === null ? () => null : expression(one.value, inner);
    const slot = unit.scope.temporary();
    yields.push(one.kind === "Yield" ? yieldOne(value, slot) : yieldAll(value, slot));
    replaced.set(one, slot);
  };
  for (const one of statementExpressions(node)) find(one);
  const execute = statement(node, inner);
  return function* (frame) {
    for (const one of yields) {
      if ((yield* one(frame)) !== NORMAL) return RETURN;
    }
    const completion = execute(frame);
    return completion === FORKED ? giveUp(frame, "a statement with yield") : completion;
  };
}

function yieldOne(value: Evaluate, slot: number): (frame: Frame) => Steps {
  return function* (frame) {
    frame.slots[slot] = yield value(frame);
    return NORMAL;
  };
}

function yieldAll(value: Evaluate, slot: number): (frame: Frame) => Steps {
  return function* (frame) {
    const source = value(frame);
    const next = iterator(frame.machine, source);
    if (next instanceof Unknown) {
      return giveUp(frame, next);
    }
    for (let one = next(); one !== undefined; one = next()) yield one;
    if (next.uncertain) return giveUp(frame, next.uncertain);
    frame.slots[slot] = source instanceof PyGenerator ? source.result : null;
    return NORMAL;
  };
}

function ifSteps(node: If, unit: Unit): GeneratorBody {
  const test = expression(node.test, unit);
  const body = blockSteps(node.body, unit);
  const orElse = blockSteps(node.orElse, unit);
  return function* (frame) {
    const answer = truth(frame.machine, test(frame));
    if (typeof answer !== "boolean") return giveUp(frame, answer);
    return yield* (answer ? body : orElse)(frame);
  };
}

function forSteps(node: For, unit: Unit): GeneratorBody {
  const iterable = expression(node.iterable, unit);
  const assign = assignTo(node.target, unit);
  const body = blockSteps(node.body, unit);
  const orElse = blockSteps(node.orElse, unit);
  return function* (frame) {
    const next = iterator(frame.machine, iterable(frame));
    if (next instanceof Unknown) return giveUp(frame, next);
    for (let value = next(); value !== undefined; value = next()) {
      frame.machine.step();
      assign(frame, value);
      const completion = yield* body(frame);
      if (completion === BREAK) return NORMAL;
      if (completion !== NORMAL && completion !== CONTINUE) return completion;
    }
    if (next.uncertain) return giveUp(frame, next.uncertain);
    return yield* orElse(frame);
  };
}

function whileSteps(node: While, unit: Unit): GeneratorBody {
  const test = expression(node.test, unit);
  const body = blockSteps(node.body, unit);
  const orElse = blockSteps(node.orElse, unit);
  return function* (frame) {
    for (;;) {
      frame.machine.step();
      const answer = truth(frame.machine, test(frame));
      if (typeof answer !== "boolean") return giveUp(frame, answer);
      if (!answer) return yield* orElse(frame);
      const completion = yield* body(frame);
      if (completion === BREAK) return NORMAL;
      if (completion !== NORMAL && completion !== CONTINUE) return completion;
    }
  };
}

function matchSteps(node: Match, unit: Unit): GeneratorBody {
  const choose = compileCases(node, unit);
  const bodies = node.cases.map(({ body }) => blockSteps(body, unit));
  return function* (frame) {
    const chosen = choose(frame);
    if (chosen instanceof Unknown) return giveUp(frame, chosen);
    return chosen === null ? NORMAL : yield* bodies[chosen]!(frame);
  };
}

function withSteps(node: With, unit: Unit): GeneratorBody {
  const items = node.items.map(({ context, target }) => ({
    context: expression(context, unit),
    assign: target === null ? null : assignTo(target, unit),
  }));
  const body = blockSteps(node.body, unit);
  const from = function* (frame: Frame, index: number): Steps {
    const item = items[index];
    if (item === undefined) return yield* body(frame);
    const manager = item.context(frame);
    const entered = enterContext(frame, manager);
    item.assign?.(frame, entered);
    let completion: Completion;
    try {
      completion = yield* from(frame, index + 1);
    } catch (error) {
      if (!(error instanceof Raised) || !exitContext(frame, manager, error)) throw error;
      return NORMAL;
    }
    exitContext(frame, manager, null);
    return completion;
  };
  return (frame) => from(frame, 0);
}

function trySteps(node: Try, unit: Unit): GeneratorBody {
  const body = blockSteps(node.body, unit);
  const handlers = node.handlers.map((handler) => compileHandler(handler, unit, blockSteps));
  const orElse = blockSteps(node.orElse, unit);
  const finalBody = blockSteps(node.finalBody, unit);
  const guarded = function* (frame: Frame): Steps {
    let completion: Completion;
    try {
      completion = yield* body(frame);
    } catch (error) {
      if (!(error instanceof Raised)) throw error;
      frame.machine.frame = frame;
      const handler = findHandler(frame, handlers, error.exception);
      if (handler === undefined) throw error;
      return yield* handleSteps(frame, error, handler);
    }
    return completion === NORMAL ? yield* orElse(frame) : completion;
  };
  return function* (frame) {
    let completion: Completion;
    try {
      completion = yield* guarded(frame);
    } catch (error) {
      if (!(error instanceof Raised)) throw error;
      const last = yield* finalBody(frame);
      if (last !== NORMAL) return last;
      throw error;
    }
    const { returned } = frame;
    const last = yield* finalBody(frame);
    if (last !== NORMAL) return last;
    frame.returned = returned;
    return completion;
  };
}

function* handleSteps(frame: Frame, error: Raised, handler: Handler<GeneratorBody>): Steps {
  const { handling } = frame;
  frame.handling = error.exception;
  handler.store?.(frame, error.exception);
  try {
    return yield* handler.body(frame);
  } finally {
    frame.handling = handling;
    if (handler.remove !== null) forget(frame, handler.remove);
  }
}

/** `(element for … in .0 …)`: nested loops around one yield. */
export function compileGeneratorExpressionBody(node: Comprehension, unit: Unit): GeneratorBody {
  const element = expression(node.element, unit);
  const clauses = node.clauses.map((clause, index) => ({
    iterable: index === 0 ? (frame: Frame) => frame.slots[0] as Value : expression(clause.iterable, unit),
    assign: assignTo(clause.target, unit),
    conditions: expressions(clause.conditions, unit),
  }));
  const from = function* (frame: Frame, index: number): Steps {
    const clause = clauses[index];
    if (clause === undefined) {
      yield element(frame);
      return NORMAL;
    }
    const next = iterator(frame.machine, clause.iterable(frame));
    if (next instanceof Unknown) return giveUp(frame, possible(frame, index, next));
    for (let value = next(); value !== undefined; value = next()) {
      frame.machine.step();
      clause.assign(frame, value);
      const answer = allTrue(frame, clause.conditions);
      if (answer === false) continue;
      const completion = answer === true ? yield* from(frame, index + 1) : giveUp(frame, answer);
      if (completion !== NORMAL) return completion;
    }
    return next.uncertain ? giveUp(frame, possible(frame, index, next.uncertain)) : NORMAL;
  };
  /** What it may give where nobody knows what clause `index` loops over: as a list's comprehension does it. */
  const possible = (frame: Frame, index: number, source: Unknown): Unknown => {
    const found: Value[] = [];
    gather(frame, index, found, source);
    return frame.machine.unknown(source.reason, [...found, ...source.may]);
  };
  const gather = (frame: Frame, index: number, found: Value[], source: Unknown): void => {
    const clause = clauses[index]!;
    const once = (): Completion => {
      clause.assign(frame, elementOf(frame, source));
      if (allTrue(frame, clause.conditions) === false) return NORMAL;
      const inner = clauses[index + 1];
      if (inner === undefined) found.push(element(frame));
      else gather(frame, index + 1, found, elementsOf(frame, inner.iterable(frame)));
      return NORMAL;
    };
    if (frame.machine.journal !== null) frame.touch();
    unknownLoop(frame, once, source);
  };
  return (frame) => from(frame, 0);
}

/** Elements of anything, as an unknown that may be each of them. */
function elementsOf({ machine }: Frame, iterable: Value): Unknown {
  const items = iterate(machine, iterable);
  return items instanceof Unknown ? items : machine.unknown("an element of a loop inside another", items);
}

function allTrue(frame: Frame, conditions: readonly Evaluate[]): boolean | Unknown {
  for (const condition of conditions) {
    const answer = truth(frame.machine, condition(frame));
    if (answer !== true) return answer;
  }
  return true;
}
