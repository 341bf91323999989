/** `int`, `float`, `bool`, `complex` and their methods. */

import type { Engine } from "../engine.js";
import {
  arithmetic,
  floatText,
  floorDivide,
  type Integer,
  integer,
  integerOf,
  numberOf,
  roundHalfEven,
  wholeNumber,
} from "../operations/numbers.js";
import { payload } from "../operations/operators.js";
import { typeOf } from "../operations/typeOf.js";
import type { BinaryOperator } from "../syntax/ast.js";
import {
  NOT_IMPLEMENTED,
  PyBytes,
  PyClass,
  type PyComplex,
  PyFloat,
  PyInstance,
  PyObject,
  PyTuple,
  Sym,
  types,
  Unknown,
  type Value,
} from "../values.js";
import { define } from "./define.js";

export function installNumbers(): void {
  installInt();
  installFloat();
  for (const [op, name, reflected] of ARITHMETIC) installOperator(op, name, reflected);
  define<Value>(types.complex, {
    staticMethods: {
      "__new__(cls, real=0, imag=0)": (machine) => machine.unknown("a complex number"),
    },
    properties: {
      real: (_, self) => new PyFloat((self as PyComplex).real),
      imag: (_, self) => new PyFloat((self as PyComplex).imaginary),
    },
  });
}

const ARITHMETIC: readonly (readonly [BinaryOperator, string, string])[] = [
  ["+", "__add__", "__radd__"],
  ["-", "__sub__", "__rsub__"],
  ["*", "__mul__", "__rmul__"],
  ["/", "__truediv__", "__rtruediv__"],
  ["//", "__floordiv__", "__rfloordiv__"],
  ["%", "__mod__", "__rmod__"],
  ["**", "__pow__", "__rpow__"],
];

/** Operators as methods, for `operator`-style code and `super().__add__`. */
function installOperator(op: BinaryOperator, name: string, reflected: string): void {
  for (const cls of [types.int, types.float]) {
    define<Value>(cls, {
      methods: {
        [`${name}(self, other, /)`]: (machine, self, other) =>
          arithmetic(machine, op, payload(self), payload(other!)) ?? NOT_IMPLEMENTED,
        [`${reflected}(self, other, /)`]: (machine, self, other) =>
          arithmetic(machine, op, payload(other!), payload(self)) ?? NOT_IMPLEMENTED,
      },
    });
  }
}

const wholeOf = (self: Value): Integer => integerOf(payload(self)) ?? 0;

function installInt(): void {
  define<Value>(types.int, {
    staticMethods: {
      "__new__(cls, value=0, /, base=...)": (machine, cls: Value, value: Value, base?: Value) =>
        boxed(cls, toInt(machine, value, base)),
    },
    classMethods: {
      "from_bytes(cls, bytes, byteorder='big', *, signed=False)": (machine) =>
        machine.unknown("int.from_bytes"),
    },
    methods: {
      "__int__(self, /)": (_, self) => wholeOf(self),
      "__index__(self, /)": (_, self) => wholeOf(self),
      "__float__(self, /)": (_, self) => new PyFloat(Number(wholeOf(self))),
      "__bool__(self, /)": (_, self) => Number(wholeOf(self)) !== 0,
      "__abs__(self, /)": (_, self) => absolute(wholeOf(self)),
      "__hash__(self, /)": (_, self) => wholeOf(self),
      "__format__(self, spec, /)": (machine, self, spec) =>
        machine.call(machine.builtin("format"), [payload(self), spec!]),
      "bit_length(self, /)": (_, self) => bits(wholeOf(self)),
      "bit_count(self, /)": (_, self) =>
        BigInt(absolute(wholeOf(self)))
          .toString(2)
          .replaceAll("0", "").length,
      "conjugate(self, /)": (_, self) => wholeOf(self),
      "is_integer(self, /)": () => true,
      "to_bytes(self, length=1, byteorder='big', *, signed=False)": (machine) =>
        machine.unknown("int.to_bytes"),
      "as_integer_ratio(self, /)": (_, self) => new PyTuple([wholeOf(self), 1]),
    },
    properties: {
      real: (_, self) => wholeOf(self),
      imag: () => 0,
      numerator: (_, self) => wholeOf(self),
      denominator: () => 1,
    },
  });
  define<Value>(types.bool, {
    staticMethods: {
      "__new__(cls, value=False, /)": (machine, _: Value, value: Value) => {
        const answer = machine.truth(value);
        return typeof answer === "boolean" ? answer : machine.unknown(answer.reason);
      },
    },
  });
}

