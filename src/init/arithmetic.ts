import type { Distribution } from "../types.js";
import * as make from "./make.js";

/**
 * Exact arithmetic on the distribution of a whole tensor. What has no exact law of the kinds known here
 * (a sum of two draws, a product of two draws, a power) is unknown, with its source and nothing else.
 */

/** Every value times `factor`; a `null` factor is not known. */
export function scale(d: Distribution, factor: number | null, source = d.source): Distribution {
  if (factor === null || !Number.isFinite(factor)) return make.unknown(source);
  if (factor === 0) return make.constant(0, source);
  const [low, high] = d.kind === "uniform" || d.kind === "truncated_normal" ? bounds(d, factor) : [0, 0];
  switch (d.kind) {
    case "uniform":
      return make.uniform(low, high, source);
    case "normal":
      return make.normal(d.mean * factor, d.std * Math.abs(factor), source);
    case "truncated_normal":
      return restate(
        d,
        { mean: d.mean * factor, scale: d.scale * Math.abs(factor), low, high },
        factor,
        source,
      );
    case "constant":
      return make.constant(d.value * factor, source);
    case "orthogonal":
    case "identity":
      return respread({ ...d, gain: d.gain * factor }, factor, source);
    case "unknown":
      return make.unknown(source, undefined, d.std === undefined ? undefined : d.std * Math.abs(factor));
  }
}

/** Every value plus `offset`. */
export function shift(d: Distribution, offset: number | null, source = d.source): Distribution {
  if (offset === null || !Number.isFinite(offset)) return make.unknown(source);
  if (offset === 0) return relabel(d, source);
  switch (d.kind) {
    case "uniform":
      return make.uniform(d.low + offset, d.high + offset, source);
    case "normal":
      return make.normal(d.mean + offset, d.std, source);
    case "truncated_normal":
      return restate(
        d,
        { mean: d.mean + offset, scale: d.scale, low: d.low + offset, high: d.high + offset },
        1,
        source,
      );
    case "constant":
      return make.constant(d.value + offset, source);
    case "orthogonal":
    case "identity":
    case "unknown":
      return make.unknown(source, undefined, d.std);
  }
}

/** Every value with its sign changed. */
export function negate(d: Distribution, source = d.source): Distribution {
  return scale(d, -1, source);
}

/** A cast between floating types keeps the law, up to rounding; to whole numbers it does not. */
export function cast(d: Distribution, floating: boolean, source = d.source): Distribution {
  if (floating) return relabel(d, source);
  return d.kind === "constant" ? make.constant(Math.trunc(d.value), source) : make.unknown(source);
}

/** Sum of two tensors: exact only where one is the same everywhere, or both are independent normals. */
export function add(a: Distribution, b: Distribution, independent: boolean, source?: string): Distribution {
  if (b.kind === "constant") return shift(a, b.value, source ?? a.source);
  if (a.kind === "constant") return shift(b, a.value, source ?? b.source);
  if (independent && a.kind === "normal" && b.kind === "normal") {
    return make.normal(a.mean + b.mean, Math.hypot(a.std, b.std), source);
  }
  return make.unknown(source);
}

/** Product of two tensors: exact only where one is the same everywhere. */
export function multiply(a: Distribution, b: Distribution, source?: string): Distribution {
  if (b.kind === "constant") return scale(a, b.value, source ?? a.source);
  if (a.kind === "constant") return scale(b, a.value, source ?? b.source);
  return make.unknown(source);
}

/** Values forced into [low, high]: the same law where nothing lay outside. */
export function clamp(d: Distribution, low: number, high: number, source = d.source): Distribution {
  if (d.kind === "constant") return make.constant(Math.min(high, Math.max(low, d.value)), source);
  const bounded = d.kind === "uniform" || d.kind === "truncated_normal";
  return bounded && d.low >= low && d.high <= high ? relabel(d, source) : make.unknown(source);
}

function bounds(d: { readonly low: number; readonly high: number }, factor: number): [number, number] {
  const ends = [d.low * factor, d.high * factor] as [number, number];
  return factor < 0 ? [ends[1], ends[0]] : ends;
}

/** Keeps the std the framework's own constants gave instead of computing it afresh. */
function restate(
  d: Distribution,
  parameters: { mean: number; scale: number; low: number; high: number },
  factor: number,
  source: string | undefined,
): Distribution {
  const { mean, scale, low, high } = parameters;
  if (d.std === undefined) return make.truncatedNormal(mean, scale, low, high, source);
  return relabel({ kind: "truncated_normal", ...parameters, std: d.std * Math.abs(factor) }, source);
}

function respread(d: Distribution, factor: number, source: string | undefined): Distribution {
  return relabel(d.std === undefined ? d : ({ ...d, std: d.std * Math.abs(factor) } as Distribution), source);
}

/** The same law under another source; the formula of the old one no longer applies once it changed hands. */
function relabel(d: Distribution, source: string | undefined): Distribution {
  return source === undefined || source === d.source ? d : { ...d, source };
}
