/** `dict` and its views. */

import type { Engine } from "../engine.js";
import { asSet, combineSets, containerBinary, containerInplace } from "../operations/containerOperators.js";
import { keyOf, setKey } from "../operations/hashing.js";
import { deleteItem } from "../operations/items.js";
import { iterate, mappingItems, updateDict } from "../operations/iteration.js";
import {
  NOT_IMPLEMENTED,
  type PyClass,
  PyDict,
  PyDictView,
  PyIterator,
  PyTuple,
  types,
  Unknown,
  type Value,
} from "../values.js";
import { arrayStep, bare, common, plainIterator } from "./containerMethods.js";
import { define } from "./define.js";

export function installDict(): void {
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
    dict.doubt(machine.unknown(pairs.reason, pairs.may));
    return;
  }
  for (const pair of pairs) {
    const items = iterate(machine, pair);
    if (items instanceof Unknown) dict.doubt(machine.unknown(items.reason));
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
  return dict.listsAll ? fallback : machine.unknown(dict.uncertain!.reason, [fallback]);
}

export function popKey(machine: Engine, dict: PyDict, name: Value, fallback: Value | undefined): Value {
  const key = keyOf(machine, name);
  if (key instanceof Unknown) {
    machine.touch(dict);
    dict.doubt(machine.unknown(key.reason));
    return machine.unknown(key.reason, [...dict.values()]);
  }
  const value = dict.get(key.key);
  if (value === undefined) {
    if (!dict.listsAll) return machine.unknown(dict.uncertain!.reason);
    return fallback === undefined ? machine.raiseWith("KeyError", name) : fallback;
  }
  machine.touch(dict);
  dict.delete(key.key);
  return value;
}
