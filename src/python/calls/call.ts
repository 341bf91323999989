/** Calling things. */

import { forEach } from "../branches/choices.js";
import type { Journal } from "../branches/journal.js";
import {
  MAX_BRANCH_DEPTH,
  MAX_CALL_DEPTH,
  MAX_CALLS_IN_BRANCHES,
  MAX_RECURSION_IN_BRANCHES,
} from "../budgets.js";
import type { Engine } from "../engine.js";
import { Exhausted, Raised } from "../errors.js";
import { bind } from "../operations/attributes.js";
import { typeOf } from "../operations/typeOf.js";
import { nameOf } from "../symbols/polynomial.js";
import { partOf } from "../symbols/symbolic.js";
import type { Scope } from "../syntax/scope.js";
import {
  BoundMethod,
  Cell,
  type Keywords,
  NativeFunction,
  PyClass,
  PyFunction,
  PyInstance,
  PyObject,
  PyStaticMethod,
  types,
  Unknown,
  type Value,
} from "../values.js";
import { Frame } from "./frame.js";
import { bindFunction } from "./parameters.js";
import { bindNative } from "./signature.js";

export function call(machine: Engine, callee: Value, args: readonly Value[], keywords?: Keywords): Value {
  if (callee instanceof PyFunction) return callFunction(machine, callee, args, keywords);
  if (callee instanceof BoundMethod) return call(machine, callee.func, [callee.self, ...args], keywords);
  if (callee instanceof NativeFunction) return callNative(machine, callee, args, keywords);
  if (callee instanceof PyClass) return callClass(machine, callee, args, keywords);
  if (callee instanceof Unknown) return callUnknown(machine, callee, args, keywords);
  if (callee instanceof PyStaticMethod) return call(machine, callee.func, args, keywords);
  const cls = typeOf(callee);
  const method = cls.lookup("__call__");
  if (method === undefined) {
    if (cls.unknownBase !== null) return callUnknown(machine, cls.unknownBase, [callee, ...args], keywords);
    return machine.raise("TypeError", `'${cls.name}' object is not callable`);
  }
  return call(machine, bind(machine, method, callee, cls), args, keywords);
}

export function callMethodDirectly(
  machine: Engine,
  method: PyFunction | NativeFunction,
  self: Value,
  args: Value[],
  keywords?: Keywords,
): Value {
  args.unshift(self);
  return method instanceof PyFunction
    ? callFunction(machine, method, args, keywords)
    : callNative(machine, method, args, keywords);
}

export function callFunction(
  machine: Engine,
  func: PyFunction,
  args: readonly Value[],
  keywords?: Keywords,
): Value {
  const { body } = func.code;
  machine.enters(func.code);
  const caller = machine.frame;
  if (machine.journal !== null && isTooDeep(machine, machine.journal, body.scope)) {
    return callTooDeep(machine, func, args, keywords);
  }
  const frame = new Frame(machine, body.scope, func.globals, func.closure, caller);
  bindFunction(machine, func, frame.slots as (Value | undefined)[], args, keywords);
  for (const slot of body.cellSlots) {
    const cell = new Cell();
    cell.value = frame.slots[slot] as Value | undefined;
    frame.slots[slot] = cell;
  }
  if (frame.depth > MAX_CALL_DEPTH) machine.raise("RecursionError", "maximum recursion depth exceeded");
  machine.step();
  machine.frame = frame;
  const value = body.run(frame);
  machine.frame = caller;
  return value;
}

/** What such a call gives is unknown; what it changes too, if it was given something that can change. */
function callTooDeep(machine: Engine, func: PyFunction, args: readonly Value[], keywords?: Keywords): Value {
  const isMutable = (value: Value): boolean =>
    value instanceof Unknown
      ? value.may.some(isMutable)
      : value instanceof PyObject && !IMMUTABLE.has(value.cls);
  if ([...args, ...(keywords?.values() ?? [])].some(isMutable)) {
    machine.incomplete(`the call of ${func.name} hangs on too many unknown conditions; it was not followed`);
  }
  return callUnknown(machine, machine.unknown(`what ${func.name} does`), args, keywords);
}

/** Classes whose instances nothing can change. */
const IMMUTABLE: ReadonlySet<PyClass> = new Set([
  types.float,
  types.bytes,
  types.range,
  types.function,
  types.builtinFunction,
  types.type,
  types.module,
]);

/**
 * Each branch on something unknown doubles the work inside it, so calls are followed only into so many of
 * them: in all, within one evaluation, and by a function that calls itself as often as something unknown says.
 */
function isTooDeep(machine: Engine, journal: Journal, scope: Scope): boolean {
  if (journal.depth > MAX_BRANCH_DEPTH || ++machine.callsInBranches > MAX_CALLS_IN_BRANCHES) return true;
  let seen: Journal | null = journal;
  let branches = 0;
  for (let { frame } = machine; frame !== null; frame = frame.back) {
    if (frame.scope !== scope || frame.journal === seen) continue;
    seen = frame.journal;
    if (++branches >= MAX_RECURSION_IN_BRANCHES) return true;
  }
  return false;
}

