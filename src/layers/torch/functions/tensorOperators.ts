/** Arithmetic as methods of a tensor. */
import type { MethodTable } from "../../../python/host.js";
import type { Machine } from "../../../python/machine.js";
import { type NativeBody, NOT_IMPLEMENTED, PyFloat, type Value } from "../../../python/values.js";
import { isFloating } from "../../tensors/dtypes.js";
import { spoil, Tensor } from "../../tensors/tensor.js";
import {
  BINARY,
  binary,
  binaryInPlace,
  COMPARISONS,
  OPERATORS,
  UNARY,
  unary,
  unaryInPlace,
} from "./elementwise.js";
import { matmul } from "./products.js";

/** The methods behind Python's operators. */
export function operators(): MethodTable<Tensor> {
  const table: Record<string, NativeBody> = {
    "__neg__(self)": (machine, self) => unary(machine, "neg", self as Tensor),
    "__pos__(self)": (_machine, self) => self!,
    "__abs__(self)": (machine, self) => unary(machine, "abs", self as Tensor),
    "__invert__(self)": (machine, self) =>
      (self as Tensor).dtype === "bool"
        ? unary(machine, "logical_not", self as Tensor)
        : machine.unknown("~ of a tensor"),
    "__matmul__(self, other)": (machine, self, other) => matmul(machine, self!, other!),
    "__rmatmul__(self, other)": (machine, self, other) => matmul(machine, other!, self!),
  };
  for (const [operator, name] of OPERATORS) {
    table[`__${operator}__(self, other)`] = (machine, self, other) => binary(machine, name, self!, other!);
    table[`__r${operator}__(self, other)`] = (machine, self, other) => binary(machine, name, other!, self!);
    table[`__i${operator}__(self, other)`] = (machine, self, other) =>
      binaryInPlace(machine, name, self as Tensor, other!);
  }
  for (const name of COMPARISONS) {
    table[`__${name}__(self, other)`] = (machine, self, other) =>
      other === null ? NOT_IMPLEMENTED : binary(machine, name, self!, other!);
  }
  return table;
}

/** `add`, `add_`, `sqrt` …: arithmetic by name. */
export function arithmetic(): MethodTable<Tensor> {
  const table: Record<string, NativeBody> = {};
  for (const name of Object.keys(UNARY)) {
    table[`${name}(self)`] = (machine, self) => unary(machine, name, self as Tensor);
    table[`${name}_(self)`] = (machine, self) => unaryInPlace(machine, name, self as Tensor);
  }
  for (const name of Object.keys(BINARY)) {
    const scaled = name === "add" || name === "sub";
    table[`${name}(self, other, *, alpha=1, rounding_mode=None, out=None)`] = (
      machine,
      self,
      other,
      alpha,
      rounding,
    ) => scaledBinary(machine, name, self!, times(machine, other!, scaled ? alpha! : 1), rounding!);
    table[`${name}_(self, other, *, alpha=1, rounding_mode=None)`] = (
      machine,
      self,
      other,
      alpha,
      rounding,
    ) =>
      rounding === null
        ? binaryInPlace(machine, name, self as Tensor, times(machine, other!, scaled ? alpha! : 1))
        : spoiled(machine, self as Tensor, `${name}_ with a rounding mode`);
  }
  return table;
}

const times = (machine: Machine, value: Value, alpha: Value): Value =>
  alpha === 1 ? value : machine.binary("*", value, alpha);

/** `div(x, y, rounding_mode="floor")` and the rest of the table. */
export function scaledBinary(
  machine: Machine,
  name: string,
  left: Value,
  right: Value,
  rounding: Value,
): Value {
  const result = binary(machine, name, left, right);
  if (!(result instanceof Tensor) || rounding === null) return result;
  const rounded = unary(machine, rounding === "floor" ? "floor" : "trunc", result);
  const operands = [left, right].every((one) => !(one instanceof Tensor) || !isFloating(one.dtype));
  if (operands && !(left instanceof PyFloat || right instanceof PyFloat)) rounded.dtype = "int64";
  return rounded;
}

/** A tensor after something that is not modelled wrote into it. */
export function spoiled(machine: Machine, tensor: Tensor, reason: string): Tensor {
  spoil(machine, tensor, reason);
  return tensor;
}
