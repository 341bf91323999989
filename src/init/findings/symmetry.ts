import type { Analysis, Layer } from "../../types.js";
import { describe, formatNumber, mean, rootMeanSquare, std } from "../distributions.js";
import { roleOf } from "../roles.js";
import { eachParameter, isSet, isWeight, type LayerParameter, type Remark } from "./rule.js";

/**
 * Layers whose units all stay alike: every weight of the file is constant, or two that follow each other are
 * the same value other than 0. One constant layer among random ones still learns, and single layers of zeros
 * (heads, last weights of residual branches, zero convolutions) are meant.
 */
export function constantWeights({ layers }: Analysis): readonly Remark[] {
  const weights = layers.flatMap((layer) =>
    layer.parameters
      .filter((parameter) => isSummed(parameter, layer))
      .map((parameter) => ({ layer, parameter })),
  );
  const all = weights.length > 1 && weights.every(({ parameter }) => constantValue(parameter) !== null);
  return weights.flatMap(({ layer, parameter }, place) => {
    const value = constantValue(parameter);
    const beside = [weights[place - 1], weights[place + 1]].map(
      (other) => other && constantValue(other.parameter),
    );
    const alike = value !== null && value !== 0 && beside.includes(value);
    if (!all && !alike) return [];
    const message = `all values of ${parameter.name} are ${value}, and the layer beside it is constant too: every unit computes the same and gets the same gradient, so they never become different.`;
    return [{ message, site: layer.site }];
  });
}

function constantValue({ current }: LayerParameter): number | null {
  return current.kind === "constant" ? current.value : null;
}

/** A weight that sums over inputs; looked-up rows and norm scales are something else. */
function isSummed(parameter: LayerParameter, layer: Layer): boolean {
  const role = roleOf({ layer: classOf(layer), parameter: parameter.name });
  return isWeight(parameter) && role !== "embedding" && role !== "norm_scale" && role !== "bias";
}

function classOf(layer: Layer): string {
  return layer.class.split(".").at(-1)!;
}

/** Weights of one sign, as `np.random.rand` draws them: the mean is added once for every input. */
export const shiftedWeights = eachParameter((parameter, layer) => {
  const { current, effectiveFanIn: fan } = parameter;
  if (!isSummed(parameter, layer) || !isSet(parameter) || typeof fan !== "number" || fan < 8) return null;
  const [centre, spread] = [mean(current), std(current)];
  if (centre === null || spread === null || spread === 0 || current.kind === "identity") return null;
  // Below a tenth of the spread the sum of the means stays below the spread of the sum up to fan-in 100.
  if (Math.abs(centre) < 0.5 * spread) return null;
  const factor = formatNumber((fan * centre * centre) / (spread * spread), 3);
  return `${parameter.name} is drawn from ${describe(current)}, whose mean is ${formatNumber(centre)}: with ${fan} inputs the shared mean adds ${factor} times the variance of the rest. Subtract it.`;
});

/** A bias as large as the signal itself. */
export const largeBias = eachParameter((parameter, layer) => {
  if (roleOf({ layer: classOf(layer), parameter: parameter.name }) !== "bias" || !isSet(parameter))
    return null;
  if (parameter.current.kind === "constant") return null;
  const size = rootMeanSquare(parameter.current);
  if (size === null || size < 0.5) return null;
  return `${parameter.name} is drawn from ${describe(parameter.current)}, as large as the signal it is added to; start biases at 0.`;
});
