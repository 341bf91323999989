import type { CheckedRequest, Histogram, SampleResult } from "./request.js";

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
 * The result for a matrix with `gain` on its diagonal and 0 elsewhere. Dimensions after the first
 * count as one; the diagonal ends with the shorter side.
 */
export function identityResult(request: CheckedRequest, gain: number): SampleResult {
  const rows = request.shape[0] ?? 1;
  const columns = request.count / rows;
  const diagonal = Math.min(rows, columns);
  return atomsResult(
    request,
    [
      { value: 0, count: request.count - diagonal },
      { value: gain, count: diagonal },
    ],
    (index) => (Math.floor(index / columns) === index % columns ? gain : 0),
  );
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
