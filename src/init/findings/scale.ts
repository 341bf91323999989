import { siteKey } from "../../sites.js";
import type { Analysis, Layer } from "../../types.js";
import { describe, formatNumber, mean, rootMeanSquare, std } from "../distributions.js";
import { activationName } from "../gains.js";
import { nearestScheme } from "../nearest.js";
import { describeFactor, recommend, varianceFactor } from "../recommend.js";
import { roleOf } from "../roles.js";
import { ofPlainWeights } from "./plain.js";
import {
  drawnAt,
  eachDraw,
  isArray,
  isComputedFromOutputs,
  isSet,
  isVariable,
  isWeight,
  type LayerParameter,
  lastDraw,
  type Remark,
  type Rule,
  roleIn,
  weightName,
} from "./rule.js";

/** Beyond this factor on the variance a layer alone saturates what follows. */
const TOO_LARGE = 16;
/** Small weights are often meant (normalisation or a residual stream follows), so only tiny ones are told. */
const TOO_SMALL = 1 / 100;
/** A scheme made for another activation is told from this factor on the variance. */
const WRONG_SCHEME = 1.2;

const RECTIFIERS = new Set([
  "relu",
  "leaky_relu",
  "prelu",
  "relu6",
  "elu",
  "gelu",
  "gelu_tanh",
  "silu",
  "mish",
]);

/**
 * How far an explicitly drawn weight is from what its activation asks for; `null` where that is not known, or where
 * a norm takes the sums, whatever their size.
 */
function factorOf(
  parameter: LayerParameter,
  layer: Layer,
  activation: string | null = layer.activation,
): number | null {
  return isSet(parameter, layer) && !layer.isNormalized ? factorAtAll(parameter, layer, activation) : null;
}

/** The same of whatever is drawn, the framework's default included. */
function factorAtAll(parameter: LayerParameter, layer: Layer, activation: string | null): number | null {
  if (!isWeight(parameter)) return null;
  const { current } = parameter;
  // Zeros and identities are deliberate, and say nothing about a scale.
  if (current.kind === "constant" || current.kind === "identity" || current.kind === "unknown") return null;
  const role = roleIn(parameter, layer);
  if (role !== "hidden" && role !== "depthwise" && role !== "transposed_convolution") return null;
  const { framework, slope } = layer;
  const { effectiveFanIn, effectiveFanOut, shape } = parameter;
  const a = slope === undefined ? {} : { a: slope };
  const wanted = recommend({ role, activation, ...a, framework, effectiveFanIn, effectiveFanOut, shape });
  return wanted && varianceFactor(current, wanted.distribution);
}

function isExtreme(factor: number): boolean {
  return factor >= TOO_LARGE || factor <= TOO_SMALL;
}

/** Fan-in times the variance: Glorot's largest, 4² for the logistic function, gives at most half of it. */
const TOO_LARGE_FOR_ALL = 64;

/** An array of a program's own that makes its outputs too large whatever activation follows. */
function tooLargeForAll(parameter: LayerParameter, layer: Layer): string | null {
  const { current, effectiveFanIn: fan } = parameter;
  if (layer.isNormalized) return null;
  if (!(isArray(layer) || isVariable(layer)) || !isWeight(parameter) || typeof fan !== "number") return null;
  if (isArray(layer) && roleOf({ layer: layer.class, parameter: parameter.name }) !== "hidden") return null;
  const [centre, spread] = [mean(current), std(current)];
  if (centre !== 0 || spread === null || fan * spread ** 2 < TOO_LARGE_FOR_ALL) return null;
  return `${weightName(parameter, layer)} is drawn from ${describe(current)}: with ${fan} inputs of size 1 its outputs have std ${formatNumber(spread * Math.sqrt(fan), 3)}, more than any activation can use; a std of ${formatNumber(Math.sqrt(2 / fan))} suits ReLU.`;
}

/** Weights so large that the activations grow by a large factor at this layer. */
const tooLarge = eachDraw((parameter, layer) => {
  if (layer.activation === null) return tooLargeForAll(parameter, layer);
  // Who asks for fan-out wants the gradients to keep their size.
  if (isForGradients(parameter) || isHeOfOutputs(parameter)) return null;
  const factor = factorOf(parameter, layer);
  if (factor === null) return tooLargeForAll(parameter, layer);
  return factor < TOO_LARGE ? null : scaleMessage(parameter, layer, factor);
});

/** Before a sum, a gate or the output small weights are meant; before a softmax they start it even. */
const isMeantSmall = ({ activation }: Layer): boolean =>
  activation === null || /^(linear|(log_?)?softmax)$/.test(activation);

