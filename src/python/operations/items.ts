/** `object[index]`: reading, writing, deleting. */

import type { Engine } from "../engine.js";
import * as poly from "../symbols/polynomial.js";
import { partOf, sizeOf } from "../symbols/symbolic.js";
import {
  PyBytes,
  PyClass,
  PyDict,
  PyFunction,
  PyInstance,
  PyList,
  PyObject,
  PyRange,
  PySlice,
  PyTuple,
  Unknown,
  type Value,
} from "../values.js";
import { bind } from "./attributes.js";
import { keyOf, setKey } from "./hashing.js";
import { iterate } from "./iteration.js";
import { unlessRaised } from "./raising.js";
import { asInteger } from "./truth.js";
import { typeOf } from "./typeOf.js";

export function getItem(machine: Engine, object: Value, index: Value): Value {
  if (object instanceof PyObject && !object.cls.isBuiltin) {
    const method = object.cls.lookup("__getitem__");
    if (method !== undefined && !isBuiltinMethod(method)) {
      return machine.call(bind(machine, method, object, object.cls), [index]);
    }
  }
  if (object instanceof PyDict) return dictItem(machine, object, index);
  if (object instanceof PyList) {
    if (object.uncertain !== null) return elementOfUncertain(machine, object.uncertain, object.items);
    return sequenceItem(machine, object.items, index, "list", (items) => new PyList(items));
  }
  if (object instanceof PyTuple) {
    return sequenceItem(machine, object.items, index, "tuple", (items) => new PyTuple(items));
  }
  if (typeof object === "string") {
    const characters = /[\ud800-\udfff]/.test(object) ? [...object] : object;
    return sequenceItem(machine, characters, index, "string", (items) => items.join(""));
  }
  return otherItem(machine, object, index);
}

const isBuiltinMethod = (method: Value): boolean =>
  method instanceof PyObject && "owner" in method && (method.owner as PyClass | null)?.isBuiltin === true;

/** Something of a container of which only some items are known. */
export function elementOfUncertain(machine: Engine, uncertain: Unknown, items: readonly Value[]): Unknown {
  return machine.unknown(uncertain.reason, [...items, ...uncertain.may]);
}

function otherItem(machine: Engine, object: Value, index: Value): Value {
  if (object instanceof PyRange) return rangeItem(machine, object, index);
  if (object instanceof PyBytes) {
    return sequenceItem(
      machine,
      [...object.value],
      index,
      "bytes",
      (items) => new PyBytes(Uint8Array.from(items as number[])),
    );
  }
  if (object instanceof Unknown) return unknownItem(machine, object, index);
  if (object instanceof PyClass) return classItem(machine, object, index);
  if (object instanceof PyInstance && object.payload !== undefined)
    return getItem(machine, object.payload, index);
  const cls = typeOf(object);
  const method = cls.lookup("__getitem__");
  if (method !== undefined) return machine.call(bind(machine, method, object, cls), [index]);
  if (cls.unknownBase !== null) return machine.unknown(cls.unknownBase.reason);
  return machine.raise("TypeError", `'${cls.name}' object is not subscriptable`);
}

/** `config["width"]` reads like `config.width`. */
function unknownItem(machine: Engine, object: Unknown, index: Value): Value {
  if (index === -1 && object.lastItem !== undefined) return object.lastItem;
  const value = machine.unknown(object.reason, reachedByItem(machine, object, index));
  if (object.path !== null && typeof index === "string") value.path = `${object.path}.${index}`;
  else if (object.path !== null && typeof index === "number") value.path = `${object.path}[${index}]`;
  value.size = itemSize(object, index);
  if (index instanceof PySlice) value.isTuple = object.isTuple;
  if (isRest(index)) value.lastItem = object.lastItem;
  value.isInert = object.isInert;
  return machine.gaveUnknown("__getitem__", [object, index], value);
}

/**
 * What may be changed through an item: the item that a container of the host's gives, else any item of a
 * container, and an object of the program's own itself.
 */
function reachedByItem(machine: Engine, object: Unknown, index: Value): readonly Value[] {
  return object.may.flatMap((one) => {
    if (one instanceof PyList || one instanceof PyTuple) return one.items;
    if (one instanceof PyDict) return [...one.values()];
    if (!(one instanceof PyInstance)) return [];
    const method = one.cls.lookup("__getitem__");
    if (!(method instanceof PyFunction && method.code.unit.isStub)) return [one];
    return unlessRaised(machine, "Exception", () => machine.call(method, [one, index])) ?? [];
  });
}

/** `[:]`, `[1:]`, `[-2:]`: whether a slice keeps the end. */
const isRest = (index: Value): boolean =>
  index instanceof PySlice && index.step === null && index.stop === null;

