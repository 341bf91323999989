/** Arithmetic on elements, in the tensor's own precision where the elements are known. */
import type { Machine } from "../../../python/machine.js";
import { NOT_IMPLEMENTED, PyComplex, PyFloat, Sym, Unknown, type Value } from "../../../python/values.js";
import { type DType, isComplex, isFloating, promote, realType, roundTo } from "../../tensors/dtypes.js";
import {
  concrete,
  eachPosition,
  elementCount,
  fillValue,
  following,
  knownShape,
  MAX_KNOWN_ELEMENTS,
  makeTensor,
  reserve,
  rowMajor,
  type Size,
  type Step,
  type StepArgument,
  Tensor,
  unknownStep,
  type Written,
  write,
} from "../../tensors/tensor.js";
import { misfit, shapeText } from "../runs/misfits.js";
import { worldOf } from "../world.js";

type Result = "same" | "float" | "bool";

interface Unary {
  /** null: the value is not computed, only the shape is. */
  readonly compute: ((x: number) => number) | null;
  readonly result: Result;
}

const same = (compute: Unary["compute"]): Unary => ({ compute, result: "same" });
const float = (compute: Unary["compute"]): Unary => ({ compute, result: "float" });
const bool = (compute: Unary["compute"]): Unary => ({ compute, result: "bool" });

/** Half to even, as torch and NumPy round. */
function roundHalfEven(x: number): number {
  const whole = Math.round(x);
  return Math.abs(whole - x) === 0.5 && whole % 2 !== 0 ? whole - 1 : whole;
}

/** Every one exists as `torch.f(x)`, `x.f()` and, in place, `x.f_()`. */
export const UNARY: Readonly<Record<string, Unary>> = {
  abs: same(Math.abs),
  absolute: same(Math.abs),
  neg: same((x) => -x),
  negative: same((x) => -x),
  positive: same((x) => x),
  // Elements of complex numbers are known only where they are real.
  conj: same((x) => x),
  conj_physical: same((x) => x),
  resolve_conj: same((x) => x),
  resolve_neg: same((x) => x),
  sgn: same(Math.sign),
  bitwise_not: same(null),
  square: same((x) => x * x),
  sign: same(Math.sign),
  floor: same(Math.floor),
  ceil: same(Math.ceil),
  trunc: same(Math.trunc),
  fix: same(Math.trunc),
  round: same(roundHalfEven),
  frac: same((x) => x - Math.trunc(x)),
  relu: same((x) => Math.max(0, x)),
  exp: float(Math.exp),
  exp2: float((x) => 2 ** x),
  expm1: float(Math.expm1),
  log: float(Math.log),
  log2: float(Math.log2),
  log10: float(Math.log10),
  log1p: float(Math.log1p),
  sqrt: float(Math.sqrt),
  rsqrt: float((x) => 1 / Math.sqrt(x)),
  reciprocal: float((x) => 1 / x),
  sin: float(Math.sin),
  cos: float(Math.cos),
  tan: float(Math.tan),
  asin: float(Math.asin),
  arcsin: float(Math.asin),
  arccos: float(Math.acos),
  asinh: float(Math.asinh),
  arcsinh: float(Math.asinh),
  acosh: float(Math.acosh),
  arccosh: float(Math.acosh),
  arctanh: float(Math.atanh),
  acos: float(Math.acos),
  atan: float(Math.atan),
  arctan: float(Math.atan),
  sinh: float(Math.sinh),
  cosh: float(Math.cosh),
  tanh: float(Math.tanh),
  atanh: float(Math.atanh),
  sigmoid: float((x) => 1 / (1 + Math.exp(-x))),
  logit: float((x) => Math.log(x / (1 - x))),
  deg2rad: float((x) => (x * Math.PI) / 180),
  rad2deg: float((x) => (x * 180) / Math.PI),
  erf: float(null),
  erfc: float(null),
  erfinv: float(null),
  lgamma: float(null),
  digamma: float(null),
  sinc: float((x) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))),
  i0: float(null),
  angle: float(null),
  selu: float(null),
  celu: float(null),
  isnan: bool((x) => (Number.isNaN(x) ? 1 : 0)),
  isinf: bool((x) => (Math.abs(x) === Infinity ? 1 : 0)),
  isfinite: bool((x) => (Number.isFinite(x) ? 1 : 0)),
  isposinf: bool((x) => (x === Infinity ? 1 : 0)),
  isneginf: bool((x) => (x === -Infinity ? 1 : 0)),
  isreal: bool(null),
  signbit: bool(null),
  logical_not: bool((x) => (x === 0 ? 1 : 0)),
  nan_to_num: same((x) => (Number.isNaN(x) ? 0 : x)),
};

