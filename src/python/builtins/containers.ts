/** `list`, `tuple`, `dict`, `set`, `frozenset`, `range`, `slice` and the views of a dict. */

import type { BinaryOperator } from "../ast.js";
import { compare, contains, isSubset } from "../comparison.js";
import { asSet, combineSets, containerBinary, containerInplace, extend } from "../containerOperators.js";
import type { Engine } from "../engine.js";
import { keyOf, setKey } from "../hashing.js";
import { deleteItem, deleteKey, deleteListItem, getItem, setListItem, sliceRange } from "../items.js";
import { iterate, mappingItems, updateDict } from "../iteration.js";
import { integerOf } from "../numbers.js";
import { repr } from "../text.js";
import {
  NOT_IMPLEMENTED,
  type PyClass,
  PyDict,
  PyDictView,
  PyIterator,
  PyList,
  PyRange,
  PySet,
  PySlice,
  PyTuple,
  types,
  Unknown,
  type Value,
} from "../values.js";
import { define } from "./define.js";
import { sortItems } from "./sorting.js";

export function installContainers(): void {
  installSequence();
  installList();
  installDict();
  installSets();
  installRange();
}

/** Content that nobody knows: what is asked of it is unknown. */
function uncertain(machine: Engine, self: PyList | PyDict): Unknown | null {
  return self.uncertain === null ? null : machine.unknown(self.uncertain.reason);
}

/** What every container has as methods, for `super()` calls and code that names them. */
function common(cls: PyClass, more: "mutable" | "fixed"): void {
  define<Value>(cls, {
    methods: {
      "__len__(self, /)": (machine, self) => plainLength(machine, self),
      "__contains__(self, item, /)": (machine, self, item) => plainContains(machine, self, item),
      "__iter__(self, /)": (machine, self) => plainIterator(machine, self),
      "__getitem__(self, index, /)": (machine, self, index) => getItem(machine, bare(self), index),
      "__eq__(self, other, /)": (machine, self, other) => compare(machine, "==", bare(self), bare(other)),
      "__ne__(self, other, /)": (machine, self, other) => compare(machine, "!=", bare(self), bare(other)),
      "__repr__(self, /)": (machine, self) => repr(machine, bare(self)),
    },
    classMethods: {
      "__class_getitem__(cls, item, /)": (machine, cls, item) => machine.genericAlias(cls, item),
    },
  });
  if (more === "fixed") return;
  define<Value>(cls, {
    methods: {
      "__setitem__(self, index, value, /)": (machine, self, index, value) => {
        if (self instanceof PyDict) setKey(machine, self, index, value);
        else setListItem(machine, self as PyList, index, value);
        return null;
      },
      "__delitem__(self, index, /)": (machine, self, index) => {
        if (self instanceof PyDict) deleteKey(machine, self, index);
        else deleteListItem(machine, self as PyList, index);
        return null;
      },
    },
  });
}

/** The same content seen as the plain built-in: methods a subclass overrides are not called. */
function bare(self: Value): Value {
  if (self instanceof PyList && !self.cls.isBuiltin)
    return Object.assign(new PyList(self.items), { uncertain: self.uncertain });
  if (self instanceof PyTuple && !self.cls.isBuiltin) return new PyTuple(self.items);
  if (self instanceof PyDict && !self.cls.isBuiltin) return self.asBuiltin();
  return self;
}

const plainLength = (machine: Engine, self: Value): Value => machine.length(bare(self));
const plainContains = (machine: Engine, self: Value, item: Value): Value =>
  contains(machine, bare(self), item);

function plainIterator(machine: Engine, self: Value): Value {
  const next = machine.iterator(bare(self));
  return next instanceof Unknown ? next : new PyIterator(next, types.iterator, [next]);
}

function installSequence(): void {
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
        if (items instanceof Unknown) return machine.unknown(items.reason, items.may);
        return iterable instanceof PyTuple && iterable.cls === cls ? iterable : new PyTuple(items, cls);
      },
    },
  });
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

