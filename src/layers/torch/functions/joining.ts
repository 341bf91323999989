/** `cat`, `stack` and what is made of them. */
import type { Machine } from "../../../python/machine.js";
import { Unknown } from "../../../python/values.js";
import { promote } from "../../tensors/dtypes.js";
import {
  concrete,
  elementCount,
  elements,
  fillValue,
  makeTensor,
  reserve,
  type Size,
  type Step,
  Tensor,
  unknownStep,
} from "../../tensors/tensor.js";
import { worldOf } from "../world.js";
import { inherited } from "./elementwise.js";

/** Tensors one after the other along an axis. */
export function concatenate(machine: Machine, tensors: readonly Tensor[], axis: number): Tensor {
  // torch lets an empty 1-dimensional tensor join anything.
  const parts = tensors.filter((one) => !(one.rank === 1 && one.shape[0] === 0 && tensors.length > 1));
  const first = parts[0] ?? tensors[0]!;
  let length: Size = 0;
  for (const part of parts) {
    const size = part.shape[axis] ?? machine.unknown("a size of a joined tensor");
    length =
      typeof length === "number" && typeof size === "number"
        ? length + size
        : (machine.binary("+", length, size) as Size);
  }
  const shape = first.shape.map((size, at) => (at === axis ? length : agreedSize(size, parts, at)));
  const dtype = parts.map((part) => part.dtype).reduce(promote, first.dtype);
  return makeTensor(machine, worldOf(machine).Tensor, shape, dtype, joined(machine, parts, shape, axis), {
    op: "cat",
    previous: commonHistory(parts),
  });
}

function agreedSize(size: Size, parts: readonly Tensor[], axis: number): Size {
  if (typeof size === "number") return size;
  return parts.map((part) => part.shape[axis]!).find((one) => typeof one === "number") ?? size;
}

function joined(
  machine: Machine,
  parts: readonly Tensor[],
  shape: readonly Size[],
  axis: number,
): Float64Array | number | null {
  const fills = parts.map(fillValue);
  if (fills[0] !== null && fills.every((fill) => fill === fills[0])) return fills[0] ?? null;
  const sizes = concrete(shape);
  const values = parts.map((part) => elements(machine, part));
  if (sizes === null || values.some((one) => one === null)) return null;
  const total = elementCount(sizes);
  reserve(machine, total);
  const result = new Float64Array(total);
  const outer = elementCount(sizes.slice(0, axis));
  let at = 0;
  for (let row = 0; row < outer; row++) {
    for (const part of values) {
      const chunk = part!.length / outer;
      result.set(part!.subarray(row * chunk, (row + 1) * chunk), at);
      at += chunk;
    }
  }
  return result;
}

/** The law of the joined parts where all have the same one: drawn by the same steps. */
function commonHistory(parts: readonly Tensor[]): Step | null {
  const histories = parts.map(inherited);
  const first = histories[0] ?? null;
  const text = describe(first);
  if (text !== null && histories.every((history) => describe(history) === text)) return first;
  return unknownStep("parts that are drawn differently", [], null);
}

/** A text that is equal for equal laws that do not depend on a shape; null where they might. */
function describe(history: Step | null): string | null {
  const words: string[] = [];
  for (let step = history; step !== null; step = step.previous) {
    if (step.part !== null || step.op === "unknown") return null;
    const args = [...step.args].map(([name, value]) =>
      value instanceof Unknown ? null : `${name}=${String(value)}`,
    );
    if (args.includes(null)) return null;
    const shape = /xavier|kaiming|orthogonal|eye|dirac|sparse/.test(step.op) ? step.shape.join() : "";
    words.push(`${step.op}(${args.join()})${shape}`);
  }
  return words.join(";");
}

/** Tensors of one shape along a new axis. */
export function stack(machine: Machine, tensors: readonly Tensor[], axis: number): Tensor {
  const lifted = tensors.map((one) => {
    const copy = new Tensor(one.cls);
    copy.shape = [...one.shape.slice(0, axis), 1, ...one.shape.slice(axis)];
    copy.dtype = one.dtype;
    copy.storage = one.storage;
    copy.covers = one.covers;
    copy.layout =
      one.layout === null
        ? null
        : {
            offset: one.layout.offset,
            strides: [...one.layout.strides.slice(0, axis), 1, ...one.layout.strides.slice(axis)],
          };
    return copy;
  });
  return concatenate(machine, lifted, axis);
}
