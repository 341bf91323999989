import { formatNumber } from "../distributions.js";
import { nearestScheme } from "../nearest.js";
import { eachParameter, isSet, isWeight } from "./rule.js";

/** Fans this far apart change the variance by as much. */
const APART = 1.5;

/**
 * A fan-based scheme that divided by a fan which is not the number of connections: depthwise and grouped
 * kernels, transposed convolutions, packed and multi-head projections.
 */
export const wrongFan = eachParameter((parameter) => {
  const { fanIn, fanOut, effectiveFanIn, current, name } = parameter;
  if (!isWeight(parameter) || !isSet(parameter)) return null;
  if (typeof fanIn !== "number" || typeof fanOut !== "number" || typeof effectiveFanIn !== "number")
    return null;
  const ratio = effectiveFanIn / fanIn;
  if (ratio < APART && ratio > 1 / APART) return null;
  // An embedding's row is looked up; no scheme's fan is meant for it.
  if (effectiveFanIn <= 1) return null;
  const nearest = nearestScheme(current, { fanIn, fanOut });
  if (nearest?.factor !== 1) return null;
  return `${name} is ${nearest.text}, but ${formatNumber(effectiveFanIn)} connections feed an output: its variance is ${formatNumber(ratio, 3)} times what the scheme means.`;
});
