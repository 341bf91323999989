/** Truth, `isinstance`, and ints through `__index__`. */

import type { Engine } from "../engine.js";
import {
  PyBytes,
  PyClass,
  PyDict,
  PyDictView,
  PyFloat,
  PyInstance,
  PyList,
  PyObject,
  PyRange,
  PyTuple,
  Sym,
  types,
  Unknown,
  type Value,
} from "../values.js";
import { bind, findAttribute } from "./attributes.js";
import { iterate } from "./iteration.js";
import { integerOf } from "./numbers.js";
import { typeOf } from "./typeOf.js";

/** `bool(value)`; Unknown says why it cannot be told. */
export function truth(machine: Engine, value: Value): boolean | Unknown {
  switch (typeof value) {
    case "boolean":
      return value;
    case "number":
      return value !== 0;
    case "bigint":
      return value !== 0n;
    case "string":
      return value !== "";
    default:
      return value === null ? false : objectTruth(machine, value);
  }
}

function objectTruth(machine: Engine, value: PyObject): boolean | Unknown {
  if (value instanceof Unknown) return value;
  const { cls } = value;
  if (!cls.isBuiltin) {
    const own = cls.lookup("__bool__");
    if (own !== undefined) return truth(machine, machine.call(bind(machine, own, value, cls)));
    const length = cls.lookup("__len__");
    if (length !== undefined) return truth(machine, machine.call(bind(machine, length, value, cls)));
    if (cls.unknownBase !== null) return cls.unknownBase;
  }
  if (value instanceof PyFloat) return value.value !== 0;
  if (value instanceof PyTuple) return value.items.length > 0;
  if (value instanceof PyList) return value.uncertain ?? value.items.length > 0;
  if (value instanceof PyDict) return value.uncertain ?? value.size > 0;
  if (value instanceof PyDictView) return value.dict.uncertain ?? value.dict.size > 0;
  if (value instanceof PyBytes) return value.value.length > 0;
  if (value instanceof PyRange) return value.length > 0;
  if (value instanceof PyInstance && value.payload !== undefined) return truth(machine, value.payload);
  return true;
}

/** `isinstance(value, type)`, `type` a class, a tuple of classes or a union. */
export function isInstance(machine: Engine, value: Value, type: Value): boolean | Unknown {
  return anyClass(machine, type, (cls) => instanceOf(machine, value, cls));
}

export function isSubclass(machine: Engine, cls: Value, type: Value): boolean | Unknown {
  if (cls instanceof Unknown) return cls;
  return anyClass(machine, type, (one) => {
    const check =
      one instanceof PyClass
        ? customCheck(one, "__subclasscheck__")
        : one instanceof PyObject
          ? one.cls.lookup("__subclasscheck__")
          : undefined;
    if (check !== undefined) return truth(machine, checked(machine, check, one, cls));
    if (!(cls instanceof PyClass)) return machine.raise("TypeError", "issubclass() arg 1 must be a class");
    return one instanceof PyClass && cls.isSubclassOf(one) ? true : (cls.unknownBase ?? false);
  });
}

function instanceOf(machine: Engine, value: Value, cls: Value): boolean | Unknown {
  if (cls instanceof PyClass) {
    // A symbol is a product of sizes; with a ratio among them, `width * ratio`, it may be a float.
    const type = value instanceof Sym && cls !== types.float ? types.int : typeOf(value);
    const isKnown = !(value instanceof Unknown) || type === types.int;
    if (isKnown && type.isSubclassOf(cls)) return true;
    const check = customCheck(cls, "__instancecheck__");
    if (check !== undefined) return truth(machine, checked(machine, check, cls, value));
    return isKnown ? (type.unknownBase ?? false) : machine.unknown(value.reason);
  }
  const check = cls instanceof PyObject ? cls.cls.lookup("__instancecheck__") : undefined;
  if (check !== undefined) return truth(machine, checked(machine, check, cls, value));
  return machine.raise("TypeError", "isinstance() arg 2 must be a type, a tuple of types, or a union");
}

/** A check may be a class method too, of a class whose objects stand for types. */
const checked = (machine: Engine, check: Value, owner: Value, value: Value): Value =>
  machine.call(bind(machine, check, owner, typeOf(owner)), [value]);

const customCheck = (cls: PyClass, name: string): Value | undefined =>
  cls.cls.isBuiltin ? undefined : cls.cls.lookup(name);

function anyClass(machine: Engine, type: Value, test: (cls: Value) => boolean | Unknown): boolean | Unknown {
  if (type instanceof Unknown) return type;
  const parts = type instanceof PyTuple ? type.items : unionOf(machine, type);
  if (parts === null) return test(type);
  let unknown: Unknown | null = null;
  for (const one of parts) {
    const answer = anyClass(machine, one, test);
    if (answer === true) return true;
    if (answer !== false) unknown ??= answer;
  }
  return unknown ?? false;
}

/** The members of `int | str` and `typing.Union[…]`. */
function unionOf(machine: Engine, type: Value): readonly Value[] | null {
  if (!(type instanceof PyInstance) || type.cls.name !== "UnionType") return null;
  const members = findAttribute(machine, type, "__args__");
  const items = members === undefined ? [] : iterate(machine, members);
  return items instanceof Unknown ? [items] : items;
}

/** An int through `__index__`; null where it is none. */
export function asInteger(machine: Engine, value: Value): number | bigint | Unknown | null {
  const whole = integerOf(value);
  if (whole !== null) return whole;
  if (value instanceof Unknown) return value;
  if (value instanceof PyInstance && value.payload !== undefined) return integerOf(value.payload);
  const cls = typeOf(value);
  const method = cls.lookup("__index__");
  if (method === undefined) return cls.unknownBase;
  return asInteger(machine, machine.call(bind(machine, method, value, cls)));
}
