/** Iterating over any value. */

import { MAX_ELEMENTS, MAX_UNKNOWN_ITEMS } from "../budgets.js";
import type { Engine } from "../engine.js";
import {
  type Next,
  PyBytes,
  PyDict,
  PyDictView,
  PyFunction,
  PyIterator,
  PyList,
  PyObject,
  PyRange,
  PyTuple,
  Unknown,
  type Value,
} from "../values.js";
import { bind, findAttribute } from "./attributes.js";
import { setKey } from "./hashing.js";
import { elementOfUncertain, getItem } from "./items.js";
import { unlessRaised } from "./raising.js";
import { typeOf } from "./typeOf.js";

/** Unknown where nobody knows what it gives. */
export function iterator(machine: Engine, value: Value): Next | Unknown {
  if (value instanceof PyObject && !value.cls.isBuiltin) {
    const method = value.cls.lookup("__iter__");
    if (method !== undefined) {
      const made = machine.call(bind(machine, method, value, value.cls));
      return made === value ? stepsOf(machine, made) : iterator(machine, made);
    }
  }
  return builtinIterator(machine, value) ?? otherIterator(machine, value);
}

function builtinIterator(machine: Engine, value: Value): Next | Unknown | undefined {
  if (value instanceof PyList) {
    let index = 0;
    // Python looks at the list anew each time: it may grow meanwhile.
    const next: Next = () => (value.uncertain === null ? value.items[index++] : undefined);
    return value.uncertain === null ? next : elementOfUncertain(machine, value.uncertain, value.items);
  }
  if (value instanceof PyTuple) return overArray(value.items);
  if (value instanceof PyRange) return overRange(value);
  if (typeof value === "string") return overArray([...value]);
  if (value instanceof PyDict) return value.uncertain ?? overDict(machine, value, value.keys());
  if (value instanceof PyDictView) {
    const { dict } = value;
    if (dict.uncertain !== null) return elementOfUncertain(machine, dict.uncertain, [...dict.values()]);
    return overDict(machine, dict, value.iterate());
  }
  if (value instanceof PyIterator) return stepsOf(machine, value);
  if (value instanceof PyBytes) return overArray([...value.value]);
  if (value instanceof Unknown) return value;
  return undefined;
}

function overArray(items: readonly Value[]): Next {
  let index = 0;
  return () => items[index++];
}

function overRange({ start, step, length }: PyRange): Next {
  let index = 0;
  return () => (index < length ? start + step * index++ : undefined);
}

function overDict(machine: Engine, dict: PyDict, items: Iterator<Value>): Next {
  const { size } = dict;
  return () => {
    if (dict.size !== size) machine.raise("RuntimeError", "dictionary changed size during iteration");
    const step = items.next();
    return step.done === true ? undefined : step.value;
  };
}

function otherIterator(machine: Engine, value: Value): Next | Unknown {
  const cls = typeOf(value);
  if (cls.lookup("__next__") !== undefined) return stepsOf(machine, value);
  const meta = cls.lookup("__iter__");
  if (meta !== undefined) return iterator(machine, machine.call(bind(machine, meta, value, cls)));
  if (cls.lookup("__getitem__") !== undefined) return byIndex(machine, value);
  if (cls.unknownBase !== null) return cls.unknownBase;
  return machine.raise("TypeError", `'${cls.name}' object is not iterable`);
}

/** The old protocol: items 0, 1, … until IndexError. */
function byIndex(machine: Engine, value: Value): Next {
  let index = 0;
  return untilRaised(machine, "IndexError", () => {
    const item = getItem(machine, value, index);
    index++;
    return item;
  });
}

/**
 * What `give` returns until it raises. Looking something up in a container of unknown length never raises:
 * after so many items nobody knows, nobody knows either how many there are.
 */
function untilRaised(machine: Engine, exception: string, give: () => Value): Next {
  let unknowns = 0;
  const next: Next = () => {
    const item = unlessRaised(machine, exception, give);
    unknowns = item instanceof Unknown ? unknowns + 1 : 0;
    if (unknowns <= MAX_UNKNOWN_ITEMS) return item;
    next.uncertain = item as Unknown;
    return undefined;
  };
  return next;
}

/** `__next__` again and again. */
function stepsOf(machine: Engine, value: Value): Next | Unknown {
  if (value instanceof Unknown) return value;
  if (value instanceof PyIterator) {
    const next: Next = () => {
      const item = value.next(machine);
      if (item === undefined) next.uncertain = value.uncertain;
      return item;
    };
    return next;
  }
  const cls = typeOf(value);
  const method = cls.lookup("__next__");
  if (method === undefined) return machine.raise("TypeError", `'${cls.name}' object is not an iterator`);
  return untilRaised(machine, "StopIteration", () => machine.call(bind(machine, method, value, cls)));
}

