import type { Layer } from "../../types.js";
import { formatNumber } from "../distributions.js";
import { exchangedFans } from "./exchangedFans.js";
import { eachObservation } from "./observed.js";
import { ofPlainWeights } from "./plain.js";
import {
  eachDraw,
  isSet,
  isWeight,
  type LayerParameter,
  lastDraw,
  mergedByPlace,
  type Rule,
  weightName,
} from "./rule.js";

const SAME = 1e-9;
const near = (a: number, b: number): boolean => Math.abs(a - b) <= SAME * Math.abs(b);

/** Gains that `calculate_gain` gives; as the slope `a` of a leaky ReLU they make no sense. a = 1 is how a gain of 1 is asked for. */
const GAINS: readonly number[] = [Math.SQRT2, 5 / 3];

/** A draw in torch's words; other frameworks' are told by their law. */
interface Asked {
  readonly op: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** The std that is drawn with where none is given. */
  readonly defaults: readonly number[];
}

/** One way of putting a number where another belongs: what to say, or null. */
type Mistake = (asked: Asked, name: string, parameter: LayerParameter) => string | null;

/** `kaiming_normal_(w, a=sqrt(2))`: the gain passed as the slope. */
const gainAsSlope: Mistake = ({ op, args: { a } }, name) => {
  if (!op.startsWith("kaiming_") || typeof a !== "number" || !GAINS.some((gain) => near(a, gain)))
    return null;
  const gain = Math.sqrt(2 / (1 + a * a));
  return `${name}: a=${formatNumber(a)} is the slope of a leaky ReLU, not a gain; the gain becomes ${formatNumber(gain, 3)} where √2 may be meant. Leave a out and name the nonlinearity.`;
};

const NORMAL = /^(trunc_)?normal_$/;

/** `normal_(w, 0.02, 0)` or `normal_(w, 0.02)`: the std where the mean belongs. */
const meanAsStd: Mistake = ({ op, args: { mean, std }, defaults }, name) => {
  if (!NORMAL.test(op) || typeof mean !== "number" || typeof std !== "number") return null;
  if (mean > 0 && std === 0) {
    return `${name}: mean ${formatNumber(mean)} and std 0 make every weight ${formatNumber(mean)}; the first argument is the mean.`;
  }
  if (mean <= 0 || mean > 0.1 || !defaults.includes(std)) return null;
  return `${name}: the first argument is the mean, so this draws with mean ${formatNumber(mean)} and std ${formatNumber(std)}; give ${formatNumber(mean)} as the std.`;
};

/** `normal_(w, 0, 2 / fan_in)`: the variance where its square root belongs. Round numbers are chosen, not computed. */
const varianceAsStd: Mistake = ({ op, args: { std } }, name, { fanIn }) => {
  if (!NORMAL.test(op) || typeof std !== "number" || typeof fanIn !== "number") return null;
  const numerator = [1, 2].find((one) => near(std, one / fanIn));
  if (fanIn < 16 || numerator === undefined || Number(std.toPrecision(3)) === std) return null;
  return `${name}: std ${formatNumber(std)} is ${numerator}/${fanIn}, a variance for ${fanIn} inputs; the std is its square root, ${formatNumber(Math.sqrt(std))}.`;
};

const MISTAKES: readonly Mistake[] = [gainAsSlope, meanAsStd, varianceAsStd];

/** A number that is right in another place. */
const misplacedArgument = eachDraw((parameter, layer) => {
  const asked = askedFor(parameter, layer);
  if (asked === null || !isWeight(parameter)) return null;
  for (const mistake of MISTAKES) {
    const message = mistake(asked, weightName(parameter, layer), parameter);
    if (message !== null) return message;
  }
  return null;
});

function askedFor(parameter: LayerParameter, layer: Layer): Asked | null {
  const step = lastDraw(parameter);
  if (step !== undefined) return { op: step.op, args: step.args, defaults: [1] };
  const { current } = parameter;
  if (!["keras", "tensorflow", "numpy"].includes(layer.framework) || !isSet(parameter, layer)) return null;
  // Schemes by fans compute their own.
  if (!/normal/i.test(current.source ?? "") || /^(he|glorot|lecun)/i.test(current.source ?? "")) return null;
  // Keras's initializers draw with 0.05 where no std is given, TensorFlow's and NumPy's functions with 1.
  const defaults = layer.framework === "numpy" ? [1] : [0.05, 1];
  if (current.kind === "normal")
    return { op: "normal_", args: { mean: current.mean, std: current.std }, defaults };
  return current.kind === "truncated_normal"
    ? { op: "trunc_normal_", args: { mean: current.mean, std: current.scale }, defaults }
    : null;
}

/** A gain in the place of a slope, whatever its value. */
const slopeFromGain = eachObservation(
  "gain_as_slope",
  () =>
    "`a` is the slope of a leaky ReLU, and calculate_gain gives a gain; the gain becomes √(2/(1 + a²)). Leave a out and name the nonlinearity.",
);

/** Numbers that are right in another place. */
export const ARGUMENT_RULES: readonly Rule[] = [
  {
    code: "IL020",
    severity: "warning",
    title: "an argument in the wrong place",
    why: "A gain given as `a`, the slope of a leaky ReLU; a std given first, where the mean belongs; a variance where its square root belongs; the number of outputs in a scheme that divides by the number of inputs.",
    found: "nn.init.normal_(self.fc.weight, 0.02)",
    fine: "nn.init.normal_(self.fc.weight, std=0.02)",
    history: [
      {
        issue: "gapeng000/PyTorch-progressive_growing_of_gans#29",
        what: "a gain was passed as the negative slope",
      },
      { issue: "aiUIUC/pyAIUtils#25", what: "a std was passed in the place of the mean" },
    ],
    find: (analysis) =>
      mergedByPlace([
        ...ofPlainWeights(misplacedArgument)(analysis),
        ...slopeFromGain(analysis),
        ...exchangedFans(analysis),
      ]),
  },
];
