/** Equinox to the rest: its stubs, and the weights of its modules. */

import { torchFans } from "../../init/fans.js";
import type { Machine } from "../../python/machine.js";
import { type PyInstance, PyTuple, type Value } from "../../python/values.js";
import { held, isArray, isInstanceOf } from "../arrays/instances.js";
import { equalLayers, type LayerReading, madeBy } from "../arrays/layers.js";
import { type FanRule, foundParameter } from "../arrays/report.js";
import type { FoundParameter, FoundParameters, Framework } from "../framework.js";
import { EQUINOX_MODULES } from "./modules.js";

const isModule = (value: Value | undefined): value is PyInstance =>
  isInstanceOf(value, "_equinox.module", "Module");

/** One of the program's own: its call says what follows the layers in it. */
const isOwnModule = (value: PyInstance): boolean => isModule(value) && value.cls.module !== "_equinox.nn";

/** Equinox has no function for fans; its layers count as torch does, and so are their weights laid out. */
const fans: FanRule = (shape) => torchFans(shape);

/** Arrays below a module, named as JAX names the path to them: `layers[0].weight`. */
function equinoxParameters(machine: Machine, value: Value): FoundParameters | null {
  if (!isModule(value)) return null;
  const leaves = machine.call(machine.getAttribute(machine.importModule("_equinox.module"), "leaves"), [
    value,
  ]);
  const items = machine.iterate(leaves);
  if (!Array.isArray(items))
    return { parameters: [], missing: ["the attributes of the module are not known"] };
  const parameters = (items as Value[]).flatMap((leaf): FoundParameter[] => {
    const [path, array] = leaf instanceof PyTuple ? leaf.items : [];
    return isArray(array) ? [foundParameter(machine, String(path), array, fans)] : [];
  });
  return { parameters, missing: [] };
}

const READING: LayerReading = {
  framework: "jax",
  isLayer: isModule,
  isWeight: (value) => isModule(held(value, "owner")),
  fans: () => fans,
  weightPath: (weight) => {
    const path = held(weight, "_path");
    return path instanceof PyTuple ? path.items.map(String) : [];
  },
  module: "equinox.nn",
  finish: { module: "_equinox.finish", needs: ([layer]) => isOwnModule(layer!) },
};

export const EQUINOX: Framework = {
  name: "jax",
  modules: EQUINOX_MODULES,
  hooks: {},
  parametersOf: equinoxParameters,
  ...madeBy(READING),
  noticed: (machine, from) => equalLayers(machine, from, READING),
};
