/** `module.apply(function)` as it is called: what the module had then, and what it has in the end. */
import type { Machine } from "../../../python/machine.js";
import { isStub } from "../../../python/modules/stubs.js";
import { BoundMethod, PyFunction, type PyInstance, type Span, type Value } from "../../../python/values.js";
import type { Noticed } from "../../observations.js";
import { isModule, members } from "./traversal.js";
import { visitAll } from "./visited.js";

interface Applied {
  readonly module: PyInstance;
  readonly calls: readonly Span[];
}

const records = new WeakMap<Machine, Applied[]>();

/** Functions for anything else are applied to modules without parameters too. */
const INITIALISING = /init|weight|reset|xavier|kaiming|normal/i;

/** Called by `Module.apply` before the function; notes what it visits, and initialising functions on bare modules. */
export function noteApply(machine: Machine, module: Value, applied: Value): null {
  // The innermost calls are this one and, if a stub called it, the recursion's own.
  const [, calling] = machine.callStack();
  if (calling === undefined || isStub(calling) || !isModule(machine, module)) return null;
  const func = functionOf(applied);
  if (func === null) return null;
  const { node, unit } = func.code;
  const definition = { file: unit.source.file, start: node.start, end: node.end };
  visitAll(machine, module, { call: calling, applied: definition });
  if (machine.inBranch || members(machine, module, "_parameters").length > 0) return null;
  if (!INITIALISING.test(func.name)) return null;
  const list = records.get(machine) ?? [];
  records.set(machine, list);
  list.push({ module, calls: machine.callStack().slice(1) });
  return null;
}

function functionOf(applied: Value): PyFunction | null {
  const func = applied instanceof BoundMethod ? applied.func : applied;
  return func instanceof PyFunction ? func : null;
}

/** Modules that had no parameter when their weights were to be drawn, and have some now. */
export function earlyApplies(machine: Machine): Noticed[] {
  return (records.get(machine) ?? []).flatMap(({ module, calls }): Noticed[] => {
    const later = members(machine, module, "_parameters").length;
    return later === 0 ? [] : [{ what: { kind: "early_apply", visitor: "apply", later }, calls }];
  });
}
