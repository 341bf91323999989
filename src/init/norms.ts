/** Lengths of vectors of independent values: what weight_norm keeps beside the directions. */
import type { Distribution } from "../types.js";
import * as make from "./make.js";

/** From so many values on the length of a vector is normal to within what a histogram shows. */
const ENOUGH = 32;

/** Var(x²)/σ⁴ of a law of mean 0, the excess that spreads lengths; `null` where it is not known here. */
function spreadOfSquares(law: Distribution): { readonly sigma: number; readonly excess: number } | null {
  if (law.kind === "normal" && law.mean === 0) return { sigma: law.std, excess: 2 };
  if (law.kind === "uniform" && law.low === -law.high)
    return { sigma: law.high / Math.sqrt(3), excess: 4 / 5 };
  return null;
}

/**
 * The Euclidean length of `terms` independent values. Its mean square is σ²·n; its mean is σ√n·(1 − v/8n) to the
 * order of 1/n², with v = Var(x²)/σ⁴ (for normal values the chi distribution). Unknown for few values, and for laws
 * of another kind.
 */
export function lengthLaw(law: Distribution, terms: number | null): Distribution {
  const source = law.source === undefined ? "norm" : `norm of ${law.source}`;
  if (terms === null) return make.unknown(source);
  if (law.kind === "constant") return make.constant(Math.abs(law.value) * Math.sqrt(terms), source);
  const squares = spreadOfSquares(law);
  if (squares === null || terms < ENOUGH) return make.unknown(source);
  const { sigma, excess } = squares;
  const mean = sigma * Math.sqrt(terms) * (1 - excess / (8 * terms));
  return make.normal(mean, Math.sqrt(sigma * sigma * terms - mean * mean), `${source}, nearly normal`);
}
