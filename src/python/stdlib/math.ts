/** The module `math`. */
import { functions } from "../builtins/define.js";
import type { Engine } from "../engine.js";
import { integer, integerOf, wholeNumber } from "../operations/numbers.js";
import { typeOf } from "../operations/typeOf.js";
import { rootFormula } from "../symbols/formula.js";
import { formulaOf, polynomialOf } from "../symbols/symbolic.js";
import { PyFloat, PyTuple, Unknown, type Value } from "../values.js";
import { erf, erfc } from "./errorFunction.js";

const CONSTANTS: Readonly<Record<string, number>> = {
  pi: Math.PI,
  e: Math.E,
  tau: 2 * Math.PI,
  inf: Number.POSITIVE_INFINITY,
  nan: Number.NaN,
};

/** Functions of one float; undefined result is a domain error. */
const UNARY: Readonly<Record<string, (x: number) => number | undefined>> = {
  sqrt: (x) => (x < 0 ? undefined : Math.sqrt(x)),
  cbrt: Math.cbrt,
  exp: Math.exp,
  exp2: (x) => 2 ** x,
  expm1: Math.expm1,
  log2: (x) => (x <= 0 ? undefined : Math.log2(x)),
  log10: (x) => (x <= 0 ? undefined : Math.log10(x)),
  log1p: (x) => (x <= -1 ? undefined : Math.log1p(x)),
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: (x) => (Math.abs(x) > 1 ? undefined : Math.asin(x)),
  acos: (x) => (Math.abs(x) > 1 ? undefined : Math.acos(x)),
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: (x) => (x < 1 ? undefined : Math.acosh(x)),
  atanh: (x) => (Math.abs(x) >= 1 ? undefined : Math.atanh(x)),
  fabs: Math.abs,
  degrees: (x) => (x * 180) / Math.PI,
  radians: (x) => (x * Math.PI) / 180,
  erf,
  erfc,
};

const BINARY: Readonly<Record<string, (x: number, y: number) => number>> = {
  atan2: Math.atan2,
  fmod: (x, y) => x % y,
  copysign: (x, y) => (Object.is(y, -0) || y < 0 ? -Math.abs(x) : Math.abs(x)),
  ldexp: (x, y) => x * 2 ** y,
};

/** The arguments as floats; Unknown when one of them is. */
function floats(machine: Engine, args: readonly Value[]): number[] | Unknown {
  const numbers: number[] = [];
  for (const arg of args) {
    const number = machine.asNumber(arg);
    if (number instanceof Unknown) return machine.unknown(number.reason);
    if (number === null) return machine.raise("TypeError", `must be real number, not ${typeOf(arg).name}`);
    numbers.push(number);
  }
  return numbers;
}

/** `floor`, `ceil`, `trunc`: an int, of a float or of whatever defines the dunder. */
const rounding = (name: string, round: (x: number) => number) => (machine: Engine, x: Value) => {
  const whole = integerOf(x);
  if (whole !== null) return whole;
  if (x instanceof Unknown) return polynomialOf(x) === null ? machine.unknown(x.reason) : x;
  const method = x instanceof PyFloat ? undefined : typeOf(x).lookup(name);
  if (method !== undefined) return machine.call(method, [x]);
  const [number] = floats(machine, [x]) as number[];
  if (!Number.isFinite(number!)) machine.raise("OverflowError", "cannot convert float infinity to integer");
  return wholeNumber(round(number!));
};

function integers(machine: Engine, args: readonly Value[]): bigint[] | Unknown {
  const found: bigint[] = [];
  for (const arg of args) {
    const whole = machine.asInteger(arg);
    if (whole instanceof Unknown) return machine.unknown(whole.reason);
    if (whole === null)
      return machine.raise("TypeError", `'${typeOf(arg).name}' object cannot be interpreted as an integer`);
    found.push(BigInt(whole));
  }
  return found;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b);
}