/** Weights so small that the activations shrink by as much. */
const tooSmall = eachDraw((parameter, layer) => {
  const factor = isMeantSmall(layer) ? null : factorOf(parameter, layer);
  return factor === null || factor > TOO_SMALL ? null : scaleMessage(parameter, layer, factor);
});

function scaleMessage(parameter: LayerParameter, layer: Layer, factor: number): string {
  const change = factor > 1 ? "grows" : "shrinks";
  const inputs = `${parameter.effectiveFanIn} inputs`;
  const need =
    layer.activation === "linear" ? `suits ${inputs}` : `${layer.activation} needs after ${inputs}`;
  return `${weightName(parameter, layer)} is drawn from ${describe(parameter.current)}: ${describeFactor(factor)} that ${need}, so the signal ${change} ${formatNumber(Math.sqrt(factor > 1 ? factor : 1 / factor), 3)} times here. A std of ${stdWanted(parameter, factor)} keeps its size.`;
}

/** The std that a weight should have whose mean square is `factor` times too large. */
const stdWanted = ({ current }: LayerParameter, factor: number): string =>
  formatNumber((rootMeanSquare(current) ?? 0) / Math.sqrt(factor), 3);

/**
 * Weights of a size that the layer cannot use. One std for all layers is a habit of whole families of models:
 * where it suits others that the same call draws, the layers of few inputs are left alone.
 */
function wrongScale(analysis: Analysis): readonly Remark[] {
  const small = tooSmall(analysis);
  if (small.length === 0) return tooLarge(analysis);
  const suited = new Set(
    analysis.layers.flatMap((layer) =>
      layer.parameters.flatMap((parameter) => {
        // Which activation follows matters little beside a factor of a hundred.
        const factor = factorOf(parameter, layer, layer.activation ?? "relu");
        const place = drawnAt(parameter, analysis.file);
        return factor === null || factor <= TOO_SMALL || place === null ? [] : [siteKey(place)];
      }),
    ),
  );
  return [...tooLarge(analysis), ...small.filter(({ site }) => !suited.has(siteKey(site)))];
}

/** What `calculate_gain` gives for activations that no scheme has in its name. */
const GAINS: readonly (readonly [activation: string, gain: number])[] = [
  ["tanh", 5 / 3],
  ["selu", 3 / 4],
];

/** An activation that the call itself was told, and that the scheme's name does not say. */
interface Told {
  readonly activation: string;
  readonly slope?: number;
}

function toldTo(parameter: LayerParameter): Told | null {
  const { op = "", args = {} } = lastDraw(parameter) ?? {};
  const { nonlinearity, a, gain } = args;
  if (op.startsWith("xavier_")) {
    const [activation] =
      GAINS.find((row) => typeof gain === "number" && Math.abs(gain - row[1]) < 1e-6) ?? [];
    return activation === undefined ? null : { activation };
  }
  if (!op.startsWith("kaiming_")) return null;
  if (nonlinearity === "leaky_relu" && typeof a === "number") return { activation: nonlinearity, slope: a };
  return GAINS.some(([activation]) => activation === nonlinearity)
    ? { activation: String(nonlinearity) }
    : null;
}

function isForGradients(parameter: LayerParameter): boolean {
  const { op = "", args = {} } = lastDraw(parameter) ?? {};
  return args.mode === "fan_out" || (!/^(xavier|kaiming)_/.test(op) && isComputedFromOutputs(parameter));
}

/** He's variance `2 / n` with `n` the outputs, under any law; truncated ones are within a thousandth of it. */
const isHeOfOutputs = ({ current, fanOut }: LayerParameter): boolean =>
  mean(current) === 0 && typeof fanOut === "number" && Math.abs((std(current) ?? 0) ** 2 * fanOut - 2) < 2e-3;

