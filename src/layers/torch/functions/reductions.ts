/** Sums, means, extremes, sorting: shapes always, values where the elements are known. */
import { lengthLaw } from "../../../init/norms.js";
import type { Machine } from "../../../python/machine.js";
import { type NativeBody, PyFloat, PyTuple, Unknown, type Value } from "../../../python/values.js";
import type { Distribution } from "../../../types.js";
import { distributionOf } from "../../tensors/distribution.js";
import { type DType, isFloating, roundTo } from "../../tensors/dtypes.js";
import {
  type Content,
  concrete,
  count,
  elementCount,
  elements,
  fillValue,
  following,
  knownShape,
  makeTensor,
  rowMajor,
  type Size,
  Tensor,
} from "../../tensors/tensor.js";
import { worldOf } from "../world.js";
import { axesArgument, axisArgument, truthOf } from "./arguments.js";
import { binary } from "./elementwise.js";

type Fold = (values: Float64Array) => number;
type Kind = "same" | "float" | "bool" | "int";

interface Reduction {
  readonly fold: Fold | null;
  readonly kind: Kind;
}

const sum: Fold = (values) => values.reduce((total, x) => total + x, 0);
const mean: Fold = (values) => sum(values) / values.length;
function variance(values: Float64Array): number {
  const centre = mean(values);
  return values.reduce((total, x) => total + (x - centre) ** 2, 0) / (values.length - 1);
}
function best(values: Float64Array, better: (x: number, y: number) => boolean): number {
  let at = 0;
  for (let i = 1; i < values.length; i++) if (better(values[i]!, values[at]!)) at = i;
  return at;
}
const argmax: Fold = (values) => best(values, (x, y) => x > y);
const argmin: Fold = (values) => best(values, (x, y) => x < y);
const maximum: Fold = (values) => values[argmax(values)]!;
const minimum: Fold = (values) => values[argmin(values)]!;

/** `torch.f(x, dim, keepdim)` and `x.f(dim, keepdim)`; without axes over everything. */
const REDUCTIONS: Readonly<Record<string, Reduction>> = {
  sum: { fold: sum, kind: "int" },
  nansum: { fold: sum, kind: "int" },
  prod: { fold: (values) => values.reduce((product, x) => product * x, 1), kind: "int" },
  mean: { fold: mean, kind: "float" },
  std: { fold: (values) => Math.sqrt(variance(values)), kind: "float" },
  var: { fold: variance, kind: "float" },
  logsumexp: { fold: null, kind: "float" },
  amax: { fold: maximum, kind: "same" },
  amin: { fold: minimum, kind: "same" },
  argmax: { fold: argmax, kind: "int" },
  argmin: { fold: argmin, kind: "int" },
  all: { fold: (values) => (values.every((x) => x !== 0) ? 1 : 0), kind: "bool" },
  any: { fold: (values) => (values.some((x) => x !== 0) ? 1 : 0), kind: "bool" },
  count_nonzero: { fold: (values) => values.filter((x) => x !== 0).length, kind: "int" },
};

const resultType = (machine: Machine, input: Tensor, { kind }: Reduction, name: string): DType => {
  if (kind === "bool") return "bool";
  if (kind === "float") return isFloating(input.dtype) ? input.dtype : worldOf(machine).defaultDtype;
  if (kind === "int") return name.startsWith("arg") || !isFloating(input.dtype) ? "int64" : input.dtype;
  return input.dtype;
};

/** Folds each run of elements along `axes`. */
function reduce(
  machine: Machine,
  name: string,
  { fold, kind }: Reduction,
  input: Tensor,
  axes: readonly number[] | null,
  keep: boolean,
  law?: Distribution,
): Tensor {
  const over = axes ?? input.shape.map((_, axis) => axis);
  const shape = keep
    ? input.shape.map((size, axis) => (over.includes(axis) ? 1 : size))
    : input.shape.filter((_, axis) => !over.includes(axis));
  const dtype = resultType(machine, input, { fold, kind }, name);
  const content = fold === null ? null : folded(machine, input, over, fold, dtype);
  return makeTensor(machine, worldOf(machine).Tensor, shape, dtype, content, { op: name, law });
}

/** What the lengths along some axes of a whole tensor are drawn from. */
function lengthsOf(
  machine: Machine,
  tensor: Tensor,
  axes: readonly number[] | null,
): Distribution | undefined {
  const { shape, storage } = tensor;
  const sizes = axes === null ? shape : axes.map((axis) => shape[axis]!);
  const [terms, all] = [count(machine, sizes), count(machine, shape)];
  if (typeof terms !== "number" || all !== storage.size) return undefined;
  return lengthLaw(distributionOf(storage.history, storage.size, fillValue(tensor)), terms);
}

