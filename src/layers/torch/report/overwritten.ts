/** What was put into weights on purpose and a later draw wrote over: a padding row, a checkpoint. */
import { LOADED } from "../../../init/loaded.js";
import type { Machine } from "../../../python/machine.js";
import type { PyInstance } from "../../../python/values.js";
import type { Noticed } from "../../observations.js";
import { type Step, Tensor } from "../../tensors/tensor.js";
import { modulesMade, outermostMade } from "../module/module.js";
import { entries, members } from "../module/traversal.js";
import { isDraw, stepsBack } from "./steps.js";

/** Embeddings whose padding row, zeros when they were made, was drawn again with the others. */
export function paddingRows(machine: Machine, from: number): Noticed[] {
  return modulesMade(machine)
    .slice(from)
    .flatMap((module): Noticed[] => {
      const row = module.attributes?.get("padding_idx");
      const weight = entries(machine, module, "_parameters").find(({ name }) => name === "weight")?.value;
      if (typeof row !== "number" || !(weight instanceof Tensor) || !/Embedding/.test(module.cls.name))
        return [];
      const draw = lastDraw(weight);
      return draw === null ? [] : [{ what: { kind: "padding_row", row, op: draw.op }, calls: draw.calls }];
    });
}

/** The program's draw of the whole weight after which nothing was written to a part of it; null where there is none. */
function lastDraw({ storage }: Tensor): Step | null {
  for (const step of stepsBack(storage.history, storage.defaultEnd)) {
    if (step.part !== null || step.op === LOADED || step.op === "unknown") return null;
    if (isDraw(step)) return step;
  }
  return null;
}

/** Fewer loaded matrices are a head that is drawn anew on purpose. */
const LEAST = 2;

/** Models of which every matrix that a file gave was drawn afterwards. */
export function lostCheckpoints(machine: Machine, from: number): Noticed[] {
  return outermostMade(machine, from).flatMap((module): Noticed[] => {
    const loaded = matrices(machine, module).filter(({ storage }) => loadOf(storage.history) !== null);
    const draws = loaded.flatMap(({ storage }) => drawAfterLoad(storage.history) ?? []);
    if (loaded.length < LEAST || draws.length < loaded.length) return [];
    return [{ what: { kind: "lost_checkpoint", count: draws.length }, calls: draws[0]!.calls }];
  });
}

const matrices = (machine: Machine, module: PyInstance): Tensor[] =>
  members(machine, module, "_parameters").flatMap(({ value }) =>
    value instanceof Tensor && value.rank > 1 ? [value] : [],
  );

/** The newest step that certainly loads a file. */
function loadOf(history: Step | null): Step | null {
  for (const step of stepsBack(history))
    if (step.op === LOADED) return step.args.get("certain") === false ? null : step;
  return null;
}

function drawAfterLoad(history: Step | null): Step | null {
  for (const step of stepsBack(history, loadOf(history))) {
    if (step.op === "unknown") return null;
    if (isDraw(step) && step.part === null) return step;
  }
  return null;
}
