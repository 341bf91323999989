/** Tensors that a module computes anew before each use, as weight norm does: what is written into them is lost. */
import type { Machine } from "../../../python/machine.js";
import { isStub } from "../../../python/modules/stubs.js";
import type { Span, Value } from "../../../python/values.js";
import type { Noticed } from "../../observations.js";
import { innermost, spanKey } from "../../spans.js";
import { type Step, type Storage, Tensor } from "../../tensors/tensor.js";
import { modulesMade } from "./module.js";
import { isModule, members } from "./traversal.js";

interface Recomputed {
  readonly storage: Storage;
  /** Its newest step when it was computed. */
  readonly computed: Step | null;
  /** What computes it: `weight_norm`. */
  readonly by: string;
}

const records = new WeakMap<Machine, Recomputed[]>();

/** No more are kept: each look at a parametrized weight gives one. */
const MOST = 10_000;

/** Notes a tensor that `by` computes from the parameters of `owner`; it is another's where it shares their memory. */
export function noteRecomputed(machine: Machine, tensor: Value, owner: Value, by: Value): Value {
  const list = records.get(machine) ?? [];
  records.set(machine, list);
  if (!(tensor instanceof Tensor) || list.length >= MOST || !isModule(machine, owner)) return tensor;
  const { storage } = tensor;
  const isOwn = members(machine, owner, "_parameters").some(
    ({ value }) => value instanceof Tensor && value.storage === storage,
  );
  if (!isOwn) list.push({ storage, computed: storage.history, by: String(by) });
  return tensor;
}

/** Calls that draw weights, where every weight they fill is computed anew before it is used. */
export function lostDraws(machine: Machine): Noticed[] {
  const lost = new Map<string, Noticed>();
  for (const { storage, computed, by } of records.get(machine) ?? []) {
    for (const step of draws(storage.history, computed)) {
      for (const span of places(step)) {
        lost.set(spanKey(span), { what: { kind: "lost_draw", op: step.op, by }, calls: [span] });
      }
    }
  }
  if (lost.size === 0) return [];
  for (const step of keptDraws(machine)) for (const span of places(step)) lost.delete(spanKey(span));
  return [...lost.values()];
}

/** The draws of parameters that have fans. */
function* keptDraws(machine: Machine): Generator<Step> {
  for (const module of modulesMade(machine)) {
    for (const { value } of members(machine, module, "_parameters")) {
      if (value instanceof Tensor && value.shape.length > 1) yield* draws(value.storage.history, null);
    }
  }
}

/** The steps that write in place, newest first. */
function* draws(newest: Step | null, oldest: Step | null): Generator<Step> {
  for (let step = newest; step !== null && step !== oldest; step = step.previous) {
    if (step.op.endsWith("_")) yield step;
  }
}

/** The innermost call of each file in which a step was made. */
function places({ calls }: Step): readonly Span[] {
  const own = calls.filter((span) => !isStub(span));
  return own.filter((span) => innermost(own, span.file) === span);
}
