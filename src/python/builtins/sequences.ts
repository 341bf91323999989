/** `list` and `tuple`. */

import type { Engine } from "../engine.js";
import { compare } from "../operations/comparison.js";
import { containerBinary, extend } from "../operations/containerOperators.js";
import { sliceRange } from "../operations/items.js";
import { iterate } from "../operations/iteration.js";
import {
  NOT_IMPLEMENTED,
  type PyClass,
  PyList,
  PySlice,
  PyTuple,
  types,
  Unknown,
  type Value,
} from "../values.js";
import { bare, common, uncertain } from "./containerMethods.js";
import { define } from "./define.js";
import { sortItems } from "./sorting.js";

export function installSequence(): void {
  for (const cls of [types.list, types.tuple]) {
    common(cls, cls === types.list ? "mutable" : "fixed");
    define<PyList | PyTuple>(cls, {
      methods: {
        "__add__(self, other, /)": (machine, self, other) =>
          containerBinary(machine, "+", bare(self), bare(other)) ?? NOT_IMPLEMENTED,
        "__mul__(self, count, /)": (machine, self, count) =>
          containerBinary(machine, "*", bare(self), count) ?? NOT_IMPLEMENTED,
        "__lt__(self, other, /)": (machine, self, other) => compare(machine, "<", bare(self), bare(other)),
        "count(self, value, /)": (machine, self, value) => count(machine, self, value),
        "index(self, value, start=0, stop=None, /)": (machine, self, value, start, stop) =>
          indexOf(machine, self, value, start, stop),
      },
    });
  }
  define<PyTuple>(types.tuple, {
    methods: {
      "__hash__(self, /)": (machine, self) =>
        machine.call(machine.builtin("hash"), [new PyTuple(self.items)]),
    },
    staticMethods: {
      "__new__(cls, iterable=..., /)": (machine, cls: PyClass, iterable?: Value) => {
        const items = iterable === undefined ? [] : iterate(machine, iterable);
        if (items instanceof Unknown) return unknownTuple(machine, items, iterable);
        return iterable instanceof PyTuple && iterable.cls === cls ? iterable : new PyTuple(items, cls);
      },
    },
  });
}

/** It has the items of `iterable`, and their names. */
function unknownTuple(machine: Engine, items: Unknown, iterable: Value | undefined): Unknown {
  const tuple = machine.unknown(items.reason, items.may);
  tuple.isTuple = true;
  if (iterable instanceof Unknown) {
    tuple.lastItem = iterable.lastItem;
    tuple.size = iterable.size;
  }
  return tuple;
}

function count(machine: Engine, self: PyList | PyTuple, value: Value): Value {
  if (self instanceof PyList && self.uncertain) return uncertain(machine, self);
  let total = 0;
  for (const item of self.items) {
    const same = item === value || machine.equal(item, value);
    if (same instanceof Unknown) return same;
    if (same) total++;
  }
  return total;
}

function indexOf(machine: Engine, self: PyList | PyTuple, value: Value, start: Value, stop: Value): Value {
  if (self instanceof PyList && self.uncertain) return uncertain(machine, self);
  const range = sliceRange(machine, new PySlice(start, stop, null), self.items.length);
  if (range instanceof Unknown) return range;
  for (let index = range.start; index < range.stop; index++) {
    const same = self.items[index] === value || machine.equal(self.items[index]!, value);
    if (same instanceof Unknown) return same;
    if (same) return index;
  }
  return machine.raise("ValueError", `${String(machine.repr(value))} is not in ${self.cls.name}`);
}

export function installList(): void {
  types.list.allocate = (cls) => new PyList([], cls);
  define<PyList>(types.list, {
    staticMethods: { "__new__(cls, /, *args, **kwargs)": (_, cls: PyClass) => new PyList([], cls) },
    methods: {
      "__init__(self, iterable=..., /)": (machine, self, iterable?: Value) => {
        machine.touch(self);
        self.items = [];
        self.uncertain = null;
        if (iterable !== undefined) extend(machine, self, iterable);
        return null;
      },
      "__iadd__(self, other, /)": (machine, self, other) => extend(machine, self, other),
      "append(self, object, /)": (machine, self, object) => {
        machine.touch(self);
        self.items.push(object);
        return null;
      },
      "extend(self, iterable, /)": (machine, self, iterable) => {
        extend(machine, self, iterable);
        return null;
      },
      "insert(self, index, object, /)": (machine, self, index, object) => {
        const at = machine.asInteger(index);
        machine.touch(self);
        if (at instanceof Unknown || at === null)
          self.uncertain ??= machine.unknown("a list with an insertion somewhere", self.items);
        else self.items.splice(insertionPoint(Number(at), self.items.length), 0, object);
        return null;
      },
      "pop(self, index=-1, /)": (machine, self, index) => pop(machine, self, index),
      "remove(self, value, /)": (machine, self, value) => {
        const at = indexOf(machine, self, value, 0, null);
        machine.touch(self);
        if (typeof at === "number") self.items.splice(at, 1);
        else self.uncertain ??= machine.unknown("a list with something unknown removed", self.items);
        return null;
      },
      "clear(self, /)": (machine, self) => {
        machine.touch(self);
        self.items = [];
        self.uncertain = null;
        return null;
      },
      "reverse(self, /)": (machine, self) => {
        machine.touch(self);
        self.items = [...self.items].reverse();
        return null;
      },
      "sort(self, /, *, key=None, reverse=False)": (machine, self, key, reverse) => {
        const sorted = sortItems(machine, self.items, key, reverse);
        machine.touch(self);
        if (sorted instanceof Unknown)
          self.items = self.items.map(() => machine.unknown(sorted.reason, self.items));
        else self.items = sorted;
        return null;
      },
      "copy(self, /)": (_, self) => Object.assign(new PyList([...self.items]), { uncertain: self.uncertain }),
      "__reversed__(self, /)": (machine, self) => machine.call(machine.builtin("reversed"), [bare(self)]),
    },
  });
  types.list.attributes.set("__hash__", null);
}

const insertionPoint = (at: number, length: number): number =>
  Math.min(Math.max(at < 0 ? at + length : at, 0), length);

function pop(machine: Engine, self: PyList, index: Value): Value {
  if (self.uncertain !== null) return machine.unknown(self.uncertain.reason, self.items);
  const at = machine.asInteger(index);
  if (at instanceof Unknown || at === null) {
    machine.touch(self);
    self.uncertain = machine.unknown("a list with something unknown removed", self.items);
    return machine.unknown("an unknown item", self.items);
  }
  const position = Number(at) < 0 ? Number(at) + self.items.length : Number(at);
  if (self.items.length === 0) machine.raise("IndexError", "pop from empty list");
  if (position < 0 || position >= self.items.length) machine.raise("IndexError", "pop index out of range");
  machine.touch(self);
  return self.items.splice(position, 1)[0]!;
}
