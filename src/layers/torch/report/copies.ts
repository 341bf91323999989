/** Modules of one container that start equal, and embeddings whose weight an output layer shares. */

import { std } from "../../../init/distributions.js";
import type { Machine } from "../../../python/machine.js";
import type { PyInstance, Value } from "../../../python/values.js";
import { kindOf } from "../../flow/kinds.js";
import { type Operand, traceOf } from "../../flow/trace.js";
import type { Noticed } from "../../observations.js";
import { distributionOf } from "../../tensors/distribution.js";
import { fillValue, type Step, type Storage, Tensor } from "../../tensors/tensor.js";
import { modulesMade } from "../module/module.js";
import { madeBy } from "../module/moduleState.js";
import { entries, isModule, members } from "../module/traversal.js";
import { isDraw, stepsBack } from "./steps.js";

const CONTAINERS = new Set(["ModuleList", "Sequential"]);

/** Containers, from the `from`-th module made on, whose modules are one and the same or copies that nothing drew anew. */
export function copies(machine: Machine, from: number): Noticed[] {
  return modulesMade(machine)
    .slice(from)
    .flatMap((container): Noticed[] => {
      if (!CONTAINERS.has(container.cls.name)) return [];
      const modules = entries(machine, container, "_modules").flatMap(({ value }) =>
        isModule(machine, value) && members(machine, value, "_parameters").length > 0 ? [value] : [],
      );
      const [same] = grouped(modules, (one) => [one]);
      const drawn = drawnIn(machine, modules);
      const [equal] = grouped(modules, (one) => drawn.get(one)!.values());
      const found = same ?? equal;
      if (found === undefined) return [];
      const parts = same === undefined ? equalParts(found.map((one) => drawn.get(one)!)) : null;
      const made = madeBy(container);
      const what = {
        kind: "copies",
        count: found.length,
        class: found[0]!.cls.name,
        shared: same !== undefined,
        ...(parts === null ? {} : { parts }),
      } as const;
      return [{ what, calls: made }];
    });
}

/** Modules that have something in common, for each thing that several have. */
function grouped<Thing>(
  modules: readonly PyInstance[],
  thingsOf: (one: PyInstance) => Iterable<Thing>,
): PyInstance[][] {
  const groups = new Map<Thing, PyInstance[]>();
  for (const one of modules) {
    for (const thing of thingsOf(one)) groups.set(thing, [...(groups.get(thing) ?? []), one]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Names of the weights that started as one, where that does not hold for all of them. */
function equalParts(drawn: readonly ReadonlyMap<string, Step>[]): readonly string[] | null {
  const [first, ...others] = drawn as [ReadonlyMap<string, Step>, ...ReadonlyMap<string, Step>[]];
  const names = [...first.keys()].filter((name) =>
    others.every((other) => other.get(name) === first.get(name)),
  );
  return names.length === first.size ? null : names;
}

/** The drawn weights of each module, by name with the last step of each; copies share it until something writes one. */
function drawnIn(
  machine: Machine,
  modules: readonly PyInstance[],
): ReadonlyMap<PyInstance, ReadonlyMap<string, Step>> {
  const shared = sharedBy(machine, modules);
  return new Map(modules.map((one) => [one, drawnOf(machine, one, shared)]));
}

/** Memory that several of the modules hold: a part that is given to all of them on purpose. */
function sharedBy(machine: Machine, modules: readonly PyInstance[]): ReadonlySet<Storage> {
  const seen = new Set<Storage>();
  const shared = new Set<Storage>();
  for (const module of modules) {
    for (const { value } of members(machine, module, "_parameters")) {
      if (!(value instanceof Tensor)) continue;
      if (seen.has(value.storage)) shared.add(value.storage);
      seen.add(value.storage);
    }
  }
  return shared;
}

function drawnOf(
  machine: Machine,
  module: PyInstance,
  shared: ReadonlySet<Storage>,
): ReadonlyMap<string, Step> {
  const drawn = new Map<string, Step>();
  for (const { name, value } of members(machine, module, "_parameters")) {
    if (!(value instanceof Tensor) || value.rank < 2 || fillValue(value) !== null) continue;
    const last = value.storage.history;
    if (last !== null && !shared.has(value.storage) && isDrawn(last)) drawn.set(name, last);
  }
  return drawn;
}

/** Whether what ends with a step is drawn, and not of some size nobody knows. */
function isDrawn(last: Step): boolean {
  for (const step of stepsBack(last)) {
    if (isDraw(step)) return true;
    if (step.op === "unknown") return false;
  }
  return false;
}

/** Whether a model was seen to multiply the weight with what no factor made smaller before, as T5 does. */
function isOutputAsItIs(machine: Machine, weight: Tensor): boolean {
  const sums = traceOf(machine).operations.filter(
    ({ name, operands: [, by] }) =>
      name === "linear" &&
      by !== undefined &&
      "moments" in by &&
      by.moments.some(({ value }) => value instanceof Tensor && value.storage === weight.storage),
  );
  return sums.length > 0 && !sums.some(({ operands: [input] }) => isScaled(input));
}

function isScaled(input: Operand | undefined): boolean {
  const [moment] = input !== undefined && "moments" in input ? input.moments : [];
  const from = moment?.from ?? null;
  if (from === null) return false;
  const kind = kindOf(from);
  return kind === "factor" || (kind === "passing" && isScaled(from.operands[0]));
}

/** Embeddings drawn at a size for look-up whose weight is also a linear layer's. */
export function tied(machine: Machine, from: number): Noticed[] {
  const weightOf = (module: PyInstance): Value | undefined =>
    entries(machine, module, "_parameters").find(({ name }) => name === "weight")?.value;
  const made = modulesMade(machine).slice(from);
  const named = (name: string) => made.filter(({ cls }) => cls.name === name);
  const heads = new Map(named("Linear").map((module) => [weightOf(module), module]));
  return named("Embedding").flatMap((embedding): Noticed[] => {
    const weight = weightOf(embedding);
    if (!(weight instanceof Tensor) || !heads.has(weight) || !isOutputAsItIs(machine, weight)) return [];
    const spread = std(distributionOf(weight.storage.history, weight.storage.size, fillValue(weight)));
    const width = weight.shape[1];
    if (spread === null || typeof width !== "number") return [];
    return [{ what: { kind: "tied", std: spread, width }, calls: madeBy(embedding) }];
  });
}
