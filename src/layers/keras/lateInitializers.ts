/** Initializers that a built layer is given: its weights are drawn already. */
import type { Machine } from "../../python/machine.js";
import { PyInstance, PyList, PyTuple, type Value } from "../../python/values.js";
import { held } from "../arrays/instances.js";
import { createdBy } from "../arrays/lens.js";
import type { Noticed } from "../observations.js";

/** Layers among what was made after so many objects whose weights are still those of the initializer before. */
export function lateInitializers(
  machine: Machine,
  from: number,
  isLayer: (value: Value) => value is PyInstance,
): Noticed[] {
  return createdBy(machine)
    .slice(from)
    .flatMap(({ value, made }): Noticed[] => {
      const late = isLayer(value) ? held(value, "_late") : null;
      if (!isLayer(value) || !(late instanceof PyTuple)) return [];
      const [name, laws] = late.items;
      const weights = held(value, "_variables_on");
      if (!(laws instanceof PyList) || !(weights instanceof PyList)) return [];
      const isUntouched = weights.items.every(
        (one, i) => one instanceof PyInstance && held(one, "law") === laws.items[i],
      );
      if (!isUntouched || weights.items.length === 0) return [];
      return [{ what: { kind: "late_initializer", name: String(name) }, calls: made }];
    });
}