const FUNCTIONS = functions({
  "floor(x, /)": rounding("__floor__", Math.floor),
  "ceil(x, /)": rounding("__ceil__", Math.ceil),
  "trunc(x, /)": rounding("__trunc__", Math.trunc),
  "log(x, base=None, /)": (machine, x: Value, base: Value) => {
    const numbers = floats(machine, base === null ? [x] : [x, base]);
    if (numbers instanceof Unknown) return numbers;
    const [number, other] = numbers as [number, number | undefined];
    if (number <= 0 || (other !== undefined && other <= 0)) machine.raise("ValueError", "math domain error");
    return new PyFloat(other === undefined ? Math.log(number) : Math.log(number) / Math.log(other));
  },
  "pow(x, y, /)": (machine, x: Value, y: Value) => {
    const numbers = floats(machine, [x, y]);
    return numbers instanceof Unknown ? numbers : new PyFloat(numbers[0]! ** numbers[1]!);
  },
  "hypot(*args)": (machine, args: Value) => {
    const numbers = floats(machine, (args as PyTuple).items);
    return numbers instanceof Unknown ? numbers : new PyFloat(Math.hypot(...numbers));
  },
  "dist(p, q, /)": (machine) => machine.unknown("math.dist"),
  "gamma(x, /)": (machine) => machine.unknown("math.gamma"),
  "lgamma(x, /)": (machine) => machine.unknown("math.lgamma"),
  "modf(x, /)": (machine, x: Value) => {
    const numbers = floats(machine, [x]);
    if (numbers instanceof Unknown) return numbers;
    const whole = Math.trunc(numbers[0]!);
    return new PyTuple([new PyFloat(numbers[0]! - whole), new PyFloat(whole)]);
  },
  "frexp(x, /)": (machine) => machine.unknown("math.frexp"),
  "isnan(x, /)": (machine, x: Value) => test(machine, x, Number.isNaN),
  "isinf(x, /)": (machine, x: Value) =>
    test(machine, x, (number) => !Number.isFinite(number) && !Number.isNaN(number)),
  "isfinite(x, /)": (machine, x: Value) => test(machine, x, Number.isFinite),
  "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)": (
    machine,
    a: Value,
    b: Value,
    relative: Value,
    absolute: Value,
  ) => {
    const numbers = floats(machine, [a, b, relative, absolute]);
    if (numbers instanceof Unknown) return numbers;
    const [x, y, rel, abs] = numbers as [number, number, number, number];
    return x === y || Math.abs(x - y) <= Math.max(rel * Math.max(Math.abs(x), Math.abs(y)), abs);
  },
  "gcd(*args)": (machine, args: Value) => {
    const all = integers(machine, (args as PyTuple).items);
    return all instanceof Unknown ? all : integer(all.reduce(gcd, 0n));
  },
  "lcm(*args)": (machine, args: Value) => {
    const all = integers(machine, (args as PyTuple).items);
    if (all instanceof Unknown) return all;
    return integer(all.reduce((a, b) => (a === 0n || b === 0n ? 0n : (a * b) / gcd(a, b)), 1n));
  },
  "isqrt(n, /)": (machine, n: Value) => {
    const all = integers(machine, [n]);
    if (all instanceof Unknown) return all;
    return all[0]! < 2n ** 52n
      ? Math.floor(Math.sqrt(Number(all[0])))
      : machine.unknown("math.isqrt of a large number");
  },
  "factorial(n, /)": (machine, n: Value) => {
    const all = integers(machine, [n]);
    if (all instanceof Unknown) return all;
    if (all[0]! > 500n) return machine.unknown("a large factorial");
    let product = 1n;
    for (let factor = 2n; factor <= all[0]!; factor++) product *= factor;
    return integer(product);
  },
  "comb(n, k, /)": (machine, n: Value, k: Value) => {
    const all = integers(machine, [n, k]);
    if (all instanceof Unknown) return all;
    const [top, bottom] = all as [bigint, bigint];
    if (bottom > top) return 0;
    if (bottom > 500n) return machine.unknown("a large binomial");
    let result = 1n;
    for (let index = 0n; index < bottom; index++) result = (result * (top - index)) / (index + 1n);
    return integer(result);
  },
  "perm(n, k=None, /)": (machine) => machine.unknown("math.perm"),
  "prod(iterable, /, *, start=1)": (machine, iterable: Value, start: Value) => {
    const items = machine.iterate(iterable);
    if (items instanceof Unknown) return machine.unknown(items.reason);
    return items.reduce((product, item) => machine.binary("*", product, item), start);
  },
  "fsum(iterable, /)": (machine, iterable: Value) => {
    const items = machine.iterate(iterable);
    const numbers = items instanceof Unknown ? items : floats(machine, items);
    return numbers instanceof Unknown
      ? machine.unknown(numbers.reason)
      : new PyFloat(numbers.reduce((a, b) => a + b, 0));
  },
});

function test(machine: Engine, x: Value, body: (x: number) => boolean): Value {
  const numbers = floats(machine, [x]);
  return numbers instanceof Unknown ? numbers : body(numbers[0]!);
}

const ELEMENTARY = functions({
  ...Object.fromEntries(
    Object.entries(UNARY).map(([name, compute]) => [
      `${name}(x, /)`,
      (machine: Engine, x: Value) => {
        const numbers = floats(machine, [x]);
        if (numbers instanceof Unknown) {
          // What math takes is one number.
          const root = name === "sqrt" ? rootFormula(formulaOf(x)) : null;
          numbers.formula = root && { ...root, names: [] };
          return numbers;
        }
        const value = compute(numbers[0]!);
        return value === undefined ? machine.raise("ValueError", "math domain error") : new PyFloat(value);
      },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(BINARY).map(([name, compute]) => [
      `${name}(x, y, /)`,
      (machine: Engine, x: Value, y: Value) => {
        const numbers = floats(machine, [x, y]);
        return numbers instanceof Unknown ? numbers : new PyFloat(compute(numbers[0]!, numbers[1]!));
      },
    ]),
  ),
});

export const MATH: Readonly<Record<string, Value>> = Object.fromEntries([
  ...Object.entries(CONSTANTS).map(([name, value]) => [name, new PyFloat(value)] as const),
  ...[...FUNCTIONS, ...ELEMENTARY].map((one) => [one.name, one] as const),
]);
