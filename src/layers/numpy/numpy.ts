/** NumPy, Theano and the array model to the rest. Dictionaries and lists of arrays are read as Flax's trees are. */
import type { Machine } from "../../python/machine.js";
import { NativeFunction, PyFloat, PyFunction, type Value } from "../../python/values.js";
import { boundCount, boundPlaces, boundWeights, equalArrays, noteBound } from "../arrays/bound.js";
import { ARRAY_MODULES } from "../arrays/modules.js";
import type { Framework } from "../framework.js";
import { THEANO_MODULES } from "../theano/modules.js";
import { NUMPY_MODULES } from "./modules.js";

/** What NumPy's own numbers have; those of Python stand for them here. */
const OF_NUMBERS: ReadonlySet<string> = new Set([
  "astype",
  "dtype",
  "item",
  "ndim",
  "reshape",
  "shape",
  "size",
  "tolist",
]);

/** What NumPy's functions of entries have beside being called. */
const OF_FUNCTIONS: ReadonlySet<string> = new Set(["accumulate", "at", "outer", "reduce", "reduceat"]);

function lackedAttribute(machine: Machine, object: Value, name: string): Value | undefined {
  const isFunction = object instanceof NativeFunction || object instanceof PyFunction;
  if (!isFunction || !OF_FUNCTIONS.has(name) || !machine.isImported("numpy"))
    return ofNumber(machine, object, name);
  return machine.unknown(`${name} of a function of NumPy`);
}

function ofNumber(machine: Machine, object: Value, name: string): Value | undefined {
  const isNumber = typeof object === "number" || object instanceof PyFloat;
  if (!isNumber || !OF_NUMBERS.has(name) || !machine.isImported("numpy")) return undefined;
  const asarray = machine.getAttribute(machine.importModule("numpy"), "asarray");
  return machine.getAttribute(machine.call(asarray, [object]), name);
}

export const NUMPY: Framework = {
  name: "numpy",
  modules: [...ARRAY_MODULES, ...NUMPY_MODULES, ...THEANO_MODULES],
  hooks: { onBind: noteBound, lackedAttribute },
  parametersOf: () => null,
  layersMade: boundWeights,
  countMade: boundCount,
  noticed: equalArrays,
  placesMade: boundPlaces,
};
