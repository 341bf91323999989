import { lasting } from "../../sameness.js";
import type { Analysis, Dim, Layer } from "../../types.js";
import { isArray, isBare, type Rule } from "./rule.js";

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
  return layers.filter((layer) => {
    if (isArray(layer)) return arrays.some((other) => belongTogether(read(layer), other));
    return !isBare(layer) || isNamed(layer) || PARAMETER.test(layer.name);
  });
}

const isNamed = ({ name }: Layer): boolean =>
  (MATRIX.test(name) || VECTOR.test(name)) && !ANSWER.test(name) && !LOOKED_UP.test(name);

/** What an array's name and shape say of it. */
interface Reading {
  readonly layer: Layer;
  readonly kind: "matrix" | "vector" | null;
  /** Its sizes other than 1, with those that are not known. */
  readonly sizes: readonly Dim[];
}

const read = lasting((layer: Layer): Reading => {
  const sizes = (layer.parameters[0]?.shape ?? []).filter((dim) => dim !== 1);
  if (!isNamed(layer)) return { layer, kind: null, sizes };
  if (VECTOR.test(layer.name)) return { layer, kind: sizes.length === 1 ? "vector" : null, sizes };
  return { layer, kind: sizes.length > 1 ? "matrix" : null, sizes };
});

/** A matrix and its bias, or two matrices of which one takes what the other gives. */
function belongTogether(one: Reading, other: Reading): boolean {
  if (one.layer === other.layer || one.layer.framework !== other.layer.framework) return false;
  if (one.kind === null || other.kind === null || (one.kind === "vector" && other.kind === "vector"))
    return false;
  return one.sizes.some((size) => size !== null && other.sizes.includes(size));
}
