import { blockCount, drawBlocks, mergeTallies, type Tally } from "./draws.js";
import { finishTally } from "./finish.js";
import {
  type CheckedRequest,
  checkRequest,
  SampleError,
  type SampleRequest,
  type SampleResult,
} from "./request.js";
import { type Standard, standardize } from "./standard.js";

/** The blocks from `first` up to `end` of a request. */
export interface PartRequest {
  readonly request: SampleRequest;
  readonly first: number;
  readonly end: number;
}

export type DrawnPart = Tally;

/** Fewer values than this are drawn faster than a second worker starts. */
const MIN_PART_BLOCKS = 16;

/** Splits a request among `workers`; one part where splitting does not help or is not possible. */
export function splitRequest(request: SampleRequest, workers: number): readonly PartRequest[] {
  const checked = checkRequest(request);
  const blocks = blockCount(checked.count);
  const parts = drawnStandard(checked) ? Math.min(workers, Math.floor(blocks / MIN_PART_BLOCKS)) : 1;
  if (parts <= 1) return [{ request, first: 0, end: blocks }];
  const bounds = Array.from({ length: parts + 1 }, (_, part) => Math.floor((part * blocks) / parts));
  return bounds.slice(1).map((end, part) => ({ request, first: bounds[part]!, end }));
}

/** Draws one part, in steps that yield the fraction of it done. */
export function* drawPart({ request, first, end }: PartRequest): Generator<number, DrawnPart> {
  const checked = checkRequest(request);
  return yield* drawBlocks(checked, requireStandard(checked), first, end);
}

/** The result of a request from all its parts, in order. */
// biome-ignore lint/correctness/useYield: one short step
export function* joinParts(drawn: {
  readonly request: SampleRequest;
  readonly parts: readonly DrawnPart[];
}): Generator<number, SampleResult> {
  const checked = checkRequest(drawn.request);
  return finishTally(checked, requireStandard(checked), mergeTallies(drawn.parts));
}

function requireStandard(request: CheckedRequest): Standard {
  const standard = drawnStandard(request);
  if (!standard) throw new SampleError("only values drawn one by one can be drawn in parts");
  return standard;
}

/** The standard form of a request whose values are drawn one by one, independently. */
function drawnStandard({ distribution, method }: CheckedRequest): Standard | null {
  if (method !== "draws") return null;
  switch (distribution.kind) {
    case "uniform":
    case "normal":
    case "truncated_normal": {
      const standard = standardize(distribution);
      return typeof standard === "number" ? null : standard;
    }
    default:
      return null;
  }
}
