/** Arrays of NumPy and other frameworks as tensors: what has a shape, a dtype and `tolist()`. */
import type { Machine } from "../../../python/machine.js";
import { PyInstance, Unknown, type Value } from "../../../python/values.js";
import type { Distribution } from "../../../types.js";
import { handOn } from "../../arrays/bound.js";
import { held } from "../../arrays/instances.js";
import { Law } from "../../arrays/law.js";
import { DTYPES, type DType, roundTo } from "../../tensors/dtypes.js";
import { makeTensor, Tensor } from "../../tensors/tensor.js";
import { worldOf } from "../world.js";
import { nestedNumbers, shapeArgument } from "./arguments.js";

export const isArray = (machine: Machine, value: Value | undefined): value is PyInstance =>
  value instanceof PyInstance &&
  !(value instanceof Tensor) &&
  ["shape", "dtype", "tolist"].every((name) => machine.findAttribute(value, name) !== undefined);

/** A tensor with an array's shape and, where they are known, its entries; unknown where it has no known rank. */
export function tensorOfArray(machine: Machine, array: Value, dtype: DType | null): Value {
  const shape = shapeArgument(machine, machine.getAttribute(array, "shape"));
  if (shape instanceof Unknown) return machine.unknown("a tensor made of an array whose shape is not known");
  const wanted = dtype ?? dtypeNamed(machine.str(machine.getAttribute(array, "dtype")));
  if (wanted === null) return machine.unknown("a tensor made of an array whose type is not known");
  const list = machine.callMethod(array, "tolist");
  const values = list instanceof Unknown ? null : (nestedNumbers(machine, list)?.values ?? null);
  const content = values === null ? null : Float64Array.from(values, (x) => roundTo(wanted, x));
  const same = content?.every((x) => x === content[0]) && content.length > 0 ? content[0]! : null;
  const law = lawHandedOn(machine, array);
  return makeTensor(machine, worldOf(machine).Tensor, shape, wanted, same ?? content, { op: "data", law });
}

/** What an array was drawn from, which from now on is the tensor's. */
function lawHandedOn(machine: Machine, array: Value): Distribution | undefined {
  const law = array instanceof PyInstance ? held(array, "law") : null;
  if (!(law instanceof Law)) return undefined;
  handOn(machine, law);
  return law.distribution;
}

const dtypeNamed = (name: Value): DType | null => DTYPES.find((one) => one === name) ?? null;
