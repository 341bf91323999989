import type { Distribution } from "../types.js";

/** Frameworks' own constants differ from ours in the last digits. */
const SAME = 1e-9;

/** Equal kinds with equal figures; unknown laws by their formula. Sources do not count. */
export function sameLaw(a: Distribution, b: Distribution): boolean {
  return a.kind === b.kind && figures(a).every((value, k) => equal(value, figures(b)[k]));
}

function figures(d: Distribution): readonly (number | string | undefined)[] {
  switch (d.kind) {
    case "uniform":
      return [d.low, d.high];
    case "normal":
      return [d.mean, d.std];
    case "truncated_normal":
      return [d.mean, d.scale, d.low, d.high];
    case "constant":
      return [d.value];
    case "orthogonal":
    case "identity":
      return [d.gain];
    case "unknown":
      return [d.formula, d.std];
  }
}

function equal(a: number | string | undefined, b: number | string | undefined): boolean {
  if (typeof a !== "number" || typeof b !== "number") return a === b;
  return Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b));
}