function installList(): void {
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

function installDict(): void {
  types.dict.allocate = (cls) => new PyDict(cls);
  common(types.dict, "mutable");
  types.dict.attributes.set("__hash__", null);
  define<PyDict>(types.dict, {
    staticMethods: { "__new__(cls, /, *args, **kwargs)": (_, cls: PyClass) => new PyDict(cls) },
    classMethods: {
      "fromkeys(cls, iterable, value=None, /)": (machine, cls, iterable, value) => {
        const dict = machine.call(cls);
        const keys = iterate(machine, iterable);
        if (keys instanceof Unknown) return machine.unknown(keys.reason);
        for (const key of keys) machine.setItem(dict, key, value);
        return dict;
      },
    },
    methods: {
      "__init__(self, /, *args, **kwargs)": (machine, self, args, kwargs) => {
        update(machine, self, (args as PyTuple).items[0], kwargs as PyDict);
        return null;
      },
      "update(self, /, *args, **kwargs)": (machine, self, args, kwargs) => {
        update(machine, self, (args as PyTuple).items[0], kwargs as PyDict);
        return null;
      },
      "get(self, key, default=None, /)": (machine, self, key, fallback) =>
        lookup(machine, self, key, fallback),
      "setdefault(self, key, default=None, /)": (machine, self, key, fallback) => {
        const normal = keyOf(machine, key);
        const value = normal instanceof Unknown ? undefined : self.get(normal.key);
        if (value !== undefined) return value;
        setKey(machine, self, key, fallback);
        return fallback;
      },
      "pop(self, key, default=..., /)": (machine, self, key, fallback?: Value) =>
        popKey(machine, self, key, fallback),
      "popitem(self, /)": (machine, self) => {
        const last = [...self.items()].at(-1);
        if (last === undefined) return machine.raise("KeyError", "popitem(): dictionary is empty");
        deleteItem(machine, self, last.key);
        return new PyTuple([last.key, last.value]);
      },
      "keys(self, /)": (_, self) => new PyDictView(self, "keys"),
      "values(self, /)": (_, self) => new PyDictView(self, "values"),
      "items(self, /)": (_, self) => new PyDictView(self, "items"),
      "clear(self, /)": (machine, self) => {
        machine.touch(self);
        self.clear();
        self.uncertain = null;
        return null;
      },
      "copy(self, /)": (machine, self) => {
        const dict = new PyDict();
        updateDict(machine, dict, bare(self));
        return dict;
      },
      "__or__(self, other, /)": (machine, self, other) =>
        containerBinary(machine, "|", bare(self), bare(other)) ?? NOT_IMPLEMENTED,
      "__ior__(self, other, /)": (machine, self, other) =>
        containerInplace(machine, "|", self, other) ?? NOT_IMPLEMENTED,
      "__reversed__(self, /)": (_, self) => new PyIterator(arrayStep([...self.keys()].reverse())),
    },
  });
  define<PyDictView>(types.dictView, {
    methods: {
      "__iter__(self, /)": (machine, self) => plainIterator(machine, self),
      "__len__(self, /)": (machine, self) => machine.length(self),
      "__reversed__(self, /)": (_, self) => new PyIterator(arrayStep([...self.iterate()].reverse())),
      "isdisjoint(self, other, /)": (machine, self, other) =>
        combineSets("&", asSet(machine, self), asSet(machine, other), types.set).size === 0,
    },
    properties: { mapping: (_, self) => self.dict },
  });
}

/** A step function over an array. */
export function arrayStep(items: readonly Value[]): () => Value | undefined {
  let index = 0;
  return () => items[index++];
}

/** `dict(mapping or pairs, **names)`. */
function update(machine: Engine, dict: PyDict, source: Value | undefined, names: PyDict): void {
  machine.touch(dict);
  if (source !== undefined) {
    const isMapping =
      source instanceof PyDict ||
      source instanceof Unknown ||
      machine.findAttribute(source, "keys") !== undefined;
    if (isMapping) updateDict(machine, dict, source);
    else addPairs(machine, dict, source);
  }
  const extra = mappingItems(machine, names);
  if (!(extra instanceof Unknown)) for (const [key, value] of extra) setKey(machine, dict, key, value);
}

function addPairs(machine: Engine, dict: PyDict, source: Value): void {
  const pairs = iterate(machine, source);
  if (pairs instanceof Unknown) {
    dict.uncertain ??= machine.unknown(pairs.reason, pairs.may);
    return;
  }
  for (const pair of pairs) {
    const items = iterate(machine, pair);
    if (items instanceof Unknown) dict.uncertain ??= machine.unknown(items.reason);
    else if (items.length === 2) setKey(machine, dict, items[0]!, items[1]!);
    else
      machine.raise(
        "ValueError",
        `dictionary update sequence element has length ${items.length}; 2 is required`,
      );
  }
}

function lookup(machine: Engine, dict: PyDict, name: Value, fallback: Value): Value {
  const key = keyOf(machine, name);
  if (key instanceof Unknown) {
    return dict.size === 0 && dict.uncertain === null
      ? fallback
      : machine.unknown(key.reason, [...dict.values(), fallback]);
  }
  const value = dict.get(key.key);
  if (value !== undefined) return value;
  return dict.uncertain === null ? fallback : machine.unknown(dict.uncertain.reason, [fallback]);
}

function popKey(machine: Engine, dict: PyDict, name: Value, fallback: Value | undefined): Value {
  const key = keyOf(machine, name);
  if (key instanceof Unknown) {
    machine.touch(dict);
    dict.uncertain ??= machine.unknown(key.reason);
    return machine.unknown(key.reason, [...dict.values()]);
  }
  const value = dict.get(key.key);
  if (value === undefined) {
    if (dict.uncertain !== null) return machine.unknown(dict.uncertain.reason);
    return fallback === undefined ? machine.raiseWith("KeyError", name) : fallback;
  }
  machine.touch(dict);
  dict.delete(key.key);
  return value;
}

const SET_OPERATORS: readonly (readonly [BinaryOperator, string, string])[] = [
  ["|", "__or__", "union"],
  ["&", "__and__", "intersection"],
  ["-", "__sub__", "difference"],
  ["^", "__xor__", "symmetric_difference"],
];

function installSets(): void {
  for (const cls of [types.set, types.frozenset]) {
    cls.allocate = (own) => new PySet(own);
    common(cls, "fixed");
    cls.attributes.delete("__getitem__");
    for (const [op, dunder, method] of SET_OPERATORS) {
      define<PySet>(cls, {
        methods: {
          [`${dunder}(self, other, /)`]: (machine, self, other) =>
            containerBinary(machine, op, self, other) ?? NOT_IMPLEMENTED,
          [`${method}(self, /, *others)`]: (machine, self, others) => {
            let result: PySet = combineSets("|", self, new PySet(), cls);
            result.uncertain = self.uncertain;
            for (const other of (others as PyTuple).items) result = combine(machine, op, result, other, cls);
            return result;
          },
        },
      });
    }
    define<PySet>(cls, {
      methods: {
        "copy(self, /)": (_, self) => {
          const copy = new PySet(self.cls.isBuiltin ? self.cls : cls);
          copy.replace(self);
          return copy;
        },
        "issubset(self, other, /)": (machine, self, other) => isSubset(self, asSet(machine, other)),
        "issuperset(self, other, /)": (machine, self, other) => isSubset(asSet(machine, other), self),
        "isdisjoint(self, other, /)": (machine, self, other) =>
          combine(machine, "&", self, other, cls).size === 0,
      },
    });
  }
  installFrozen();
  installMutableSet();
}

function combine(machine: Engine, op: BinaryOperator, self: PySet, other: Value, cls: PyClass): PySet {
  const right = asSet(machine, other);
  const result = combineSets(op, self, right, cls);
  result.uncertain = self.uncertain ?? right.uncertain;
  return result;
}

function installFrozen(): void {
  define<PySet>(types.frozenset, {
    staticMethods: {
      "__new__(cls, iterable=..., /)": (machine, cls: PyClass, iterable?: Value) => {
        const set = new PySet(cls);
        if (iterable !== undefined) set.replace(asSet(machine, iterable));
        return set;
      },
    },
    methods: { "__hash__(self, /)": (_, self) => self.size },
  });
}

function installMutableSet(): void {
  types.set.attributes.set("__hash__", null);
  define<PySet>(types.set, {
    staticMethods: { "__new__(cls, /, *args, **kwargs)": (_, cls: PyClass) => new PySet(cls) },
    methods: {
      "__init__(self, iterable=..., /)": (machine, self, iterable?: Value) => {
        machine.touch(self);
        self.clear();
        if (iterable !== undefined)
          self.replace(combineSets("|", asSet(machine, iterable), new PySet(), types.set));
        if (iterable instanceof Unknown) self.uncertain = iterable;
        return null;
      },
      "add(self, item, /)": (machine, self, item) => {
        setKey(machine, self, item, null);
        return null;
      },
      "discard(self, item, /)": (machine, self, item) => {
        popKey(machine, self, item, null);
        return null;
      },
      "remove(self, item, /)": (machine, self, item) => {
        popKey(machine, self, item, undefined);
        return null;
      },
      "pop(self, /)": (machine, self) => {
        // Python's order of a set is its own; which item comes is not known unless there is one.
        const [first] = self.keys();
        if (first === undefined) return machine.raise("KeyError", "pop from an empty set");
        if (self.size > 1 || self.uncertain)
          return machine.unknown("which item a set gives first", [...self.keys()]);
        machine.touch(self);
        self.clear();
        return first;
      },
      "clear(self, /)": (machine, self) => {
        machine.touch(self);
        self.clear();
        self.uncertain = null;
        return null;
      },
      "update(self, /, *others)": (machine, self, others) => {
        for (const other of (others as PyTuple).items) replaceBy(machine, self, "|", other);
        return null;
      },
      "difference_update(self, /, *others)": (machine, self, others) => {
        for (const other of (others as PyTuple).items) replaceBy(machine, self, "-", other);
        return null;
      },
      "intersection_update(self, /, *others)": (machine, self, others) => {
        for (const other of (others as PyTuple).items) replaceBy(machine, self, "&", other);
        return null;
      },
    },
  });
}

function replaceBy(machine: Engine, self: PySet, op: BinaryOperator, other: Value): void {
  const result = combine(machine, op, self, other, types.set);
  machine.touch(self);
  self.replace(result);
}

function installRange(): void {
  define<PyRange>(types.range, {
    staticMethods: {
      "__new__(cls, start, stop=..., step=1, /)": (
        machine,
        _: Value,
        start: Value,
        stop?: Value,
        step?: Value,
      ) => {
        const [first, last] = stop === undefined ? [0, start] : [start, stop];
        const parts = [first, last, step ?? 1].map((one) => machine.asInteger(one));
        for (const part of parts) {
          if (part instanceof Unknown) return machine.unknown(`a range of unknown length: ${part.reason}`);
          if (part === null)
            return machine.raise("TypeError", "'float' object cannot be interpreted as an integer");
        }
        const [low, high, by] = parts.map(Number) as [number, number, number];
        if (by === 0) machine.raise("ValueError", "range() arg 3 must not be zero");
        return new PyRange(low, high, by);
      },
    },
    methods: {
      "__len__(self, /)": (_, self) => self.length,
      "__iter__(self, /)": (machine, self) => plainIterator(machine, self),
      "index(self, value, /)": (machine, self, value) => {
        const at = (Number(integerOf(value) ?? Number.NaN) - self.start) / self.step;
        return Number.isInteger(at) && at >= 0 && at < self.length
          ? at
          : machine.raise("ValueError", "value is not in range");
      },
      "count(self, value, /)": (machine, self, value) => Number(contains(machine, self, value) === true),
    },
    properties: {
      start: (_, self) => self.start,
      stop: (_, self) => self.stop,
      step: (_, self) => self.step,
    },
  });
  define<PySlice>(types.slice, {
    staticMethods: {
      "__new__(cls, start, stop=..., step=None, /)": (
        _,
        _cls: Value,
        start: Value,
        stop?: Value,
        step?: Value,
      ) => (stop === undefined ? new PySlice(null, start, null) : new PySlice(start, stop, step ?? null)),
    },
    methods: {
      "indices(self, length, /)": (machine, self, length) => {
        const range = sliceRange(machine, self, Number(integerOf(length) ?? 0));
        return range instanceof Unknown ? range : new PyTuple([range.start, range.stop, range.step]);
      },
    },
    properties: {
      start: (_, self) => self.start,
      stop: (_, self) => self.stop,
      step: (_, self) => self.step,
    },
  });
}