/** Glorot or LeCun before a rectifier, He before tanh: the right idea for another activation. */
const schemeAgainstActivation = eachDraw((parameter, layer) => {
  const activation = layer.activation && activationName(layer.activation);
  const factor = factorOf(parameter, layer);
  if (!activation || factor === null || (factor < WRONG_SCHEME && factor > 1 / WRONG_SCHEME)) return null;
  if (isExtreme(factor)) return null;
  const size = `the signal keeps its size with a std of ${stdWanted(parameter, factor)}, and this is ${formatNumber(std(parameter.current) ?? 0, 3)}`;
  const told = toldTo(parameter);
  if (told?.slope !== undefined && activation === "leaky_relu" && layer.slope !== undefined)
    return `${weightName(parameter, layer)} is drawn for a leaky ReLU of slope ${formatNumber(told.slope)}, but one of slope ${formatNumber(layer.slope)} follows: ${size}.`;
  if (told !== null && told.slope === undefined && told.activation !== activation)
    return `${weightName(parameter, layer)} is drawn for ${told.activation}, but ${layer.activation} follows: ${size}.`;
  // Who counts the outputs wants the gradients to keep their size; He's variance is LeCun's where they are twice the inputs.
  if (isForGradients(parameter)) return null;
  const nearest = nearestScheme(parameter.current, { fanIn: parameter.fanIn, fanOut: parameter.fanOut });
  if (nearest?.factor !== 1 || nearest.scheme === "torch_default") return null;
  const forOthers = RECTIFIERS.has(activation) ? /^(glorot|lecun)/ : /^he_/;
  // Where no activation follows, twice the variance is a matter of taste.
  if (activation === "selu" || activation === "linear" || !forOthers.test(nearest.scheme)) return null;
  return `${weightName(parameter, layer)} is ${nearest.text}, but ${layer.activation} follows: ${size}.`;
});

/** SELU normalises itself only with variance 1/fan-in; torch's own gain for it is 3/4. */
const seluScale = eachDraw((parameter, layer) => {
  if (layer.isNormalized || layer.activation === null) return null;
  if (activationName(layer.activation) !== "selu") return null;
  const factor = factorAtAll(parameter, layer, layer.activation);
  if (factor === null || Math.abs(factor - 1) < 0.05) return null;
  const torch = layer.framework === "torch" && Math.abs(factor - 9 / 16) < 1e-6;
  const hint = torch ? " torch's gain for selu is 3/4; use nonlinearity='linear'." : "";
  return `${weightName(parameter, layer)} has std ${formatNumber(std(parameter.current)!)}, but SELU keeps mean 0 and variance 1 only with std ${formatNumber(1 / Math.sqrt(parameter.effectiveFanIn as number))} = 1/√${parameter.effectiveFanIn} (LeCun normal).${hint}`;
});

/** Weights too large, too small, or drawn for another activation. */
export const SCALE_RULES: readonly Rule[] = [
  {
    code: "IL003",
    severity: "warning",
    title: "wrong scale",
    why: "The variance of a layer's outputs is fan-in times the mean square of its weights. Sixteen times too much at one layer saturates what follows, a hundredth silences it, and it multiplies over layers. Use the recommended variance, gain²/fan-in. Arrays count as weights where their names say so and a bias or a next matrix fits them.",
    found: "W = np.random.randn(784, 128)\nb = np.zeros(128)",
    fine: "W = np.random.randn(784, 128) * np.sqrt(2 / 784)  # before ReLU",
    history: [
      {
        issue: "aiUIUC/pyAIUtils#25",
        what: "a std was passed in the place of the mean, so the weights had std 1",
      },
    ],
    find: ofPlainWeights(wrongScale),
  },
  {
    code: "IL004",
    severity: "information",
    title: "scheme made for another activation",
    why: "Glorot's and LeCun's schemes keep the signal through linear and tanh-like activations; ReLU and its kin lose half of it at every layer unless the variance is doubled (He et al., 2015). He's scheme before tanh saturates it, and so does a nonlinearity named to kaiming_* that is not the one that follows.",
    found: "nn.init.xavier_uniform_(self.fc.weight)  # before ReLU",
    fine: 'nn.init.kaiming_uniform_(self.fc.weight, nonlinearity="relu")  # before ReLU',
    history: [
      { issue: "williamleif/GraphSAGE#195", what: "dense layers before ReLU kept Xavier's scheme" },
      {
        issue: "vballoli/nfnets-pytorch#30",
        what: "kaiming_normal_ was told relu, and scaled activations follow that need a gain of 1",
      },
    ],
    find: ofPlainWeights(schemeAgainstActivation),
  },
  {
    code: "IL005",
    severity: "warning",
    title: "SELU without LeCun normal",
    why: "SELU's two constants are computed for weights of variance 1/fan-in; with another variance the activations do not settle at mean 0 and variance 1 (Klambauer et al., 2017). torch's calculate_gain('selu') is 3/4, found by experiment, not 1.",
    found: 'nn.init.kaiming_normal_(self.fc.weight, nonlinearity="selu")',
    fine: 'nn.init.kaiming_normal_(self.fc.weight, nonlinearity="linear")',
    history: [
      {
        issue: "pytorch/pytorch#53694",
        what: "the gain 3/4 for SELU is outside the range the paper proves stable",
      },
    ],
    find: ofPlainWeights(seluScale),
  },
];
