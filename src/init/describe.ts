import type { Distribution } from "../types.js";

/** The source of a distribution that stands for several. */
export const SEVERAL_WAYS = "drawn differently in the layers made here";

/** The source of values that a program has from a file. */
export const CHECKPOINT = "loaded from a checkpoint";

/** Whether values come from a file, so that how they were drawn at first says nothing of them. */
const isLoaded = ({ kind, source }: Distribution): boolean => kind === "unknown" && source === CHECKPOINT;

/** What a layer does for its values: `draws U(±0.125)`, `loaded from a checkpoint`. */
export const drawnText = (distribution: Distribution): string =>
  isLoaded(distribution) ? CHECKPOINT : `draws ${describe(distribution)}`;

/** `digits` significant digits without trailing zeros: `0.2165`, `1e-8`, `−0.5` with a plain hyphen. */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : value > 0 ? "∞" : "-∞";
  return String(Number(value.toPrecision(digits)));
}

/** `±0.125`, or `0, 0.1` where the bounds are not symmetric. */
export function formatBounds(low: number, high: number): string {
  return low === -high ? `±${formatNumber(high)}` : `${formatNumber(low)}, ${formatNumber(high)}`;
}

/** What is said instead of "unknown". */
const UNKNOWN: ReadonlyMap<string, string> = new Map([
  [SEVERAL_WAYS, "in several ways"],
  [CHECKPOINT, "from a checkpoint"],
]);

/** Short text for people: `U(±0.125)`, `N(0, 0.05²)`, `N(0, 0.05²) within ±0.1`, `0`, `orthogonal × 2`. */
export function describe(distribution: Distribution): string {
  switch (distribution.kind) {
    case "uniform":
      return `U(${formatBounds(distribution.low, distribution.high)})`;
    case "normal":
      return `N(${formatNumber(distribution.mean)}, ${formatNumber(distribution.std)}²)`;
    case "truncated_normal": {
      const { mean, scale, low, high } = distribution;
      const bounds = low === -high ? formatBounds(low, high) : `[${formatBounds(low, high)}]`;
      return `N(${formatNumber(mean)}, ${formatNumber(scale)}²) within ${bounds}`;
    }
    case "constant":
      return formatNumber(distribution.value);
    case "orthogonal":
    case "identity":
      return distribution.gain === 1
        ? distribution.kind
        : `${distribution.kind} × ${formatNumber(distribution.gain)}`;
    case "unknown":
      return distribution.formula ?? UNKNOWN.get(distribution.source ?? "") ?? "unknown";
  }
}