/** All items; Unknown where nobody knows how many there are. */
export function iterate(machine: Engine, value: Value): readonly Value[] | Unknown {
  if (value instanceof PyTuple && value.cls.isBuiltin) return value.items;
  if (value instanceof PyList && value.cls.isBuiltin && value.uncertain === null) return value.items.slice();
  if (value instanceof PyRange) machine.allocate(value.length);
  const next = iterator(machine, value);
  if (next instanceof Unknown) return next;
  const items: Value[] = [];
  for (let item = next(); item !== undefined; item = next()) {
    machine.step();
    items.push(item);
    if (items.length > MAX_ELEMENTS) machine.allocate(Number.POSITIVE_INFINITY);
  }
  if (next.uncertain) return elementOfUncertain(machine, next.uncertain, items);
  return items;
}

/** `len(value)`. */
export function length(machine: Engine, value: Value): number | Unknown {
  if (typeof value === "string") return /[\ud800-\udfff]/.test(value) ? [...value].length : value.length;
  if (value instanceof PyObject && !value.cls.isBuiltin) {
    const method = value.cls.lookup("__len__");
    if (method !== undefined && !isInherited(method)) {
      const count = machine.call(bind(machine, method, value, value.cls));
      if (typeof count === "number" || count instanceof Unknown) return count;
      return machine.raise("TypeError", "__len__ must return an int");
    }
  }
  if (value instanceof PyTuple) return value.items.length;
  if (value instanceof PyList) return value.uncertain ?? value.items.length;
  if (value instanceof PyDict) return value.uncertain ?? value.size;
  if (value instanceof PyDictView) return value.dict.uncertain ?? value.dict.size;
  if (value instanceof PyRange) return value.length;
  if (value instanceof PyBytes) return value.value.length;
  if (value instanceof Unknown) return machine.unknown(value.reason);
  const cls = typeOf(value);
  const method = findAttribute(machine, cls, "__len__");
  if (method !== undefined) {
    const count = machine.call(method, [value]);
    if (typeof count === "number" || count instanceof Unknown) return count;
  }
  return cls.unknownBase ?? machine.raise("TypeError", `object of type '${cls.name}' has no len()`);
}

/** The `__len__` of a built-in container that a subclass did not override. */
const isInherited = (method: Value): boolean =>
  method instanceof PyObject &&
  "owner" in method &&
  (method.owner as { isBuiltin?: boolean } | null)?.isBuiltin === true;

/** Key and value of all entries, for `**mapping` and `dict(mapping)`. */
export function mappingItems(machine: Engine, value: Value): readonly (readonly [Value, Value])[] | Unknown {
  if (value instanceof Unknown) return value;
  if (value instanceof PyDict && !(value.cls.lookup("keys") instanceof PyFunction)) {
    return value.uncertain ?? [...value.items()].map(({ key, value: item }) => [key, item] as const);
  }
  const keys = machine.callMethod(value, "keys");
  const names = iterate(machine, keys);
  if (names instanceof Unknown) return names;
  return names.map((name) => [name, getItem(machine, value, name)] as const);
}

/** A mapping of which only some keys may not be there; null for any other. */
export const withOptionalKeys = (value: Value): PyDict | null =>
  value instanceof PyDict && value.uncertain !== null && value.optional !== null ? value : null;

/** `dict.update(mapping)`. */
export function updateDict(machine: Engine, dict: PyDict, mapping: Value): void {
  const listed = withOptionalKeys(mapping);
  if (listed !== null) {
    updateWithOptional(machine, dict, listed);
    return;
  }
  const items = mappingItems(machine, mapping);
  if (items instanceof Unknown) {
    machine.touch(dict);
    dict.doubt(machine.unknown(`a dict updated with something unknown: ${items.reason}`, items.may));
  } else for (const [key, item] of items) setKey(machine, dict, key, item);
}

/** The same with a mapping of which some keys may not be there. */
function updateWithOptional(machine: Engine, dict: PyDict, mapping: PyDict): void {
  machine.touch(dict);
  for (const [key, name] of mapping.keyPairs()) {
    const value = mapping.get(key)!;
    const old = dict.get(key);
    if (!mapping.isOptional(key)) dict.set(key, name, value);
    else {
      const either = machine.unknown(mapping.uncertain!.reason, old === undefined ? [value] : [old, value]);
      if (old === undefined || dict.isOptional(key)) dict.setOptional(key, name, either);
      else dict.set(key, name, either);
    }
  }
}
