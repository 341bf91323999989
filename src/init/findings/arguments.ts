import { formatNumber } from "../distributions.js";
import { eachDraw, isWeight, type LayerParameter, lastDraw } from "./rule.js";

const SAME = 1e-9;
const near = (a: number, b: number): boolean => Math.abs(a - b) <= SAME * Math.abs(b);

/** Gains that `calculate_gain` gives; as the slope `a` of a leaky ReLU they make no sense. a = 1 is how a gain of 1 is asked for. */
const GAINS: readonly number[] = [Math.SQRT2, 5 / 3];

/** One way of putting a number where another belongs: what to say, or null. */
type Mistake = (
  op: string,
  args: Readonly<Record<string, unknown>>,
  parameter: LayerParameter,
) => string | null;

/** `kaiming_normal_(w, a=sqrt(2))`: the gain passed as the slope. */
const gainAsSlope: Mistake = (op, { a }, { name }) => {
  if (!op.startsWith("kaiming_") || typeof a !== "number" || !GAINS.some((gain) => near(a, gain)))
    return null;
  const gain = Math.sqrt(2 / (1 + a * a));
  return `${name}: a=${formatNumber(a)} is the slope of a leaky ReLU, not a gain; the gain becomes ${formatNumber(gain, 3)} where √2 may be meant. Leave a out and name the nonlinearity.`;
};

/** `normal_(w, 0.02, 0)` or `normal_(w, 0.02)`: the std where the mean belongs. */
const meanAsStd: Mistake = (op, { mean, std }, { name }) => {
  if (!/^(normal_|trunc_normal_)$/.test(op) || typeof mean !== "number" || typeof std !== "number")
    return null;
  if (mean > 0 && std === 0) {
    return `${name}: mean ${formatNumber(mean)} and std 0 make every weight ${formatNumber(mean)}; the first argument is the mean.`;
  }
  if (mean <= 0 || mean > 0.1 || std !== 1) return null;
  return `${name}: the first argument is the mean, so this draws with mean ${formatNumber(mean)} and std 1; write std=${formatNumber(mean)}.`;
};

/** `normal_(w, 0, 2 / fan_in)`: the variance where its square root belongs. Round numbers are chosen, not computed. */
const varianceAsStd: Mistake = (op, { std }, { name, fanIn }) => {
  if (!/^(normal_|trunc_normal_)$/.test(op) || typeof std !== "number" || typeof fanIn !== "number")
    return null;
  const numerator = [1, 2].find((one) => near(std, one / fanIn));
  if (fanIn < 16 || numerator === undefined || Number(std.toPrecision(3)) === std) return null;
  return `${name}: std ${formatNumber(std)} is ${numerator}/fan-in, the variance that is recommended; its square root is ${formatNumber(Math.sqrt(std))}.`;
};

const MISTAKES: readonly Mistake[] = [gainAsSlope, meanAsStd, varianceAsStd];

/** A number that is right in another place. */
export const misplacedArgument = eachDraw((parameter) => {
  const step = lastDraw(parameter);
  if (step === undefined || !isWeight(parameter)) return null;
  for (const mistake of MISTAKES) {
    const message = mistake(step.op, step.args, parameter);
    if (message !== null) return message;
  }
  return null;
});