function folded(machine: Machine, input: Tensor, over: readonly number[], fold: Fold, dtype: DType): Content {
  const shape = knownShape(input);
  if (shape === null || over.some((axis) => shape[axis] === 0)) return null;
  return following(machine, [input], elementCount(shape), (values) =>
    Float64Array.from(runsAlong(values, shape, over), (run) => roundTo(dtype, fold(run))),
  );
}

/** The elements of each run along `over`, in row-major order of the other axes. */
function runsAlong(values: Float64Array, shape: readonly number[], over: readonly number[]): Float64Array[] {
  const strides = rowMajor(shape);
  const offsets = (axes: readonly number[]): number[] =>
    axes.reduce<number[]>(
      (all, axis) =>
        all.flatMap((offset) => Array.from({ length: shape[axis]! }, (_, i) => offset + i * strides[axis]!)),
      [0],
    );
  const kept = shape.map((_, axis) => axis).filter((axis) => !over.includes(axis));
  const inner = offsets([...over].sort((a, b) => a - b));
  return offsets(kept).map((head) => Float64Array.from(inner, (tail) => values[head + tail]!));
}

type Table = Record<string, NativeBody>;

function reductionTable(): Table {
  const table: Table = {};
  for (const [name, reduction] of Object.entries(REDUCTIONS)) {
    table[`${name}(input, dim=None, keepdim=False, *args, **options)`] = (machine, input, dim, keepdim) => {
      if (!(input instanceof Tensor)) return machine.unknown(`${name} of a value that is not known`);
      // `std(x, unbiased)`: a bool there is no axis.
      const axes = typeof dim === "boolean" ? null : axesArgument(machine, dim, input.rank);
      if (axes instanceof Unknown) return axes;
      return reduce(machine, name, reduction, input, axes, truthOf(machine, keepdim) === true);
    };
  }
  return table;
}

const ranked = (machine: Machine, values: Tensor, indices: Tensor): PyTuple =>
  new PyTuple([values, indices], worldOf(machine).Ranked);

/** `max(x)`, `max(x, dim)` gives values and indices, `max(x, y)` the larger of each. */
function extreme(name: "max" | "min"): NativeBody {
  const [value, index] = name === "max" ? (["amax", "argmax"] as const) : (["amin", "argmin"] as const);
  return (machine, input, dim, keepdim) => {
    if (!(input instanceof Tensor)) return machine.unknown(`${name} of a value that is not known`);
    if (dim instanceof Tensor) return binary(machine, `${name}imum`, input, dim);
    const axes = axesArgument(machine, dim, input.rank);
    if (axes instanceof Unknown) return axes;
    const keep = truthOf(machine, keepdim) === true;
    const extremes = reduce(machine, value, REDUCTIONS[value]!, input, axes, keep);
    if (axes === null) return extremes;
    return ranked(machine, extremes, reduce(machine, index, REDUCTIONS[index]!, input, axes, keep));
  };
}

/** A running fold along one axis. */
function running(next: (total: number, x: number) => number): NativeBody {
  return (machine, input, dim) => {
    if (!(input instanceof Tensor)) return machine.unknown("a running sum of a value that is not known");
    const axis = axisArgument(machine, dim, input.rank);
    const dtype = isFloating(input.dtype) ? input.dtype : "int64";
    const content = axis === null ? null : runningElements(machine, input, axis, next, dtype);
    return makeTensor(machine, worldOf(machine).Tensor, input.shape, dtype, content, { op: "cumulative" });
  };
}

function runningElements(
  machine: Machine,
  input: Tensor,
  axis: number,
  next: (total: number, x: number) => number,
  dtype: DType,
): Float64Array | null {
  const values = elements(machine, input);
  const shape = concrete(input.shape);
  if (values === null || shape === null || input.rank === 0) return values;
  const stride = rowMajor(shape)[axis]!;
  const result = values.slice();
  for (let i = 0; i < result.length; i++) {
    if (Math.floor(i / stride) % shape[axis]! !== 0)
      result[i] = roundTo(dtype, next(result[i - stride]!, values[i]!));
  }
  return result;
}

