/** Methods that give a tensor itself another shape: `x.unsqueeze_(0)`. */
import type { NativeBody, PyTuple } from "../../../python/values.js";
import { Tensor } from "../../tensors/tensor.js";
import { spoiled } from "./tensorOperators.js";

/** By the function that gives a tensor of that shape; whether its elements are still the same ones. */
const RESHAPING: readonly (readonly [name: string, by: string, keeps: boolean])[] = [
  ["squeeze_", "squeeze", true],
  ["unsqueeze_", "unsqueeze", true],
  ["t_", "t", true],
  ["transpose_", "transpose", true],
  ["swapaxes_", "swapaxes", true],
  ["swapdims_", "swapdims", true],
  ["resize_", "new_empty", false],
  ["resize_as_", "expand_as", false],
];

export const IN_PLACE_SHAPES: Readonly<Record<string, NativeBody>> = Object.fromEntries(
  RESHAPING.map(([name, by, keeps]): [string, NativeBody] => [
    `${name}(self, *args, memory_format=None)`,
    (machine, self, args) => {
      const tensor = self as Tensor;
      const made = machine.call(machine.getAttribute(tensor, by), (args as PyTuple).items);
      if (!(made instanceof Tensor)) return spoiled(machine, tensor, `${name} with what is not known`);
      machine.touch(tensor);
      tensor.shape = made.shape;
      tensor.storage = made.storage;
      tensor.layout = made.layout;
      tensor.covers = made.covers;
      return keeps ? tensor : spoiled(machine, tensor, `${name} was applied`);
    },
  ]),
);
