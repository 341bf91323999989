/** NumPy, Theano and the array model to the rest. Dictionaries and lists of arrays are read as Flax's trees are. */
import { boundCount, boundPlaces, boundWeights, equalArrays, noteBound } from "../arrays/bound.js";
import { ARRAY_MODULES } from "../arrays/modules.js";
import type { Framework } from "../framework.js";
import { THEANO_MODULES } from "../theano/modules.js";
import { NUMPY_MODULES } from "./modules.js";

export const NUMPY: Framework = {
  name: "numpy",
  modules: [...ARRAY_MODULES, ...NUMPY_MODULES, ...THEANO_MODULES],
  hooks: { onBind: noteBound },
  parametersOf: () => null,
  layersMade: boundWeights,
  countMade: boundCount,
  noticed: equalArrays,
  placesMade: boundPlaces,
};