/** `unique(x)`: values, or slices along an axis, in order, with inverse and counts when asked for. */
function unique(machine: Machine, input: Value, inverse: Value, counts: Value, dim: Value): Value {
  const axis = dim === null || !(input instanceof Tensor) ? null : axisArgument(machine, dim, input.rank);
  if (!(input instanceof Tensor) || (dim !== null && axis === null))
    return machine.unknown("unique of a value that is not known");
  const { Tensor: cls } = worldOf(machine);
  const make = (shape: readonly Size[], dtype: DType, content: Float64Array | null) =>
    makeTensor(machine, cls, shape, dtype, content, { op: "unique" });
  const slices = slicesAlong(machine, input, axis);
  const distinct = slices && [...new Map(slices.map((one) => [one.join(), one])).values()].sort(inOrder);
  const length = distinct?.length ?? machine.unknown("how many different elements there are");
  const shape = axis === null ? [length] : input.shape.map((size, i) => (i === axis ? length : size));
  const result: Tensor[] = [make(shape, input.dtype, distinct && joinedAlong(distinct, shape, axis ?? 0))];
  const places = new Map((distinct ?? []).map((one, i) => [one.join(), i]));
  const placed = slices && Float64Array.from(slices, (one) => places.get(one.join())!);
  if (truthOf(machine, inverse) === true)
    result.push(make(axis === null ? input.shape : [input.shape[axis]!], "int64", placed));
  if (truthOf(machine, counts) === true) {
    const tally = distinct && new Float64Array(distinct.length);
    for (const place of placed ?? []) tally![place]!++;
    result.push(make([length], "int64", tally));
  }
  return result.length === 1 ? result[0]! : new PyTuple(result);
}

/** What lies at each place of an axis, or each number where there is none; null where the numbers are not known. */
function slicesAlong(machine: Machine, input: Tensor, axis: number | null): Float64Array[] | null {
  const values = elements(machine, input);
  if (values === null) return null;
  if (axis === null) return Array.from(values, (x) => Float64Array.of(x));
  const sizes = input.shape.map(Number);
  const inner = sizes.slice(axis + 1).reduce((product, size) => product * size, 1);
  const count = sizes[axis]!;
  return Array.from({ length: count }, (_slice, i) =>
    Float64Array.from(
      { length: values.length / count },
      (_x, at) => values[(Math.floor(at / inner) * count + i) * inner + (at % inner)]!,
    ),
  );
}

/** The reverse of `slicesAlong`. */
function joinedAlong(slices: readonly Float64Array[], shape: readonly Size[], axis: number): Float64Array {
  const inner = shape.slice(axis + 1).reduce<number>((product, size) => product * Number(size), 1);
  const all = new Float64Array(slices.reduce((total, { length }) => total + length, 0));
  slices.forEach((slice, i) => {
    slice.forEach((x, at) => {
      all[(Math.floor(at / inner) * slices.length + i) * inner + (at % inner)] = x;
    });
  });
  return all;
}

