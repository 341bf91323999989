/** Every layer that torch code made in one evaluator, in the order it was made. */
import type { Machine } from "../../../python/machine.js";
import type { PyClass, PyInstance } from "../../../python/values.js";
import type { FoundLayer, Places } from "../../framework.js";
import { modulesMade } from "../module/module.js";
import { madeBy, stateOf } from "../module/moduleState.js";
import { frameworkClass, isUsers, type NamedWeight, ownWeights, weightsBelow } from "./report.js";

/** Layers of torch's own classes and of those derived from them, and the parameters that a program makes itself. */
export function layersMade(machine: Machine, from: number): FoundLayer[] {
  return ownLayers(machine, from).flatMap((module) => {
    const madeAs = stateOf(module)?.cls ?? module.cls;
    const cls = layerClass(madeAs);
    const bare = bareWeights(machine, module).map(bareLayer);
    if (cls === null) return bare;
    return [
      {
        class: publicName(cls),
        framework: "torch",
        name: "",
        made: madeBy(module),
        weights: weightsBelow(machine, module),
      },
      ...bare,
    ];
  });
}

export const countMade = (machine: Machine): number => modulesMade(machine).length;

/** Where each layer was made, and each parameter that a program makes itself. */
export function placesMade(machine: Machine, from: number): Places {
  return ownLayers(machine, from).flatMap((module) => {
    const bare = bareWeights(machine, module).map(({ made }) => made);
    return layerClass(module.cls) === null ? bare : [madeBy(module), ...bare];
  });
}

const ownLayers = (machine: Machine, from: number): readonly PyInstance[] =>
  modulesMade(machine)
    .slice(from)
    .filter((module) => stateOf(module)?.isPart === undefined);

/** What a module of the program's own registers itself, and no constructor of torch. */
const bareWeights = (machine: Machine, module: PyInstance): NamedWeight[] =>
  isUsers(module.cls) ? ownWeights(machine, module).filter(({ made }) => made !== madeBy(module)) : [];

/** The class as torch exports it: `torch.nn.Linear`. */
const publicName = ({ name, module }: PyClass): string =>
  module.startsWith("torch.nn.modules.") ? `torch.nn.${name}` : `${module}.${name}`;

/** The layer of torch that a class is or is derived from; null for a module of the user's own, or a container. */
function layerClass(cls: PyClass): PyClass | null {
  if (!isUsers(cls)) return cls;
  const layer = frameworkClass(cls);
  return layer === null || /\.(container|module)$/.test(layer.module) ? null : layer;
}

const bareLayer = (weight: NamedWeight): FoundLayer => ({
  class: "torch.nn.Parameter",
  framework: "torch",
  name: weight.name,
  made: weight.made,
  weights: [weight],
});
