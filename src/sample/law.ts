import { normalBetween } from "../init/normal.js";
import { sphereCdf, sphereQuantile } from "../init/sphere.js";
import { truncatedCdf, truncatedQuantile } from "../init/truncated.js";
import type { Standard } from "./standard.js";

/** Exact probabilities of a distribution in standard units. */
export interface Law {
  /** P(Z ≤ z). */
  below(z: number): number;
  /** P(a ≤ Z ≤ b), with its full number of digits in the tails. */
  between(a: number, b: number): number;
  /** The z within [a, b] below which the fraction `u` of what is in there lies. */
  pick(u: number, a: number, b: number): number;
}

export function standardLaw(standard: Standard): Law {
  switch (standard.kind) {
    case "uniform":
      return { below: (z) => z, between: (a, b) => b - a, pick: (u, a, b) => a + u * (b - a) };
    case "normal":
      return normalLaw(standard.low, standard.high);
    case "sphere":
      return sphereLaw(standard.high ** 2);
  }
}

function normalLaw(low: number, high: number): Law {
  const mass = normalBetween(low, high);
  return {
    below: (z) => truncatedCdf(z, low, high),
    between: (a, b) => normalBetween(Math.max(a, low), Math.min(b, high)) / mass,
    pick: (u, a, b) => truncatedQuantile(u, a, b),
  };
}

/** One entry times √n of an orthogonal matrix with longer side n. Symmetric: worked in the lower tail. */
function sphereLaw(square: number): Law {
  const n = Math.round(square);
  const root = Math.sqrt(n);
  const below = (z: number) => sphereCdf(z / root, n);
  const pick = (u: number, a: number, b: number): number => {
    if (a > 0) return -pick(1 - u, -b, -a);
    const [from, to] = [below(a), below(b)];
    return Math.min(b, Math.max(a, root * sphereQuantile(from + u * (to - from), n)));
  };
  return {
    below,
    between: (a, b) => (a > 0 ? below(-a) - below(-b) : below(b) - below(a)),
    pick,
  };
}
