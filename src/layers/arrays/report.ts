/** A live weight of the array stubs → the facts of a parameter, whatever the framework. */
import type { Fans } from "../../init/fans.js";
import type { Machine } from "../../python/machine.js";
import { PyClass, PyInstance, PyList, PyTuple, type Span, type Value } from "../../python/values.js";
import type { Dim, Shape } from "../../types.js";
import type { FoundParameter } from "../framework.js";
import { connectionsOf } from "./connections.js";
import { held } from "./instances.js";
import { distributionOfLaw, Law, shapeOf } from "./law.js";
import { Place } from "./lens.js";
import { dimOf } from "./sizes.js";

/** How a framework counts the fans of one of its weights; null where it raises or has no such function. */
export type FanRule = (shape: Shape, weight: PyInstance) => Fans | null;

/** Facts of one weight; `owner` is the live layer, or its class where only that is known. */
export function foundParameter(
  machine: Machine,
  name: string,
  weight: PyInstance,
  fans: FanRule,
): FoundParameter {
  // Nobody knows a shape that is no tuple: it has one dimension that is not known.
  const shape = shapeOf(machine, held(weight, "shape") ?? null) ?? [null];
  const owner = held(weight, "owner") ?? null;
  const layer = classOf(owner);
  const own = fans(shape, weight) ?? { fanIn: null, fanOut: null };
  const effective = connectionsOf({
    layer,
    name: name.slice(name.lastIndexOf("/") + 1),
    shape,
    layout: held(weight, "_layout") === "outputs_first" ? "outputs_first" : "outputs_last",
    attribute: (attribute) => numbers(machine, owner, attribute),
    axes: axesOf(weight),
  });
  const law = held(weight, "law");
  const version = held(weight, "by_version");
  return {
    name,
    layer,
    shape,
    ...own,
    effectiveFanIn: (effective ?? own).fanIn,
    effectiveFanOut: (effective ?? own).fanOut,
    made: placeOf(weight),
    default: distributionOfLaw(held(weight, "default_law") ?? law),
    current: distributionOfLaw(law),
    steps: [],
    ...(typeof version === "string" ? { byVersion: version } : {}),
  };
}

/** The calls that made the weight's layer, or that drew the weight. */
function placeOf(weight: PyInstance): readonly Span[] {
  const site = held(weight, "site");
  if (site instanceof Place) return site.spans;
  const law = held(weight, "law");
  return law instanceof Law ? law.made : [];
}

function classOf(owner: Value): string {
  if (owner instanceof PyClass) return owner.name;
  return owner instanceof PyInstance ? owner.cls.name : "";
}

function numbers(machine: Machine, owner: Value, attribute: string): readonly Dim[] {
  if (!(owner instanceof PyInstance)) return [];
  const value = held(owner, attribute);
  if (value instanceof PyTuple || value instanceof PyList)
    return value.items.map((item) => dimOf(machine, item));
  if (typeof value === "boolean") return [Number(value)];
  return typeof value === "number" ? [value] : [];
}

/** Keras notes the axes as (inputs, outputs). */
export function axesOf(
  weight: PyInstance,
): { readonly inputs: readonly number[]; readonly outputs: readonly number[] } | null {
  const axes = held(weight, "fan_axes");
  if (!(axes instanceof PyTuple) || axes.items.length !== 2) return null;
  const [inputs, outputs] = axes.items.map(integers);
  return inputs && outputs ? { inputs, outputs } : null;
}

function integers(value: Value): readonly number[] | null {
  if (!(value instanceof PyTuple || value instanceof PyList)) return null;
  return value.items.every((item) => typeof item === "number") ? (value.items as number[]) : null;
}
