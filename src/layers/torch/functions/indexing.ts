/** `x[...]` and `x[...] = y`: ints, slices, None, Ellipsis, tensors of indices and masks. */
import type { Machine } from "../../../python/machine.js";
import { ELLIPSIS, PyList, PySlice, PyTuple, Sym, Unknown, type Value } from "../../../python/values.js";
import {
  concrete,
  elementCount,
  elements,
  fillValue,
  makeTensor,
  reserve,
  rowMajor,
  type Size,
  type Step,
  spoil,
  Tensor,
  takeOver,
  write,
} from "../../tensors/tensor.js";
import { worldOf } from "../world.js";
import { nestedNumbers } from "./arguments.js";
import { isArray, tensorOfArray } from "./arrays.js";
import { tensorFrom } from "./creation.js";
import { broadcast, inherited } from "./elementwise.js";
import { expand, narrow, select, unsqueeze } from "./views.js";

/** A list of indices along one axis, or a mask over several. */
interface Gather {
  readonly axis: number;
  readonly index: Tensor;
}

interface Indexed {
  readonly view: Tensor;
  readonly gathers: readonly Gather[];
}

/** Applies what can be a view; what must be gathered is left over. Unknown where an index is not known. */
function applyIndex(machine: Machine, tensor: Tensor, index: Value): Indexed | Unknown {
  const items = (index instanceof PyTuple ? index.items : [index]).map((item) =>
    arrayAsTensor(machine, item),
  );
  let used = 0;
  for (const item of items) {
    if (item instanceof Tensor && item.dtype === "bool") used += item.rank;
    else if (item !== null && item !== ELLIPSIS && typeof item !== "boolean") used++;
  }
  let view = tensor;
  let axis = 0;
  const gathers: Gather[] = [];
  for (const item of items) {
    // It may be an int, None, a slice or a mask: each gives another shape.
    if (item instanceof Unknown && !(item instanceof Sym)) return item;
    if (item === ELLIPSIS) {
      axis += tensor.rank - used;
    } else if (item === null) {
      view = unsqueeze(machine, view, axis++);
    } else if (item instanceof PySlice) {
      const part = sliced(machine, view, axis++, item);
      if (part instanceof Unknown) return part;
      view = part;
    } else if (item instanceof Tensor && (item.rank > 0 || item.dtype === "bool")) {
      gathers.push({ axis, index: item });
      axis += item.dtype === "bool" ? item.rank : 1;
    } else if (item instanceof PyList || (item instanceof PyTuple && nestedNumbers(machine, item))) {
      const made = tensorFrom(machine, item, null);
      if (!(made instanceof Tensor)) return machine.unknown("an index that is not known");
      gathers.push({ axis, index: made });
      axis++;
    } else if (typeof item === "boolean") {
      return machine.unknown("a tensor indexed with a bool");
    } else {
      const picked = picked1(machine, view, axis, item);
      if (picked instanceof Unknown) return picked;
      view = picked;
    }
  }
  return { view, gathers };
}

/** An array of NumPy's picks as a tensor does; one without axes is a number. */
function arrayAsTensor(machine: Machine, item: Value): Value {
  if (!isArray(machine, item)) return item;
  const made = tensorOfArray(machine, item, null);
  return made instanceof Tensor && made.rank === 0 ? item : made;
}

/** One position of an axis; the axis goes away. */
function picked1(machine: Machine, view: Tensor, axis: number, item: Value): Tensor | Unknown {
  if (axis >= view.rank)
    machine.raise("IndexError", `too many indices for a tensor of dimension ${view.rank}`);
  const at = machine.asInteger(item);
  if (at === null || typeof at === "bigint") {
    if (item instanceof Unknown) return item;
    machine.raise("IndexError", "a tensor is indexed with ints, slices, None, lists and tensors");
  }
  const size = view.shape[axis]!;
  if (typeof at !== "number") {
    const part = select(machine, view, axis, 0);
    part.layout = null;
    part.covers = false;
    return part;
  }
  if (typeof size === "number" && (at >= size || at < -size)) {
    machine.raise("IndexError", `index ${at} is out of bounds for dimension ${axis} with size ${size}`);
  }
  return select(machine, view, axis, at < 0 && typeof size === "number" ? at + size : at);
}

