import { leaveEach } from "../branches/fork.js";
import { type Completion, type Execute, FORKED, type Frame, NORMAL } from "../calls/frame.js";
import { Raised } from "../errors.js";
import { getAttribute } from "../operations/attributes.js";
import { truth } from "../operations/operators.js";
import type { With } from "../syntax/ast.js";
import { Unknown, type Value } from "../values.js";
import { expression } from "./expressions.js";
import { compileBlock } from "./statements.js";
import { assignTo } from "./targets.js";
import type { Unit } from "./unit.js";

export function compileWith(node: With, unit: Unit): Execute {
  let run = compileBlock(node.body, unit);
  for (const { context, target } of [...node.items].reverse()) {
    const manager = expression(context, unit);
    const assign = target === null ? null : assignTo(target, unit);
    const span = unit.span(context);
    const body = run;
    run = (frame) => {
      const value = manager(frame);
      frame.site = span;
      const entered = enterContext(frame, value);
      assign?.(frame, entered);
      return guarded(frame, value, body);
    };
  }
  return run;
}

function guarded(frame: Frame, manager: Value, body: Execute): Completion {
  let completion: Completion;
  try {
    completion = body(frame);
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    frame.machine.frame = frame;
    if (!exitContext(frame, manager, error)) throw error;
    return NORMAL;
  }
  const { returned } = frame;
  if (completion === FORKED) {
    return leaveEach(frame, () => {
      exitContext(frame, manager, null);
      return NORMAL;
    });
  }
  exitContext(frame, manager, null);
  frame.returned = returned;
  return completion;
}

/** `__enter__`; unknown for something unknown. */
export function enterContext(frame: Frame, manager: Value): Value {
  if (manager instanceof Unknown)
    return frame.machine.unknown(`the context of something unknown: ${manager.reason}`, manager.may);
  return frame.machine.callMethod(manager, "__enter__");
}

/** `__exit__`: true where it swallows the exception. */
export function exitContext(frame: Frame, manager: Value, error: Raised | null): boolean {
  const { machine } = frame;
  if (manager instanceof Unknown) return false;
  const exit = getAttribute(machine, manager, "__exit__");
  const args = error === null ? [null, null, null] : [error.exception.cls, error.exception, null];
  return truth(machine, machine.call(exit, args)) === true && error !== null;
}
