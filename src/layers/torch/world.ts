/** What all torch natives of one evaluator share: its classes, and the objects that stand for element types. */
import type { Machine } from "../../python/machine.js";
import {
  builtinClass,
  NativeFunction,
  PyClass,
  PyInstance,
  PyProperty,
  PyTuple,
  types,
  type Value,
} from "../../python/values.js";
import { DTYPES, type DType } from "../tensors/dtypes.js";
import type { Size, Tensor } from "../tensors/tensor.js";

export interface World {
  readonly Tensor: PyClass;
  readonly Parameter: PyClass;
  readonly Size: PyClass;
  /** What `max(x, dim)`, `sort` and `topk` give: a tuple whose parts have names. */
  readonly Ranked: PyClass;
  readonly dtypeClass: PyClass;
  readonly dtypes: ReadonlyMap<DType, PyInstance>;
  /** What `torch.get_default_dtype()` says; a program may change it. */
  defaultDtype: DType;
}

const worlds = new WeakMap<Machine, World>();

/** The world of that evaluator; `make` fills it when torch is first imported. */
export function worldOf(machine: Machine, make?: () => World): World {
  let world = worlds.get(machine);
  if (world === undefined) {
    if (make === undefined) throw new Error("torch's natives were used before torch was imported");
    world = make();
    worlds.set(machine, world);
  }
  return world;
}

export function makeDtypes(dtypeClass: PyClass): Map<DType, PyInstance> {
  return new Map(
    DTYPES.map((name) => {
      const dtype = new PyInstance(dtypeClass);
      dtype.host = name;
      return [name, dtype];
    }),
  );
}

export function makeSizeClass(): PyClass {
  const cls = builtinClass("Size", types.tuple, "torch");
  return cls;
}

export function makeRankedClass(): PyClass {
  const cls = builtinClass("values_and_indices", types.tuple, "torch.return_types");
  for (const [at, name] of ["values", "indices"].entries()) {
    const read = new NativeFunction(name, "(self, /)", (_machine, self) => (self as PyTuple).items[at]!, cls);
    cls.attributes.set(name, new PyProperty(read));
  }
  return cls;
}

/** `torch.Size(shape)`. */
export function sizeValue(machine: Machine, shape: readonly Size[]): PyTuple {
  return new PyTuple(shape, worldOf(machine).Size);
}

export function dtypeValue(machine: Machine, dtype: DType): Value {
  return worldOf(machine).dtypes.get(dtype)!;
}

export function isParameter(machine: Machine, value: Value | undefined): value is Tensor {
  return (
    value instanceof Object &&
    value.cls instanceof PyClass &&
    value.cls.isSubclassOf(worldOf(machine).Parameter)
  );
}