function sliced(machine: Machine, view: Tensor, axis: number, slice: PySlice): Tensor | Unknown {
  if (axis >= view.rank)
    machine.raise("IndexError", `too many indices for a tensor of dimension ${view.rank}`);
  const size = view.shape[axis]!;
  const isWhole = slice.start === null && slice.stop === null && slice.step === null;
  if (isWhole) return view;
  const bounds = [slice.start, slice.stop, slice.step].map((bound) =>
    bound === null ? null : machine.asInteger(bound),
  );
  const [start, stop, step] = bounds;
  if (typeof size !== "number" || bounds.some((bound) => bound !== null && typeof bound !== "number")) {
    return slicedUnknown(machine, view, axis, start ?? 0, stop ?? null, step ?? 1);
  }
  const clamp = (bound: number) => Math.min(Math.max(bound < 0 ? bound + size : bound, 0), size);
  const by = (step as number | null) ?? 1;
  const from = clamp((start as number | null) ?? 0);
  const to = clamp((stop as number | null) ?? size);
  return narrow(machine, view, axis, from, Math.max(0, Math.ceil((to - from) / by)), by);
}

/** A part whose length is only an expression: `x[:n]` of something at least that long. */
function slicedUnknown(
  machine: Machine,
  view: Tensor,
  axis: number,
  start: Value,
  stop: Value,
  step: Value,
): Tensor | Unknown {
  const length =
    start === 0 && step === 1 && stop instanceof Unknown ? stop : machine.unknown("the length of a slice");
  const part = narrow(machine, view, axis, 0, length);
  part.layout = null;
  part.covers = false;
  return part;
}

/** `x[index]`. */
export function getIndex(machine: Machine, tensor: Tensor, index: Value): Value {
  const indexed = applyIndex(machine, tensor, index);
  if (indexed instanceof Unknown) return machine.unknown("a tensor indexed with a value that is not known");
  const { view, gathers } = indexed;
  return gathers.length === 0 ? view : gather(machine, view, gathers);
}

function gather(machine: Machine, view: Tensor, gathers: readonly Gather[]): Value {
  const [first] = gathers;
  if (gathers.length === 1 && first!.index.dtype === "bool") return masked(machine, view, first!);
  if (gathers.some(({ index }) => index.dtype === "bool")) return machine.unknown("several masks");
  let shape: Size[] = [];
  for (const { index } of gathers) shape = broadcast(machine, shape, index.shape);
  const axes = gathers.map(({ axis }) => axis);
  const adjacent = axes.every((axis, i) => i === 0 || axis === axes[i - 1]! + 1);
  const front = adjacent ? axes[0]! : 0;
  const rest = view.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const result = rest.map((axis) => view.shape[axis]!);
  result.splice(front, 0, ...shape);
  const content = gatheredElements(machine, view, gathers, shape, rest, front);
  return makeTensor(machine, worldOf(machine).Tensor, result, view.dtype, content, {
    op: "index",
    previous: inherited(view),
  });
}

/** Elements picked by index tensors; null where something is not known. */
function gatheredElements(
  machine: Machine,
  view: Tensor,
  gathers: readonly Gather[],
  shape: readonly Size[],
  rest: readonly number[],
  front: number,
): Float64Array | number | null {
  const fill = fillValue(view);
  if (fill !== null) return fill;
  const values = elements(machine, view);
  const sizes = concrete(view.shape);
  const over = concrete(shape);
  const indices = gathers.map(({ index }) =>
    over === null ? null : elements(machine, expand(machine, index, shape)),
  );
  if (values === null || sizes === null || over === null || indices.some((one) => one === null)) return null;
  const strides = rowMajor(sizes);
  const picks = elementCount(over);
  const before = rest.slice(0, front);
  const after = rest.slice(front);
  const offsets = (axes: readonly number[]): number[] =>
    axes.reduce<number[]>(
      (all, axis) =>
        all.flatMap((offset) => Array.from({ length: sizes[axis]! }, (_, i) => offset + i * strides[axis]!)),
      [0],
    );
  const [outer, inner] = [offsets(before), offsets(after)];
  reserve(machine, outer.length * picks * inner.length);
  const result = new Float64Array(outer.length * picks * inner.length);
  let at = 0;
  for (const head of outer) {
    for (let pick = 0; pick < picks; pick++) {
      let position = head;
      gathers.forEach(({ axis }, i) => {
        const raw = indices[i]![pick]!;
        position += (raw < 0 ? raw + sizes[axis]! : raw) * strides[axis]!;
      });
      for (const tail of inner) result[at++] = values[position + tail]!;
    }
  }
  return result;
}

