import { leaveEach, resume } from "../branches/fork.js";
import { type Completion, type Evaluate, type Execute, FORKED, type Frame, NORMAL } from "../calls/frame.js";
import { Raised } from "../errors.js";
import { matchesException } from "../operations/raising.js";
import type { Block, ExceptHandler, Try } from "../syntax/ast.js";
import type { PyInstance } from "../values.js";
import { expression } from "./expressions.js";
import { compileBlock } from "./statements.js";
import type { Unit } from "./unit.js";
import { deleteName, type Store, storeName } from "./variables.js";

export interface Handler<Body> {
  readonly type: Evaluate | null;
  readonly store: Store | null;
  readonly remove: ((frame: Frame) => void) | null;
  readonly body: Body;
}

export function compileHandler<Body>(
  node: ExceptHandler,
  unit: Unit,
  compile: (block: Block, unit: Unit) => Body,
): Handler<Body> {
  return {
    type: node.type === null ? null : expression(node.type, unit),
    store: node.name === null ? null : storeName(node.name, unit),
    remove: node.name === null ? null : deleteName(node.name, unit),
    body: compile(node.body, unit),
  };
}

/** The first handler that takes the exception. One whose class is unknown takes none. */
export function findHandler<Body>(frame: Frame, handlers: readonly Handler<Body>[], exception: PyInstance) {
  return handlers.find(({ type }) => type === null || matchesException(exception, type(frame)));
}

export function compileTry(node: Try, unit: Unit): Execute {
  const body = compileBlock(node.body, node.handlers.length > 0 ? unit.guardingImports() : unit);
  const handlers = node.handlers.map((handler) => compileHandler(handler, unit, compileBlock));
  const orElse = compileBlock(node.orElse, unit);
  const finalBody = node.finalBody.statements.length === 0 ? null : compileBlock(node.finalBody, unit);
  const guarded: Execute = (frame) => {
    const { machine } = frame;
    let completion: Completion;
    const outer = machine.handlers.length;
    // A `try` that only tidies up takes no exception.
    if (handlers.length > 0)
      machine.handlers.push((exception) => findHandler(frame, handlers, exception) !== undefined);
    try {
      completion = body(frame);
    } catch (error) {
      if (!(error instanceof Raised)) throw error;
      machine.frame = frame;
      machine.handlers.length = outer;
      const handler = findHandler(frame, handlers, error.exception);
      if (handler === undefined) throw error;
      return handle(frame, error, handler);
    } finally {
      machine.handlers.length = outer;
    }
    if (completion === NORMAL) return orElse(frame);
    return completion === FORKED ? resume(frame, () => orElse(frame)) : completion;
  };
  return finalBody === null ? guarded : withFinally(guarded, finalBody);
}

function handle(frame: Frame, error: Raised, { store, remove, body }: Handler<Execute>): Completion {
  const { handling } = frame;
  frame.handling = error.exception;
  store?.(frame, error.exception);
  try {
    return body(frame);
  } finally {
    frame.handling = handling;
    if (remove !== null) forget(frame, remove);
  }
}

/** `except E as e` ends with `del e`, which the handler may have done itself. */
export function forget(frame: Frame, remove: (frame: Frame) => void): void {
  try {
    remove(frame);
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
  }
}

function withFinally(guarded: Execute, finalBody: Execute): Execute {
  return (frame) => {
    let completion: Completion;
    try {
      completion = guarded(frame);
    } catch (error) {
      if (!(error instanceof Raised)) throw error;
      frame.machine.frame = frame;
      const last = finalBody(frame);
      if (last !== NORMAL) return last;
      throw error;
    }
    if (completion === FORKED) return leaveEach(frame, () => finalBody(frame));
    const { returned } = frame;
    const last = finalBody(frame);
    if (last !== NORMAL) return last;
    frame.returned = returned;
    return completion;
  };
}