const absolute = (value: Integer): Integer => (value < 0 ? -value : value);
const bits = (value: Integer): number =>
  Number(value) === 0 ? 0 : BigInt(absolute(value)).toString(2).length;

/** An instance of a subclass of int holds its number. */
function boxed(cls: Value, value: Value): Value {
  if (!(cls instanceof PyClass) || cls === types.int || value instanceof Unknown) return value;
  return new PyInstance(cls, value);
}

function toInt(machine: Engine, value: Value, base: Value | undefined): Value {
  if (value instanceof Sym) return value;
  if (value instanceof Unknown) {
    const unknown = machine.unknown(value.reason);
    unknown.path = value.path;
    unknown.size = value.size;
    return unknown;
  }
  const inner = payload(value);
  if (typeof inner === "string") return parseInteger(machine, inner, base);
  if (inner instanceof PyBytes) return parseInteger(machine, String.fromCharCode(...inner.value), base);
  const whole = integerOf(inner);
  if (whole !== null) return whole;
  if (inner instanceof PyFloat) {
    if (!Number.isFinite(inner.value)) {
      const name = Number.isNaN(inner.value) ? "NaN" : "infinity";
      machine.raise(
        name === "NaN" ? "ValueError" : "OverflowError",
        `cannot convert float ${name} to integer`,
      );
    }
    return wholeNumber(Math.trunc(inner.value));
  }
  for (const name of ["__int__", "__index__", "__trunc__"]) {
    const method = typeOf(inner).lookup(name);
    if (method !== undefined) return machine.call(method, [inner]);
  }
  const { unknownBase } = typeOf(inner);
  if (unknownBase !== null) return unknownBase;
  return machine.raise(
    "TypeError",
    `int() argument must be a string, a bytes-like object or a real number, not '${typeOf(inner).name}'`,
  );
}

/** CPython refuses longer ones: reading takes time quadratic in the digits. */
const MAX_DIGITS = 4_300;

function parseInteger(machine: Engine, text: string, base: Value | undefined): Value {
  if (text.length > MAX_DIGITS) return machine.unknown("an int written with thousands of digits");
  const radix = base === undefined ? 10 : Number(integerOf(base) ?? 10);
  const trimmed = text.trim().replace(/(?<=[\da-z])_(?=[\da-z])/gi, "");
  const match = /^([-+]?)(?:0([xob]))?([\da-z]+)$/i.exec(trimmed);
  const prefix = { x: 16, o: 8, b: 2 }[match?.[2]?.toLowerCase() ?? ""];
  // "0b1" in base 16 is digits, not a prefix.
  const usesPrefix = prefix !== undefined && (radix === 0 || radix === prefix);
  const plain = usesPrefix ? match : /^([-+]?)()([\da-z]+)$/i.exec(trimmed);
  const actual = usesPrefix ? prefix : radix === 0 ? 10 : radix;
  const digits = plain?.[3]?.toLowerCase() ?? "";
  if (digits === "" || [...digits].some((digit) => !(Number.parseInt(digit, 36) < actual))) {
    return machine.raise(
      "ValueError",
      `invalid literal for int() with base ${radix}: ${JSON.stringify(text).replace(/^"|"$/g, "'")}`,
    );
  }
  let value = 0n;
  for (const digit of digits) value = value * BigInt(actual) + BigInt(Number.parseInt(digit, 36));
  return integer(plain![1] === "-" ? -value : value);
}

