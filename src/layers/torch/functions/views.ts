/** Other shapes of the same memory: views share it, so that writes through them are seen. */
import type { Machine } from "../../../python/machine.js";
import { type PyClass, PyTuple, Unknown, type Value } from "../../../python/values.js";
import {
  concrete,
  count,
  elements,
  fillValue,
  type Layout,
  layoutOf,
  makeTensor,
  rowMajor,
  type Size,
  type Tensor,
  viewOf,
} from "../../tensors/tensor.js";
import { worldOf } from "../world.js";
import { inherited } from "./elementwise.js";

/** The class views of a tensor have: a Parameter's view is a plain tensor. */
const plain = (machine: Machine): PyClass => worldOf(machine).Tensor;

/** A row-major copy, or the tensor itself where it already is. */
export function contiguous(machine: Machine, tensor: Tensor): Tensor {
  return isContiguous(tensor) ? tensor : copy(machine, tensor);
}

export function isContiguous(tensor: Tensor): boolean {
  if (tensor.layout === null) return true;
  const shape = concrete(tensor.shape);
  if (shape === null) return false;
  const strides = rowMajor(shape);
  return strides.every((stride, axis) => shape[axis]! <= 1 || stride === tensor.layout!.strides[axis]);
}

/** The same memory outside the gradient: `.data`, `.detach()`. */
export function detached(machine: Machine, tensor: Tensor): Tensor {
  const view = viewOf(tensor, tensor.shape, tensor.layout, tensor.covers, plain(machine));
  view.requiresGrad = false;
  return view;
}

/** New memory with the same elements and the same law. */
export function copy(machine: Machine, tensor: Tensor, op = "copy"): Tensor {
  return makeTensor(
    machine,
    plain(machine),
    tensor.shape,
    tensor.dtype,
    fillValue(tensor) ?? elements(machine, tensor)?.slice() ?? null,
    { op, previous: inherited(tensor) },
  );
}

/** `-1` replaced by what is left; raises where the sizes do not fit. */
export function inferred(machine: Machine, tensor: Tensor, shape: readonly Size[]): Size[] {
  const hole = shape.indexOf(-1);
  const total = count(machine, tensor.shape);
  if (hole < 0) {
    const wanted = count(machine, shape);
    if (typeof total === "number" && typeof wanted === "number" && total !== wanted) {
      machine.raise("RuntimeError", `shape [${shape.join(", ")}] is invalid for input of size ${total}`);
    }
    return [...shape];
  }
  const others = count(
    machine,
    shape.filter((_, axis) => axis !== hole),
  );
  if (typeof total === "number" && typeof others === "number" && (others === 0 || total % others !== 0)) {
    machine.raise("RuntimeError", `shape [${shape.join(", ")}] is invalid for input of size ${total}`);
  }
  const rest =
    typeof total === "number" && typeof others === "number"
      ? total / others
      : (machine.binary("//", total, others) as Size);
  return shape.map((size, axis) => (axis === hole ? rest : size));
}

/** `view`, `reshape`: shares memory where the order of elements allows it. */
export function reshape(machine: Machine, tensor: Tensor, wanted: readonly Size[] | Unknown): Value {
  if (wanted instanceof Unknown) return machine.unknown("a reshape to a shape that is not known");
  const shape = inferred(machine, tensor, wanted);
  const base = contiguous(machine, tensor);
  const sizes = concrete(shape);
  const layout: Layout | null =
    base.layout === null || sizes === null ? null : { offset: base.layout.offset, strides: rowMajor(sizes) };
  return viewOf(base, shape, layout, base.covers, plain(machine));
}

/** Axes in another order. */
export function permute(machine: Machine, tensor: Tensor, axes: readonly number[]): Tensor {
  const layout = layoutOf(tensor);
  return viewOf(
    tensor,
    axes.map((axis) => tensor.shape[axis]!),
    layout === null ? null : { offset: layout.offset, strides: axes.map((axis) => layout.strides[axis]!) },
    tensor.covers,
    plain(machine),
  );
}

export function transpose(machine: Machine, tensor: Tensor, first: number, second: number): Tensor {
  const axes = tensor.shape.map((_, axis) => axis);
  if (tensor.rank > 0) [axes[first], axes[second]] = [axes[second]!, axes[first]!];
  return permute(machine, tensor, axes);
}

/** Matrices turned, whatever axes stand before them. */
export const turned = (machine: Machine, tensor: Tensor): Tensor =>
  transpose(machine, tensor, tensor.rank - 2, tensor.rank - 1);

