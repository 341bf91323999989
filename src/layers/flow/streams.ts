/** Residual streams: sums of a tensor with what was computed from it, one after another. */
import { kindOf } from "./kinds.js";
import type { Moment, Operation } from "./trace.js";

/** Operations looked at from one place; a stream through a deep model passes each sum of it. */
export const MOST_VISITED = 4000;

/** Each sum of a tensor with what was computed from it, and how many its stream has; null where nobody knows. */
export type Sums = ReadonlyMap<Operation, number | null>;

/**
 * A layer begins a stream anew, and so does a norm: only sums between which nothing but reshaping, pooling and
 * dropout stands add up.
 */
export function residualSums(operations: readonly Operation[], openRuns: ReadonlySet<number>): Sums {
  const streams = new Map<Operation, Stream>();
  for (const sum of operations) {
    const kept = keptBy(sum);
    if (kept === null) continue;
    const before = sumsBefore(kept, streams);
    const stream: Stream = { sums: [], isOpen: before === null || openRuns.has(sum.run) };
    add(sum, stream, streams);
    for (const one of before ?? []) join(streams.get(one)!, stream, streams);
  }
  return new Map(
    [...streams].map(([sum, { sums, isOpen }]): [Operation, number | null] => [
      sum,
      isOpen ? null : sums.length,
    ]),
  );
}

interface Stream {
  readonly sums: Operation[];
  /** Whether it may have more sums than are known. */
  isOpen: boolean;
}

function add(sum: Operation, stream: Stream, streams: Map<Operation, Stream>): void {
  stream.sums.push(sum);
  streams.set(sum, stream);
}

function join(from: Stream, into: Stream, streams: Map<Operation, Stream>): void {
  if (from === into) return;
  for (const sum of from.sums) add(sum, into, streams);
  into.isOpen ||= from.isOpen;
}

/** The part of a sum from which the other was computed; null where it is no residual sum. */
function keptBy(operation: Operation): Moment | null {
  if (operation.name !== "add") return null;
  const [first, second] = operation.inputs.filter(({ origin }) => origin === "data");
  if (first === undefined || second === undefined || first === second) return null;
  if (isBehind(first, second)) return first;
  return isBehind(second, first) ? second : null;
}

/** The last residual sums that a tensor is, in another shape; null where something stands between that is not known. */
function sumsBefore(kept: Moment, streams: ReadonlyMap<Operation, Stream>): readonly Operation[] | null {
  const found: Operation[] = [];
  const seen = new Set<Moment>();
  const waiting = [kept];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const { from } = one;
    if (from === null || seen.has(one)) continue;
    seen.add(one);
    if (streams.has(from)) {
      found.push(from);
      continue;
    }
    switch (kindOf(from)) {
      case "layer":
      case "product":
      case "norm":
        continue;
      case "passing":
      case "sum":
        waiting.push(...from.inputs.filter(({ origin }) => origin === "data"));
        continue;
      default:
        return null;
    }
  }
  return found;
}

/** Whether `moment` was computed from `earlier`. */
export function isBehind(earlier: Moment, moment: Moment): boolean {
  const least = earlier.from?.order ?? -1;
  const seen = new Set<Moment>();
  const waiting = [moment];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (one === earlier) return true;
    if (seen.has(one) || seen.size > MOST_VISITED) continue;
    seen.add(one);
    if (one.from !== null && one.from.order > least) waiting.push(...one.from.inputs);
  }
  return false;
}
