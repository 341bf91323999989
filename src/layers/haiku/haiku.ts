/** Haiku to the rest: its stubs. The parameters of a model are a dictionary, which is read as Flax's are. */
import { jaxFans } from "../../init/fans.js";
import type { Machine } from "../../python/machine.js";
import { type PyInstance, PyTuple } from "../../python/values.js";
import { held, isInstanceOf } from "../arrays/instances.js";
import { shapeOf } from "../arrays/law.js";
import { equalLayers, type LayerReading, madeBy } from "../arrays/layers.js";
import { createdBy } from "../arrays/lens.js";
import type { Framework } from "../framework.js";
import { HAIKU_MODULES } from "./modules.js";

const isModule = (value: PyInstance | undefined): value is PyInstance =>
  isInstanceOf(value, "_haiku.module", "Module");

const isParameter = (value: PyInstance): boolean => held(value, "_made_by") === "haiku.get_parameter";

const READING: LayerReading = {
  framework: "jax",
  isLayer: isModule,
  isWeight: isParameter,
  // Of equal layers in one array each is drawn alone.
  fans: (machine) => (shape, weight) =>
    jaxFans(shapeOf(machine, held(weight, "_drawn_shape") ?? null) ?? shape, {}),
  weightPath: (weight) => {
    const path = held(weight, "_path");
    return path instanceof PyTuple ? path.items.map(String) : [];
  },
  module: "haiku",
  finish: {
    module: "_haiku.finish",
    needs: ([layer], hasWeights) => !hasWeights && held(layer!, "_ran") !== true,
  },
};

const { unfinished, ...made } = madeBy(READING);

/** Functions that were transformed and never ran, then modules that were made and never called. */
function unfinishedIn(machine: Machine, from: number): ReturnType<NonNullable<typeof unfinished>> {
  const transformed = createdBy(machine)
    .slice(from)
    .filter(({ value, what }) => what === "transformed" && held(value, "_ran") !== true)
    .map(({ value }) => value);
  const rest = unfinished!(machine, from);
  return { ...rest, layers: [...transformed, ...rest.layers] };
}

export const HAIKU: Framework = {
  name: "jax",
  modules: HAIKU_MODULES,
  hooks: {},
  parametersOf: () => null,
  ...made,
  unfinished: unfinishedIn,
  noticed: (machine, from) => equalLayers(machine, from, READING),
};
