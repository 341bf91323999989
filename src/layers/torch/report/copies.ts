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
      const groups = grouped(modules, (one) => one).filter((group) => group.length > 1);
      const [same] = groups;
      const shared = sharedBy(machine, modules);
      const [equal] = grouped(modules, (one) => lastStepOf(machine, one, shared)).filter(
        (group) => group.length > 1,
      );
      const found = same ?? equal;
      if (found === undefined) return [];
      const made = madeBy(container);
      const what = {
        kind: "copies",
        count: found.length,
        class: found[0]!.cls.name,
        shared: same !== undefined,
      } as const;
      return [{ what, calls: made }];
    });
}

function grouped<Key>(
  modules: readonly PyInstance[],
  keyOf: (one: PyInstance) => Key | null,
): PyInstance[][] {
  const groups = new Map<Key, PyInstance[]>();
  for (const one of modules) {
    const key = keyOf(one);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
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

/** The last step of the module's first drawn weight; copies share it until something writes one. Null where none is drawn. */
function lastStepOf(machine: Machine, module: PyInstance, shared: ReadonlySet<Storage>): Step | null {
  for (const { value } of members(machine, module, "_parameters")) {
    if (!(value instanceof Tensor) || value.rank < 2 || fillValue(value) !== null) continue;
    if (shared.has(value.storage)) continue;
    for (const step of stepsBack(value.storage.history)) {
      if (isDraw(step)) return value.storage.history;
      if (step.op === "unknown") return null;
    }
  }
  return null;
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
