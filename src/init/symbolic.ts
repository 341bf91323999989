import type { Dim, Distribution } from "../types.js";
import { formatNumber } from "./describe.js";
import { wrap } from "./dims.js";
import * as make from "./make.js";

/** A number of a framework call: text where symbolic, `null` where unknown. */
export type Quantity = number | string | null;

/** Distributions whose parameters may be symbols: concrete where all are numbers, else unknown with a formula. */

export function uniform(low: Quantity, high: Quantity, source: string): Distribution {
  if (typeof low === "number" && typeof high === "number") return make.uniform(low, high, source);
  const opposite = typeof high === "string" && (low === `-${high}` || low === `-${wrap(high)}`);
  return make.unknown(source, opposite ? `U(±${high})` : formula("U", low, high));
}

export function normal(mean: Quantity, std: Quantity, source: string): Distribution {
  if (typeof mean === "number" && typeof std === "number") return make.normal(mean, std, source);
  return make.unknown(source, formula("N", mean, squared(std)));
}

export function truncatedNormal(
  mean: Quantity,
  scale: Quantity,
  low: Quantity,
  high: Quantity,
  source: string,
): Distribution {
  if ([mean, scale, low, high].every((value) => typeof value === "number")) {
    return make.truncatedNormal(mean as number, scale as number, low as number, high as number, source);
  }
  const bounds = formula("", low, high);
  return make.unknown(source, join(formula("N", mean, squared(scale)), bounds, " within "));
}

/** N(0, scale²) cut at so many of its standard deviations on both sides. */
export function cutNormal(scale: Quantity, cut: number, source: string): Distribution {
  return make.unknown(source, join(formula("N", 0, squared(scale)), formatNumber(cut), " cut at ", "σ"));
}

export function constant(value: Quantity, source: string): Distribution {
  if (typeof value === "number") return make.constant(value, source);
  return make.unknown(source, value ?? undefined);
}

/** The shape of a law of variance `scale / fan`. */
export type Spread = "uniform" | "normal" | "corrected";

/** Variance `scale / fan`, as every fan-based scheme has it; `fan` may be a symbol. */
export function scaledByFan(spread: Spread, scale: Quantity, fan: Dim, source: string): Distribution {
  if (typeof scale === "number" && typeof fan === "number") {
    if (scale < 0) return make.unknown(source);
    const std = Math.sqrt(scale / fan);
    if (spread === "uniform") return make.symmetricUniform(Math.sqrt((3 * scale) / fan), source);
    return spread === "normal" ? make.normal(0, std, source) : make.correctedTruncatedNormal(std, source);
  }
  return make.unknown(source, fanFormula(spread, scale, fan) ?? undefined);
}

/** `U(±√(6/fan_in))`, `N(0, 2/n_embd)`, `N(0, 1/fan_in) cut at 2 scales`; `null` where a part is unknown. */
export function fanFormula(spread: Spread, scale: Quantity, fan: Dim): string | null {
  if (fan === null || scale === null) return null;
  const below = typeof fan === "number" ? String(fan) : wrap(fan, /[^\w.]/);
  if (spread === "uniform") {
    if (scale === 1 / 3 || (typeof scale === "number" && Math.abs(3 * scale - 1) < 1e-12)) {
      return `U(±1/√${below})`;
    }
    const above = typeof scale === "number" ? formatNumber(3 * scale, 6) : `3*${wrap(scale)}`;
    return `U(±√(${above}/${below}))`;
  }
  const above = typeof scale === "number" ? formatNumber(scale, 6) : wrap(scale);
  return `N(0, ${above}/${below})${spread === "corrected" ? " after cutting at 2.27σ" : ""}`;
}

/** `√5` for 2.236…, `5/3` stays a decimal: what a person would have written as the argument. */
export function formatArgument(value: number): string {
  const square = value * value;
  const root = !Number.isInteger(value) && square < 1e6 && Math.abs(square - Math.round(square)) < 1e-12;
  return root ? `${value < 0 ? "-" : ""}√${Math.round(square)}` : formatNumber(value, 6);
}

function formula(name: string, first: Quantity, second: Quantity): string | undefined {
  if (first === null || second === null) return undefined;
  const [a, b] = [first, second].map((value) => (typeof value === "number" ? formatNumber(value) : value));
  return name === "" ? `[${a}, ${b}]` : `${name}(${a}, ${b})`;
}

/** `√x` and `1/√x` are better read as what they are the roots of. */
const ROOT = /^(1\/)?√(?:\(([^()]*(?:\([^()]*\)[^()]*)*)\)|([\w.]+(?:\[-?\d+\])?))$/;

function squared(std: Quantity): Quantity {
  if (std === null) return null;
  if (typeof std === "number") return `${formatNumber(std)}²`;
  const [, inverse = "", inner, name] = ROOT.exec(std) ?? [];
  if (name !== undefined) return inverse + name;
  if (inner !== undefined) return inverse === "" ? inner : `1/(${inner})`;
  return `${wrap(std, /[^\w.]/)}²`;
}

function join(a: string | undefined, b: string | undefined, between: string, after = ""): string | undefined {
  return a === undefined || b === undefined ? undefined : `${a}${between}${b}${after}`;
}