interface Binary {
  readonly compute: (x: number, y: number) => number;
  readonly result: Result;
}

const compare = (test: (x: number, y: number) => boolean): Binary => ({
  compute: (x, y) => (test(x, y) ? 1 : 0),
  result: "bool",
});
const arithmetic = (compute: Binary["compute"]): Binary => ({ compute, result: "same" });
const division: Binary = { compute: (x, y) => x / y, result: "float" };
const remainder = (x: number, y: number): number => x - y * Math.floor(x / y);

/** Every one exists as `torch.f(x, y)`, `x.f(y)` and, in place, `x.f_(y)`. */
export const BINARY: Readonly<Record<string, Binary>> = {
  add: arithmetic((x, y) => x + y),
  sub: arithmetic((x, y) => x - y),
  subtract: arithmetic((x, y) => x - y),
  mul: arithmetic((x, y) => x * y),
  multiply: arithmetic((x, y) => x * y),
  div: division,
  divide: division,
  true_divide: division,
  floor_divide: arithmetic((x, y) => Math.floor(x / y)),
  remainder: arithmetic(remainder),
  fmod: arithmetic((x, y) => x % y),
  pow: arithmetic((x, y) => x ** y),
  float_power: { compute: (x, y) => x ** y, result: "float" },
  maximum: arithmetic(Math.max),
  minimum: arithmetic(Math.min),
  fmax: arithmetic(Math.max),
  fmin: arithmetic(Math.min),
  atan2: { compute: Math.atan2, result: "float" },
  arctan2: { compute: Math.atan2, result: "float" },
  copysign: {
    compute: (x, y) => (Object.is(Math.sign(y), -0) || y < 0 ? -1 : 1) * Math.abs(x),
    result: "float",
  },
  logaddexp: arithmetic((x, y) => Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y)))),
  xlogy: { compute: (x, y) => (x === 0 ? 0 : x * Math.log(y)), result: "float" },
  ldexp: { compute: (x, y) => x * 2 ** y, result: "float" },
  bitwise_left_shift: arithmetic((x, y) => x * 2 ** y),
  bitwise_right_shift: arithmetic((x, y) => Math.floor(x / 2 ** y)),
  hypot: { compute: Math.hypot, result: "float" },
  eq: compare((x, y) => x === y),
  ne: compare((x, y) => x !== y),
  not_equal: compare((x, y) => x !== y),
  lt: compare((x, y) => x < y),
  less: compare((x, y) => x < y),
  le: compare((x, y) => x <= y),
  less_equal: compare((x, y) => x <= y),
  gt: compare((x, y) => x > y),
  greater: compare((x, y) => x > y),
  ge: compare((x, y) => x >= y),
  greater_equal: compare((x, y) => x >= y),
  logical_and: compare((x, y) => x !== 0 && y !== 0),
  logical_or: compare((x, y) => x !== 0 || y !== 0),
  logical_xor: compare((x, y) => (x !== 0) !== (y !== 0)),
  bitwise_and: arithmetic((x, y) => Number(BigInt(x) & BigInt(y))),
  bitwise_or: arithmetic((x, y) => Number(BigInt(x) | BigInt(y))),
  bitwise_xor: arithmetic((x, y) => Number(BigInt(x) ^ BigInt(y))),
};

/** Names under which operators reach the table. */
export const OPERATORS: ReadonlyMap<string, string> = new Map([
  ["add", "add"],
  ["sub", "sub"],
  ["mul", "mul"],
  ["truediv", "div"],
  ["floordiv", "floor_divide"],
  ["mod", "remainder"],
  ["pow", "pow"],
  ["and", "bitwise_and"],
  ["or", "bitwise_or"],
  ["xor", "bitwise_xor"],
]);
export const COMPARISONS: readonly string[] = ["eq", "ne", "lt", "le", "gt", "ge"];

// ── history of what is computed ──────────────────────────────────────────────

/** The history a copy of this view's elements has. */
export function inherited(tensor: Tensor): Step | null {
  const { history } = tensor.storage;
  if (tensor.covers) return history;
  for (let step = history; step !== null; step = step.previous) {
    if (step.part !== null) return unknownStep("a part of a tensor that was written in parts", [], null);
  }
  return history;
}

const resultType = (machine: Machine, dtype: DType, result: Result): DType => {
  if (result === "bool") return "bool";
  if (result === "float" && !isFloating(dtype) && !isComplex(dtype)) return worldOf(machine).defaultDtype;
  return dtype;
};