function installFloat(): void {
  define<PyFloat>(types.float, {
    staticMethods: {
      "__new__(cls, value=0.0, /)": (machine, cls: Value, value: Value) => {
        const number = toFloat(machine, value);
        return number instanceof Unknown ? number : new PyFloat(number, cls as PyClass);
      },
    },
    methods: {
      "__int__(self, /)": (_, self) => wholeNumber(Math.trunc(self.value)),
      "__float__(self, /)": (_, self) => new PyFloat(self.value),
      "__bool__(self, /)": (_, self) => self.value !== 0,
      "__abs__(self, /)": (_, self) => new PyFloat(Math.abs(self.value)),
      "__hash__(self, /)": (_, self) =>
        Number.isInteger(self.value) ? wholeNumber(self.value) : Math.floor(self.value * 1e6),
      "__repr__(self, /)": (_, self) => floatText(self.value),
      "__format__(self, spec, /)": (machine, self, spec) =>
        machine.call(machine.builtin("format"), [new PyFloat(self.value), spec!]),
      "__trunc__(self, /)": (_, self) => wholeNumber(Math.trunc(self.value)),
      "__floor__(self, /)": (_, self) => wholeNumber(Math.floor(self.value)),
      "__ceil__(self, /)": (_, self) => wholeNumber(Math.ceil(self.value)),
      "__round__(self, digits=None, /)": (machine, self, digits) =>
        roundFloat(machine, self.value, digits ?? null),
      "is_integer(self, /)": (_, self) => Number.isInteger(self.value),
      "conjugate(self, /)": (_, self) => self,
      "hex(self, /)": (machine) => machine.unknown("float.hex"),
      "as_integer_ratio(self, /)": (machine) => machine.unknown("float.as_integer_ratio"),
    },
    classMethods: {
      "fromhex(cls, text, /)": (machine) => machine.unknown("float.fromhex"),
    },
    properties: {
      real: (_, self) => self,
      imag: () => new PyFloat(0),
    },
  });
}

const FLOAT_TEXT = /^[-+]?(?:\d[\d_]*\.?[\d_]*(?:e[-+]?\d+)?|\.\d[\d_]*(?:e[-+]?\d+)?|inf(?:inity)?|nan)$/i;

function toFloat(machine: Engine, value: Value): number | Unknown {
  const inner = payload(value);
  if (typeof inner === "string") {
    const text = inner.trim();
    if (!FLOAT_TEXT.test(text)) {
      machine.raise("ValueError", `could not convert string to float: ${String(machine.repr(inner))}`);
    }
    const plain = text.replaceAll("_", "").toLowerCase();
    if (plain.includes("inf"))
      return plain.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    return plain.includes("nan") ? Number.NaN : Number(plain);
  }
  const number = numberOf(inner);
  if (number !== null) return number;
  if (inner instanceof Unknown) return machine.unknown(inner.reason);
  for (const name of ["__float__", "__index__"]) {
    const method = inner instanceof PyObject ? inner.cls.lookup(name) : undefined;
    if (method !== undefined) return toFloat(machine, machine.call(method, [inner]));
  }
  return (
    typeOf(inner).unknownBase ??
    machine.raise(
      "TypeError",
      `float() argument must be a string or a real number, not '${typeOf(inner).name}'`,
    )
  );
}

/** `round(x)` and `round(x, digits)`: half to even on the exact binary value. */
export function roundFloat(machine: Engine, x: number, digits: Value): Value {
  if (digits instanceof Unknown) return machine.unknown(digits.reason);
  if (digits === null) {
    if (!Number.isFinite(x)) machine.raise("ValueError", "cannot convert float NaN or infinity to integer");
    return wholeNumber(roundHalfEven(x));
  }
  const places = Number(integerOf(digits) ?? 0);
  if (places < 0) {
    const scale = 10 ** -places;
    return new PyFloat(roundHalfEven(x / scale) * scale);
  }
  if (places > 22 || !Number.isFinite(x)) return new PyFloat(x);
  return new PyFloat(roundDecimal(x, places));
}

/** toFixed rounds the exact value, but halves away from zero; an exact half goes to the even digit. */
function roundDecimal(x: number, places: number): number {
  const text = Math.abs(x) < 1e21 ? x.toFixed(places) : String(x);
  const exact = Math.abs(x) < 1e15 ? x.toFixed(Math.min(100, places + 30)) : text;
  const tail = exact.slice(exact.indexOf(".") + 1 + places);
  if (/^50*$/.test(tail) && places + 30 <= 100) {
    const cut = exact.slice(0, exact.length - tail.length);
    const last = Number(cut.replace(".", "").at(-1));
    if (last % 2 === 0) return Number(cut);
  }
  return Number(text);
}

/** `round(n, digits)` of an int. */
export function roundInteger(value: Integer, digits: Value): Value {
  const places = digits === null ? 0 : Number(integerOf(digits) ?? 0);
  if (places >= 0) return value;
  const scale = 10n ** BigInt(-places);
  const [quotient, remainder] = floorDivide(value, integer(scale));
  const twice = BigInt(remainder) * 2n;
  const up = twice > scale || (twice === scale && BigInt(quotient) % 2n !== 0n);
  return integer((BigInt(quotient) + (up ? 1n : 0n)) * scale);
}
