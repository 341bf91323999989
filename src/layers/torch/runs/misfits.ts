/** Sizes that do not fit together: torch raises there, and a finding says so with both numbers. */
import type { Machine } from "../../../python/machine.js";
import { type PyInstance, type Span, Unknown } from "../../../python/values.js";
import { kindOf } from "../../flow/kinds.js";
import { traceOf } from "../../flow/trace.js";
import { type Size, Tensor } from "../../tensors/tensor.js";
import { madeBy } from "../module/moduleState.js";
import { runningModule } from "./calls.js";

export interface Misfit {
  /** What was given and what is taken, in plain words. */
  readonly message: string;
  /** Call expressions that led to it, innermost first. */
  readonly calls: readonly Span[];
  /** Call expressions that made the layer it happened in, innermost first; empty where it was in no layer. */
  readonly made: readonly Span[];
  /** The layer's size and what it would have to be, where one number is wrong. */
  readonly sizes: Sizes | null;
  /** Not a size but the number of axes is wrong. */
  readonly isOfAxes: boolean;
}

interface Sizes {
  readonly taken: number;
  readonly given: number;
}

const records = new WeakMap<Machine, Misfit[]>();

/** Every misfit so far; the code may have caught the exception. */
export const misfitsOf = (machine: Machine): readonly Misfit[] => records.get(machine) ?? [];

/** Forgets the misfits after the first so many. */
export function dropMisfitsAfter(machine: Machine, count: number): void {
  records.get(machine)?.splice(count);
}

export function addMisfits(machine: Machine, more: readonly Misfit[]): void {
  records.set(machine, [...misfitsOf(machine), ...more]);
}

/** Raises as torch does, and notes it unless the code waits for an exception or may never come here. */
export function misfit(
  machine: Machine,
  message: string,
  { sizes = null, isOfAxes = false }: Partial<Pick<Misfit, "sizes" | "isOfAxes">> = {},
): never {
  const module = runningModule(machine);
  if (!machine.inBranch && module !== null) {
    const list = records.get(machine) ?? [];
    records.set(machine, list);
    const made = isOwnLayer(module) ? madeBy(module) : [];
    list.push({ message, calls: machine.callStack(), made, sizes, isOfAxes });
  }
  return machine.raise("RuntimeError", message);
}

/** A layer of torch's own, in whose constructor the sizes are. */
const isOwnLayer = ({ cls }: PyInstance): boolean => cls.module.startsWith("torch.");

/** `[N, 64, 11, 11]`; a size nobody knows is `?`. */
export const shapeText = (shape: readonly Size[]): string =>
  `[${shape.map((size) => (size instanceof Unknown && !isSymbol(size) ? "?" : String(size))).join(", ")}]`;

const isSymbol = (size: Unknown): boolean => size.reason === "symbolic";

/** ` (64 × 11 × 11, flattened)` where a size is the product of axes that were made one just before. */
export function flattenedFrom(machine: Machine, tensor: Tensor): string {
  const { from } = traceOf(machine).momentOf(tensor);
  const [operand] = from?.operands ?? [];
  if (
    from === null ||
    operand === undefined ||
    !("moments" in operand) ||
    !["passing", "factor"].includes(kindOf(from))
  )
    return "";
  const before = operand.moments[0]?.value;
  const size = tensor.shape.at(-1);
  if (!(before instanceof Tensor) || typeof size !== "number") return "";
  for (let axis = before.rank - 2; axis >= 0; axis--) {
    const merged = before.shape.slice(axis);
    if (merged.some((one) => typeof one !== "number")) return "";
    const product = (merged as readonly number[]).reduce((all, one) => all * one, 1);
    if (product === size) return ` (${merged.join(" × ")}, flattened)`;
  }
  return "";
}
