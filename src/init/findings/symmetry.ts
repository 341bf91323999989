import { lasting } from "../../sameness.js";
import { isTest } from "../../testFiles.js";
import type { Analysis, Dim, Layer, Shape } from "../../types.js";
import { describe, formatNumber, mean, rootMeanSquare, std } from "../distributions.js";
import { isChain, isVectorName, ofPlainWeights } from "./plain.js";
import {
  eachDraw,
  isArray,
  isBare,
  isGivenLater,
  isSet,
  isWeight,
  type LayerParameter,
  type Remark,
  type Rule,
  roleIn,
  weightName,
} from "./rule.js";

/**
 * Hidden units that all stay alike: two weights that follow each other, the outputs of one being the inputs
 * of the next, have one value everywhere each. One constant layer among random ones still learns, and layers
 * of zeros (heads, last weights of residual branches, zero convolutions) are meant, also side by side; tests take
 * constants to know what comes out.
 */
function constantWeights({ file, layers }: Analysis): readonly Remark[] {
  if (isTest(file)) return [];
  const weights = layers.flatMap(summed);
  // Whoever writes out all of a network's arrays means them to follow each other; layers may stand anywhere.
  const areAllConstant = weights.every(({ value }) => value !== null);
  const isWrittenOut = areAllConstant && weights.every(({ layer }) => isArray(layer));
  const areConstant = (one: Summed, next: Summed): boolean =>
    one.value !== null &&
    next.value !== null &&
    (isWrittenOut || one.value !== 0 || next.value !== 0 || isOneChain(one, next, areAllConstant));
  const areJoined = (one: Summed | undefined, next: Summed | undefined): boolean =>
    one !== undefined && next !== undefined && follows(one, next) && areConstant(one, next);
  return weights.flatMap((weight, place) => {
    const { layer, parameter, value } = weight;
    if (value === null || !isWeight(parameter)) return [];
    const [before, after] = [weights[place - 1], weights[place + 1]];
    const factor = [before, after].find((other) => other !== undefined && areFactors(weight, other));
    if (factor !== undefined) return [{ message: saysFactors(weight, factor), site: layer.site }];
    const isJoined =
      areJoined(before, weight) ||
      areJoined(weight, after) ||
      (isWrittenOut ? isChain(layer) : areAllConstant && !isArray(layer) && isConstantChain(layer));
    if (!isJoined) return [];
    const message = `All values of ${weightName(parameter, layer)} are ${value}, and the layer beside it is constant too: all units compute the same, get the same gradient and stay alike. Draw the weights at random.`;
    return [{ message, site: layer.site }];
  });
}

interface Placed {
  readonly layer: Layer;
  readonly parameter: LayerParameter;
}

interface Summed extends Placed {
  readonly value: number | null;
}

/**
 * Items of one container, or sizes that no two layers side by side would have: two squares say nothing of an order.
 * Where all is constant one such size is enough. Among layers that are drawn, zeros end a residual branch or a
 * model, whatever is made next, unless an activation is seen to follow.
 */
function isOneChain(one: Placed, next: Placed, areAllConstant: boolean): boolean {
  const squares = [one, next].filter(isSquare).length;
  const { activation } = one.layer;
  const isActivated = activation !== null && activation !== "linear";
  // Layers that a program appends to several lists have no names either.
  if (one.layer.name === "" && next.layer.name === "") return squares < 2 || isActivated;
  return areAllConstant ? squares < 2 : squares < 1 && isActivated;
}

/**
 * Two parameters of 0 side by side that are the factors of one matrix of low rank: the gradient of each is a
 * product with the other.
 */
function areFactors(one: Summed, next: Summed): boolean {
  if (one.value !== 0 || next.value !== 0 || !isBare(one.layer) || !isBare(next.layer)) return false;
  const [first, second] = [one, next].map(({ parameter }) => parameter.shape);
  if (first?.length !== 2 || second?.length !== 2) return false;
  const inner = [first, second].map((shape) =>
    Math.min(...shape.map((dim) => (typeof dim === "number" ? dim : 0))),
  );
  const [rank, other] = inner as [number, number];
  const isThin = (shape: readonly Dim[]): boolean =>
    shape.some((dim) => typeof dim === "number" && dim > rank);
  return (
    rank > 0 &&
    rank === other &&
    isThin(first) &&
    isThin(second) &&
    first.indexOf(rank) !== second.indexOf(rank)
  );
}

const saysFactors = (one: Summed, other: Summed): string =>
  `${weightName(one.parameter, one.layer)} and ${weightName(other.parameter, other.layer)} are both 0: the gradient of each is a product with the other, so neither ever changes. Draw one of them at random.`;