/** What an entry, or the rest from an entry on, is called. */
function itemSize(object: Unknown, index: Value): poly.Polynomial | null {
  if (typeof index === "string") return partOf(object, `[${JSON.stringify(index)}]`);
  if (typeof index === "number") return partOf(object, `[${index}]`);
  if (index instanceof Unknown) return entryName(object, index);
  if (!(index instanceof PySlice) || index.step !== null || index.stop !== null) return null;
  return typeof index.start === "number" && index.start >= 0 ? partOf(object, `[${index.start}:]`) : null;
}

/** `filters[i]`, `filters[i + 1]` of an `i` that nobody knows. */
function entryName(object: Unknown, index: Unknown): poly.Polynomial | null {
  const [list, at] = [sizeOf(object), sizeOf(index)];
  const whole = list && poly.nameOf(list);
  if (whole === null || at === null) return null;
  return poly.symbol(`${whole.key}[${poly.key(at)}]`, `${whole.text}[${poly.polynomialText(at)}]`);
}

/** `List[int]`: the class's own `__class_getitem__`, or the class itself with its arguments forgotten. */
function classItem(machine: Engine, cls: PyClass, index: Value): Value {
  const meta = cls.cls.lookup("__getitem__");
  if (meta !== undefined) return machine.call(bind(machine, meta, cls, cls.cls), [index]);
  const own = cls.lookup("__class_getitem__");
  if (own === undefined) {
    return cls.isBuiltin || cls.unknownBase !== null
      ? machine.genericAlias(cls, index)
      : machine.raise("TypeError", `type '${cls.name}' is not subscriptable`);
  }
  return machine.call(machine.getAttribute(cls, "__class_getitem__"), [index]);
}

function dictItem(machine: Engine, dict: PyDict, index: Value): Value {
  const key = keyOf(machine, index);
  const missing = dict.cls.isBuiltin ? undefined : dict.cls.lookup("__missing__");
  if (key instanceof Unknown) {
    const entry = machine.unknown(key.reason, [...dict.values()]);
    if (missing !== undefined) {
      // Reading may have put an entry there: `defaultdict(list)[key].append(x)`.
      machine.touch(dict);
      dict.doubt(entry);
    }
    return entry;
  }
  const value = dict.get(key.key);
  if (value !== undefined) return value;
  if (!dict.listsAll) return elementOfUncertain(machine, dict.uncertain!, []);
  if (missing !== undefined) return machine.call(bind(machine, missing, dict, dict.cls), [index]);
  return machine.raiseWith("KeyError", index);
}

/** A position as an offset from 0; null where it is out of range; Unknown where it is not known. */
function position(machine: Engine, index: Value, length: number, kind: string): number | null | Unknown {
  const whole = asInteger(machine, index);
  if (whole instanceof Unknown) return whole;
  if (whole === null) {
    return machine.raise(
      "TypeError",
      `${kind} indices must be integers or slices, not ${typeOf(index).name}`,
    );
  }
  const at = Number(whole) < 0 ? Number(whole) + length : Number(whole);
  return at >= 0 && at < length ? at : null;
}

function sequenceItem(
  machine: Engine,
  items: readonly Value[] | string,
  index: Value,
  kind: string,
  make: (items: Value[]) => Value,
): Value {
  if (index instanceof PySlice) {
    const range = sliceRange(machine, index, items.length);
    if (range instanceof Unknown)
      return machine.unknown(range.reason, typeof items === "string" ? [] : items);
    if (range.step === 1 && typeof items === "string")
      return items.slice(range.start, Math.max(range.start, range.stop));
    machine.allocate(range.length);
    return make(Array.from({ length: range.length }, (_, at) => items[range.start + at * range.step]!));
  }
  const at = position(machine, index, items.length, kind);
  if (at instanceof Unknown) return machine.unknown(at.reason, typeof items === "string" ? [] : items);
  return at === null ? machine.raise("IndexError", `${kind} index out of range`) : items[at]!;
}

function rangeItem(machine: Engine, range: PyRange, index: Value): Value {
  if (index instanceof PySlice) {
    const part = sliceRange(machine, index, range.length);
    if (part instanceof Unknown) return machine.unknown(part.reason);
    const at = (position: number) => range.start + position * range.step;
    return new PyRange(at(part.start), at(part.start + part.length * part.step), range.step * part.step);
  }
  const at = position(machine, index, range.length, "range");
  if (at instanceof Unknown) return machine.unknown(at.reason);
  return at === null
    ? machine.raise("IndexError", "range object index out of range")
    : range.start + at * range.step;
}