/** The first number that differs decides. */
function inOrder(a: Float64Array, b: Float64Array): number {
  const at = a.findIndex((x, i) => x !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

function sort(machine: Machine, input: Value, dim: Value, descending: Value): PyTuple | Unknown {
  if (!(input instanceof Tensor)) return machine.unknown("sort of a value that is not known");
  const axis = axisArgument(machine, dim, input.rank);
  const { Tensor: cls } = worldOf(machine);
  const make = (dtype: DType, content: Float64Array | null) =>
    makeTensor(machine, cls, input.shape, dtype, content, { op: "sort" });
  const values = elements(machine, input);
  if (values === null || input.rank !== 1 || axis === null) {
    return ranked(machine, make(input.dtype, null), make("int64", null));
  }
  const sign = truthOf(machine, descending) === true ? -1 : 1;
  const order = [...values.keys()].sort((a, b) => sign * (values[a]! - values[b]!) || a - b);
  const sorted = make(
    input.dtype,
    Float64Array.from(order, (i) => values[i]!),
  );
  return ranked(machine, sorted, make("int64", Float64Array.from(order)));
}

/** `diff(x)`: differences of neighbours along an axis. */
function difference(machine: Machine, input: Value, dim: Value): Value {
  if (!(input instanceof Tensor)) return machine.unknown("diff of a value that is not known");
  const axis = axisArgument(machine, dim, input.rank);
  const shape = input.shape.map((size, at) =>
    at !== axis
      ? size
      : typeof size === "number"
        ? Math.max(0, size - 1)
        : (machine.binary("-", size, 1) as Size),
  );
  const values = input.rank === 1 ? elements(machine, input) : null;
  const content =
    values && Float64Array.from(values.subarray(1), (x, i) => roundTo(input.dtype, x - values[i]!));
  return makeTensor(machine, worldOf(machine).Tensor, shape, input.dtype, content, { op: "diff" });
}

/** A norm; `isLength` says of which orders it is the square root of the sum of squares. */
const norm =
  (isLength: (order: Value) => boolean): NativeBody =>
  (machine, input, order, dim, keepdim) => {
    if (!(input instanceof Tensor)) return machine.unknown("norm of a value that is not known");
    const axes = axesArgument(machine, dim, input.rank);
    if (axes instanceof Unknown) return axes;
    const law = isLength(order!) ? lengthsOf(machine, input, axes) : undefined;
    const reduction: Reduction = { fold: null, kind: "float" };
    return reduce(machine, "norm", reduction, input, axes, truthOf(machine, keepdim) === true, law);
  };

const isFrobenius = (order: Value): boolean => order === "fro" || order === null;
const isTwo = (order: Value): boolean => order === 2 || (order instanceof PyFloat && order.value === 2);
const vectorNorm = norm((order) => isFrobenius(order) || isTwo(order));
/** Of a matrix, the norm of order 2 is its largest singular value. */
const matrixNorm = norm(isFrobenius);

/** Of `torch.linalg`. */
export const NORMS: Table = {
  "norm(A, ord=None, dim=None, keepdim=False, *, out=None, dtype=None)": matrixNorm,
  "vector_norm(x, ord=2, dim=None, keepdim=False, *, dtype=None, out=None)": vectorNorm,
  "matrix_norm(A, ord='fro', dim=None, keepdim=False, *, dtype=None, out=None)": (
    machine,
    input,
    order,
    dim,
    keepdim,
  ) => matrixNorm(machine, input, order, dim ?? new PyTuple([-2, -1]), keepdim),
};

/** Exist both as functions and as methods. */
export const REDUCING: Table = {
  ...reductionTable(),
  "max(input, dim=None, keepdim=False, *, out=None)": extreme("max"),
  "min(input, dim=None, keepdim=False, *, out=None)": extreme("min"),
  "cumsum(input, dim, *, dtype=None, out=None)": running((total, x) => total + x),
  "cumprod(input, dim, *, dtype=None, out=None)": running((total, x) => total * x),
  "unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None)": (
    machine,
    input,
    _sorted,
    inverse,
    counts,
    dim,
  ) => unique(machine, input!, inverse!, counts!, dim!),
  "sort(input, dim=-1, descending=False, stable=False, *, out=None)": (machine, input, dim, descending) =>
    sort(machine, input!, dim!, descending!),
  "argsort(input, dim=-1, descending=False, stable=False)": (machine, input, dim, descending) => {
    const sorted = sort(machine, input!, dim!, descending!);
    return sorted instanceof PyTuple ? sorted.items[1]! : sorted;
  },
  "diff(input, n=1, dim=-1, prepend=None, append=None)": (machine, input, n, dim, prepend, append) =>
    n === 1 && prepend === null && append === null
      ? difference(machine, input!, dim!)
      : machine.unknown("diff with more than its input"),
  "topk(input, k, dim=-1, largest=True, sorted=True, *, out=None)": (machine, input, k, dim) => {
    if (!(input instanceof Tensor)) return machine.unknown("topk of a value that is not known");
    const axis = axisArgument(machine, dim, input.rank);
    const size = machine.asInteger(k!) as Size;
    const shape = input.shape.map((old, at) => (at === axis ? size : old));
    const { Tensor: cls } = worldOf(machine);
    const make = (dtype: DType) => makeTensor(machine, cls, shape, dtype, null, { op: "topk" });
    return ranked(machine, make(input.dtype), make("int64"));
  },
  "median(input, dim=None, keepdim=False)": (machine, input, dim, keepdim) => {
    if (!(input instanceof Tensor)) return machine.unknown("median of a value that is not known");
    const axes = axesArgument(machine, dim, input.rank);
    if (axes instanceof Unknown) return axes;
    const keep = truthOf(machine, keepdim) === true;
    const middle = reduce(machine, "median", { fold: null, kind: "same" }, input, axes, keep);
    if (axes === null) return middle;
    return ranked(machine, middle, reduce(machine, "argmax", { fold: null, kind: "int" }, input, axes, keep));
  },
  "norm(input, p='fro', dim=None, keepdim=False, out=None, dtype=None)": vectorNorm,
};