/** `torch.f(x)` for one of the table. */
/** What gives real numbers of complex ones. */
const REAL_OF_COMPLEX: ReadonlySet<string> = new Set(["abs", "absolute", "angle"]);

export function unary(machine: Machine, name: string, input: Tensor): Tensor {
  const { compute, result } = UNARY[name]!;
  const given = REAL_OF_COMPLEX.has(name) ? realType(input.dtype) : input.dtype;
  const dtype = resultType(machine, given, result);
  return makeTensor(
    machine,
    worldOf(machine).Tensor,
    input.shape,
    dtype,
    mapped(machine, input, compute, dtype),
    {
      op: name,
      previous: inherited(input),
    },
  );
}

/** The elements after `compute`, rounded to `dtype`. */
export function mapped(
  machine: Machine,
  input: Tensor,
  compute: ((x: number) => number) | null,
  dtype: DType,
): Written {
  if (compute === null) return null;
  const fill = fillValue(input);
  if (fill !== null) return roundTo(dtype, compute(fill));
  const shape = knownShape(input);
  if (shape === null) return null;
  return following(machine, [input], elementCount(shape), (values) =>
    values.map((x) => roundTo(dtype, compute(x))),
  );
}

/** `x.f_()`. */
export function unaryInPlace(machine: Machine, name: string, input: Tensor): Tensor {
  write(machine, input, mapped(machine, input, UNARY[name]!.compute, input.dtype), { op: name });
  return input;
}

// ── two operands ─────────────────────────────────────────────────────────────

/** A tensor, a number, or a scalar nobody knows. */
type Operand =
  | Tensor
  | { readonly scalar: number | Unknown; readonly kind: "bool" | "int" | "float" | "complex" };

function operand(machine: Machine, value: Value): Operand | null {
  if (value instanceof Tensor) return value;
  if (typeof value === "boolean") return { scalar: value ? 1 : 0, kind: "bool" };
  if (typeof value === "number" || typeof value === "bigint") return { scalar: Number(value), kind: "int" };
  if (value instanceof PyFloat) return { scalar: value.value, kind: "float" };
  if (value instanceof Sym) return { scalar: value, kind: "int" };
  if (value instanceof PyComplex) return { scalar: machine.unknown("a complex number"), kind: "complex" };
  if (value instanceof Unknown && value.path !== null) return { scalar: value, kind: "float" };
  return null;
}

function operandType(machine: Machine, operands: readonly Operand[]): DType {
  const tensors = operands.filter((one) => one instanceof Tensor);
  const ranked = tensors.some((one) => one.rank > 0) ? tensors.filter((one) => one.rank > 0) : tensors;
  let dtype = ranked.map((one) => one.dtype).reduce(promote, "bool");
  // A 0-dimensional tensor or a number raises the type only from ints to floats.
  const others = operands.flatMap((one) => {
    if (!(one instanceof Tensor)) return [one.kind];
    return one.rank > 0 || ranked.includes(one) ? [] : [isFloating(one.dtype) ? ("float" as const) : "int"];
  });
  for (const kind of others) {
    if (kind === "float" && !isFloating(dtype) && !isComplex(dtype)) dtype = worldOf(machine).defaultDtype;
    if (kind === "int" && dtype === "bool") dtype = "int64";
    if (kind === "complex" && !isComplex(dtype)) dtype = dtype === "float64" ? "complex128" : "complex64";
  }
  return dtype;
}

/** The shape of a result; raises where torch refuses. A size nobody knows is taken for a known one, if that is not 1. */
export function broadcast(machine: Machine, first: readonly Size[], second: readonly Size[]): Size[] {
  const rank = Math.max(first.length, second.length);
  const shape: Size[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const a = first[first.length - rank + axis] ?? 1;
    const b = second[second.length - rank + axis] ?? 1;
    if (a === b || b === 1) shape.push(a);
    else if (a === 1) shape.push(b);
    else if (typeof a === "number" && typeof b === "number") {
      misfit(
        machine,
        `${shapeText(first)} and ${shapeText(second)} cannot be combined: ${a} and ${b} are different and neither is 1`,
      );
    } else if (typeof a === "number") shape.push(a);
    else if (typeof b === "number") shape.push(b);
    else shape.push(machine.compare("==", a, b) === true ? a : machine.unknown("a size after broadcasting"));
  }
  return shape;
}

/** Repeats a view's strides over the axes it is broadcast along. */
function stretched(shape: readonly number[], over: readonly number[]): number[] {
  const strides = rowMajor(shape);
  return over.map((_, axis) => {
    const own = axis - (over.length - shape.length);
    return own < 0 || shape[own] === 1 ? 0 : strides[own]!;
  });
}

