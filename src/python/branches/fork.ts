/**
 * Going both ways. Where a condition is unknown each arm runs in a journal of its own; arms that end
 * the same way (fall through, break, continue, return) are merged into one outcome, and when several
 * ways remain the statements that follow run once for the arm that falls through.
 *
 * An arm that certainly raises is not a way the program goes: it is assumed not to crash.
 */
import { STEPS_A_CHANGE } from "../budgets.js";
import { CONTINUE, type Completion, FORKED, type Frame, NORMAL, RETURN } from "../calls/frame.js";
import { Raised } from "../errors.js";
import { heldAs } from "../symbols/symbolic.js";
import type { Journaled, Merger, Unknown, Value } from "../values.js";
import { type Changes, Journal, mergeChanges, merger, reapply } from "./journal.js";

interface Outcome {
  readonly completion: Completion;
  /** The value of a `return`. */
  readonly value: Value;
  readonly changes: Changes;
}

/** Several ways a statement may have ended; nothing of them is applied yet. One outcome a completion. */
export interface Fork {
  readonly outcomes: readonly Outcome[];
  readonly merger: Merger;
}

/** Unknowns of one condition: they say where the branch was. What the stubs call their variables says nothing. */
export function branchMerger(frame: Frame, condition: Unknown): Merger {
  const { machine, globals } = frame;
  const isStub = globals.file === null;
  return merger(
    (what) =>
      machine.unknown(`${what ?? "a value"} depends on a condition that is unknown: ${condition.reason}`),
    (name, unknown) => (isStub ? unknown : heldAs(name, machine, unknown)),
  );
}

/** Runs every arm from the same state and joins what they lead to. */
export function explore(frame: Frame, arms: readonly (() => Completion)[], how: Merger): Completion {
  const outcomes: Outcome[] = [];
  let raised: Raised | null = null;
  for (const arm of arms) {
    try {
      outcomes.push(...runArm(frame, arm));
    } catch (error) {
      if (!(error instanceof Raised)) throw error;
      dropArm(frame, error);
      raised ??= error;
    }
  }
  if (outcomes.length === 0 && raised !== null) throw raised;
  return settle(frame, outcomes, how);
}

/** The same for expressions. */
export function exploreValue(frame: Frame, arms: readonly (() => Value)[], how: Merger): Value {
  // A value arm is a block that returns it; what the frame is about to return is left alone.
  const { returned } = frame;
  const completion = explore(
    frame,
    arms.map((arm) => () => {
      frame.returned = arm();
      return RETURN;
    }),
    how,
  );
  if (completion !== RETURN) throw new Error(`a value ended with completion ${completion}`);
  const value = frame.returned;
  frame.returned = returned;
  return value;
}

/** Goes on with the rest of a block after a statement that ended in several ways. */
export function resume(frame: Frame, rest: () => Completion, continues = NORMAL as Completion): Completion {
  const fork = frame.fork!;
  const through = fork.outcomes.find(({ completion }) => completion === continues);
  if (through === undefined) return FORKED;
  const others = fork.outcomes.filter((outcome) => outcome !== through);
  try {
    const more = runArm(frame, () => {
      reapply(through.changes, (object) => frame.machine.touch(object));
      return rest();
    });
    return settle(frame, [...others, ...more], fork.merger);
  } catch (error) {
    if (!(error instanceof Raised) || others.length === 0) throw error;
    dropArm(frame, error);
    return settle(frame, others, fork.merger);
  }
}

/**
 * Leaves a statement that ended in several ways: what follows each of them whatever happens, a context's
 * `__exit__` or a `finally`, runs once for each.
 */
export function leaveEach(frame: Frame, last: () => Completion): Completion {
  const { outcomes, merger } = frame.fork!;
  const left = outcomes.flatMap(({ completion, value, changes }) =>
    runArm(frame, () => {
      reapply(changes, (object) => frame.machine.touch(object));
      frame.returned = value;
      const ended = last();
      if (ended === FORKED) return recast(frame, (one) => (one === NORMAL ? completion : one));
      if (ended !== NORMAL) return ended;
      frame.returned = value;
      return completion;
    }),
  );
  return settle(frame, left, merger);
}

