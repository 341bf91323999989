/** Histograms as rows for a chart: edges, and the density that the share of values amounts to. */
import type { DrawResult, Histogram } from "./payload";

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly density: number;
}

/** Bins of a histogram, neighbours taken together where there are more than `most`. */
export function bins({ low, high, counts }: Histogram, most = Number.POSITIVE_INFINITY): Bin[] {
  if (!(high > low)) return [];
  const total = counts.reduce((sum, n) => sum + n, 0);
  const width = (high - low) / counts.length;
  const together = Math.max(1, Math.ceil(counts.length / most));
  const merged: Bin[] = [];
  for (let i = 0; i < counts.length; i += together) {
    const part = counts.slice(i, i + together);
    const count = part.reduce((sum, n) => sum + n, 0);
    const density = total > 0 ? count / total / (width * part.length) : 0;
    merged.push({ from: low + i * width, to: low + (i + part.length) * width, count, density });
  }
  return merged;
}

/** The upper outline of a histogram as points, from zero to zero. */
export function outline(histogram: Histogram, most?: number): { value: number; density: number }[] {
  const steps = bins(histogram, most);
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last) return [];
  return [
    { value: first.from, density: 0 },
    ...steps.flatMap(({ from, to, density }) => [
      { value: from, density },
      { value: to, density },
    ]),
    { value: last.to, density: 0 },
  ];
}

/** The value that every single one of the values has; `null` where they differ, or there are none. */
export function onlyValue({ min, max }: DrawResult): number | null {
  return min !== null && min === max ? min : null;
}
