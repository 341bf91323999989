/** What every container has as methods, for `super()` calls and code that names them. */

import type { Engine } from "../engine.js";
import { compare, contains } from "../operations/comparison.js";
import { setKey } from "../operations/hashing.js";
import { deleteKey, deleteListItem, getItem, setListItem } from "../operations/items.js";
import { repr } from "../texts/text.js";
import { type PyClass, PyDict, PyIterator, PyList, PyTuple, types, Unknown, type Value } from "../values.js";
import { define } from "./define.js";

/** Content that nobody knows: what is asked of it is unknown. */
export function uncertain(machine: Engine, self: PyList | PyDict): Unknown | null {
  return self.uncertain === null ? null : machine.unknown(self.uncertain.reason);
}

/** What every container has as methods, for `super()` calls and code that names them. */
export function common(cls: PyClass, more: "mutable" | "fixed"): void {
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
export function bare(self: Value): Value {
  if (self instanceof PyList && !self.cls.isBuiltin)
    return Object.assign(new PyList(self.items), { uncertain: self.uncertain });
  if (self instanceof PyTuple && !self.cls.isBuiltin) return new PyTuple(self.items);
  if (self instanceof PyDict && !self.cls.isBuiltin) return self.asBuiltin();
  return self;
}

const plainLength = (machine: Engine, self: Value): Value => machine.length(bare(self));

const plainContains = (machine: Engine, self: Value, item: Value): Value =>
  contains(machine, bare(self), item);

export function plainIterator(machine: Engine, self: Value): Value {
  const next = machine.iterator(bare(self));
  return next instanceof Unknown ? next : new PyIterator(next, types.iterator, [next]);
}

/** A step function over an array. */
export function arrayStep(items: readonly Value[]): () => Value | undefined {
  let index = 0;
  return () => items[index++];
}
