/** How a layer is told in words. Plain text and Markdown only. */
import { impossibleSize, mainWeight } from "../init/advice.js";
import { describe, formatNumber } from "../init/describe.js";
import { mean, std } from "../init/distributions.js";
import { SCHEMES } from "../init/schemes.js";
import type { Dim, Distribution, Layer, Recommendation, Shape } from "../types.js";

type LayerParameter = Layer["parameters"][number];

/** The parameter that a recommendation is about. */
export const mainParameter = ({ parameters }: Layer): LayerParameter | undefined => mainWeight(parameters);

/** `64×32`; a question mark where a size is not known. */
export function shapeText(shape: Shape): string {
  if (shape.length === 0) return "scalar";
  const sizes = shape.map(dimText);
  return (sizes.length === 1 ? sizes : sizes.map((size) => (/ [+-] /.test(size) ? `(${size})` : size))).join(
    "×",
  );
}

const POWERS = "²³⁴⁵⁶⁷⁸⁹";

/** Factors that follow each other as powers: `16*r*r + 1` as `16*r² + 1`. */
export function withPowers(formula: string): string {
  return formula.replace(/(?<![\w.])([A-Za-z_][\w.]*)((?:\*\1(?![\w.([]))+)/g, (all, name, rest) => {
    const power = POWERS[String(rest).split("*").length - 2];
    return power === undefined ? all : `${name}${power}`;
  });
}

/** A size, or `?` where it is not known. */
export function dimText(dim: Dim): string {
  return dim === null ? "?" : String(dim);
}

/** A scheme as people write it: `Glorot uniform`. */
export function schemeName(scheme: string): string {
  return SCHEMES.get(scheme)?.title ?? scheme;
}

/** The figure that decides a distribution: `±0.25` of a uniform, `σ 0.05` of others. */
export function scaleText(distribution: Distribution): string {
  if (distribution.kind === "uniform" && distribution.low === -distribution.high) {
    return `±${formatNumber(distribution.high)}`;
  }
  if (distribution.std !== undefined && distribution.kind !== "constant") {
    return `σ ${formatNumber(distribution.std, 3)}`;
  }
  return describe(distribution);
}

/** From this factor between two standard deviations they are told apart. */
const NOTICEABLE = 1.05;

/**
 * The current standard deviation over the recommended one; `null` where one is not known or is 0, and where
 * the recommendation only supposes which activation follows.
 */
export function scaleFactor({ recommended }: Layer, current: Distribution): number | null {
  const wanted = recommended?.distribution.std;
  if (!wanted || !current.std || recommended?.assumes !== undefined) return null;
  return current.std / wanted;
}

/**
 * How far the current standard deviation is from the recommended: `2.4× too small`; empty where it fits. Where a
 * norm follows, neither is too small or too large.
 */
export function factorText(layer: Layer, current: Distribution): string {
  const factor = scaleFactor(layer, current);
  if (factor === null || (factor > 1 / NOTICEABLE && factor < NOTICEABLE)) return "";
  if (layer.isNormalized) return "the norm after it sets the scale";
  return factor < 1 ? `${formatNumber(1 / factor, 2)}× too small` : `${formatNumber(factor, 2)}× too large`;
}

/** Whether what is drawn is, but for the law's shape, what is recommended: the same mean and spread. */
export function fits({ distribution: wanted }: Recommendation, current: Distribution): boolean {
  if (current.kind === "unknown" && wanted.kind === "unknown" && current.formula !== undefined) {
    return current.formula === wanted.formula;
  }
  const [is, should] = [std(current), std(wanted)];
  if (is === null || should === null || mean(current) !== mean(wanted)) return false;
  return is === should || (is > should / NOTICEABLE && is < should * NOTICEABLE);
}

/** Why weights of a shape cannot be drawn, in words; `null` where they can. */
export function sizeProblem(shape: Shape): string | null {
  const size = impossibleSize(shape);
  if (size === null) return null;
  return size === 0 ? "no values: one size is 0" : `no such size: ${size}`;
}

/** Names come from the source that is read: none of it may become a link, a picture or HTML. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~]/g, "\\$&");
}
