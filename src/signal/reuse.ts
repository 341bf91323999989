/** Weights that are used twice, or start as copies of others: what was computed with them is not independent. */
import { kindOf } from "../layers/flow/kinds.js";
import type { Moment, Operation } from "../layers/flow/trace.js";
import { Tensor } from "../layers/tensors/tensor.js";

/** Follows which uses of a weight that is used more than once each tensor hangs on. */
export class Reuse {
  readonly #reused: ReadonlySet<Operation>;
  readonly #weights = new Map<Operation, unknown>();
  readonly #behind = new Map<Moment, ReadonlySet<Operation>>();

  constructor(operations: readonly Operation[]) {
    const uses = new Map<unknown, Operation[]>();
    for (const operation of operations) {
      const weight = drawOf(operation);
      if (weight === null) continue;
      this.#weights.set(operation, weight);
      uses.set(weight, [...(uses.get(weight) ?? []), operation]);
    }
    this.#reused = new Set([...uses.values()].filter((list) => list.length > 1).flat());
  }

  /** Notes what the outputs of an operation hang on; true where two of its inputs hang on two uses of one weight. */
  isDependent(operation: Operation, inputs: readonly Moment[]): boolean {
    if (this.#reused.size === 0) return false;
    const behind = inputs.map((moment) => this.#behind.get(moment) ?? new Set<Operation>());
    const own = this.#reused.has(operation) ? [operation] : [];
    const all = new Set([...behind.flatMap((one) => [...one]), ...own]);
    for (const output of operation.outputs) this.#behind.set(output, all);
    return behind.some((one, k) => behind.some((other, j) => k !== j && this.areMixed(one, other)));
  }

  private areMixed(one: ReadonlySet<Operation>, other: ReadonlySet<Operation>): boolean {
    const weights = new Set([...one].map((use) => this.#weights.get(use)));
    return [...other].some((use) => !one.has(use) && weights.has(this.#weights.get(use)));
  }
}

/** The draw that a weighted sum's numbers come from: copies share it. A packed weight's thirds are weights each. */
function drawOf(operation: Operation): unknown {
  if (!["layer", "product"].includes(kindOf(operation)) || operation.name === "_projection") return null;
  for (const operand of operation.operands) {
    const [moment] = "moments" in operand ? operand.moments : [];
    if (moment?.origin === "parameter" && moment.value instanceof Tensor)
      return moment.value.storage.history ?? moment.value.storage;
  }
  return null;
}
