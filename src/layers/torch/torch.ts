import type { HostHooks } from "../../python/host.js";
import type { Machine } from "../../python/machine.js";
import { PyInstance, Unknown, type Value } from "../../python/values.js";
import { traceOf } from "../flow/trace.js";
import type { Framework } from "../framework.js";
import { spoil, Tensor } from "../tensors/tensor.js";
import { ofTensorClass } from "./functions/tensorClass.js";
import { earlyApplies } from "./module/applied.js";
import { modulesMade } from "./module/module.js";
import { walkingMethod } from "./module/partlyModules.js";
import { lostDraws } from "./module/recomputed.js";
import { entries, isModule, members, walk } from "./module/traversal.js";
import { unregistered } from "./module/unregistered.js";
import { TORCH_MODULES } from "./modules.js";
import { copies, tied } from "./report/copies.js";
import { equalSeeds } from "./report/equalSeeds.js";
import { countLeaves, leafLayers, leafPlaces, noteLeaf } from "./report/leaves.js";
import { leftBehind } from "./report/leftBehind.js";
import { countMade, layersMade, placesMade } from "./report/made.js";
import { lostCheckpoints, paddingRows } from "./report/overwritten.js";
import { parametersOf } from "./report/report.js";
import { noteShapes } from "./runs/notes.js";
import { tracedUnknown } from "./runs/traced.js";

/** Tensors and modules given to code that nobody knows: it may write to them. */
const hooks: HostHooks = {
  onEscape(machine, value) {
    traceOf(machine).record("escaped", [value], null);
    if (value instanceof Tensor) escaped(machine, value, "it was given to code that is not known");
    if (!isModule(machine, value)) return;
    for (const { value: tensor } of members(machine, value, "_parameters")) {
      if (tensor instanceof Tensor)
        escaped(machine, tensor, "its module was given to code that is not known");
    }
  },
  // What its constructor would have drawn anew, or for the first time, is not known; nor what it had made and not
  // yet put into it.
  onUnfinished(machine, object) {
    const reason = "its model's constructor was not followed to the end";
    const made = modulesMade(machine);
    const place = made.lastIndexOf(object as PyInstance);
    if (place < 0) spoilAll(machine, object, reason);
    else for (const module of made.slice(place)) spoilOwn(machine, module, reason);
  },
  // Models of transformers are drawn by their base class, which asks their own `_init_weights`.
  onUnknownAttribute(machine, object, name) {
    if (!INITIALISING.test(name) || !(object instanceof PyInstance))
      return walkingMethod(machine, object, name);
    const reason = `${name} of a base class that is not known may draw it anew`;
    for (const value of [object, ...(object.attributes?.values() ?? [])]) spoilAll(machine, value, reason);
    return undefined;
  },
  onUnknownResult: tracedUnknown,
  onBind(machine, value, _name, span) {
    if (value instanceof Tensor) noteShapes(machine, "assigned", span, { input: null, output: value.shape });
  },
  lackedAttribute: ofTensorClass,
};

/** Whoever has it now may write to it; what is written in training is no start. */
function escaped(machine: Machine, tensor: Tensor, reason: string): void {
  if (tensor.storage.isTrained) {
    machine.touch(tensor.storage);
    tensor.storage.content = null;
  } else spoil(machine, tensor, reason);
}

/** Methods that draw the weights of a whole model. */
const INITIALISING = /^_?(post_init|(re)?init(iali[sz]e)?_?(weights?|params?|parameters)|reset_parameters)$/;

/** What a module and all below it draw is not known any more; of several that it may be, what each draws. */
function spoilAll(machine: Machine, object: Value, reason: string): void {
  if (object instanceof Unknown) for (const one of object.may) spoilAll(machine, one, reason);
  if (!isModule(machine, object)) return;
  for (const { module } of walk(machine, object)) spoilOwn(machine, module, reason);
}

/** The same of a module's own parameters, and of parts of which nobody knows which they are. */
function spoilOwn(machine: Machine, module: PyInstance, reason: string): void {
  for (const { value } of entries(machine, module, "_parameters"))
    if (value instanceof Tensor) spoil(machine, value, reason);
  for (const { value } of entries(machine, module, "_modules"))
    if (value instanceof Unknown) spoilAll(machine, value, reason);
}

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
    ...unregistered(machine, from),
    ...paddingRows(machine, from),
    ...lostCheckpoints(machine, from),
    ...leftBehind(machine),
    ...equalSeeds(machine, from),
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