/** Whether one call makes layers of constants in turn, of which one takes what another gives. */
const isConstantChain = ({ framework, variants = [] }: Layer): boolean => {
  const constant = variants
    .filter((one) => one.constant !== undefined)
    .map(({ shape }) => sizesOf(framework, shape));
  return constant.some(({ outputs }, place) =>
    constant.some(({ inputs }, other) => other !== place && typeof inputs === "number" && inputs === outputs),
  );
};

function isSquare(weight: Placed): boolean {
  const { inputs, outputs } = sizes(weight);
  return inputs === outputs;
}

/** A layer's weights that sum over inputs, and the constant that each is. */
const summed = lasting((layer: Layer) =>
  layer.parameters
    .filter((parameter) => isSummed(parameter, layer) || isOneUnit(parameter, layer))
    .map((parameter) => ({ layer, parameter, value: chosenConstant(parameter, layer) })),
);

/** Whether the units of one may be the inputs of the other: as many, more than one, in one framework. */
function follows(one: Placed, other: Placed): boolean {
  const units = sizes(one).outputs;
  return (
    one.layer !== other.layer &&
    one.layer.framework === other.layer.framework &&
    units !== 1 &&
    units !== null &&
    units === sizes(other).inputs
  );
}

interface Sizes {
  readonly inputs: Dim;
  readonly outputs: Dim;
}

/** Of an array of more than two axes nobody says which are which. */
function sizes({ layer, parameter: { shape, fanIn, fanOut } }: Placed): Sizes {
  if (!isArray(layer)) return sizesOf(layer.framework, shape);
  return shape.length > 2 ? { inputs: null, outputs: null } : { inputs: fanIn, outputs: fanOut };
}

/** Torch and Caffe keep outputs before inputs, all others put them last. */
function sizesOf(framework: Layer["framework"], shape: Shape): Sizes {
  const isOutputsFirst = ["torch", "torch7", "caffe"].includes(framework);
  const [outputs, inputs] = isOutputsFirst ? [shape[0], shape[1]] : [shape.at(-1), shape.at(-2)];
  return { inputs: inputs ?? null, outputs: outputs ?? null };
}

function chosenConstant(parameter: LayerParameter, layer: Layer): number | null {
  return isGivenLater(parameter, layer) ? null : constantValue(parameter);
}

function constantValue({ current }: LayerParameter): number | null {
  return current.kind === "constant" ? current.value : null;
}

/** A weight that sums over inputs; looked-up rows and norm scales are something else. */
const isSummed = (parameter: LayerParameter, layer: Layer): boolean =>
  isWeight(parameter) && isOfSums(parameter, layer);

/** A matrix of one unit, which ends a chain. */
const isOneUnit = (parameter: LayerParameter, layer: Layer): boolean =>
  parameter.shape.length === 2 && parameter.shape.includes(1) && isOfSums(parameter, layer);

function isOfSums(parameter: LayerParameter, layer: Layer): boolean {
  const role = roleIn(parameter, layer);
  // The entries of a list of parameters stand side by side.
  return !/^\d+$/.test(parameter.name) && role !== "embedding" && role !== "norm_scale" && role !== "bias";
}

/** Means that move a unit by less, with inputs of size 1, are a start, as that of a gate just above its middle. */
const HARMLESS = 0.25;

/** Weights of one sign, as `np.random.rand` draws them: the mean is added once for every input. */
const shiftedWeights = eachDraw((parameter, layer) => {
  const { current, effectiveFanIn: fan } = parameter;
  if (!isSummed(parameter, layer) || !isSet(parameter, layer)) return null;
  // A layer whose inputs nobody knows has more than a few; which axis of an array is summed over is another matter.
  const isOpen = typeof fan !== "number" && !isArray(layer) && !isBare(layer);
  if (!isOpen && (typeof fan !== "number" || fan < 8)) return null;
  const [centre, spread] = [mean(current), std(current)];
  if (centre === null || spread === null || spread === 0 || current.kind === "identity") return null;
  // Below a tenth of the spread the sum of the means stays below the spread of the sum up to fan-in 100.
  if (Math.abs(centre) < 0.5 * spread) return null;
  if (typeof fan === "number" && Math.abs(centre) * fan < HARMLESS) return null;
  const each = (centre * centre) / (spread * spread);
  // Over which axes a parameter without a layer is summed only two axes say.
  const inputs = typeof fan === "number" && !(isBare(layer) && parameter.shape.length > 2) ? fan : null;
  const sum = inputs === null ? "for each input" : `with ${inputs} inputs`;
  return `${weightName(parameter, layer)} is drawn from ${describe(current)}, whose mean is ${formatNumber(centre)}, not 0: ${sum} the mean adds ${formatNumber(each * (inputs ?? 1), 3)} times the variance of the random part. Draw around 0.`;
});

