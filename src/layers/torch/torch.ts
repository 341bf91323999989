import type { HostHooks } from "../../python/host.js";
import { traceOf } from "../flow/trace.js";
import type { Framework } from "../framework.js";
import { spoil, Tensor } from "../tensor.js";
import { earlyApplies } from "./applied.js";
import { copies, tied } from "./copies.js";
import { countLeaves, leafLayers, leafPlaces, noteLeaf } from "./leaves.js";
import { countMade, layersMade, placesMade } from "./made.js";
import { TORCH_MODULES } from "./modules.js";
import { noteShapes } from "./notes.js";
import { lostDraws } from "./recomputed.js";
import { parametersOf } from "./report.js";
import { entries, isModule, members, walk } from "./traversal.js";

/** Tensors and modules given to code that nobody knows: it may write to them. */
const hooks: HostHooks = {
  onEscape(machine, value) {
    traceOf(machine).record("escaped", [value], null);
    if (value instanceof Tensor) spoil(machine, value, "it was given to code that is not known");
    if (!isModule(machine, value)) return;
    for (const { value: tensor } of members(machine, value, "_parameters")) {
      if (tensor instanceof Tensor) spoil(machine, tensor, "its module was given to code that is not known");
    }
  },
  // What its constructor would have drawn anew, or for the first time, is not known.
  onUnfinished(machine, object) {
    if (!isModule(machine, object)) return;
    for (const { module } of walk(machine, object)) {
      for (const { value } of entries(machine, module, "_parameters"))
        if (value instanceof Tensor)
          spoil(machine, value, "its model's constructor was not followed to the end");
    }
  },
  onBind(machine, value, _name, span) {
    if (value instanceof Tensor) noteShapes(machine, "assigned", span, { input: null, output: value.shape });
  },
};

/** PyTorch. */
export const TORCH: Framework = {
  name: "torch",
  modules: TORCH_MODULES,
  hooks,
  parametersOf,
  layersMade,
  countMade,
  placesMade,
  noticed: (machine, from) => [
    ...copies(machine, from),
    ...tied(machine, from),
    ...earlyApplies(machine),
    ...lostDraws(machine),
  ],
};

/** PyTorch's tensors where a program trains them without modules. */
export const TORCH_LEAVES: Framework = {
  name: "torch",
  modules: [],
  hooks: {
    onBind(machine, value, name, span) {
      if (value instanceof Tensor) noteLeaf(machine, value, name, span);
    },
  },
  parametersOf: () => null,
  layersMade: leafLayers,
  countMade: countLeaves,
  placesMade: leafPlaces,
};
