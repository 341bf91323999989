/** Iterators that wrap others: `enumerate`, `zip`, `map`, `filter`, `reversed`; generators. */

import type { PyGenerator } from "../calls/generator.js";
import type { Engine } from "../engine.js";
import { Raised } from "../errors.js";
import {
  builtinClass,
  ifAbsent,
  type Next,
  PyClass,
  PyDict,
  PyDictView,
  PyInstance,
  PyIterator,
  PyList,
  PyRange,
  PyTuple,
  types,
  Unknown,
  type Value,
} from "../values.js";
import { arrayStep } from "./containerMethods.js";
import { define } from "./define.js";

const enumerateClass = builtinClass("enumerate", types.iterator);
const zipClass = builtinClass("zip", types.iterator);
const mapClass = builtinClass("map", types.iterator);
const filterClass = builtinClass("filter", types.iterator);
const reversedClass = builtinClass("reversed", types.iterator);

export const ITERATOR_CLASSES = [enumerateClass, zipClass, mapClass, filterClass, reversedClass];

export function installIterators(): void {
  define<PyIterator>(types.iterator, {
    methods: {
      "__iter__(self, /)": (_, self) => self,
      "__next__(self, /)": (machine, self) =>
        ifAbsent(self.next(machine), () => self.uncertain ?? machine.raiseWith("StopIteration", null)),
    },
  });
  installGenerator();
  define(enumerateClass, {
    staticMethods: {
      "__new__(cls, iterable, start=0)": (machine, _: Value, iterable: Value, start: Value) =>
        over(machine, [iterable], enumerateClass, ([next]) => {
          let index = Number(machine.asInteger(start));
          return () => {
            const value = next!();
            return value === undefined ? undefined : new PyTuple([index++, value]);
          };
        }),
    },
  });
  define(zipClass, {
    staticMethods: {
      "__new__(cls, /, *iterables, strict=False)": (machine, _: Value, iterables: Value) =>
        over(machine, (iterables as PyTuple).items, zipClass, (all) => () => together(all)),
    },
  });
  define(mapClass, {
    staticMethods: {
      "__new__(cls, func, /, *iterables)": (machine, _: Value, func: Value, iterables: Value) =>
        over(machine, (iterables as PyTuple).items, mapClass, (all) => () => {
          const items = together(all);
          return items === undefined ? undefined : machine.call(func, items.items);
        }),
    },
  });
  define(filterClass, {
    staticMethods: {
      "__new__(cls, func, iterable, /)": (machine, _: Value, func: Value, iterable: Value) =>
        filter(machine, func, iterable),
    },
  });
  define(reversedClass, {
    staticMethods: {
      "__new__(cls, sequence, /)": (machine, _: Value, sequence: Value) => reversed(machine, sequence),
    },
  });
}

/** An iterator over others; unknown where one of them is. */
function over(
  machine: Engine,
  iterables: readonly Value[],
  cls: PyClass,
  make: (sources: readonly Next[]) => () => Value | undefined,
): Value {
  const sources: Next[] = [];
  for (const iterable of iterables) {
    const next = machine.iterator(iterable);
    if (next instanceof Unknown) return machine.unknown(next.reason, next.may);
    sources.push(next);
  }
  return new PyIterator(make(sources), cls, sources);
}

function together(sources: readonly Next[]): PyTuple | undefined {
  const items: Value[] = [];
  for (const next of sources) {
    const value = next();
    if (value === undefined) return undefined;
    items.push(value);
  }
  return sources.length === 0 ? undefined : new PyTuple(items);
}

function filter(machine: Engine, func: Value, iterable: Value): Value {
  const next = machine.iterator(iterable);
  if (next instanceof Unknown) return machine.unknown(next.reason, next.may);
  const filtered: PyIterator = new PyIterator(
    () => {
      for (let value = next(); value !== undefined; value = next()) {
        const answer = machine.truth(func === null ? value : machine.call(func, [value]));
        if (answer === true) return value;
        if (answer !== false) {
          filtered.uncertain = answer;
          return undefined;
        }
      }
      return undefined;
    },
    filterClass,
    [next],
  );
  return filtered;
}

function reversed(machine: Engine, sequence: Value): Value {
  const method = machine.typeOf(sequence).lookup("__reversed__");
  const isPlain = sequence instanceof PyList && sequence.cls.isBuiltin;
  if (method !== undefined && !isPlain) return machine.call(method, [sequence]);
  if (
    sequence instanceof PyDict ||
    sequence instanceof PyDictView ||
    sequence instanceof PyRange ||
    !(sequence instanceof PyInstance)
  ) {
    const items = machine.iterate(sequence);
    return items instanceof Unknown
      ? machine.unknown(items.reason, items.may)
      : new PyIterator(arrayStep([...items].reverse()), reversedClass);
  }
  const length = machine.length(sequence);
  if (length instanceof Unknown) return machine.unknown(length.reason);
  let index = length;
  return new PyIterator(() => (index > 0 ? machine.getItem(sequence, --index) : undefined), reversedClass);
}

function installGenerator(): void {
  define<PyGenerator>(types.generator, {
    methods: {
      "__iter__(self, /)": (_, self) => self,
      "__next__(self, /)": (machine, self) => ifAbsent(self.next(machine), () => ended(machine, self)),
      "send(self, value, /)": (machine, self, value) =>
        ifAbsent(self.resume(value), () => ended(machine, self)),
      "throw(self, type, value=None, traceback=None, /)": (machine, self, type, value) => {
        const exception =
          type instanceof PyClass ? (value instanceof PyInstance ? value : machine.call(type)) : type;
        if (!(exception instanceof PyInstance)) return machine.unknown("throw of something unknown");
        return ifAbsent(self.resume(null, new Raised(exception, null)), () => ended(machine, self));
      },
      "close(self, /)": (_, self) => {
        self.close();
        return null;
      },
    },
  });
}

function ended(machine: Engine, generator: PyGenerator): Value {
  return generator.uncertain ?? machine.raiseWith("StopIteration", generator.result);
}