/** The positions that a slice of a sequence means, as `slice.indices` gives them. */
export function sliceRange(machine: Engine, slice: PySlice, length: number): PyRange | Unknown {
  const parts: (number | null)[] = [];
  for (const part of [slice.start, slice.stop, slice.step]) {
    const whole = part === null ? null : asInteger(machine, part);
    if (whole instanceof Unknown) return whole;
    if (whole === null && part !== null) {
      return machine.raise("TypeError", "slice indices must be integers or None or have an __index__ method");
    }
    parts.push(whole === null ? null : Number(whole));
  }
  const [start, stop, given] = parts as [number | null, number | null, number | null];
  const step = given ?? 1;
  if (step === 0) machine.raise("ValueError", "slice step cannot be zero");
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const clamp = (at: number) => Math.min(Math.max(at < 0 ? at + length : at, low), high);
  const first = start === null ? (step > 0 ? low : high) : clamp(start);
  const last = stop === null ? (step > 0 ? high : low) : clamp(stop);
  return new PyRange(first, last, step);
}

export function setItem(machine: Engine, object: Value, index: Value, value: Value): void {
  if (object instanceof PyObject && !object.cls.isBuiltin) {
    const method = object.cls.lookup("__setitem__");
    if (method !== undefined && !isBuiltinMethod(method)) {
      machine.call(bind(machine, method, object, object.cls), [index, value]);
      return;
    }
  }
  if (object instanceof PyDict) setKey(machine, object, index, value);
  else if (object instanceof PyList) setListItem(machine, object, index, value);
  else if (object instanceof Unknown) machine.escape([...object.may, value]);
  else {
    const cls = typeOf(object);
    const method = cls.lookup("__setitem__");
    if (method !== undefined) machine.call(bind(machine, method, object, cls), [index, value]);
    else if (cls.unknownBase === null) {
      machine.raise("TypeError", `'${cls.name}' object does not support item assignment`);
    }
  }
}

export function setListItem(machine: Engine, list: PyList, index: Value, value: Value): void {
  machine.touch(list);
  if (index instanceof PySlice) {
    setSlice(machine, list, index, value);
    return;
  }
  const at = list.uncertain ?? position(machine, index, list.items.length, "list");
  if (at instanceof Unknown) {
    // It may have replaced any item.
    list.items = list.items.map((item) => machine.unknown(at.reason, [item, value]));
  } else if (at === null) machine.raise("IndexError", "list assignment index out of range");
  else list.items[at] = value;
}

function setSlice(machine: Engine, list: PyList, slice: PySlice, value: Value): void {
  const range = sliceRange(machine, slice, list.items.length);
  const items = iterate(machine, value);
  if (range instanceof Unknown || items instanceof Unknown) {
    list.uncertain ??= machine.unknown(
      (range instanceof Unknown ? range : (items as Unknown)).reason,
      list.items,
    );
    return;
  }
  if (range.step === 1) {
    list.items.splice(range.start, Math.max(0, range.stop - range.start), ...items);
    return;
  }
  if (items.length !== range.length) {
    machine.raise(
      "ValueError",
      `attempt to assign sequence of size ${items.length} to extended slice of size ${range.length}`,
    );
  }
  items.forEach((item, at) => {
    list.items[range.start + at * range.step] = item;
  });
}

export function deleteItem(machine: Engine, object: Value, index: Value): void {
  const cls = typeOf(object);
  const method = cls.lookup("__delitem__");
  if (method instanceof PyFunction || (method !== undefined && !isBuiltinMethod(method))) {
    machine.call(bind(machine, method, object, cls), [index]);
  } else if (object instanceof PyDict) deleteKey(machine, object, index);
  else if (object instanceof PyList) deleteListItem(machine, object, index);
  else if (object instanceof Unknown) machine.escape(object.may);
  else machine.raise("TypeError", `'${cls.name}' object doesn't support item deletion`);
}

export function deleteKey(machine: Engine, dict: PyDict, index: Value): void {
  const key = keyOf(machine, index);
  machine.touch(dict);
  if (key instanceof Unknown) dict.doubt(machine.unknown(key.reason, [...dict.values()]));
  else if (!dict.delete(key.key) && dict.listsAll) machine.raiseWith("KeyError", index);
}

export function deleteListItem(machine: Engine, list: PyList, index: Value): void {
  machine.touch(list);
  if (index instanceof PySlice) {
    const range = sliceRange(machine, index, list.items.length);
    if (range instanceof Unknown) list.uncertain ??= machine.unknown(range.reason, list.items);
    else {
      const gone = new Set(Array.from({ length: range.length }, (_, at) => range.start + at * range.step));
      list.items = list.items.filter((_, at) => !gone.has(at));
    }
    return;
  }
  const at = list.uncertain ?? position(machine, index, list.items.length, "list");
  if (at instanceof Unknown) list.uncertain ??= machine.unknown(at.reason, list.items);
  else if (at === null) machine.raise("IndexError", "list assignment index out of range");
  else list.items.splice(at, 1);
}
