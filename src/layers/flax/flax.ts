/** JAX and Flax to the rest: their stubs, and trees of arrays as `init` returns them. */
import { jaxFans } from "../../init/fans.js";
import type { Machine } from "../../python/machine.js";
import { PyDict, type PyInstance, PyList, PyTuple, Unknown, type Value } from "../../python/values.js";
import { held, isArray, isInstanceOf } from "../arrays/instances.js";
import { shapeOf } from "../arrays/law.js";
import { equalLayers, type LayerReading, madeBy } from "../arrays/layers.js";
import { type FanRule, foundParameter } from "../arrays/report.js";
import type { FoundParameter, FoundParameters, Framework } from "../framework.js";
import { JAX_MODULES } from "../jax/modules.js";
import { FLAX_MODULES } from "./modules.js";

const isNnxModule = (value: Value | undefined): value is PyInstance =>
  isInstanceOf(value, "_flax.nnx", "Module");
const isModule = (value: Value | undefined): boolean =>
  isNnxModule(value) || isInstanceOf(value, "_flax.module", "Module");
const isNnxVariable = (value: Value | undefined): value is PyInstance =>
  isInstanceOf(value, "_flax.nnx", "Variable");

/** One of the program's own: its call says what follows the layers in it. */
const isOwnNnxModule = (value: PyInstance | undefined): boolean =>
  isNnxModule(value) && value.cls.module !== "_flax.nnx";

/** The shape an initializer really got: Flax's general layers flatten theirs first. */
const fansIn = (machine: Machine): FanRule => {
  return (shape, weight) => {
    const drawn = shapeOf(machine, held(weight, "_drawn_shape") ?? null) ?? shape;
    return jaxFans(drawn, axesOf(machine, weight));
  };
};

function axesOf(machine: Machine, weight: PyInstance): Parameters<typeof jaxFans>[1] {
  const axes = held(weight, "_fan_axes");
  if (!(axes instanceof PyDict)) return {};
  const axis = (name: string, otherwise: number | readonly number[]): number | readonly number[] => {
    const keys = machine.iterate(axes);
    if (!Array.isArray(keys) || !keys.includes(name)) return otherwise;
    const value = machine.getItem(axes, name);
    if (typeof value === "number") return value;
    const items = value instanceof PyTuple || value instanceof PyList ? value.items : null;
    return items?.every((item) => typeof item === "number") ? (items as number[]) : otherwise;
  };
  return { inAxis: axis("in_axis", -2), outAxis: axis("out_axis", -1), batchAxis: axis("batch_axis", []) };
}

/** Collections of a Flax model's variables: their own names are no part of a path. */
const COLLECTIONS: ReadonlySet<string> = new Set(["params", "batch_stats"]);

/** Walks nested dictionaries, lists and tuples down to arrays. */
class Walk {
  readonly found: FoundParameter[] = [];
  readonly missing = new Set<string>();

  constructor(
    private readonly machine: Machine,
    private readonly fans: FanRule,
  ) {}

  visit(value: Value, path: readonly string[]): void {
    if (isArray(value)) this.array(value, path);
    else if (value instanceof Unknown) this.missing.add(`${path.join("/")}: ${value.reason}`);
    else for (const [name, child] of this.children(value)) this.visit(child, [...path, name]);
  }

  private array(value: PyInstance, path: readonly string[]): void {
    const isVariable = path.length > 1 && COLLECTIONS.has(path[0]!);
    this.found.push(
      foundParameter(this.machine, (isVariable ? path.slice(1) : path).join("/"), value, this.fans),
    );
  }

  private children(value: Value): [string, Value][] {
    if (value instanceof PyTuple || value instanceof PyList) {
      return value.items.map((item, index) => [String(index), item]);
    }
    if (!(value instanceof PyDict)) return [];
    if (value.uncertain) this.missing.add(value.uncertain.reason);
    const keys = this.machine.iterate(value);
    if (!Array.isArray(keys)) return [];
    return (keys as Value[]).map((key) => [String(key), this.machine.getItem(value, key)]);
  }
}

/** Arrays below a dictionary, list or tuple, named by their path; null where there is none. */
export function treeParameters(machine: Machine, value: Value): FoundParameters | null {
  if (!(value instanceof PyDict || value instanceof PyTuple || value instanceof PyList || isArray(value))) {
    return null;
  }
  const walk = new Walk(machine, fansIn(machine));
  walk.visit(value, []);
  return walk.found.length === 0 ? null : { parameters: walk.found, missing: [...walk.missing] };
}

/** The variables of an nnx module, in nnx's order. */
function nnxParameters(machine: Machine, value: PyInstance): FoundParameters {
  const leaves = machine.call(machine.getAttribute(machine.importModule("_flax.nnx"), "leaves"), [value]);
  const items = machine.iterate(leaves);
  if (!Array.isArray(items))
    return { parameters: [], missing: ["the attributes of the module are not known"] };
  const fans = fansIn(machine);
  const parameters = (items as Value[]).flatMap((leaf): FoundParameter[] => {
    if (!(leaf instanceof PyTuple)) return [];
    const [path, variable] = leaf.items;
    if (!isNnxVariable(variable) || !(path instanceof PyTuple)) return [];
    return [foundParameter(machine, path.items.map(String).join("/"), variable, fans)];
  });
  return { parameters, missing: [] };
}

const READING: LayerReading = {
  framework: "flax",
  isLayer: isModule,
  isWeight: (value) => isNnxVariable(value) || isModule(held(value, "owner")),
  fans: fansIn,
  weightPath: (weight) => {
    const path = held(weight, "_path");
    return path instanceof PyTuple ? path.items.map(String) : [String(held(weight, "_name") ?? "")];
  },
  module: "flax",
  finish: {
    module: "_flax.finish",
    needs: ([layer, ...copies], hasWeights) =>
      isOwnNnxModule(layer) ||
      (!hasWeights &&
        isInstanceOf(layer!, "_flax.module", "Module") &&
        ![layer!, ...copies].some((one) => held(one, "_ran") === true)),
  },
};

export const FLAX: Framework = {
  name: "flax",
  modules: [...JAX_MODULES, ...FLAX_MODULES],
  hooks: {},
  parametersOf: (machine, value) =>
    isNnxModule(value) ? nnxParameters(machine, value) : treeParameters(machine, value),
  ...madeBy(READING),
  noticed: (machine, from) => equalLayers(machine, from, READING),
};
