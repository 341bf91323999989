/** Layers that a module only holds in a plain list: nothing that goes through the module reaches them. */
import type { Machine } from "../../../python/machine.js";
import { PyDict, type PyInstance, PyList, PyTuple, type Value } from "../../../python/values.js";
import type { Noticed } from "../../observations.js";
import { Tensor } from "../../tensors/tensor.js";
import { isUsers } from "../report/report.js";
import { modulesMade } from "./module.js";
import { madeBy } from "./moduleState.js";
import { entries, isModule, members, possible } from "./traversal.js";

/** A module that says itself what its parts are. */
const OWN_TRAVERSAL = ["parameters", "named_parameters", "children", "named_children", "modules", "_apply"];

/** Lists of several layers that train, of which no module has one as its own; of modules made after so many, none
 * of which an older module holds. One alone in a list is hidden on purpose. */
export function unregistered(machine: Machine, from: number): Noticed[] {
  const made = modulesMade(machine).slice(from);
  const registered = new Set<Value>(made.flatMap((one) => partsOf(machine, one)));
  return made.flatMap((module): Noticed[] => {
    if (!isUsers(module.cls) || module.cls.unknownBase !== null || traversesItself(module)) return [];
    return [...(module.attributes ?? [])].flatMap(([attribute, value]): Noticed[] => {
      const hidden = itemsOf(value).filter((one) => isModule(machine, one));
      if (hidden.length < 2 || hidden.some((one) => registered.has(one))) return [];
      if (hidden.some((one) => one === module || !mayLearn(machine, one))) return [];
      const what = { kind: "unregistered", attribute, count: hidden.length } as const;
      return [{ what, calls: madeBy(hidden[0]!) }];
    });
  });
}

const partsOf = (machine: Machine, module: PyInstance): readonly Value[] => [
  ...entries(machine, module, "_modules").map(({ value }) => value),
  ...possible(machine, module, "_modules"),
];

const traversesItself = ({ cls }: PyInstance): boolean =>
  cls.mro.some((one) => isUsers(one) && OWN_TRAVERSAL.some((name) => one.attributes.has(name)));

/** What a list, a tuple or a dictionary holds, also inside one another. */
function itemsOf(value: Value): Value[] {
  if (value instanceof PyDict) return [...value.values()].flatMap(nested);
  return value instanceof PyList || value instanceof PyTuple ? value.items.flatMap(nested) : [];
}

const nested = (value: Value): Value[] => {
  const inside = itemsOf(value);
  return inside.length > 0 ? inside : [value];
};

/** Whether it has parameters, all with gradients, and no optimizer was given one of them by hand. */
function mayLearn(machine: Machine, module: PyInstance): boolean {
  const all = members(machine, module, "_parameters").map(({ value }) => value);
  return (
    all.length > 0 && all.every((one) => one instanceof Tensor && one.requiresGrad && !one.storage.isTrained)
  );
}
