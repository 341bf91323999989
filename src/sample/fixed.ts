import type { Distribution } from "../types.js";
import { type CheckedRequest, type Histogram, SampleError, type SampleResult } from "./request.js";

type Identity = Extract<Distribution, { kind: "identity" }>;

/** How often a value occurs. */
interface Atom {
  readonly value: number;
  readonly count: number;
}

/** The result for `count` values that are all `value`. */
export function constantResult(request: CheckedRequest, value: number): SampleResult {
  return atomsResult(request, [{ value, count: request.count }], () => value);
}

/**
 * The result for an identity matrix times `gain`; from three dimensions on for the kernel that passes its
 * input on: the identity between the first two dimensions at the centre of the others. Where the std is
 * known it says how many entries are `gain`, for a framework may repeat the identity in groups.
 */
export function identityResult(request: CheckedRequest, { gain, std }: Identity): SampleResult {
  const { shape, count } = request;
  if (shape.length < 2)
    throw new SampleError(`an identity matrix needs at least two dimensions, not ${shape.length}`);
  const [rows, columns, ...kernel] = shape as [number, number, ...number[]];
  const most = Math.min(rows, columns);
  const ones = std === undefined || std === 0 ? most : Math.round(count * shareOfStd(std / gain));
  if (request.values > 0 && ones !== most) {
    throw new SampleError("the places of the identity in this tensor are not known, only how many there are");
  }
  const atoms = [
    { value: 0, count: count - ones },
    { value: gain, count: ones },
  ];
  const cells = count / (rows * columns);
  const centre = kernel.reduce((at, size) => at * size + Math.floor(size / 2), 0);
  return atomsResult(request, atoms, (index) => {
    const place = Math.floor(index / cells);
    return index % cells === centre && Math.floor(place / columns) === place % columns ? gain : 0;
  });
}

/** The share s ≤ ½ of ones among zeros that has the given std: √(s(1 − s)). */
function shareOfStd(std: number): number {
  return (1 - Math.sqrt(Math.max(0, 1 - 4 * std * std))) / 2;
}

/** Figures of values that are not random: exact, whatever the method. */
function atomsResult(
  request: CheckedRequest,
  atoms: readonly Atom[],
  valueAt: (index: number) => number,
): SampleResult {
  const { count, bins, method } = request;
  const present = atoms.filter((atom) => atom.count > 0);
  const values = present.map(({ value }) => value);
  const mean = present.reduce((sum, atom) => sum + atom.value * (atom.count / count), 0);
  const variance = present.reduce((sum, atom) => sum + (atom.value - mean) ** 2 * (atom.count / count), 0);
  return {
    count,
    mean: present.length === 1 ? values[0]! : mean,
    std: present.length === 1 ? 0 : Math.sqrt(variance),
    min: Math.min(...values),
    max: Math.max(...values),
    histogram: atomsHistogram(present, bins),
    kolmogorovSmirnov: { statistic: 0, pValue: 1 },
    method,
    milliseconds: 0,
    ...(request.values > 0 && {
      values: Float64Array.from({ length: request.values }, (_, i) => valueAt(i)),
    }),
  };
}

/** Bars from half below to half above the values; a single value stands in the middle. */
function atomsHistogram(atoms: readonly Atom[], bins: number): Histogram {
  const least = Math.min(...atoms.map(({ value }) => value));
  const most = Math.max(...atoms.map(({ value }) => value));
  const margin = least === most ? Math.max(0.5, Math.abs(least) / 2) : 0;
  const low = Math.max(least - margin, -Number.MAX_VALUE);
  const high = Math.min(most + margin, Number.MAX_VALUE);
  const counts = new Array<number>(bins).fill(0);
  for (const { value, count } of atoms) {
    const position = (value / 2 - low / 2) / (high / 2 - low / 2);
    counts[Math.min(bins - 1, Math.floor(position * bins))]! += count;
  }
  return { low, high, counts };
}
