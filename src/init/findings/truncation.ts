import { formatNumber } from "../distributions.js";
import { normalBetween } from "../normal.js";
import { eachDraw, isSet, type Rule, weightName } from "./rule.js";

/** Beyond this many standard deviations not one value in a billion is cut. */
const NEVER = 6;
/** Less than this share kept is nearly uniform between its bounds; half is kept where one side is cut off on purpose. */
const KEPT = 0.4;

/** `trunc_normal_(std=0.02)`: its bounds are absolute, ±2, which is 100 standard deviations away. */
const truncatesNothing = eachDraw((parameter, layer) => {
  const d = parameter.current;
  if (d.kind !== "truncated_normal" || !isSet(parameter, layer)) return null;
  const [a, b] = [(d.low - d.mean) / d.scale, (d.high - d.mean) / d.scale];
  if (a > -NEVER || b < NEVER) return null;
  return `${weightName(parameter, layer)} is cut at ${formatNumber(d.low)} and ${formatNumber(d.high)}, ${formatNumber(Math.min(-a, b), 3)} standard deviations away: nothing is ever cut. The bounds are absolute; for two standard deviations write ±${formatNumber(2 * d.scale)}.`;
});

/** Bounds so narrow or so far from the mean that what is left is nearly uniform or one-sided. */
const truncatesEverything = eachDraw((parameter, layer) => {
  const d = parameter.current;
  if (d.kind !== "truncated_normal" || !isSet(parameter, layer)) return null;
  const kept = normalBetween((d.low - d.mean) / d.scale, (d.high - d.mean) / d.scale);
  if (kept >= KEPT) return null;
  return `${weightName(parameter, layer)} keeps only ${formatNumber(100 * kept, 2)} % of N(${formatNumber(d.mean)}, ${formatNumber(d.scale)}²) between ${formatNumber(d.low)} and ${formatNumber(d.high)}: are the bounds meant in standard deviations?`;
});

/** Bounds of truncated normal distributions. */
export const TRUNCATION_RULES: readonly Rule[] = [
  {
    code: "IL006",
    severity: "information",
    title: "truncation that cuts nothing",
    why: "The bounds of torch's trunc_normal_ are absolute values, not standard deviations: with std=0.02 the default ±2 is 100 standard deviations away, and the result is a plain normal distribution. Give a and b, or use normal_.",
    found: "nn.init.trunc_normal_(self.fc.weight, std=0.02)",
    fine: "nn.init.trunc_normal_(self.fc.weight, std=0.02, a=-0.04, b=0.04)",
    history: [
      {
        issue: "huggingface/pytorch-image-models#1286",
        what: "bounds of ±2 with std 0.02 truncate nothing, unlike TensorFlow's",
      },
      {
        issue: "foundation-model-stack/foundation-model-stack#289",
        what: "the same in the layers of a language model",
      },
    ],
    find: truncatesNothing,
  },
  {
    code: "IL007",
    severity: "warning",
    title: "truncation that cuts most of it",
    why: "Where less than two fifths of the normal distribution lie between the bounds, what is drawn is nearly uniform between them and its std has little to do with the one given. Bounds are absolute in torch and counted in standard deviations in scipy and JAX.",
    found: "nn.init.trunc_normal_(self.fc.weight, std=1.0, a=-0.04, b=0.04)",
    fine: "nn.init.trunc_normal_(self.fc.weight, std=0.02, a=-0.04, b=0.04)",
    history: [
      {
        issue: "pytorch/pytorch#32397",
        what: "a mean more than two standard deviations outside the bounds gave another distribution",
      },
    ],
    find: truncatesEverything,
  },
];