export function callNative(
  machine: Engine,
  func: NativeFunction,
  args: readonly Value[],
  keywords?: Keywords,
): Value {
  const bound = bindNative(machine, func, args, keywords);
  const { owner } = func;
  if (owner !== null && !acceptsSelf(owner, bound[0])) {
    if (bound[0] instanceof Unknown) return callUnknown(machine, bound[0], args, keywords);
    const given = bound[0] === undefined ? "nothing" : typeOf(bound[0]).name;
    machine.raise(
      "TypeError",
      `descriptor '${func.name}' requires a '${owner.name}' object but received '${given}'`,
    );
  }
  try {
    return func.body(machine, ...(bound as Value[]));
  } catch (error) {
    if (error instanceof Raised || error instanceof Exhausted || error instanceof RangeError) throw error;
    // A fault of ours must not end in a wrong answer, nor take the host down.
    machine.fault(`${func.name}: ${error instanceof Error ? error.message : String(error)}`);
    return machine.unknown(`${func.name} failed inside the evaluator`);
  }
}

const acceptsSelf = (owner: PyClass, self: Value | undefined): boolean =>
  owner === types.object || (self !== undefined && typeOf(self).isSubclassOf(owner));

export function callUnknown(
  machine: Engine,
  callee: Unknown,
  args: readonly Value[],
  keywords?: Keywords,
): Value {
  const each = forEach(machine, callee, (one) => call(machine, one, args, keywords));
  if (each !== undefined) return each;
  if (!callee.isInert) {
    machine.unknownCalls++;
    machine.escape([...callee.may, ...args, ...(keywords?.values() ?? [])]);
  }
  const outcome = machine.unknown(`a call of something unknown: ${callee.reason}`);
  outcome.isInert = callee.isInert;
  if (args.length + (keywords?.size ?? 0) === 0 && isGetter(callee)) {
    if (callee.path !== null) outcome.path = `${callee.path}()`;
    outcome.size = partOf(callee, "()");
  }
  const { member } = callee.nameless;
  // What an object of the program's does, if it is that one, the program says where it calls it by name.
  if (callee.isInert || (member === null && callee.may.length > 0)) return outcome;
  const operands = [...(member ? [member.of] : []), ...args, ...(keywords?.values() ?? [])];
  return machine.gaveUnknown(member?.name ?? callee, operands, outcome);
}

/** Whether something unknown is called as functions are that only tell: `x.get_shape()`, `sizes.as_list()`. */
const isGetter = ({ path, size }: Unknown): boolean =>
  /\.(get_\w+|as_\w+|size|shape|dim)$/.test(path ?? (size && nameOf(size)?.text) ?? "");

function callClass(machine: Engine, cls: PyClass, args: readonly Value[], keywords?: Keywords): Value {
  const meta = cls.cls;
  if (meta !== types.type) {
    const custom = meta.lookup("__call__");
    if (custom !== undefined && custom !== types.type.attributes.get("__call__")) {
      return call(machine, custom, [cls, ...args], keywords);
    }
  }
  return instantiate(machine, cls, args, keywords);
}

/** `type.__call__`: `__new__`, then `__init__`. */
export function instantiate(
  machine: Engine,
  cls: PyClass,
  args: readonly Value[],
  keywords?: Keywords,
): Value {
  const create = cls.lookup("__new__");
  const maker = create instanceof PyStaticMethod ? create.func : create;
  const isDefault = maker === undefined || maker === machine.objectNew;
  const object = isDefault ? allocate(machine, cls) : call(machine, maker, [cls, ...args], keywords);
  // `type(x)` makes nothing: it tells.
  const isMade = cls !== types.type || args.length > 1;
  if (!isMade || !(object instanceof PyObject) || !object.cls.isSubclassOf(cls)) return object;
  const init = object.cls.lookup("__init__");
  if (init === undefined || init === machine.objectInit) {
    if (isDefault && args.length + (keywords?.size ?? 0) > 0 && cls.unknownBase === null) {
      machine.raise("TypeError", `${cls.name}() takes no arguments`);
    }
    if (cls.unknownBase !== null) machine.escape([...args, ...(keywords?.values() ?? [])]);
    return object;
  }
  try {
    if (init instanceof PyFunction) callFunction(machine, init, [object, ...args], keywords);
    else call(machine, bind(machine, init, object, object.cls), args, keywords);
  } catch (error) {
    machine.unfinished(object);
    throw error;
  }
  return object;
}

/** `object.__new__`: the bare instance. */
export function allocate(machine: Engine, cls: PyClass): PyObject {
  if (cls.abstractMethods !== null && cls.abstractMethods.length > 0) {
    const names = cls.abstractMethods.map((name) => `'${name}'`).join(", ");
    machine.raise(
      "TypeError",
      `Can't instantiate abstract class ${cls.name} without an implementation for abstract method${cls.abstractMethods.length > 1 ? "s" : ""} ${names}`,
    );
  }
  machine.step();
  return cls.allocate === null ? new PyInstance(cls) : cls.allocate(cls);
}
