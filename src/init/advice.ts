/** What is recommended for a layer, and what the classic schemes would draw for it. */
import type { Framework, Parameter, Recommendation, SchemeDistribution, Shape } from "../types.js";
import { formatNumber, isZero } from "./distributions.js";
import { type RecommendInput, recommend } from "./recommend.js";
import { isRefusal } from "./refusal.js";
import { remembered } from "./remembered.js";
import { type Role, roleOf } from "./roles.js";
import type { SchemeOptions } from "./schemeOptions.js";
import { workOut } from "./schemes.js";

type Weight = Pick<
  Parameter,
  | "name"
  | "layer"
  | "shape"
  | "fanIn"
  | "fanOut"
  | "effectiveFanIn"
  | "effectiveFanOut"
  | "default"
  | "current"
>;

/** What follows a weight, as far as a model was seen to run. */
export interface FollowedBy {
  /** In the words of `gains.ts`; null where something follows that is not known. */
  readonly activation: string | null;
  /** Its slope or alpha. */
  readonly a?: number;
  readonly place: "hidden" | "output" | "attention" | "residual" | "function" | "tied" | "computed";
  /** Sums of residual branches in the whole model. */
  readonly sums?: number;
  /** A norm alone takes the sum. */
  readonly isNormed?: true;
  /** Nothing but reshaping and pooling stands before the activation. */
  readonly isDirect?: true;
  /** Nothing but reshaping and pooling stands before a norm. */
  readonly isNormalized?: true;
}

/** Schemes that are drawn side by side for any weight, in the order they were published. */
const COMPARED: readonly string[] = [
  "lecun_uniform",
  "lecun_normal",
  "glorot_uniform",
  "glorot_normal",
  "he_uniform",
  "he_normal",
  "orthogonal",
  "zeros",
];

export interface LayerFacts {
  readonly framework: Framework;
  /** Ways the layer is used, the most frequent first; empty where nothing says. */
  readonly uses: readonly FollowedBy[];
  readonly parameters: readonly Weight[];
}

/** The weight that advice is about: the first that is no vector, not even as a column (weight norm's lengths), else the first. */
export function mainWeight<P extends Pick<Weight, "shape">>(parameters: readonly P[]): P | undefined {
  const isMatrix = ({ shape }: P) => shape.filter((size) => size !== 1).length > 1;
  return parameters.find(isMatrix) ?? parameters.find(({ shape }) => shape.length > 1) ?? parameters[0];
}

/** The one activation that follows in all uses; null where it is not known or there are several. */
export function activationOf(uses: readonly FollowedBy[]): string | null {
  const names = new Set(uses.map(({ activation }) => activation));
  return names.size === 1 ? (uses[0]?.activation ?? null) : null;
}

/** Whether the activation takes the layer's sums themselves in all uses: no norm, no other summand, no factor before it. */
export const isDirectlyActivated = (uses: readonly FollowedBy[]): boolean => isAlways(uses, "isDirect");

/** Whether a norm takes the layer's sums in all uses, so that their scale is lost. */
export const isNormalized = (uses: readonly FollowedBy[]): boolean => isAlways(uses, "isNormalized");

const isAlways = (uses: readonly FollowedBy[], what: "isDirect" | "isNormalized"): boolean =>
  uses.length > 0 && uses.every((use) => use[what] === true);

/** Its negative slope or alpha; undefined where it has none, or not the same in all uses. */
export function slopeOf(uses: readonly FollowedBy[]): number | undefined {
  const slopes = new Set(uses.map(({ a }) => a));
  const [only] = slopes;
  return slopes.size === 1 ? only : undefined;
}

/** How many branches a model adds up without a norm in between, where all uses of the layer end one; else undefined. */
export function branchesOf(uses: readonly FollowedBy[]): number | undefined {
  const counts = new Set(
    uses.map(({ place, activation, sums, isNormed }) =>
      place === "residual" && activation === "linear" && !isNormed ? sums : undefined,
    ),
  );
  const [only] = counts;
  return counts.size === 1 ? only : undefined;
}

/**
 * The recommendation for a layer's main weight; null where its role is not known. Where nothing says which
 * activation follows, the advice is for a ReLU and says so; where several follow, it is for the most frequent.
 */
