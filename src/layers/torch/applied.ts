/** `module.apply(function)` as it is called: what the module had then, and what it has in the end. */
import type { Machine } from "../../python/machine.js";
import { PyFunction, type PyInstance, type Span, type Value } from "../../python/values.js";
import type { Noticed } from "../observations.js";
import { isModule, members } from "./module.js";

interface Applied {
  readonly module: PyInstance;
  readonly calls: readonly Span[];
}

const records = new WeakMap<Machine, Applied[]>();

/** Functions for anything else are applied to modules without parameters too. */
const INITIALISING = /init|weight|reset|xavier|kaiming|normal/i;

/** Called by `Module.apply` before the function; notes those of initialising functions on bare modules. */
export function noteApply(machine: Machine, module: Value, applied: Value): null {
  // The innermost calls are this one and, if a stub called it, the recursion's own.
  const [, calling] = machine.callStack();
  if (calling === undefined || calling.file.startsWith("<") || machine.inBranch) return null;
  if (!isModule(machine, module) || members(machine, module, "_parameters").length > 0) return null;
  if (!INITIALISING.test(nameOf(applied))) return null;
  const list = records.get(machine) ?? [];
  records.set(machine, list);
  list.push({ module, calls: machine.callStack().slice(1) });
  return null;
}

function nameOf(applied: Value): string {
  const method = applied as { readonly func?: Value } | null;
  const func = applied instanceof PyFunction ? applied : method?.func;
  return func instanceof PyFunction ? func.name : "";
}

/** Modules that had no parameter when their weights were to be drawn, and have some now. */
export function earlyApplies(machine: Machine): Noticed[] {
  return (records.get(machine) ?? []).flatMap(({ module, calls }): Noticed[] => {
    const later = members(machine, module, "_parameters").length;
    return later === 0 ? [] : [{ what: { kind: "early_apply", later }, calls }];
  });
}
