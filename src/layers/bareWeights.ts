/** Weights of programs without layers, which only their names and shapes tell from data. */
import type { Fans } from "../init/fans.js";
import type { Order } from "../init/orientation.js";
import { scaledByFan } from "../init/symbolic.js";
import type { Dim, Distribution, Shape } from "../types.js";

/** How a framework counts the fans of one of its weights; null where it raises or has no such function. */
export type BareFans = (shape: Shape) => Fans | null;

/** Names that programs give to data, not to weights. */
const DATA =
  /^(x|y|z|t|xs|ys|data|inputs?|noise|samples?|points?|eps|epsilon|labels?|images?|imgs?|batch|targets?|dummy|fake|real|test|train|features?)(_|\d|$)/i;
/** Names of weights; a constant array under any other name is a buffer, not a layer. */
export const WEIGHT =
  /^([wubvc]|weights?|bias(es)?|kernels?|filters?|theta|beta|gamma|embeddings?|params?)(_|\d|[a-z]{0,2}$)/i;

/** Names of weights, and as well of what optimizers and cells keep: running means, velocities, states. */
const STATE = /^[uvc]$/;

/** Whether an array of one number is a weight by its name: a matrix called `v` begins an optimizer's mean instead. */
export const isConstantWeight = (name: string, shape: Shape): boolean =>
  WEIGHT.test(name) && !(shape.length > 1 && STATE.test(name));

/** Whether an array of that name and shape, drawn so, is a weight: not a vector of scales, such as a norm has. */
export function isNamedWeight(name: string, shape: Shape, distribution: Distribution): boolean {
  if (shape.length === 0 || shape.length > 5) return false;
  if (shape.length === 1) return WEIGHT.test(name) && !/^gamma/i.test(name);
  if (distribution.kind === "constant") return isConstantWeight(name, shape);
  if (shape[0] === 1) return WEIGHT.test(name);
  return !DATA.test(name) || WEIGHT.test(name);
}

export const noFans: BareFans = () => null;

/**
 * Inputs before outputs, as in `x @ W`, unless biases say otherwise, or only the other way round is what was
 * drawn a scheme's own. Nobody says which axes of more than two are which.
 */
export const matrixFans =
  (law: Distribution, order: Order | null): BareFans =>
  (shape) => {
    if (shape.length === 1) return { fanIn: shape[0]!, fanOut: 1 };
    if (shape.length !== 2) return null;
    const [first, second] = [shape[0]!, shape[1]!];
    const isTurned =
      order === null ? isDrawnFor(second, law) && !isDrawnFor(first, law) : order === "outputs first";
    return isTurned ? { fanIn: second, fanOut: first } : { fanIn: first, fanOut: second };
  };

/** Whether a law is that of LeCun's or He's scheme for a fan-in. */
const isDrawnFor = (fanIn: Dim, law: Distribution): boolean =>
  ([1, 2] as const).some((scale) =>
    (["normal", "uniform"] as const).some((spread) => isSameLaw(scaledByFan(spread, scale, fanIn, ""), law)),
  );

function isSameLaw(one: Distribution, other: Distribution): boolean {
  if (one.kind === "unknown" || other.kind === "unknown") {
    return one.kind === other.kind && one.formula !== undefined && one.formula === other.formula;
  }
  return one.kind === other.kind && isNear(one.std, other.std);
}

const isNear = (a = Number.NaN, b = Number.NaN): boolean => Math.abs(a / b - 1) < 1e-9;
