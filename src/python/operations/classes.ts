/** Making classes: metaclass, bases, MRO, `__set_name__`, `__init_subclass__`. */

import type { Engine } from "../engine.js";
import {
  type Keywords,
  PyClass,
  PyClassMethod,
  PyDict,
  PyFunction,
  PyInstance,
  PyProperty,
  PyStaticMethod,
  PyTuple,
  types,
  Unknown,
  type Value,
} from "../values.js";
import { bind, findAttribute } from "./attributes.js";
import { linearize } from "./linearization.js";

/** What a `class` statement does once its body has run. */
export function buildClass(
  machine: Engine,
  name: string,
  given: readonly Value[],
  names: ReadonlyMap<string, Value>,
  keywords: ReadonlyMap<string, Value>,
): Value {
  const bases = resolveBases(machine, given);
  const rest = new Map(keywords);
  rest.delete("metaclass");
  const meta = metaclassOf(machine, bases, keywords.get("metaclass"));
  if (meta instanceof PyClass && meta !== types.type) {
    const namespace = new PyDict();
    for (const [key, value] of names) namespace.set(key, key, value);
    return machine.call(meta, [name, new PyTuple(bases), namespace], rest);
  }
  if (meta !== types.type) return machine.call(meta, [name, new PyTuple(bases), new PyDict()], rest);
  return makeClass(machine, types.type, name, bases, names, rest);
}

/** `__mro_entries__`: `Generic[T]`, `NamedTuple` and the like stand for other bases. */
function resolveBases(machine: Engine, given: readonly Value[]): Value[] {
  return given.flatMap((base) => {
    if (base instanceof PyClass || base instanceof Unknown) return [base];
    const entries = findAttribute(machine, base, "__mro_entries__");
    if (entries === undefined) return [base];
    const replaced = machine.iterate(machine.call(entries, [new PyTuple(given)]));
    return replaced instanceof Unknown ? [replaced] : replaced;
  });
}

function metaclassOf(machine: Engine, bases: readonly Value[], explicit: Value | undefined): Value {
  let meta: Value = explicit ?? types.type;
  if (!(meta instanceof PyClass)) return meta;
  for (const base of bases) {
    if (!(base instanceof PyClass)) continue;
    if (base.cls.isSubclassOf(meta as PyClass)) meta = base.cls;
    else if (!(meta as PyClass).isSubclassOf(base.cls)) machine.raise("TypeError", "metaclass conflict");
  }
  return meta;
}

/** `type.__new__`. */
export function makeClass(
  machine: Engine,
  meta: PyClass,
  name: string,
  bases: readonly Value[],
  names: Iterable<readonly [string, Value]>,
  keywords: Keywords,
): PyClass {
  const known = bases.filter((base) => base instanceof PyClass);
  const parents = known.length === 0 ? [types.object] : known;
  const cls = new PyClass(name, parents, meta);
  const order = linearize(cls, parents);
  if (order === null)
    machine.raise("TypeError", "Cannot create a consistent method resolution order (MRO) for bases");
  cls.mro = order as PyClass[];
  cls.unknownBase =
    bases.find((base) => base instanceof Unknown) ??
    parents.find((one) => one.unknownBase)?.unknownBase ??
    null;
  cls.allocate = parents.find((one) => one.allocate !== null)?.allocate ?? null;
  for (const [key, value] of names) cls.attributes.set(key, implicit(key, value));
  const module = cls.attributes.get("__module__");
  if (typeof module === "string") cls.module = module;
  if (cls.attributes.has("__eq__") && !cls.attributes.has("__hash__")) cls.attributes.set("__hash__", null);
  for (const parent of parents) parent.addSubclass(cls);
  nameDescriptors(machine, cls);
  initSubclass(machine, cls, keywords);
  return cls;
}

/** Functions that are static or class methods without saying so. */
function implicit(name: string, value: Value): Value {
  if (!(value instanceof PyFunction)) return value;
  if (name === "__new__") return new PyStaticMethod(value);
  if (name === "__init_subclass__" || name === "__class_getitem__") return new PyClassMethod(value);
  return value;
}

function nameDescriptors(machine: Engine, cls: PyClass): void {
  for (const [name, value] of [...cls.attributes]) {
    if (!(value instanceof PyInstance) && !(value instanceof PyProperty && !value.cls.isBuiltin)) continue;
    const method = value.cls.lookup("__set_name__");
    if (method !== undefined) machine.call(bind(machine, method, value, value.cls), [cls, name]);
  }
}

function initSubclass(machine: Engine, cls: PyClass, keywords: Keywords): void {
  for (const parent of cls.mro.slice(1)) {
    const method = parent.attributes.get("__init_subclass__");
    if (method === undefined) continue;
    machine.call(bind(machine, method, cls, cls), [], keywords);
    return;
  }
}
