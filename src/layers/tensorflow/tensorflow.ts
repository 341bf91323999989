/** TensorFlow to the rest. Its variables are Keras's, so Keras's report reads them. */
import type { Framework } from "../framework.js";
import { TENSORFLOW_MODULES } from "./modules.js";

export const TENSORFLOW: Framework = {
  name: "tensorflow",
  modules: TENSORFLOW_MODULES,
  hooks: {},
  parametersOf: () => null,
};
