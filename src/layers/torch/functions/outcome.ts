/** Results of which only the shape is known, and arithmetic on sizes. */
import type { Machine } from "../../../python/machine.js";
import { PyList, PyTuple, type Unknown, type Value } from "../../../python/values.js";
import { makeTensor, type Size, type Tensor } from "../../tensors/tensor.js";
import { worldOf } from "../world.js";
import { sizeArgument } from "./arguments.js";

/** A result of that shape whose elements nobody asked for. */
export function outcome(machine: Machine, shape: readonly Size[], like: Tensor, op: string): Tensor {
  return makeTensor(machine, worldOf(machine).Tensor, shape, like.dtype, null, { op });
}

/** The result of a layer that was given what nobody knows. */
export const unknownInput = (machine: Machine, op: string): Unknown =>
  machine.unknown(`${op} of a value that is not known`);

export const plus = (machine: Machine, a: Size, b: Size) => machine.binary("+", a, b) as Size;
export const times = (machine: Machine, a: Size, b: Size) => machine.binary("*", a, b) as Size;
export const over = (machine: Machine, a: Size, b: Size) => machine.binary("//", a, b) as Size;

/** An int for all `rank` axes, or one for each. */
export function perAxis(machine: Machine, value: Value | undefined, rank: number, otherwise: Size): Size[] {
  if (value === undefined || value === null) return new Array<Size>(rank).fill(otherwise);
  if (value instanceof PyTuple || value instanceof PyList) {
    const sizes = value.items.map((item) => (item === null ? otherwise : sizeArgument(machine, item)));
    return sizes.length === 1 && rank > 1 ? new Array<Size>(rank).fill(sizes[0]!) : sizes;
  }
  return new Array<Size>(rank).fill(sizeArgument(machine, value));
}