/** An initializer given to one layer alone, before no activation: outputs that are spread on purpose, as the means of a mixture. */
const mayBeMeant = (layer: Layer): boolean =>
  /^(keras|flax)$/.test(layer.framework) &&
  !isBare(layer) &&
  (layer.activation === null || layer.activation === "linear");

/** Rows that attention looks up by distance, and that programs call biases. */
const TABLE = /relative|position|rel_?pos/i;

/** How uncertain a bias is, where its law is learnt: `bias_rho`. */
const SPREAD = /rho|sigma|log_?(var|std|scale)|_(std|var|scale)/i;

/** A bias as large as the signal itself. That of a single unit only moves what is predicted. */
const largeBias = eachDraw((parameter, layer) => {
  // A bare variable has the framework's name, and the layer the program's.
  const names = isBare(layer) && isVectorName(layer.name);
  const isBias = names || roleIn(parameter, layer) === "bias";
  const isOne = parameter.shape.every((dim) => dim === 1);
  const called = weightName(parameter, layer);
  if (SPREAD.test(called) || (isWeight(parameter) && TABLE.test(called))) return null;
  if (!isBias || isOne || !isSet(parameter, layer) || mayBeMeant(layer)) return null;
  if (parameter.current.kind === "constant") return null;
  const size = rootMeanSquare(parameter.current);
  if (size === null || size < 0.5) return null;
  return `${called} is drawn from ${describe(parameter.current)}, as large as the signal it is added to; start biases at 0.`;
});

/** Layers whose units all stay alike. */
export const alikeUnits: Rule["find"] = ofPlainWeights(constantWeights);

/** Weights and biases that start alike, or to one side. */
export const SYMMETRY_RULES: readonly Rule[] = [
  {
    code: "IL002",
    severity: "warning",
    title: "constant weights never break symmetry",
    why: "Where two layers that follow each other have the same value everywhere, all hidden units compute the same and get the same gradient, so the layer acts as one unit for ever. Draw them at random. Reported where every weight of the file is constant, or two whose sizes say that one follows the other; zeros are often meant (the last layer of a residual branch, zero convolutions), so square layers of zeros are only told as items of one container.",
    found: "W1 = np.zeros((784, 128))\nW2 = np.zeros((128, 10))",
    fine: "W1 = np.random.randn(784, 128) * np.sqrt(2 / 784)\nW2 = np.zeros((128, 10))",
    history: [
      {
        issue: "yz93/LAVT-RIS#25",
        what: "both weights of a gate were set to 0, so the first never got a gradient",
      },
      {
        issue: "nvidia-cosmos/cosmos-predict2.5#15",
        what: "both factors of each adapter were 0, so nothing was trained",
      },
    ],
    find: alikeUnits,
  },
  {
    code: "IL009",
    severity: "warning",
    title: "weights with a mean that is not 0",
    why: "`np.random.rand` and `torch.rand` draw from 0 to 1. A mean common to all weights of a unit adds up over its inputs and soon dwarfs what the random part carries. Subtract the mean, or draw from a symmetric distribution. Arrays count as weights where their names say so and a bias or a next matrix fits them.",
    found: "W = np.random.rand(784, 128) * 0.01\nb = np.zeros(128)",
    fine: "W = (np.random.rand(784, 128) - 0.5) * 0.02",
    history: [
      { issue: "AdaptInfer/Contextualized#33", what: "parameters from torch.rand made training unstable" },
      { issue: "d2l-ai/d2l-en#2125", what: "a recurrent weight was drawn with rand instead of randn" },
    ],
    find: ofPlainWeights(shiftedWeights),
  },
  {
    code: "IL010",
    severity: "warning",
    title: "bias drawn large",
    why: "A bias drawn as large as the signal moves units far into one side of their activation before anything is learnt. Weights already differ, so biases can start at 0.",
    found: "nn.init.normal_(self.fc.bias)",
    fine: "nn.init.zeros_(self.fc.bias)",
    history: [
      {
        issue: "facebookresearch/dlrm#358",
        what: "biases drawn large and negative left ReLUs dead from the start",
      },
    ],
    find: ofPlainWeights(largeBias),
  },
];
