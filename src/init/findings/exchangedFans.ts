import type { Analysis } from "../../types.js";
import { formatNumber, mean, std } from "../distributions.js";
import { orientedWeights } from "./plain.js";
import type { Remark } from "./rule.js";

/** Fans this far apart change the variance by as much. */
const APART = 1.5;
const SAME = 1e-6;

/** 1 and 0.1 are chosen, not computed. */
const isRound = (std: number): boolean => Number(std.toPrecision(2)) === std;

/**
 * `W = randn(784, 128) * sqrt(2 / 128)` where `x @ W` is meant: the scheme divides by the number of outputs.
 * Told of arrays of which a bias or a product says which axis is which.
 */
export function exchangedFans({ layers }: Analysis): readonly Remark[] {
  return orientedWeights(layers).flatMap(({ layer, parameter: { current }, inputs, outputs }): Remark[] => {
    const [centre, spread] = [mean(current), std(current)];
    if (
      centre !== 0 ||
      spread === null ||
      isRound(spread) ||
      (inputs / outputs < APART && outputs / inputs < APART)
    )
      return [];
    const gain = (fan: number) => [1, 2].find((one) => Math.abs(spread ** 2 * fan - one) < SAME * one);
    const numerator = gain(outputs);
    if (numerator === undefined || gain(inputs) !== undefined) return [];
    const message = `${layer.name} is drawn with std ${formatNumber(spread)} = √(${numerator}/${outputs}), and ${outputs} is the number of its outputs; ${inputs} inputs feed each of them: √(${numerator}/${inputs}) is ${formatNumber(Math.sqrt(numerator / inputs))}.`;
    return [{ message, site: layer.site }];
  });
}
