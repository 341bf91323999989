/** What the weights of layers do, by class of layer: the basis of the effective fans. */
import { type Connection, type EffectiveFans, effectiveFans } from "../../init/fans.js";
import type { Dim, Shape } from "../../types.js";

/** One weight and what its layer says about it. */
export interface Weight {
  /** Class of the layer: `Conv2D`. */
  readonly layer: string;
  /** Last part of the weight's name: `kernel`. */
  readonly name: string;
  readonly shape: Shape;
  readonly layout: Connection["layout"];
  /** A number or numbers among the layer's attributes; empty where it has none of that name. */
  attribute(name: string): readonly Dim[];
  /** Axes of inputs and of outputs, where the layer names them. */
  readonly axes: { readonly inputs: readonly number[]; readonly outputs: readonly number[] } | null;
}

type Reading = (weight: Weight) => Partial<Connection> & Pick<Connection, "operation">;

const linear: Reading = () => ({ operation: "linear" });
const packed =
  (parts: number): Reading =>
  () => ({ operation: "packed", parts });
const convolution =
  (groups: string): Reading =>
  (weight) => ({ operation: "convolution", groups: weight.attribute(groups)[0] ?? 1 });
const transposed =
  (swapped: (weight: Weight) => boolean): Reading =>
  (weight) => ({
    operation: "transposed_convolution",
    stride: strideOf(weight),
    swapped: swapped(weight),
  });
/** One stride a spatial axis; a single number is that of all of them. */
function strideOf({ attribute, shape }: Weight): readonly Dim[] {
  const strides = [...attribute("strides"), ...attribute("stride")];
  return strides.length === 1 ? new Array<Dim>(shape.length - 2).fill(strides[0]!) : strides;
}
const general: Reading = ({ axes }) =>
  axes === null
    ? { operation: "linear" }
    : { operation: "general", inputAxes: axes.inputs, outputAxes: axes.outputs };
/** Haiku's kernel is that of a convolution with a group for each channel. */
const depthwise: Reading = (weight) =>
  weight.name === "w" ? convolution("groups")(weight) : { operation: "depthwise" };
const embedding: Reading = () => ({ operation: "embedding" });
const separable: Reading = ({ name }) => ({
  operation: name.startsWith("depthwise") ? "depthwise" : "convolution",
});

/** Keras's classes, then Flax's; a class that is not here has its framework's own count. */
const OUTPUTS_LAST: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  ["Dense", linear],
  ["EinsumDense", general],
  ["Embedding", embedding],
  ["ReversibleEmbedding", embedding],
  ...["Conv1D", "Conv2D", "Conv3D"].map((name): [string, Reading] => [name, convolution("groups")]),
  ...["Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"].map((name): [string, Reading] => [
    name,
    transposed(() => true),
  ]),
  ["DepthwiseConv1D", depthwise],
  ["DepthwiseConv2D", depthwise],
  ["SeparableConv1D", separable],
  ["SeparableConv2D", separable],
  ["SimpleRNNCell", linear],
  ["LSTMCell", packed(4)],
  ["ConvLSTMCell", packed(4)],
  ["GRUCell", packed(3)],
  ["Linear", linear],
  ["DenseGeneral", general],
  ["LinearGeneral", general],
  ["Einsum", general],
  ["Conv", convolution("feature_group_count")],
  ["ConvTranspose", transposed((weight) => weight.attribute("transpose_kernel")[0] === 1)],
  ["Embed", embedding],
]);

/** Equinox's classes. Its transposed kernels have outputs first as well. */
const OUTPUTS_FIRST: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  ["Linear", linear],
  ...["", "1d", "2d", "3d"].flatMap((rank): [string, Reading][] => [
    [`Conv${rank}`, convolution("groups")],
    [`ConvTranspose${rank}`, transposed(() => false)],
  ]),
  ["Embedding", embedding],
  ["LSTMCell", packed(4)],
  ["GRUCell", packed(3)],
]);

const READINGS = { outputs_last: OUTPUTS_LAST, outputs_first: OUTPUTS_FIRST };

/** Connections that feed an output and that an input feeds; null where the framework's own count is all. */
export function connectionsOf(weight: Weight): EffectiveFans | null {
  if (weight.shape.length < 2) return null;
  const { layout } = weight;
  const reading = READINGS[layout].get(weight.layer);
  return reading ? effectiveFans(weight.shape, { layout, ...reading(weight) }) : null;
}
