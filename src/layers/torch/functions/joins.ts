/** Functions of `torch` that make one tensor of several. */
import type { Machine } from "../../../python/machine.js";
import { type NativeBody, PyList, PyTuple, Unknown, type Value } from "../../../python/values.js";
import { count, type Size, Tensor } from "../../tensors/tensor.js";
import { sizeValue } from "../world.js";
import { shapeArgument, tensorsArgument } from "./arguments.js";
import { axisOr, on, type Table } from "./bodies.js";
import { broadcast } from "./elementwise.js";
import { concatenate, stack } from "./joining.js";
import { outcome } from "./outcome.js";
import { SEARCHING } from "./picking.js";
import { expand, reshape } from "./views.js";

/** `meshgrid(x, y)`: every tensor over all axes; "xy" exchanges the first two. */
function meshgrid(machine: Machine, args: PyTuple, indexing: Value): Value {
  const [only] = args.items;
  const list = args.items.length === 1 && (only instanceof PyList || only instanceof PyTuple) ? only : args;
  const tensors = tensorsArgument(machine, list);
  if (tensors instanceof Unknown) return tensors;
  const exchanged = indexing === "xy" && tensors.length > 1;
  const order = tensors.map((_, i) => (exchanged && i < 2 ? 1 - i : i));
  const shape = order.map((i) => count(machine, tensors[i]!.shape));
  return new PyTuple(
    tensors.map((tensor, i) => {
      const axis = order.indexOf(i);
      const alone = reshape(
        machine,
        tensor,
        shape.map((size, at) => (at === axis ? size : 1)),
      );
      return alone instanceof Tensor ? expand(machine, alone, shape) : alone;
    }),
  );
}

function joinedList(
  machine: Machine,
  list: Value,
  dim: Value | undefined,
  how: typeof concatenate,
  extra: number,
): Value {
  const tensors = tensorsArgument(machine, list);
  if (tensors instanceof Unknown) return machine.unknown("tensors joined that are not known");
  if (tensors.length === 0) return machine.raise("RuntimeError", "expected a non-empty list of tensors");
  const rank = Math.max(...tensors.map((one) => one.rank));
  const axis = axisOr(machine, dim ?? 0, rank + extra);
  return axis instanceof Unknown ? axis : how(machine, tensors, axis);
}

/** `x` with axes of size 1 as NumPy adds them: a vector is a row, and a matrix gets a last axis. */
function atLeast(machine: Machine, tensor: Tensor, rank: number): Value {
  const missing = rank - tensor.rank;
  if (missing <= 0) return tensor;
  if (rank === 3 && tensor.rank > 0) {
    return reshape(machine, tensor, tensor.rank === 1 ? [1, ...tensor.shape, 1] : [...tensor.shape, 1]);
  }
  return reshape(machine, tensor, [...new Array<Size>(missing).fill(1), ...tensor.shape]);
}

const concatenateKnown = (machine: Machine, tensors: readonly Value[], axis: number): Value =>
  tensors.every((one) => one instanceof Tensor)
    ? concatenate(machine, tensors, axis)
    : machine.unknown("tensors joined that are not known");

const stackedRows: NativeBody = (machine, list) => {
  const tensors = tensorsArgument(machine, list!);
  if (tensors instanceof Unknown) return tensors;
  return concatenateKnown(
    machine,
    tensors.map((one) => atLeast(machine, one, 2)),
    0,
  );
};

/** Only functions of `torch`. */
export const JOINING: Table = {
  ...SEARCHING,
  ...Object.fromEntries(
    ["cat", "concat", "concatenate"].map((name): [string, NativeBody] => [
      `${name}(tensors, dim=0, *, out=None)`,
      (machine, list, dim) => joinedList(machine, list!, dim, concatenate, 0),
    ]),
  ),
  "stack(tensors, dim=0, *, out=None)": (machine, list, dim) => joinedList(machine, list!, dim, stack, 1),
  "hstack(tensors, *, out=None)": (machine, list) => {
    const tensors = tensorsArgument(machine, list!);
    return tensors instanceof Unknown
      ? tensors
      : concatenate(machine, tensors, tensors[0]?.rank === 1 ? 0 : 1);
  },
  "vstack(tensors, *, out=None)": stackedRows,
  "row_stack(tensors, *, out=None)": stackedRows,
  "column_stack(tensors, *, out=None)": (machine, list) => {
    const tensors = tensorsArgument(machine, list!);
    if (tensors instanceof Unknown) return tensors;
    const columns = tensors.map((one) => (one.rank < 2 ? reshape(machine, one, [-1, 1]) : one));
    return concatenateKnown(machine, columns, 1);
  },
  ...Object.fromEntries(
    [1, 2, 3].map((rank): [string, NativeBody] => [
      `atleast_${rank}d(input)`,
      on("atleast", (machine, tensor) => atLeast(machine, tensor, rank)),
    ]),
  ),
  "tensordot(a, b, dims=2, out=None)": on("tensordot", (machine, a, b, dims) =>
    b instanceof Tensor && typeof dims === "number"
      ? outcome(machine, [...a.shape.slice(0, a.rank - dims), ...b.shape.slice(dims)], a, "tensordot")
      : machine.unknown("tensordot"),
  ),
  "meshgrid(*tensors, indexing=None)": (machine, tensors, indexing) =>
    meshgrid(machine, tensors as PyTuple, indexing!),
  "broadcast_shapes(*shapes)": (machine, args) => {
    const shapes = (args as PyTuple).items.map((one) => shapeArgument(machine, one));
    const unknown = shapes.find((one) => one instanceof Unknown);
    if (unknown !== undefined) return unknown;
    return sizeValue(
      machine,
      (shapes as Size[][]).reduce((all, one) => broadcast(machine, all, one), []),
    );
  },
  "broadcast_tensors(*tensors)": (machine, args) => {
    const tensors = tensorsArgument(machine, args!);
    if (tensors instanceof Unknown) return tensors;
    const shape = tensors.reduce<Size[]>((all, one) => broadcast(machine, all, one.shape), []);
    return new PyTuple(tensors.map((one) => expand(machine, one, shape)));
  },
};
