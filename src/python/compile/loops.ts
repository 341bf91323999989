import { choiceMerger, iterables } from "../branches/choices.js";
import { explore, nextIteration, recast, resume, unknownLoop } from "../branches/fork.js";
import {
  BREAK,
  CONTINUE,
  type Completion,
  type Execute,
  FORKED,
  type Frame,
  NORMAL,
  RETURN,
} from "../calls/frame.js";
import { iterator } from "../operations/iteration.js";
import { truth } from "../operations/operators.js";
import type { For, While } from "../syntax/ast.js";
import { Unknown, type Value } from "../values.js";
import { elementOf } from "./comprehensions.js";
import { expression } from "./expressions.js";
import { compileBlock } from "./statements.js";
import { assignTo } from "./targets.js";
import type { Unit } from "./unit.js";

/**
 * How many times one loop may leave open whether it goes on. Each nests a branch in the one before;
 * beyond, the rest of the loop counts as unknown.
 */
const MAX_OPEN_ITERATIONS = 12;

/** Runs `iterate` once more until it says that there is no more; `false` ends the loop normally. */
interface Loop {
  /** Prepares the next iteration: true, false, or unknown whether there is one. */
  next(): boolean | Unknown;
  body(): Completion;
  orElse(): Completion;
}

function runLoop(frame: Frame, loop: Loop, open = 0): Completion {
  const { machine } = frame;
  for (;;) {
    machine.step();
    const isMore = loop.next();
    if (isMore === false) return loop.orElse();
    if (isMore !== true) return afterUnknown(frame, loop, isMore);
    const completion = loop.body();
    if (completion === NORMAL || completion === CONTINUE) continue;
    if (completion === BREAK) return NORMAL;
    if (completion === RETURN) return RETURN;
    return openLoop(frame, loop, open);
  }
}

/** The body ended in several ways: go on for the one that goes on, then join the ways out of the loop. */
function openLoop(frame: Frame, loop: Loop, open: number): Completion {
  const completion = recast(frame, nextIteration);
  if (completion === NORMAL) return runLoop(frame, loop, open);
  if (completion !== FORKED) return endOfLoop(completion);
  const ended = resume(frame, () =>
    open < MAX_OPEN_ITERATIONS
      ? runLoop(frame, loop, open + 1)
      : afterUnknown(frame, loop, frame.machine.unknown("how often a loop runs")),
  );
  return ended === FORKED ? recast(frame, endOfLoop) : endOfLoop(ended);
}

const endOfLoop = (completion: Completion): Completion => (completion === BREAK ? NORMAL : completion);

function afterUnknown(frame: Frame, loop: Loop, condition: Unknown): Completion {
  const completion = unknownLoop(frame, () => loop.body(), condition);
  if (completion === NORMAL) return loop.orElse();
  return completion === FORKED ? resume(frame, () => loop.orElse()) : completion;
}

export function compileFor(node: For, unit: Unit): Execute {
  const iterable = expression(node.iterable, unit);
  const assign = assignTo(node.target, unit);
  const body = compileBlock(node.body, unit);
  const orElse = compileBlock(node.orElse, unit);
  const span = unit.span(node.iterable);
  const over = (frame: Frame, values: Value): Completion => {
    const step = iterator(frame.machine, values);
    if (step instanceof Unknown) {
      const once = () => {
        assign(frame, elementOf(frame, step));
        return body(frame);
      };
      return runLoop(frame, { next: () => step, body: once, orElse: () => orElse(frame) });
    }
    let uncertain: Unknown | null = null;
    const next = (): boolean | Unknown => {
      const value = step();
      if (value !== undefined) assign(frame, value);
      else uncertain = step.uncertain ?? null;
      return uncertain ?? value !== undefined;
    };
    const once = () => {
      if (uncertain !== null) assign(frame, elementOf(frame, uncertain));
      return body(frame);
    };
    return runLoop(frame, { next, body: once, orElse: () => orElse(frame) });
  };
  return (frame) => {
    const values = iterable(frame);
    frame.site = span;
    const each = values instanceof Unknown ? iterables(values) : null;
    if (!(values instanceof Unknown) || each === null) return over(frame, values);
    const arms = each.map((one) => () => over(frame, one));
    return explore(frame, arms, choiceMerger(frame.machine, values));
  };
}

export function compileWhile(node: While, unit: Unit): Execute {
  const test = expression(node.test, unit);
  const body = compileBlock(node.body, unit);
  const orElse = compileBlock(node.orElse, unit);
  return (frame) =>
    runLoop(frame, {
      next: () => truth(frame.machine, test(frame)),
      body: () => body(frame),
      orElse: () => orElse(frame),
    });
}