/** Elements that a tensor has, or what stands for all of an operand; null where neither is known. */
function known(one: Operand): Tensor | number | null {
  if (!(one instanceof Tensor)) return typeof one.scalar === "number" ? one.scalar : null;
  return fillValue(one) ?? (knownShape(one) === null ? null : one);
}

/** Elements of one shape as those of another that it is broadcast to. */
function spreadOver(values: Float64Array, own: readonly number[], shape: readonly number[]): Float64Array {
  const total = elementCount(shape);
  if (total === values.length) return values;
  const result = new Float64Array(total);
  let i = 0;
  eachPosition(shape, { offset: 0, strides: stretched(own, shape) }, (position) => {
    result[i++] = values[position]!;
  });
  return result;
}

function combined(
  machine: Machine,
  left: Operand,
  right: Operand,
  shape: readonly Size[],
  dtype: DType,
  compute: (x: number, y: number) => number,
): Written {
  const sizes = concrete(shape);
  const [x, y] = [known(left), known(right)];
  if (sizes === null || x === null || y === null) return null;
  const rounded = (a: number, b: number) => roundTo(dtype, compute(a, b));
  if (typeof x === "number" && typeof y === "number") return rounded(x, y);
  const total = elementCount(sizes);
  if (total > MAX_KNOWN_ELEMENTS) return null;
  const sources = [x, y].filter((one) => one instanceof Tensor);
  reserve(machine, total * sources.length);
  return following(machine, sources, total, (...all) => {
    const [first, second] = all.map((values, i) => spreadOver(values, concrete(sources[i]!.shape)!, sizes));
    if (typeof x === "number") return first!.map((b) => rounded(x, b));
    return typeof y === "number"
      ? first!.map((a) => rounded(a, y))
      : first!.map((a, i) => rounded(a, second![i]!));
  });
}

/**
 * How the result's law follows from the operands': one random operand with one number (or a tensor that
 * is the same everywhere) is a step on that operand's history; anything else is unknown.
 */
function binaryStep(
  name: string,
  left: Operand,
  right: Operand,
): { op: string; args?: ReadonlyMap<string, StepArgument>; previous?: Step | null } {
  const number = (one: Operand): StepArgument | undefined => {
    if (!(one instanceof Tensor)) return one.scalar;
    return fillValue(one) ?? undefined;
  };
  const [x, y] = [number(left), number(right)];
  if (left instanceof Tensor && y !== undefined) {
    return { op: name, args: new Map([["other", y]]), previous: inherited(left) };
  }
  if (right instanceof Tensor && x !== undefined) {
    return { op: `r${name}`, args: new Map([["other", x]]), previous: inherited(right) };
  }
  return { op: name, args: new Map([["other", "a tensor"]]), previous: null };
}

/** `torch.f(x, y)`, NotImplemented where an operand is no tensor and no number. */
export function binary(machine: Machine, name: string, first: Value, second: Value): Value {
  const [left, right] = [operand(machine, first), operand(machine, second)];
  if (left === null || right === null) {
    const unknown = [first, second].find((one) => one instanceof Unknown);
    return unknown === undefined
      ? NOT_IMPLEMENTED
      : machine.unknown("arithmetic with a value that is not known");
  }
  const { compute, result } = BINARY[name]!;
  const shape = broadcast(machine, shapeOf(left), shapeOf(right));
  const working = resultType(
    machine,
    operandType(machine, [left, right]),
    result === "bool" ? "same" : result,
  );
  const dtype = result === "bool" ? "bool" : working;
  const content = combined(machine, left, right, shape, dtype, compute);
  return makeTensor(machine, worldOf(machine).Tensor, shape, dtype, content, binaryStep(name, left, right));
}

const shapeOf = (one: Operand): readonly Size[] => (one instanceof Tensor ? one.shape : []);

/** `x.f_(y)`. */
export function binaryInPlace(machine: Machine, name: string, input: Tensor, other: Value): Value {
  const right = operand(machine, other);
  if (right === null) {
    if (!(other instanceof Unknown)) return NOT_IMPLEMENTED;
    write(machine, input, null, { op: "unknown", args: new Map([["reason", other.reason]]) });
    return input;
  }
  const step = binaryStep(name, input, right);
  const content = combined(machine, input, right, input.shape, input.dtype, BINARY[name]!.compute);
  const readsItself = right instanceof Tensor && fillValue(right) === null;
  write(machine, input, content, readsItself ? { op: name, args: new Map([["other", "a tensor"]]) } : step);
  return input;
}
