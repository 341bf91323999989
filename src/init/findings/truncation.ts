import { formatNumber } from "../distributions.js";
import { normalBetween } from "../normal.js";
import { eachDraw, isSet } from "./rule.js";

/** Beyond this many standard deviations not one value in a billion is cut. */
const NEVER = 6;
/** Less than this share kept is no longer a normal distribution. */
const KEPT = 0.05;

/** `trunc_normal_(std=0.02)`: its bounds are absolute, ±2, which is 100 standard deviations away. */
export const truncatesNothing = eachDraw((parameter, layer) => {
  const d = parameter.current;
  if (d.kind !== "truncated_normal" || !isSet(parameter, layer)) return null;
  const [a, b] = [(d.low - d.mean) / d.scale, (d.high - d.mean) / d.scale];
  if (a > -NEVER || b < NEVER) return null;
  return `${parameter.name} is cut at ${formatNumber(d.low)} and ${formatNumber(d.high)}, ${formatNumber(Math.min(-a, b), 3)} standard deviations away: nothing is ever cut. The bounds are absolute; for two standard deviations write ±${formatNumber(2 * d.scale)}.`;
});

/** Bounds so narrow or so far from the mean that what is left is nearly uniform or one-sided. */
export const truncatesEverything = eachDraw((parameter, layer) => {
  const d = parameter.current;
  if (d.kind !== "truncated_normal" || !isSet(parameter, layer)) return null;
  const kept = normalBetween((d.low - d.mean) / d.scale, (d.high - d.mean) / d.scale);
  if (kept >= KEPT) return null;
  return `${parameter.name} keeps only ${formatNumber(100 * kept, 2)} % of N(${formatNumber(d.mean)}, ${formatNumber(d.scale)}²) between ${formatNumber(d.low)} and ${formatNumber(d.high)}: are the bounds meant in standard deviations?`;
});
