import type { Analysis, Dim, Layer, Shape } from "../../types.js";
import { biasesOf, isBias, lengthOf, type Order, orderBy, orderOfAxes } from "../orientation.js";
import { isArray, isBare, isVariable, type LayerParameter, type Rule } from "./rule.js";

/** Names that programs give to the matrices and kernels of their networks: `W`, `W1`, `Wxh`, `weights_ih`, `kernel`. */
const MATRIX = /^(w|weights?|kernels?)(\d*|[._].*|[a-z]{1,2})$/i;
/** Names of what is added to a sum: `b`, `b1`, `bh`, `bias_h`. */
const VECTOR = /^(b|bias(es)?)(\d*|[._].*|[a-z])$/i;
/** Names of parameters in modules, where a layer's name goes before: `fc1_weight`. */
const PARAMETER = /_(weight|kernel|bias)$/i;
/** Names of the two factors of a matrix of low rank. */
const LOW_RANK = /(^|_)lora(_|$)/i;
/** Rows that are looked up: `wte`, `W_E`, `weights_embedding`. */
const LOOKED_UP = /^w(e|te|pe)$|_(e|emb\w*|pos\w*|tok\w*|vocab\w*)$/i;
/** The weights that data was made with are an answer to find, and nothing that learns. */
const ANSWER = /(^|_)(true|truth|real|gt|star|target|teacher|opt|optimal)(_|\d|$)/i;

/**
 * The rule for what is plainly a weight. Arrays and bare parameters hold data, masks, queries and positions
 * too, so they are left alone unless their name is a weight's, or a model was seen to use them as one; an array
 * needs also another one beside it that fits it: its bias, or a matrix that takes what it gives.
 */
export function ofPlainWeights(find: Rule["find"]): Rule["find"] {
  return (analysis) => find({ ...analysis, layers: plainLayers(analysis) });
}

function plainLayers({ layers }: Analysis): readonly Layer[] {
  const arrays = layers.filter((layer) => isArray(layer) || isVariable(layer)).map(arrayOf);
  const pairs = biasesOf(arrays);
  const order = orderOfAxes(arrays);
  const isContradictory = order === null && [...pairs].some(([matrix, bias]) => orderBy(bias, matrix));
  const isPlain = (layer: Layer): boolean => {
    const place = arrays.findIndex((one) => one.layer === layer);
    const array = arrays[place]!;
    if (isOther(layer.name)) return false;
    if (isBias(array)) return [...pairs].some(([matrix, bias]) => bias === array && fits(bias, matrix));
    if (isContradictory) return false;
    const bias = pairs.get(array);
    if (bias !== undefined) return fits(bias, array);
    return (
      MATRIX.test(layer.name) && (isChain(layer) || hasNeighbour(arrays, place, order ?? "inputs first"))
    );
  };
  return layers.filter((layer) => {
    if (isArray(layer)) return isPlain(layer);
    // A variable learns, so a bias's name is enough for one.
    if (isVariable(layer) && !isVectorName(layer.name)) return isPlain(layer);
    const { name, activation, isComputedFrom } = layer;
    if (isComputedFrom) return false;
    const isWeightByName = PARAMETER.test(name) || LOW_RANK.test(name) || isNamed(name);
    return !isBare(layer) || isWeightByName || activation !== null;
  });
}

/** A matrix of which it is known which axis is summed over. */
export interface OrientedWeight {
  readonly layer: Layer;
  readonly parameter: LayerParameter;
  readonly inputs: number;
  readonly outputs: number;
}

/** The arrays of a program that are plainly matrices, where their biases or their use say which axis is which. */
export function orientedWeights(layers: readonly Layer[]): readonly OrientedWeight[] {
  const arrays = layers
    .filter((layer) => (isArray(layer) || isVariable(layer)) && isNamed(layer.name))
    .map(arrayOf);
  const order = orderOfAxes(arrays);
  const biases = biasesOf(arrays);
  return arrays.flatMap((matrix) => {
    const [parameter] = matrix.layer.parameters;
    const [first, last] = matrix.shape;
    if (!parameter || matrix.shape.length !== 2 || typeof first !== "number" || typeof last !== "number")
      return [];
    const bias = biases.get(matrix);
    const isSaid = order !== null && bias !== undefined && orderBy(bias, matrix) !== null;
    // What follows is only known of a matrix that was seen to be multiplied with its inputs.
    if (!isSaid && matrix.layer.activation === null) return [];
    const isTurned = isSaid ? order === "outputs first" : parameter.fanIn === last;
    const [inputs, outputs] = isTurned ? [last, first] : [first, last];
    return [{ layer: matrix.layer, parameter, inputs, outputs }];
  });
}

/** Whether a variable is called as biases are. */
export const isVectorName = (name: string): boolean => VECTOR.test(name) && !isOther(name);

const isNamed = (name: string): boolean => (MATRIX.test(name) || VECTOR.test(name)) && !isOther(name);

const isOther = (name: string): boolean => ANSWER.test(name) || LOOKED_UP.test(name);

interface ArrayLayer {
  readonly layer: Layer;
  readonly name: string;
  readonly shape: Shape;
}

const arrayOf = (layer: Layer): ArrayLayer => ({
  layer,
  name: layer.name,
  shape: layer.parameters[0]?.shape ?? [],
});

const fits = (bias: ArrayLayer, { shape }: ArrayLayer): boolean =>
  shape.some((dim) => isSame(lengthOf(bias), dim));

/** Whether another matrix takes what this one gives, or gives what it takes. */
function hasNeighbour(arrays: readonly ArrayLayer[], place: number, order: Order): boolean {
  const [inputs, outputs] = order === "inputs first" ? [0, -1] : [-1, 0];
  return arrays.some((other, at) => {
    const [before, after] = at < place ? [other, arrays[place]!] : [arrays[place]!, other];
    return (
      at !== place &&
      other.shape.length > 1 &&
      MATRIX.test(other.name) &&
      !isOther(other.name) &&
      isSame(before.shape.at(outputs), after.shape.at(inputs))
    );
  });
}

/** Whether one call makes arrays of a chain in turn, each as long as the one before is wide, or by a row for a bias longer. */
export const isChain = ({ variants = [] }: Layer): boolean =>
  variants.some((one) =>
    variants.some(
      (other) => one !== other && [0, 1].some((row) => isLonger(other.shape[0], one.shape.at(-1), row)),
    ),
  );

const isLonger = (one: Dim | undefined, other: Dim | undefined, by: number): boolean =>
  typeof one === "number" && typeof other === "number" && one === other + by;

const isSame = (one: Dim | undefined, other: Dim | undefined): boolean =>
  one !== undefined && one !== null && one === other;
