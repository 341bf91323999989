import { lasting } from "../../sameness.js";
import type { Analysis, Dim, Layer } from "../../types.js";
import { isArray, isBare, type LayerParameter, type Rule } from "./rule.js";

/** Names that programs give to the matrices and kernels of their networks: `W`, `W1`, `Wxh`, `weights_ih`, `kernel`. */
const MATRIX = /^(w|weights?|kernels?)(\d*|_.*|[a-z]{1,2})$/i;
/** Names of what is added to a sum: `b`, `b1`, `bh`, `bias_h`. */
const VECTOR = /^(b|bias(es)?)(\d*|_.*|[a-z])$/i;
/** Names of parameters in modules, where a layer's name goes before: `fc1_weight`. */
const PARAMETER = /_(weight|kernel|bias)$/i;
/** Rows that are looked up: `wte`, `W_E`, `weights_embedding`. */
const LOOKED_UP = /^w(e|te|pe)$|_(e|emb\w*|pos\w*|tok\w*|vocab\w*)$/i;
/** The weights that data was made with are an answer to find, and nothing that learns. */
const ANSWER = /(^|_)(true|truth|real|gt|star|target|teacher|opt|optimal)(_|\d|$)/i;

/**
 * The rule for what is plainly a weight. Arrays and bare parameters hold data, masks, queries and positions
 * too, so they are left alone unless their name is a weight's; an array needs also another one beside it that
 * fits it: its bias, or a matrix that takes what it gives.
 */
export function ofPlainWeights(find: Rule["find"]): Rule["find"] {
  return (analysis) => find({ ...analysis, layers: plainLayers(analysis) });
}

function plainLayers({ layers }: Analysis): readonly Layer[] {
  const arrays = layers.filter(isArray).map(read);
  // Whoever writes one matrix as outputs by inputs writes them all so, and the fans of none are known.
  const areInputsFirst = !arrays.some((one) =>
    arrays.some((other) => isBiasOf(other, one) && isOutputsFirst(other, one)),
  );
  return layers.filter((layer) => {
    if (isArray(layer)) return isPlain(read(layer), arrays, areInputsFirst);
    return !isBare(layer) || PARAMETER.test(layer.name) || isNamed(layer.name);
  });
}

/** A matrix of which it is known which axis is summed over. */
export interface OrientedWeight {
  readonly layer: Layer;
  readonly parameter: LayerParameter;
  readonly inputs: number;
  readonly outputs: number;
}

/** The arrays of a program that are plainly matrices, where their biases agree on which axis is which. */
export function orientedWeights(layers: readonly Layer[]): readonly OrientedWeight[] {
  const arrays = layers.filter(isArray).map(read);
  const oriented = arrays.flatMap((matrix) => {
    const bias = arrays.find((one) => isBiasOf(one, matrix) && fits(one, matrix));
    const [first, last] = matrix.sizes;
    if (bias === undefined || matrix.sizes.length !== 2 || first === last) return [];
    if (typeof first !== "number" || typeof last !== "number") return [];
    const isFlipped = isOutputsFirst(bias, matrix);
    const [inputs, outputs] = isFlipped ? [last, first] : [first, last];
    return [{ layer: matrix.layer, parameter: matrix.layer.parameters[0]!, inputs, outputs, isFlipped }];
  });
  return new Set(oriented.map(({ isFlipped }) => isFlipped)).size === 1 ? oriented : [];
}

const isNamed = (name: string): boolean =>
  (MATRIX.test(name) || VECTOR.test(name)) && !ANSWER.test(name) && !LOOKED_UP.test(name);

/** What an array's name and shape say of it. */
interface Reading {
  readonly layer: Layer;
  readonly kind: "matrix" | "vector" | null;
  /** What comes after `W` or `b` in its name. */
  readonly suffix: string;
  /** Its sizes other than 1, with those that are not known. */
  readonly sizes: readonly Dim[];
}

const read = lasting((layer: Layer): Reading => {
  const { name, parameters } = layer;
  const sizes = (parameters[0]?.shape ?? []).filter((dim) => dim !== 1);
  if (!isNamed(name) || sizes.length === 0) return { layer, kind: null, suffix: "", sizes };
  const vector = VECTOR.exec(name)?.[3];
  if (vector !== undefined)
    return { layer, kind: sizes.length === 1 ? "vector" : null, suffix: vector, sizes };
  return { layer, kind: sizes.length > 1 ? "matrix" : null, suffix: MATRIX.exec(name)?.[2] ?? "", sizes };
});

function isPlain(array: Reading, arrays: readonly Reading[], areInputsFirst: boolean): boolean {
  if (array.kind === "vector") return arrays.some((one) => isBiasOf(array, one) && fits(array, one));
  if (array.kind === null || !areInputsFirst) return false;
  const bias = arrays.find((one) => isBiasOf(one, array));
  if (bias !== undefined) return fits(bias, array);
  const place = arrays.indexOf(array);
  return arrays.some((other, at) => {
    const [before, after] = at < place ? [other, array] : [array, other];
    return at !== place && other.kind === "matrix" && isSame(before.sizes.at(-1), after.sizes[0]);
  });
}

/** By their names: `b1` of `W1`, `bh` of `Wxh`. */
const isBiasOf = (one: Reading, matrix: Reading): boolean =>
  one.kind === "vector" &&
  matrix.kind === "matrix" &&
  one.layer.framework === matrix.layer.framework &&
  (one.suffix === matrix.suffix || /^[a-z]{2}$/i.test(matrix.suffix)) &&
  matrix.suffix.endsWith(one.suffix);

const fits = ({ sizes: [size] }: Reading, matrix: Reading): boolean =>
  matrix.sizes.some((dim) => isSame(size, dim));

/** Whether a bias as long as the first axis shows that the matrix is multiplied from the left. */
const isOutputsFirst = ({ sizes: [size] }: Reading, { sizes }: Reading): boolean =>
  sizes.length === 2 && isSame(size, sizes[0]) && !isSame(size, sizes[1]);

const isSame = (one: Dim | undefined, other: Dim | undefined): boolean =>
  one !== undefined && one !== null && one === other;
