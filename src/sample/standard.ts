import { normalBetween } from "../init/normal.js";
import type { Distribution } from "../types.js";
import { SampleError } from "./request.js";

/**
 * Samplers draw in standard units z; a value is location + scale · z. The shape of the histogram, the
 * moments and the distance to the exact distribution can all be taken in these units.
 */
export interface Standard {
  /**
   * `uniform`: z in [0, 1). `normal`: z standard normal kept within [low, high]. `sphere`: √n times an
   * entry of an orthogonal matrix with longer side n, where high = −low = √n.
   */
  readonly kind: "uniform" | "normal" | "sphere";
  readonly location: number;
  readonly scale: number;
  /** Bounds of z, infinite where there are none. */
  readonly low: number;
  readonly high: number;
  /** Bounds of a value: rounding of location + scale · z never leads outside. */
  readonly bounds: readonly [number, number];
}

/** In a window this narrow the density differs from a uniform one by less than 10⁻⁷ of itself. */
const NARROW_WINDOW = 1e-7;

/** The distribution of independent values in standard units; a number where every value is that number. */
export function standardize(
  distribution: Extract<Distribution, { kind: "uniform" | "normal" | "truncated_normal" }>,
): Standard | number {
  switch (distribution.kind) {
    case "uniform": {
      const { low, high } = distribution;
      return low === high ? low : uniform(low, high);
    }
    case "normal": {
      const { mean, std } = distribution;
      return std === 0 ? mean : normal(mean, std, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    }
    case "truncated_normal": {
      const { mean, scale, low, high } = distribution;
      if (low === high) return low;
      // As the scale goes to 0 all weight moves to the bound nearest to the mean.
      return scale === 0 ? clamp(mean, [low, high]) : truncated(mean, scale, low, high);
    }
  }
}

/** An entry of an orthogonal matrix with longer side `n`, times `gain`. */
export function standardSphere(n: number, gain: number): Standard {
  const root = Math.sqrt(n);
  const scale = Math.abs(gain) / root;
  return {
    kind: "sphere",
    location: 0,
    scale,
    low: -root,
    high: root,
    bounds: [-Math.abs(gain), Math.abs(gain)],
  };
}

function uniform(low: number, high: number): Standard {
  return { kind: "uniform", location: low, scale: high - low, low: 0, high: 1, bounds: [low, high] };
}

function truncated(mean: number, scale: number, low: number, high: number): Standard {
  const standard = normal(mean, scale, low, high);
  const farthest = Math.max(1, Math.abs(standard.low), Math.abs(standard.high));
  if ((standard.high - standard.low) * farthest < NARROW_WINDOW) return uniform(low, high);
  if (normalBetween(standard.low, standard.high) === 0) {
    throw new SampleError(
      `no value can be drawn between low ${low} and high ${high}: they are too far from the mean ${mean} for a scale of ${scale}`,
    );
  }
  return standard;
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
