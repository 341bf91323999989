/** Keras to the rest: its stubs, and the weights of its live layers and models. */
import { kerasFans } from "../../init/fans.js";
import type { Machine } from "../../python/machine.js";
import { type PyInstance, PyList, Unknown, type Value } from "../../python/values.js";
import { held, isInstanceOf } from "../arrays/instances.js";
import { equalLayers, type LayerReading, madeBy } from "../arrays/layers.js";
import { axesOf, type FanRule, foundParameter } from "../arrays/report.js";
import type { FoundParameters, Framework } from "../framework.js";
import { lateInitializers } from "./lateInitializers.js";
import { KERAS_MODULES } from "./modules.js";

const isLayer = (value: Value | undefined): value is PyInstance =>
  isInstanceOf(value, "_keras.layer", "Layer");
const isVariable = (value: Value | undefined): value is PyInstance =>
  isInstanceOf(value, "_keras.tensors", "Variable");
const isModule = (value: Value | undefined): value is PyInstance =>
  isInstanceOf(value, "_tensorflow.module", "Module");

const fans: FanRule = (shape, weight) => {
  const axes = axesOf(weight);
  return axes ? kerasFans(shape, axes.inputs, axes.outputs) : kerasFans(shape);
};

/** Weights of a layer, a model, a `tf.Module` or a list of variables, in the framework's order and by path. */
export function kerasParameters(machine: Machine, value: Value): FoundParameters | null {
  const weights = weightsOf(machine, value);
  if (weights === null) return null;
  const missing = new Set<string>();
  if (isLayer(value)) unbuilt(value, missing, new Set());
  if (weights instanceof Unknown) return { parameters: [], missing: [...missing, weights.reason] };
  const parameters = weights
    .filter(isVariable)
    .map((weight) => foundParameter(machine, pathOf(weight), weight, fans));
  return { parameters, missing: [...missing] };
}

function weightsOf(machine: Machine, value: Value): readonly Value[] | Unknown | null {
  if (isVariable(value)) return [value];
  if (isLayer(value)) return machine.iterate(machine.getAttribute(value, "weights"));
  if (isModule(value)) return machine.iterate(machine.getAttribute(value, "variables"));
  if (value instanceof PyList && value.items.length > 0 && value.items.every(isVariable)) return value.items;
  return null;
}

/** Layers that have not seen an input: what weights they will have nobody knows. */
function unbuilt(layer: PyInstance, missing: Set<string>, seen: Set<PyInstance>): void {
  if (seen.has(layer)) return;
  seen.add(layer);
  if (held(layer, "built") !== true)
    missing.add(`the layer ${String(held(layer, "name"))} has not seen an input`);
  const inner = held(layer, "_layers");
  if (!(inner instanceof PyList)) return;
  if (inner.uncertain) missing.add(inner.uncertain.reason);
  for (const one of inner.items) {
    if (isLayer(one)) unbuilt(one, missing, seen);
    else if (one instanceof Unknown) missing.add(one.reason);
  }
}

/** `model/dense/kernel`; its own name where nobody knows how many layers of that name there are already. */
function pathOf(weight: PyInstance): string {
  const [path, name] = [held(weight, "path"), held(weight, "name")];
  if (typeof path === "string") return path;
  return typeof name === "string" ? name : "";
}

const READING: LayerReading = {
  framework: "keras",
  isLayer: (value) => isLayer(value) && !isInstanceOf(value, "_keras.core", "InputLayer"),
  isWeight: isVariable,
  fans: () => fans,
  weightPath: (weight) => pathOf(weight).split("/"),
  module: "keras.layers",
  finish: {
    module: "_keras.finish",
    needs: ([layer]) => held(layer!, "built") !== true || held(layer!, "_told_shape") != null,
  },
};

export const KERAS: Framework = {
  name: "keras",
  modules: KERAS_MODULES,
  namesGivenBy: "_keras.state",
  hooks: {},
  parametersOf: kerasParameters,
  ...madeBy(READING),
  noticed: (machine, from) => [
    ...equalLayers(machine, from, READING),
    ...lateInitializers(machine, from, isLayer),
  ],
};
