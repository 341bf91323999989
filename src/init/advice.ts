/** What is recommended for a layer, and what the classic schemes would draw for it. */
import type { Framework, Parameter, Recommendation, SchemeDistribution, Shape } from "../types.js";
import { recommend } from "./recommend.js";
import { isRefusal } from "./refusal.js";
import { roleOf } from "./roles.js";
import { workOut } from "./schemes.js";

type Weight = Pick<
  Parameter,
  "name" | "layer" | "shape" | "fanIn" | "fanOut" | "effectiveFanIn" | "effectiveFanOut"
>;

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
  readonly activation: string | null;
  readonly parameters: readonly Weight[];
}

/** The weight that advice is about: the first that is no vector, else the first. */
export function mainWeight<P extends Weight>(parameters: readonly P[]): P | undefined {
  return parameters.find(({ shape }) => shape.length > 1) ?? parameters[0];
}

/**
 * The recommendation for a layer's main weight; null where its role is not known. Where nothing says which
 * activation follows, the advice is for a ReLU and says so.
 */
export function adviceFor({ framework, activation, parameters }: LayerFacts): Recommendation | null {
  const weight = mainWeight(parameters);
  if (!weight || impossibleSize(weight.shape) !== null) return null;
  const { layer, name, shape, effectiveFanIn, effectiveFanOut } = weight;
  const role = roleOf({ layer, parameter: name });
  if (role === null) return null;
  const input = { role, activation, framework, effectiveFanIn, effectiveFanOut, shape };
  return (
    recommend(input) ?? (activation === null ? ifRelu(recommend({ ...input, activation: "relu" })) : null)
  );
}

const ifRelu = (advice: Recommendation | null): Recommendation | null =>
  advice && { ...advice, assumes: "relu", why: `If a ReLU follows, which nothing here says: ${advice.why}` };

/** The first size of a shape that leaves nothing to draw: 0, negative or no whole number; else `null`. */
export function impossibleSize(shape: Shape): number | null {
  const size = shape.find((dim) => typeof dim === "number" && !(Number.isInteger(dim) && dim > 0));
  return typeof size === "number" ? size : null;
}

/** What each classic scheme draws for a layer's main weight; empty where its fans are not known. */
export function schemesFor({ framework, parameters }: LayerFacts): SchemeDistribution[] {
  const weight = mainWeight(parameters);
  if (!weight || weight.shape.length < 2 || impossibleSize(weight.shape) !== null) return [];
  const { shape, fanIn, fanOut } = weight;
  return COMPARED.flatMap((scheme) => {
    const result = workOut(scheme, { framework, shape, fanIn, fanOut });
    return isRefusal(result) ? [] : [{ scheme, distribution: result.distribution }];
  });
}