/** Elements where a mask is true, in one dimension. */
function masked(machine: Machine, view: Tensor, { axis, index }: Gather): Value {
  const mask = elements(machine, index);
  const values = mask === null ? null : elements(machine, view);
  const head = view.shape.slice(0, axis);
  const tail = view.shape.slice(axis + index.rank);
  const count =
    mask === null ? machine.unknown("how many elements a mask keeps") : mask.filter((x) => x !== 0).length;
  const shape = [...head, count, ...tail];
  const kept =
    values !== null && mask !== null && head.length === 0 && tail.length === 0
      ? values.filter((_, i) => mask[i] !== 0)
      : null;
  return makeTensor(machine, worldOf(machine).Tensor, shape, view.dtype, kept, {
    op: "index",
    previous: inherited(view),
  });
}

/** `x[index] = value`. */
export function setIndex(machine: Machine, tensor: Tensor, index: Value, value: Value): void {
  const indexed = applyIndex(machine, tensor, index);
  if (indexed instanceof Unknown) {
    spoil(machine, tensor, "a place that is not known was written");
    return;
  }
  const { view, gathers } = indexed;
  if (gathers.length > 0) {
    scatter(machine, view, gathers, value);
    return;
  }
  assign(machine, view, value);
}

/** Writes a number or a tensor over a whole view. */
export function assign(machine: Machine, view: Tensor, value: Value): void {
  if (value instanceof Tensor) {
    const shape = broadcast(machine, view.shape, value.shape);
    const source = value.rank === view.rank ? value : expand(machine, value, shape);
    const fill = fillValue(value);
    const written = fill ?? (concrete(view.shape) === null ? null : stretchedElements(machine, source, view));
    const step = { op: "copy_", args: new Map([["source", "a tensor"]]) };
    // Before the write: it may be the same memory.
    const previous = inherited(value);
    write(machine, view, written, step);
    if (view.covers) adoptHistory(machine, view, previous);
    return;
  }
  const number = machine.asNumber(value);
  if (number === null) {
    spoil(machine, view, "a value that is no number was written");
    return;
  }
  write(machine, view, typeof number === "number" ? number : null, {
    op: "fill_",
    args: new Map([["value", number]]),
  });
}

function stretchedElements(machine: Machine, source: Tensor, view: Tensor): Float64Array | null {
  const target = concrete(view.shape)!;
  const own = concrete(source.shape);
  if (own === null) return null;
  const same = own.every((size, axis) => size === target[axis]);
  return elements(machine, same ? source : expand(machine, source, view.shape));
}

/** A whole copy has the law of what was copied. */
function adoptHistory(machine: Machine, view: Tensor, previous: Step | null): void {
  const { history, content } = view.storage;
  takeOver(machine, view, content, { ...history!, args: new Map(), op: "copy", previous });
}

function scatter(machine: Machine, view: Tensor, gathers: readonly Gather[], value: Value): void {
  const content = scatteredElements(machine, view, gathers, value);
  if (content === null) {
    spoil(machine, view, "some elements were written");
    return;
  }
  write(machine, view, content, { op: "data" });
}

function scatteredElements(
  machine: Machine,
  view: Tensor,
  gathers: readonly Gather[],
  value: Value,
): Float64Array | null {
  const values = elements(machine, view);
  if (values === null) return null;
  const number = value instanceof Tensor ? fillValue(value) : machine.asNumber(value);
  const positions = positionTensor(machine, view, values.length);
  const [first] = gathers;
  const isMask = gathers.length === 1 && first!.index.dtype === "bool";
  const where = isMask ? masked(machine, positions, first!) : gather(machine, positions, gathers);
  const at = where instanceof Tensor ? elements(machine, where) : null;
  if (at === null) return null;
  const source =
    typeof number === "number" ? number : value instanceof Tensor ? elements(machine, value) : null;
  if (source === null || (typeof source !== "number" && source.length !== at.length)) return null;
  const result = values.slice();
  at.forEach((position, i) => {
    result[position] = typeof source === "number" ? source : source[i]!;
  });
  return result;
}

/** A tensor of the same shape that holds each element's own position. */
function positionTensor(machine: Machine, view: Tensor, length: number): Tensor {
  reserve(machine, length);
  const content = Float64Array.from({ length }, (_, i) => i);
  return makeTensor(machine, worldOf(machine).Tensor, view.shape, "int64", content, { op: "arange" });
}

/** `x.copy_(y)`: y's elements and law. */
export function copyInPlace(machine: Machine, tensor: Tensor, source: Value): Tensor {
  if (source instanceof Tensor || machine.asNumber(source) !== null) assign(machine, tensor, source);
  else spoil(machine, tensor, "a value that is not known was copied here");
  return tensor;
}
