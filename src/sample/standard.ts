import type { Distribution } from "../types.js";

/**
 * Samplers draw in standard units z; a value is location + scale · z. The shape of the histogram, the
 * moments and the distance to the exact distribution can all be taken in these units.
 */
export interface Standard {
  /** `uniform`: z in [0, 1). `normal`: z standard normal kept within [low, high]. */
  readonly kind: "uniform" | "normal";
  readonly location: number;
  readonly scale: number;
  /** Bounds of z, infinite where there are none. */
  readonly low: number;
  readonly high: number;
  /** Bounds of a value: rounding of location + scale · z never leads outside. */
  readonly bounds: readonly [number, number];
}

/** The distribution in standard units; a number where every value is that number. */
export function standardize(
  distribution: Extract<Distribution, { kind: "uniform" | "normal" | "truncated_normal" }>,
): Standard | number {
  switch (distribution.kind) {
    case "uniform": {
      const { low, high } = distribution;
      if (low === high) return low;
      return { kind: "uniform", location: low, scale: high - low, low: 0, high: 1, bounds: [low, high] };
    }
    case "normal": {
      const { mean, std } = distribution;
      return std === 0 ? mean : normal(mean, std, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    }
    case "truncated_normal": {
      const { mean, scale, low, high } = distribution;
      if (low === high) return low;
      // As the scale goes to 0 all weight moves to the bound nearest to the mean.
      return scale === 0 ? clamp(mean, [low, high]) : normal(mean, scale, low, high);
    }
  }
}

function normal(mean: number, scale: number, low: number, high: number): Standard {
  return {
    kind: "normal",
    location: mean,
    scale,
    low: (low - mean) / scale,
    high: (high - mean) / scale,
    bounds: [low, high],
  };
}

/** The value for `z`. */
export function toValue({ location, scale, bounds }: Standard, z: number): number {
  return clamp(location + scale * z, bounds);
}

function clamp(value: number, [low, high]: readonly [number, number]): number {
  return Math.min(Math.max(value, low), high);
}