/** Treats some completions of a fork as another one: `continue` at the end of a loop's body. */
export function recast(frame: Frame, map: (completion: Completion) => Completion): Completion {
  const fork = frame.fork!;
  const outcomes = fork.outcomes.map((outcome) => ({ ...outcome, completion: map(outcome.completion) }));
  return settle(frame, outcomes, fork.merger);
}

/** At the end of a function all ways are a return. */
export function joinReturns(frame: Frame): Value {
  recast(frame, () => RETURN);
  return frame.returned;
}

/**
 * A loop nobody knows the length of: whatever its body changes is unknown before it, in it and after it.
 * `body` runs on unknown loop variables.
 */
export function unknownLoop(frame: Frame, body: () => Completion, condition: Unknown): Completion {
  const how = branchMerger(frame, condition);
  // Twice: a second pass sees what the first one made unknown.
  for (let pass = 0; pass < 2; pass++) {
    const widen = () => {
      const completion = body();
      return completion === FORKED ? recast(frame, () => NORMAL) : NORMAL;
    };
    explore(frame, [widen, () => NORMAL], how);
  }
  const once = () => {
    const completion = body();
    const leave = (one: Completion) => (one === RETURN ? RETURN : NORMAL);
    return completion === FORKED ? recast(frame, leave) : leave(completion);
  };
  return explore(frame, [once, () => NORMAL], how);
}

function runArm(frame: Frame, arm: () => Completion): Outcome[] {
  const { machine } = frame;
  const journal = new Journal(machine.journal);
  const outcomes = inJournal(frame, journal, arm);
  machine.spend(STEPS_A_CHANGE * journal.size);
  return outcomes;
}

function inJournal(frame: Frame, journal: Journal, arm: () => Completion): Outcome[] {
  const { machine } = frame;
  const outer = machine.journal;
  machine.journal = journal;
  const { fork } = frame;
  try {
    const completion = arm();
    if (completion !== FORKED) {
      return [{ completion, value: frame.returned, changes: journal.changes() }];
    }
    return frame.fork!.outcomes.map((outcome) => ({
      ...outcome,
      changes: journal.changesWith(outcome.changes),
    }));
  } finally {
    journal.rollBack();
    machine.journal = outer;
    machine.frame = frame;
    frame.fork = fork;
  }
}

/**
 * The arm crashes, so the program does not go there: unless somebody would have caught it, or it is not the
 * program that raises but an operation that failed, which may be a gap of the evaluator's own.
 */
function dropArm(frame: Frame, error: Raised): void {
  const { machine } = frame;
  machine.frame = frame;
  if (machine.wouldCatch(error.exception)) {
    machine.incomplete(
      "a branch on something unknown raises an exception that is handled; it was not followed",
    );
  } else if (!error.isDeliberate) {
    machine.incomplete(
      `a branch on something unknown fails with ${error.exception.cls.name}; it was not followed`,
    );
  }
}

function settle(frame: Frame, outcomes: readonly Outcome[], how: Merger): Completion {
  const { machine } = frame;
  const touch = (object: Journaled<unknown>) => machine.touch(object);
  const joined: Outcome[] = [];
  for (const outcome of outcomes) {
    const index = joined.findIndex(({ completion }) => completion === outcome.completion);
    if (index < 0) joined.push(outcome);
    else joined[index] = joinOutcomes(frame, joined[index]!, outcome, how);
  }
  const only = joined[0]!;
  if (joined.length === 1) {
    reapply(only.changes, touch);
    frame.returned = only.value;
    return only.completion;
  }
  frame.fork = { outcomes: joined, merger: how };
  return FORKED;
}

function joinOutcomes(frame: Frame, first: Outcome, second: Outcome, how: Merger): Outcome {
  frame.machine.spend(STEPS_A_CHANGE * (first.changes.size + second.changes.size));
  return {
    completion: first.completion,
    value: first.completion === RETURN ? how.value(first.value, second.value) : null,
    changes: mergeChanges(first.changes, second.changes, how),
  };
}

/** `continue` and falling through both lead to the next iteration. */
export const nextIteration = (completion: Completion): Completion =>
  completion === CONTINUE ? NORMAL : completion;
