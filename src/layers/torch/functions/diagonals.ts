/** Diagonals of matrices, and matrices of diagonals. */
import type { Machine } from "../../../python/machine.js";
import type { NativeBody, Value } from "../../../python/values.js";
import { elements, type Size, Tensor } from "../../tensors/tensor.js";
import { axisArgument, knownInteger } from "./arguments.js";
import { outcome, unknownInput } from "./outcome.js";
import { reordered } from "./shaping.js";

/** The entries `offset` above the diagonal of two axes, as a last axis. */
function diagonalOf(
  machine: Machine,
  tensor: Tensor,
  [offset, dim1, dim2]: readonly [Value, Value, Value],
): Value {
  const above = knownInteger(machine, offset);
  const axes = [dim1, dim2].map((dim) => axisArgument(machine, dim, tensor.rank));
  const [rows, columns] = axes.map((axis) => (axis === null ? undefined : tensor.shape[axis]));
  if (above === null || typeof rows !== "number" || typeof columns !== "number" || axes[0] === axes[1]) {
    return machine.unknown("a diagonal of a size that is not known");
  }
  const length = Math.max(0, above >= 0 ? Math.min(rows, columns - above) : Math.min(rows + above, columns));
  const others = tensor.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const shape = [...others.map((axis) => tensor.shape[axis]!), length];
  return reordered(machine, tensor, shape, (index) => {
    const source = new Array<number>(tensor.rank);
    others.forEach((axis, at) => {
      source[axis] = index[at]!;
    });
    source[axes[0]!] = index.at(-1)! + Math.max(0, -above);
    source[axes[1]!] = index.at(-1)! + Math.max(0, above);
    return source;
  });
}

/** Matrices with the last axis `offset` above their diagonals, and zeros elsewhere. */
function onDiagonal(machine: Machine, tensor: Tensor, offset: Value): Value {
  const above = knownInteger(machine, offset);
  if (above === null) return machine.unknown("a matrix whose diagonal is anywhere");
  const size = machine.binary("+", tensor.shape.at(-1)!, Math.abs(above)) as Size;
  const shape = [...tensor.shape.slice(0, -1), size, size];
  // Mostly zeros: no law of the diagonal's entries holds for all.
  if (elements(machine, tensor) === null) return outcome(machine, shape, tensor, "diag");
  return reordered(machine, tensor, shape, (index) => {
    const [row, column] = index.slice(-2) as [number, number];
    return column - row === above ? [...index.slice(0, -2), above >= 0 ? row : column] : null;
  });
}

const on =
  (act: (machine: Machine, tensor: Tensor, options: readonly Value[]) => Value): NativeBody =>
  (machine, input, ...options) =>
    input instanceof Tensor ? act(machine, input, options as Value[]) : unknownInput(machine, "a diagonal");

/** Exist both as functions and as methods. */
export const DIAGONALS: Readonly<Record<string, NativeBody>> = {
  "diagonal(input, offset=0, dim1=0, dim2=1)": on((machine, tensor, [offset, dim1, dim2]) =>
    diagonalOf(machine, tensor, [offset!, dim1!, dim2!]),
  ),
  "diag(input, diagonal=0)": on((machine, tensor, [offset]) =>
    tensor.rank === 1 ? onDiagonal(machine, tensor, offset!) : diagonalOf(machine, tensor, [offset!, 0, 1]),
  ),
  "diag_embed(input, offset=0, dim1=-2, dim2=-1)": on((machine, tensor, [offset, dim1, dim2]) =>
    dim1 === -2 && dim2 === -1
      ? onDiagonal(machine, tensor, offset!)
      : machine.unknown("a matrix of its diagonal"),
  ),
};
