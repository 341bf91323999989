/** Python arguments as torch's functions take them: sizes, axes, shapes, element types, scalars. */
import type { Machine } from "../../../python/machine.js";
import {
  PyDict,
  PyFloat,
  PyInstance,
  PyList,
  PySet,
  PyTuple,
  Sym,
  Unknown,
  type Value,
} from "../../../python/values.js";
import type { DType } from "../../tensors/dtypes.js";
import { type Size, Tensor, UnknownSize } from "../../tensors/tensor.js";
import { worldOf } from "../world.js";

/** A length or index; raises TypeError where torch would. */
export function sizeArgument(machine: Machine, value: Value): Size {
  const size = machine.asInteger(value);
  if (size === null) {
    machine.raise("TypeError", `a size must be an int, not ${machine.typeOf(value).name}`);
  }
  if (typeof size === "bigint") return machine.unknown("a size beyond 2^53");
  return size;
}

/** A shape given as one argument: `(2, 3)`, `[2, 3]`, a Size, an int; unknown where that is not known. */
export function shapeArgument(machine: Machine, value: Value | undefined): Size[] | Unknown {
  if (value === undefined || value === null) return [];
  if (value instanceof PyList && value.uncertain) return value.uncertain;
  if (value instanceof PyTuple || value instanceof PyList) {
    return value.items.map((item) => sizeArgument(machine, item));
  }
  if (value instanceof Unknown) return isOneSize(value) ? [value] : value;
  if (value instanceof Tensor || machine.asInteger(value) === null) {
    const items = machine.iterate(value);
    return items instanceof Unknown ? items : items.map((item) => sizeArgument(machine, item));
  }
  return [sizeArgument(machine, value)];
}

/** Whether a size is one only because nothing of its name speaks against it. */
export const isGuessedSize = (size: Size): boolean =>
  size instanceof Unknown && !(size instanceof Sym) && !(size instanceof UnknownSize);

/** Whether an unknown in place of a shape stands for one length: a size, a symbol, or a name that is no list's. */
export function isOneSize(value: Unknown): boolean {
  if (!isGuessedSize(value)) return true;
  return value.path !== null && !/(shape|sizes|dims|resolution)$/i.test(value.path);
}

/** A shape given as `f(2, 3)`, `f((2, 3))` or `f(size)`: the arguments of a `*args`. */
export function variadicShape(machine: Machine, args: Value): Size[] | Unknown {
  const items = args instanceof PyTuple ? args.items : [args];
  return shapeArgument(machine, items.length === 1 ? items[0]! : args);
}

/** A known int; null where it is None, not given or not known. */
export function knownInteger(machine: Machine, value: Value | undefined): number | null {
  if (value === undefined || value === null) return null;
  const size = machine.asInteger(value);
  return typeof size === "number" ? size : null;
}

export function numberArgument(
  machine: Machine,
  value: Value | undefined,
  otherwise: number,
): number | Unknown {
  if (value === undefined || value === null) return otherwise;
  const number = machine.asNumber(value);
  return number ?? machine.unknown(`a number was wanted, not ${machine.typeOf(value).name}`);
}

/** The element type asked for; `otherwise` where it is None or not known. */
export function dtypeArgument(machine: Machine, value: Value | undefined, otherwise: DType): DType {
  if (value instanceof PyInstance && value.cls === worldOf(machine).dtypeClass) return value.host as DType;
  return otherwise;
}

/** An axis counted from the front; null where not known; raises IndexError out of range. */
export function axisArgument(machine: Machine, value: Value | undefined, rank: number): number | null {
  const axis = knownInteger(machine, value);
  if (axis === null) return null;
  const limit = Math.max(rank, 1);
  if (axis < -limit || axis >= limit) {
    machine.raise("IndexError", `Dimension out of range (${axis} for ${rank} dimensions)`);
  }
  return axis < 0 ? axis + limit : axis;
}

/** One axis or several, counted from the front; null for "all"; unknown where not known. */
export function axesArgument(
  machine: Machine,
  value: Value | undefined,
  rank: number,
): readonly number[] | null | Unknown {
  if (value === undefined || value === null) return null;
  const items = value instanceof PyTuple || value instanceof PyList ? value.items : [value];
  const axes: number[] = [];
  for (const item of items) {
    const axis = axisArgument(machine, item, rank);
    if (axis === null) return machine.unknown("an axis that is not known");
    axes.push(axis);
  }
  return axes;
}

export const truthOf = (machine: Machine, value: Value | undefined): boolean | Unknown =>
  value === undefined ? false : machine.truth(value);

/** The tensors of a list or tuple; unknown where one is not known. */
export function tensorsArgument(machine: Machine, value: Value): Tensor[] | Unknown {
  const items = machine.iterate(value);
  if (items instanceof Unknown) return items;
  for (const item of items) {
    if (item instanceof Unknown) return item;
    if (!(item instanceof Tensor)) machine.raise("TypeError", "expected a tensor");
  }
  return items as Tensor[];
}

/** A flat view of nested lists of numbers: their shape and values, or null where something is not known. */
export function nestedNumbers(
  machine: Machine,
  value: Value,
): { shape: Size[]; values: number[] | null; kind: "bool" | "int" | "float" } | null {
  if (typeof value === "boolean") return { shape: [], values: [value ? 1 : 0], kind: "bool" };
  if (typeof value === "number" || typeof value === "bigint") {
    return { shape: [], values: [Number(value)], kind: "int" };
  }
  if (value instanceof PyFloat) return { shape: [], values: [value.value], kind: "float" };
  if (value instanceof Sym) return { shape: [], values: null, kind: "int" };
  if (value instanceof Unknown || value instanceof PyDict || value instanceof PySet) return null;
  if (value instanceof Tensor) return null;
  if (typeof value === "string" || value === null) return null;
  const items = machine.iterate(value);
  if (items instanceof Unknown) return null;
  if (items.length === 0) return { shape: [0], values: [], kind: "float" };
  machine.spend(items.length);
  const parts = items.map((item) => nestedNumbers(machine, item));
  if (parts.some((part) => part === null)) return null;
  const first = parts[0]!;
  const kinds = new Set(parts.map((part) => part!.kind));
  return {
    shape: [items.length, ...first.shape],
    values: parts.every((part) => part!.values !== null) ? parts.flatMap((part) => part!.values!) : null,
    kind: kinds.has("float") ? "float" : kinds.has("int") ? "int" : "bool",
  };
}