export function adviceFor({ framework, uses, parameters }: LayerFacts): Recommendation | null {
  const weight = mainWeight(parameters);
  if (!weight || impossibleSize(weight.shape) !== null) return null;
  const { layer, name, shape, effectiveFanIn, effectiveFanOut } = weight;
  const isZeroed = isZero(weight.current) && !isZero(weight.default);
  return adviceOn({ framework, uses, layer, name, shape, effectiveFanIn, effectiveFanOut, isZeroed });
}

interface WeightInPlace
  extends Pick<LayerFacts, "framework" | "uses">,
    Omit<Weight, "fanIn" | "fanOut" | "default" | "current"> {
  /** The program sets it to 0, where the framework would not. */
  readonly isZeroed: boolean;
}

const adviceOn = remembered(
  (weight: WeightInPlace) => JSON.stringify(weight),
  ({ uses, layer, name, isZeroed, ...weight }): Recommendation | null => {
    const role = roleOf({ layer, parameter: name });
    const [use] = uses;
    // What suits a function without a name nobody wrote down, nor what suits a weight that is scaled where it is used.
    if (role === null || use?.place === "function" || uses.some(({ place }) => place === "computed"))
      return null;
    const input: RecommendInput = {
      ...weight,
      role: roleAt(role, use, isZeroed),
      activation: use?.activation ?? null,
      ...(use?.a === undefined ? {} : { a: use.a }),
      ...(use?.sums === undefined ? {} : { depth: use.sums / 2 }),
    };
    const advice = recommend(input);
    if (advice) return uses.length > 1 && isByActivation(input) ? amongSeveral(advice, uses) : advice;
    return input.activation === null ? ifRelu(recommend({ ...input, activation: "relu" })) : null;
  },
);

/** A weight of a plain layer has the role of the place where its output goes. */
function roleAt(role: Role, use: FollowedBy | undefined, isZeroed: boolean): Role {
  if (role === "norm_scale") return isZeroed ? "residual_norm_scale" : role;
  if (use === undefined) return role;
  const { place, activation } = use;
  if (role === "embedding") return place === "tied" ? "tied_embedding" : role;
  if (role !== "hidden") return role;
  // Before an activation zeros would stop what is learnt; before a sum, a factor or a loss they are a start.
  if (isZeroed && activation === "linear") return "zeroed";
  if (place === "attention") return "attention_projection";
  if (place === "residual" && activation === "linear") return "residual_output";
  return place === "output" ? "output" : role;
}

/** Whether another activation would give another recommendation. */
const isByActivation = (input: RecommendInput): boolean =>
  recommend({ ...input, activation: null }) === null || input.role === "output";

const ifRelu = (advice: Recommendation | null): Recommendation | null =>
  advice && { ...advice, assumes: "relu", why: `If a ReLU follows, which nothing here says: ${advice.why}` };

function amongSeveral(advice: Recommendation, uses: readonly FollowedBy[]): Recommendation {
  const [first, ...others] = [...new Set(uses.map(inWords))];
  if (others.length === 0) return advice;
  return {
    ...advice,
    why: `Several things follow: ${first} (taken here), also ${others.join(", ")}. ${advice.why}`,
  };
}

function inWords({ activation, a, place }: FollowedBy): string {
  if (activation === null) return "something not known";
  if (activation === "linear") return place === "output" ? "the output" : "no activation";
  return a === undefined ? activation : `${activation} (${formatNumber(a, 3)})`;
}

/** The first size of a shape that leaves nothing to draw: 0, negative or no whole number; else `null`. */
export function impossibleSize(shape: Shape): number | null {
  const size = shape.find((dim) => typeof dim === "number" && !(Number.isInteger(dim) && dim > 0));
  return typeof size === "number" ? size : null;
}

/** What each classic scheme draws for a layer's main weight; empty where its fans are not known. */
export function schemesFor({
  framework,
  parameters,
}: Pick<LayerFacts, "framework" | "parameters">): readonly SchemeDistribution[] {
  const weight = mainWeight(parameters);
  if (!weight || weight.shape.length < 2 || impossibleSize(weight.shape) !== null) return [];
  const { shape, fanIn, fanOut } = weight;
  return schemesOf({ framework, shape, fanIn, fanOut });
}

const schemesOf = remembered(
  (weight: SchemeOptions) => JSON.stringify(weight),
  (weight): readonly SchemeDistribution[] =>
    COMPARED.flatMap((scheme) => {
      const result = workOut(scheme, weight);
      return isRefusal(result) ? [] : [{ scheme, distribution: result.distribution }];
    }),
);
