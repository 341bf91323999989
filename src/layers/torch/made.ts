/** Every layer that torch code made in one evaluator, in the order it was made. */
import type { Machine } from "../../python/machine.js";
import type { PyClass } from "../../python/values.js";
import type { FoundLayer, Places } from "../framework.js";
import { modulesMade } from "./module.js";
import { madeBy, stateOf } from "./moduleState.js";
import { type NamedWeight, ownWeights, weightsBelow } from "./report.js";

/** Layers of torch's own classes, and the bare parameters that modules of the user's register. */
export function layersMade(machine: Machine, from: number): FoundLayer[] {
  return modulesMade(machine)
    .slice(from)
    .flatMap((module) => {
      const cls = ownClass(module.cls);
      if (cls === null) return ownWeights(machine, module).map(bareLayer);
      const { made, cls: madeAs } = stateOf(module)!;
      return [
        {
          class: publicName(madeAs),
          framework: "torch",
          name: "",
          made,
          weights: weightsBelow(machine, module),
        },
      ];
    });
}

export const countMade = (machine: Machine): number => modulesMade(machine).length;

/** Where each module was made; of a module of the user's own, where its bare parameters were. */
export function placesMade(machine: Machine, from: number): Places {
  return modulesMade(machine)
    .slice(from)
    .flatMap((module) =>
      ownClass(module.cls) === null ? ownWeights(machine, module).map(({ made }) => made) : [madeBy(module)],
    );
}

/** The class as torch exports it: `torch.nn.Linear`. */
const publicName = ({ name, module }: PyClass): string =>
  module.startsWith("torch.nn.modules.") ? `torch.nn.${name}` : `${module}.${name}`;

/** Null for a class of the user's, even one derived from a layer of torch: its own call sites tell more. */
const ownClass = (cls: PyClass): PyClass | null => (cls.module.startsWith("torch.") ? cls : null);

const bareLayer = (weight: NamedWeight): FoundLayer => ({
  class: "torch.nn.Parameter",
  framework: "torch",
  name: weight.name,
  made: weight.made,
  weights: [weight],
});
