import type { Dim, Distribution } from "../types.js";
import { truncatedMoments } from "./truncated.js";

/** Makers of distributions: each states the standard deviation of the values really drawn. */

/** The divisor Keras, TensorFlow and JAX write: the std of a standard normal cut at ±2. */
export const TRUNCATED_AT_2 = 0.87962566103423978;

/**
 * U(low, high); the constant where both are one number. Bounds the wrong way round, where a framework draws
 * low + u (high − low), give the same law.
 */
export function uniform(low: number, high: number, source?: string): Distribution {
  if (low === high) return constant(low, source);
  const [from, to] = low <= high ? [low, high] : [high, low];
  return { kind: "uniform", low: from, high: to, std: (to - from) / Math.sqrt(12), ...named(source) };
}

/** U(−limit, limit). */
export function symmetricUniform(limit: number, source?: string): Distribution {
  return uniform(-limit, limit, source);
}

/** N(mean, std²). The sign of `std`, where a framework draws mean + std z, changes nothing. */
export function normal(mean: number, std: number, source?: string): Distribution {
  return { kind: "normal", mean, std: Math.abs(std), ...named(source) };
}

/** N(mean, scale²) kept within the absolute bounds [low, high], a single value where they meet. */
export function truncatedNormal(
  mean: number,
  scale: number,
  low: number,
  high: number,
  source?: string,
): Distribution {
  if (low === high) return constant(low, source);
  const { std } = truncatedMoments((low - mean) / scale, (high - mean) / scale);
  return { kind: "truncated_normal", mean, scale, low, high, std: scale * std, ...named(source) };
}

/** Cut at two scales, the scale widened so that the values drawn have exactly `std` (Keras, JAX). */
export function correctedTruncatedNormal(std: number, source?: string): Distribution {
  const scale = std / TRUNCATED_AT_2;
  return {
    kind: "truncated_normal",
    mean: 0,
    scale,
    low: -2 * scale,
    high: 2 * scale,
    std,
    ...named(source),
  };
}

/** Every value the same. */
export function constant(value: number, source?: string): Distribution {
  return { kind: "constant", value, std: 0, ...named(source) };
}

/**
 * `gain` times a Haar-uniform matrix of `rows` × `columns` with orthonormal rows or columns, whichever are
 * shorter; an entry's root mean square is gain / √(longer side). Unknown sides leave the std out.
 */
export function orthogonal(gain: number, rows: Dim, columns: Dim, source?: string): Distribution {
  const sides = typeof rows === "number" && typeof columns === "number" ? Math.max(rows, columns) : null;
  const std = sides === null ? {} : { std: Math.abs(gain) / Math.sqrt(sides) };
  return { kind: "orthogonal", gain, ...std, ...named(source) };
}

/** `gain` at `ones` of `count` places, 0 elsewhere: an identity matrix or a dirac kernel. */
export function identity(
  gain: number,
  ones: number | null,
  count: number | null,
  source?: string,
): Distribution {
  const share = ones === null || count === null ? null : ones / count;
  const std = share === null ? {} : { std: Math.abs(gain) * Math.sqrt(share * (1 - share)) };
  return { kind: "identity", gain, ...std, ...named(source) };
}

/** Not one of the kinds above, or not known: only what is said here is known. */
export function unknown(source?: string, formula?: string, std?: number): Distribution {
  return {
    kind: "unknown",
    ...(std === undefined ? {} : { std }),
    ...named(source),
    ...(formula === undefined ? {} : { formula }),
  };
}

/** The same distribution with what made it. */
export function withSource(distribution: Distribution, source: string): Distribution {
  return { ...distribution, source };
}

function named(source: string | undefined): { readonly source?: string } {
  return source === undefined ? {} : { source };
}
