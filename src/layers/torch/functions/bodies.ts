/** Native functions whose first argument is a tensor. */
import type { Machine } from "../../../python/machine.js";
import { type NativeBody, PyTuple, type Unknown, type Value } from "../../../python/values.js";
import { Tensor } from "../../tensors/tensor.js";
import { axisArgument } from "./arguments.js";

export type Table = Record<string, NativeBody>;

/** A body whose first argument must be a known tensor. */
export const on =
  (what: string, body: (machine: Machine, tensor: Tensor, ...args: Value[]) => Value): NativeBody =>
  (machine, tensor, ...args) =>
    tensor instanceof Tensor
      ? body(machine, tensor, ...(args as Value[]))
      : machine.unknown(`${what} of a value that is not known`);

/** The same for `f(2, 3)`, `f((2, 3))` and `f(size=(2, 3))`: the body gets the numbers as a tuple. */
export const onMany = (
  what: string,
  body: (machine: Machine, tensor: Tensor, given: PyTuple) => Value,
): NativeBody =>
  on(what, (machine, tensor, args, named) =>
    body(machine, tensor, named === null || named === undefined ? (args as PyTuple) : new PyTuple([named])),
  );

/** An axis that must be known, else the whole result is not. */
export function axisOr(machine: Machine, value: Value | undefined, rank: number): number | Unknown {
  return axisArgument(machine, value, rank) ?? machine.unknown("an axis that is not known");
}
