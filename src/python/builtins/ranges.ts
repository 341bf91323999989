/** `range` and `slice`. */

import { contains } from "../operations/comparison.js";
import { sliceRange } from "../operations/items.js";
import { integerOf } from "../operations/numbers.js";
import { PyRange, PySlice, PyTuple, types, Unknown, type Value } from "../values.js";
import { plainIterator } from "./containerMethods.js";
import { define } from "./define.js";

export function installRange(): void {
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
