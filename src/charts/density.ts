/** Exact densities as points of a curve. */
import { law } from "../init/distributions";
import type { Distribution } from "../types";
import type { Histogram } from "./payload";

export interface CurvePoint {
  readonly value: number;
  readonly density: number;
}

const POINTS = 91;

/** What a chart of these values spans: their range, and the law's bounds where they are not far off. */
export function span(distribution: Distribution, { low, high }: Histogram): [number, number] {
  if (distribution.kind !== "uniform" && distribution.kind !== "truncated_normal") return [low, high];
  const reach = high - low;
  return [
    low - distribution.low < reach ? Math.min(low, distribution.low) : low,
    distribution.high - high < reach ? Math.max(high, distribution.high) : high,
  ];
}

/** The exact density over [low, high], or `null` where there is none to draw (constant, identity, unknown). */
export function densityCurve(distribution: Distribution, low: number, high: number): CurvePoint[] | null {
  const exact = law(distribution);
  if (!exact || !(exact.std > 0) || !(high > low)) return null;
  const [first, last] = exact.support;
  const from = Math.max(low, first);
  const to = Math.min(high, last);
  const points = Array.from({ length: POINTS }, (_, i) => {
    const value = i === POINTS - 1 ? to : from + ((to - from) * i) / (POINTS - 1);
    return { value, density: exact.pdf(value) };
  });
  if (points.some(({ density }) => !Number.isFinite(density))) return null;
  const inner = distribution.kind === "uniform" ? [points[0]!, points.at(-1)!] : points;
  return [
    ...(first >= low ? [{ value: first, density: 0 }] : []),
    ...inner,
    ...(last <= high ? [{ value: last, density: 0 }] : []),
  ];
}
