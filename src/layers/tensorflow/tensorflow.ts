/** TensorFlow to the rest. Its variables are Keras's, so Keras's report reads them. */
import { Sym, type Value } from "../../python/values.js";
import type { Framework } from "../framework.js";
import { TENSORFLOW_MODULES } from "./modules.js";

const isSize = (object: Value): boolean =>
  object === null || typeof object === "number" || object instanceof Sym;

export const TENSORFLOW: Framework = {
  name: "tensorflow",
  modules: TENSORFLOW_MODULES,
  hooks: {
    // TensorFlow 1's sizes are no plain numbers: their number, or None, is in `value`.
    lackedAttribute: (machine, object, name) =>
      name === "value" && isSize(object) && machine.isImported("tensorflow") ? object : undefined,
  },
  parametersOf: () => null,
};
