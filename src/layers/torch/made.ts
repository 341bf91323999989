/** Every layer that torch code made in one evaluator, in the order it was made. */
import type { Machine } from "../../python/machine.js";
import type { PyClass, PyInstance } from "../../python/values.js";
import { usesOf } from "../flow/uses.js";
import type { FoundLayer, FoundParameter } from "../framework.js";
import { type ModuleState, modulesMade } from "./module.js";
import { parametersOf } from "./report.js";
import { pointwise } from "./traced.js";

/** Layers of torch's own classes, and the bare parameters that modules of the user's register. */
export function layersMade(machine: Machine): FoundLayer[] {
  const uses = usesOf(machine, pointwise);
  return modulesMade(machine).flatMap((module) => {
    const found = parametersOf(machine, module, uses)?.parameters ?? [];
    const cls = ownClass(module.cls);
    if (cls === null) return found.filter(isBare(module)).map(bareLayer);
    const { made } = module.host as ModuleState;
    return [{ class: publicName(cls), framework: "torch", name: "", made, parameters: found }];
  });
}

/** The class as torch exports it: `torch.nn.Linear`. */
const publicName = ({ name, module }: PyClass): string =>
  module.startsWith("torch.nn.modules.") ? `torch.nn.${name}` : `${module}.${name}`;

/** Null for a class of the user's, even one derived from a layer of torch: its own call sites tell more. */
const ownClass = (cls: PyClass): PyClass | null => (cls.module.startsWith("torch.") ? cls : null);

/** Registered on the module itself, under a name without a dot. */
const isBare =
  (module: PyInstance) =>
  ({ name, layer }: FoundParameter): boolean =>
    !name.includes(".") && layer === module.cls.name;

const bareLayer = (parameter: FoundParameter): FoundLayer => ({
  class: "torch.nn.Parameter",
  framework: "torch",
  name: parameter.name,
  made: parameter.made,
  parameters: [parameter],
});
