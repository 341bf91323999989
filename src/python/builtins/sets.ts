/** `set` and `frozenset`. */

import type { Engine } from "../engine.js";
import { isSubset } from "../operations/comparison.js";
import { asSet, combineSets, containerBinary } from "../operations/containerOperators.js";
import { setKey } from "../operations/hashing.js";
import type { BinaryOperator } from "../syntax/ast.js";
import { NOT_IMPLEMENTED, type PyClass, PySet, type PyTuple, types, type Value } from "../values.js";
import { common } from "./containerMethods.js";
import { define } from "./define.js";
import { popKey } from "./dict.js";

const SET_OPERATORS: readonly (readonly [BinaryOperator, string, string])[] = [
  ["|", "__or__", "union"],
  ["&", "__and__", "intersection"],
  ["-", "__sub__", "difference"],
  ["^", "__xor__", "symmetric_difference"],
];

export function installSets(): void {
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
        if (iterable !== undefined) self.replace(combine(machine, "|", new PySet(), iterable, types.set));
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