/** One part of an axis: `length` elements from `start`, every `step`th. */
export function narrow(
  machine: Machine,
  tensor: Tensor,
  axis: number,
  start: number,
  length: Size,
  step = 1,
): Tensor {
  const layout = layoutOf(tensor);
  const whole = start === 0 && step === 1 && length === tensor.shape[axis];
  const shape = tensor.shape.map((size, at) => (at === axis ? length : size));
  const part: Layout | null =
    layout === null
      ? null
      : {
          offset: layout.offset + start * layout.strides[axis]!,
          strides: layout.strides.map((stride, at) => (at === axis ? stride * step : stride)),
        };
  return viewOf(tensor, shape, part, tensor.covers && whole, plain(machine));
}

/** One element of an axis, without the axis. */
export function select(machine: Machine, tensor: Tensor, axis: number, index: number): Tensor {
  const part = narrow(machine, tensor, axis, index, 1);
  const without = <Item>(items: readonly Item[]) => items.filter((_, at) => at !== axis);
  return viewOf(
    part,
    without(part.shape),
    part.layout === null ? null : { offset: part.layout.offset, strides: without(part.layout.strides) },
    part.covers,
    plain(machine),
  );
}

export function unsqueeze(machine: Machine, tensor: Tensor, axis: number): Tensor {
  const layout = tensor.layout;
  const insert = <Item>(items: readonly Item[], item: Item) => [
    ...items.slice(0, axis),
    item,
    ...items.slice(axis),
  ];
  return viewOf(
    tensor,
    insert<Size>(tensor.shape, 1),
    layout === null ? null : { offset: layout.offset, strides: insert(layout.strides, 1) },
    tensor.covers,
    plain(machine),
  );
}

/** Drops axes of length 1: the given ones, or all. */
export function squeeze(machine: Machine, tensor: Tensor, axes: readonly number[] | null): Tensor {
  const kept = tensor.shape
    .map((_, axis) => axis)
    .filter((axis) => {
      return tensor.shape[axis] !== 1 || (axes !== null && !axes.includes(axis));
    });
  return permute(machine, tensor, kept);
}

/** `expand`: axes of length 1 repeated without memory; −1 keeps a size. */
export function expand(machine: Machine, tensor: Tensor, wanted: readonly Size[]): Tensor {
  const lead = wanted.length - tensor.rank;
  if (lead < 0) machine.raise("RuntimeError", "expand needs at least as many sizes as dimensions");
  const shape = wanted.map((size, axis) => (size === -1 ? (tensor.shape[axis - lead] ?? 1) : size));
  const layout = layoutOf(tensor);
  const strides = shape.map((size, axis) => {
    const own = axis - lead;
    if (own < 0 || layout === null) return 0;
    return tensor.shape[own] === 1 && size !== 1 ? 0 : layout.strides[own]!;
  });
  return viewOf(
    tensor,
    shape,
    layout === null ? null : { offset: layout.offset, strides },
    tensor.covers,
    plain(machine),
  );
}

/** Runs of axes merged into one. */
export function flatten(machine: Machine, tensor: Tensor, start: number, end: number): Value {
  if (tensor.rank === 0) return reshape(machine, tensor, [1]);
  const merged = count(machine, tensor.shape.slice(start, end + 1));
  return reshape(machine, tensor, [...tensor.shape.slice(0, start), merged, ...tensor.shape.slice(end + 1)]);
}

/** `split`: parts of one size, or of the given sizes. */
export function split(machine: Machine, tensor: Tensor, sizes: readonly Size[] | Size, axis: number): Value {
  const length = tensor.shape[axis];
  if (length === undefined) machine.raise("IndexError", "split of a scalar");
  if (!Array.isArray(sizes)) {
    if (typeof sizes !== "number" || typeof length !== "number")
      return machine.unknown("how many parts a split has");
    const parts = Array.from({ length: Math.max(1, Math.ceil(length / sizes)) }, (_, i) =>
      narrow(machine, tensor, axis, i * sizes, Math.min(sizes, length - i * sizes)),
    );
    return new PyTuple(parts);
  }
  let start = 0;
  let known = true;
  return new PyTuple(
    (sizes as readonly Size[]).map((size) => {
      const part = known
        ? narrow(machine, tensor, axis, start, size)
        : viewOf(
            tensor,
            tensor.shape.map((old, at) => (at === axis ? size : old)),
            null,
            false,
            plain(machine),
          );
      if (typeof size === "number") start += size;
      else known = false;
      return part;
    }),
  );
}
