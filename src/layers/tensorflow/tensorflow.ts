/** TensorFlow to the rest. Its variables are Keras's, so Keras's report reads them. */
import type { Machine } from "../../python/machine.js";
import { PyClass, PyModule, PyTuple, Sym, types, type Value } from "../../python/values.js";
import type { Framework } from "../framework.js";
import { TENSORFLOW_MODULES } from "./modules.js";

/** What a `TensorShape` has under that name; undefined where it has nothing. */
function ofShape(machine: Machine, sizes: PyTuple, name: string): Value | undefined {
  const shapes = machine.importModule("_tensorflow.tensors");
  const cls = shapes instanceof PyModule ? machine.moduleName(shapes, "TensorShape") : undefined;
  if (!(cls instanceof PyClass) || cls.lookup(name) === undefined) return undefined;
  return machine.getAttribute(machine.call(cls, [sizes]), name);
}

/** A number, in TensorFlow 1 the one in `value`, or None. */
const isSize = (object: Value): boolean =>
  object === null || typeof object === "number" || object instanceof Sym;

export const TENSORFLOW: Framework = {
  name: "tensorflow",
  modules: TENSORFLOW_MODULES,
  namesGivenBy: "_tensorflow.tensors",
  hooks: {
    // Its sizes and shapes are no plain numbers and tuples there.
    lackedAttribute(machine, object, name) {
      if (!machine.isImported("tensorflow")) return undefined;
      if (object instanceof PyTuple && object.cls === types.tuple) return ofShape(machine, object, name);
      return name === "value" && isSize(object) ? object : undefined;
    },
  },
  parametersOf: () => null,
};
