import type { Dim, Distribution, Framework, Recommendation, Shape } from "../types.js";
import { formatNumber, rootMeanSquare } from "./distributions.js";
import { activationName } from "./gains.js";
import { RECOMMENDATIONS, type RecommendationRow, type RowInput } from "./recommendations.js";
import { isRefusal } from "./refusal.js";
import type { Role } from "./roles.js";
import type { SchemeOptions } from "./schemeOptions.js";
import { SCHEMES, workOut } from "./schemes.js";

/** One weight, as far as the analysis knows it. */
export interface RecommendInput {
  readonly role: Role;
  /** The activation that follows, in any framework's spelling; `null` where unknown. */
  readonly activation: string | null;
  readonly framework: Framework;
  /** Connections that really feed a unit, and that a unit feeds. */
  readonly effectiveFanIn: Dim;
  readonly effectiveFanOut: Dim;
  /** In the framework's layout; needed for matrices such as orthogonal ones. */
  readonly shape?: Shape;
  /** Negative slope or alpha of the activation. */
  readonly a?: number;
  /** Number of residual blocks in the network. */
  readonly depth?: number;
}

/** These follow an output layer; they have no gain of their own. */
const OUTPUT_ACTIVATIONS = new Map([
  ["softmax", "softmax"],
  ["logsoftmax", "log_softmax"],
  ["log_softmax", "log_softmax"],
]);

/**
 * What should be drawn, and why. `null` where the table has no row: an unknown role or activation is no
 * ground for advice. Unknown fans give the formula without numbers.
 */
export function recommend(input: RecommendInput): Recommendation | null {
  const row = rowFor(input);
  if (!row) return null;
  const asked = rowInput(input);
  const result = workOut(row.scheme, optionsFor(row, input, asked));
  if (isRefusal(result)) return null;
  const caveat = row.caveat?.(asked) ?? null;
  const why = caveat === null ? sentence(row) : `${sentence(row)} ${caveat}`;
  return { scheme: row.scheme, distribution: result.distribution, why };
}

/** The first row of the table whose role and activation fit. */
export function rowFor({
  role,
  activation,
}: Pick<RecommendInput, "role" | "activation">): RecommendationRow | null {
  const name = nameOf(activation);
  return (
    RECOMMENDATIONS.find(
      ({ roles, activations }) =>
        roles.includes(role) && (activations === null || (name !== null && activations.includes(name))),
    ) ?? null
  );
}

function nameOf(activation: string | null): string | null {
  if (activation === null) return null;
  return OUTPUT_ACTIVATIONS.get(activation.toLowerCase()) ?? activationName(activation);
}

function rowInput({ activation, a, depth, effectiveFanOut }: RecommendInput): RowInput {
  return {
    activation: nameOf(activation) ?? "",
    ...(a === undefined ? {} : { a }),
    ...(depth === undefined ? {} : { depth }),
    ...(typeof effectiveFanOut === "number" ? { features: effectiveFanOut } : {}),
  };
}

function optionsFor(row: RecommendationRow, input: RecommendInput, asked: RowInput): SchemeOptions {
  const { framework, effectiveFanIn, effectiveFanOut, shape } = input;
  // A scheme that divides by fans gets the effective ones; a matrix gets its shape.
  const size =
    SCHEMES.get(row.scheme)?.recipe || !shape
      ? { fanIn: effectiveFanIn, fanOut: effectiveFanOut }
      : { shape };
  return { framework, ...size, ...row.options?.(asked) };
}

function sentence({ why, paper }: RecommendationRow): string {
  return `${why[0]!.toUpperCase()}${why.slice(1)} (${paper}).`;
}

/**
 * How far a distribution is from another, as the factor on the variance of the layer's outputs:
 * mean squares, because a mean that is not 0 adds to them. `null` where one is not known or the second is 0.
 */
export function varianceFactor(actual: Distribution, wanted: Distribution): number | null {
  const [is, should] = [rootMeanSquare(actual), rootMeanSquare(wanted)];
  if (is === null || should === null || should === 0) return null;
  return (is / should) ** 2;
}

/** `1/6 of the variance`, `2.4 times the variance`, `the same variance`. */
export function describeFactor(factor: number): string {
  if (Math.abs(factor - 1) < 0.005) return "the same variance";
  if (factor === 0) return "no variance at all";
  if (factor > 1) return `${formatNumber(factor, 3)} times the variance`;
  const inverse = 1 / factor;
  const near = inverse >= 20 || Math.abs(inverse - Math.round(inverse)) < 0.005 * inverse;
  return near ? `1/${Math.round(inverse)} of the variance` : `${formatNumber(factor, 3)} times the variance`;
}
