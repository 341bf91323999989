/** Shapes of blobs through Caffe's layers (src/caffe/layers/*.cpp): N × C × H × W, `null` where not known. */
import { product, quotient, sum } from "../../init/dims.js";
import type { Dim, Shape } from "../../types.js";
import { flagOf, type Message, messagesOf, numberOf, numbersOf, valuesOf, wordOf } from "./prototxt.js";

/** A shape; null where even the number of dimensions is not known. */
export type Blob = Shape | null;

/** What the channels of a blob nobody knows are called: `data.channels`. */
export const CHANNELS = ".channels";

/** The shape of each top blob. */
export type ShapeRule = (bottoms: readonly Blob[], layer: Message, tops: number) => readonly Blob[];

const NOTHING: Message = { fields: [] };

/** An axis counted from the front; a negative one counts from the back. */
export const axisOf = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

/** `convolution_param { … }` of a layer; empty where it has none. */
export const parametersOf = (layer: Message, name: string): Message =>
  messagesOf(layer, name).at(-1) ?? NOTHING;

/** A size per spatial axis: `kernel_size: 3`, twice for two axes, or `kernel_h`, `kernel_w`. */
export function perAxis(
  param: Message,
  name: string,
  short: string,
  axes: number,
  otherwise: number,
): number[] {
  const pair = [numberOf(param, `${short}_h`), numberOf(param, `${short}_w`)];
  if (axes === 2 && pair.some((value) => value !== undefined)) return pair.map((value) => value ?? otherwise);
  const given = numbersOf(param, name);
  return Array.from({ length: axes }, (_, axis) => given[axis] ?? given[0] ?? otherwise);
}

/** One entry for each spatial axis of a convolution whose input nobody knows: two, unless more sizes are given. */
export const spatialAxes = (param: Message): null[] =>
  new Array<null>(Math.max(2, numbersOf(param, "kernel_size").length)).fill(null);

const known = (dim: Dim): dim is number => typeof dim === "number";

function windowed(
  layer: Message,
  bottom: Blob,
  size: (n: number, k: number, s: number, p: number, d: number) => number,
): Blob {
  const param = parametersOf(layer, "convolution_param");
  if (bottom === null) return [null, numberOf(param, "num_output") ?? null, ...spatialAxes(param)];
  const axes = bottom.length - 2;
  const [kernel, stride, pad, dilation] = [
    perAxis(param, "kernel_size", "kernel", axes, 1),
    perAxis(param, "stride", "stride", axes, 1),
    perAxis(param, "pad", "pad", axes, 0),
    perAxis(param, "dilation", "dilation", axes, 1),
  ] as const;
  const spatial = bottom
    .slice(2)
    .map((n, i) => (known(n) ? size(n, kernel[i]!, stride[i]!, pad[i]!, dilation[i]!) : null));
  return [bottom[0] ?? null, numberOf(param, "num_output") ?? null, ...spatial];
}

const convolution: ShapeRule = ([bottom = null], layer) => [
  windowed(layer, bottom, (n, k, s, p, d) => Math.floor((n + 2 * p - (d * (k - 1) + 1)) / s) + 1),
];
const deconvolution: ShapeRule = ([bottom = null], layer) => [
  windowed(layer, bottom, (n, k, s, p, d) => s * (n - 1) + d * (k - 1) + 1 - 2 * p),
];

/** Caffe rounds up, and drops a last window that would begin in the padding. */
const pooling: ShapeRule = ([bottom = null], layer, tops) => {
  const param = parametersOf(layer, "pooling_param");
  if (bottom === null) return new Array<Blob>(tops).fill(null);
  const kernel = perAxis(param, "kernel_size", "kernel", 2, 1);
  const stride = perAxis(param, "stride", "stride", 2, 1);
  const pad = perAxis(param, "pad", "pad", 2, 0);
  const round = wordOf(param, "round_mode") === "FLOOR" ? Math.floor : Math.ceil;
  const spatial = bottom.slice(2).map((n, i) => {
    if (flagOf(param, "global_pooling", false)) return 1;
    if (!known(n)) return null;
    const [k, s, p] = [kernel[i] ?? 1, stride[i] ?? 1, pad[i] ?? 0];
    const size = round((n + 2 * p - k) / s) + 1;
    return p > 0 && (size - 1) * s >= n + p ? size - 1 : size;
  });
  return new Array<Blob>(tops).fill([...bottom.slice(0, 2), ...spatial]);
};

const innerProduct: ShapeRule = ([bottom = null], layer) => {
  const param = parametersOf(layer, "inner_product_param");
  const axis = numberOf(param, "axis") ?? 1;
  if (bottom === null) return [axis === 1 ? [null, numberOf(param, "num_output") ?? null] : null];
  return [[...bottom.slice(0, axisOf(axis, bottom.length)), numberOf(param, "num_output") ?? null]];
};

/** Of T × N × … one state of the units for each time and sequence. */
const recurrent: ShapeRule = ([bottom = null], layer) => {
  const units = numberOf(parametersOf(layer, "recurrent_param"), "num_output") ?? null;
  return [bottom === null ? [null, null, units] : [...bottom.slice(0, 2), units]];
};

const concat: ShapeRule = (bottoms, layer) => {
  const param = parametersOf(layer, "concat_param");
  if (bottoms.some((bottom) => bottom === null) || bottoms.length === 0) return [null];
  const shapes = bottoms as readonly Shape[];
  const axis = axisOf(numberOf(param, "axis") ?? numberOf(param, "concat_dim") ?? 1, shapes[0]!.length);
  const total = shapes.map((shape) => shape[axis] ?? null).reduce(sum);
  return [shapes[0]!.map((dim, i) => (i === axis ? total : dim))];
};

const flatten: ShapeRule = ([bottom = null], layer) => {
  if (bottom === null) return [null];
  const param = parametersOf(layer, "flatten_param");
  const first = axisOf(numberOf(param, "axis") ?? 1, bottom.length);
  const last = axisOf(numberOf(param, "end_axis") ?? -1, bottom.length);
  return [[...bottom.slice(0, first), product(bottom.slice(first, last + 1)), ...bottom.slice(last + 1)]];
};

/** 0 keeps a size, -1 is what is left over. */
const reshape: ShapeRule = ([bottom = null], layer) => {
  const dims = numbersOf(parametersOf(parametersOf(layer, "reshape_param"), "shape"), "dim");
  if (bottom === null) return [dims.every((dim) => dim > 0) ? dims : null];
  const kept = dims.map((dim, i): Dim => (dim === 0 ? (bottom[i] ?? null) : dim));
  const rest = quotient(product(bottom), product(kept.filter((dim) => dim !== -1)));
  return [kept.map((dim) => (dim === -1 ? rest : dim))];
};

const slice: ShapeRule = ([bottom = null], layer, tops) => {
  const param = parametersOf(layer, "slice_param");
  if (bottom === null) return new Array<Blob>(tops).fill(null);
  const axis = axisOf(numberOf(param, "axis") ?? numberOf(param, "slice_dim") ?? 1, bottom.length);
  const total = bottom[axis] ?? null;
  const points = numbersOf(param, "slice_point");
  const edges = [0, ...points, total];
  return Array.from({ length: tops }, (_, i): Shape => {
    const [from, to] = [edges[i] ?? null, edges[i + 1] ?? null];
    const size = points.length === 0 ? quotient(total, tops) : known(from) && known(to) ? to - from : null;
    return bottom.map((dim, at) => (at === axis ? size : dim));
  });
};

/** The sizes of the second bottom from `axis` on. */
const crop: ShapeRule = ([bottom = null, model = null], layer) => {
  if (bottom === null || model === null) return [null];
  const axis = axisOf(numberOf(parametersOf(layer, "crop_param"), "axis") ?? 2, bottom.length);
  return [bottom.map((dim, i) => (i < axis ? dim : (model[i] ?? null)))];
};

const permute: ShapeRule = ([bottom = null], layer) => {
  if (bottom === null) return [null];
  const order = numbersOf(parametersOf(layer, "permute_param"), "order");
  const rest = bottom.map((_, axis) => axis).filter((axis) => !order.includes(axis));
  return [[...order, ...rest].map((axis) => bottom[axis] ?? null)];
};

/** One entry a region: its channels in a grid of fixed size. */
const regionPooling: ShapeRule = ([bottom = null, regions = null], layer) => {
  const param = parametersOf(layer, "roi_pooling_param");
  const grid = ["pooled_h", "pooled_w"].map((name) => numberOf(param, name) ?? null);
  return [bottom === null ? null : [regions?.[0] ?? null, bottom[1] ?? null, ...grid]];
};

const positionSensitivePooling: ShapeRule = ([, regions = null], layer) => {
  const param = parametersOf(layer, "psroi_pooling_param");
  const size = numberOf(param, "group_size") ?? null;
  return [[regions?.[0] ?? null, numberOf(param, "output_dim") ?? null, size, size]];
};

/** What enlarges images leaves their channels; how large they become is known where the layer says it. */
function enlarged(bottom: Blob, height: Dim, width: Dim): readonly Blob[] {
  return [bottom === null ? null : [...bottom.slice(0, 2), height, width]];
}

const interpolation: ShapeRule = ([bottom = null], layer) => {
  const param = parametersOf(layer, "interp_param");
  return enlarged(bottom, numberOf(param, "height") ?? null, numberOf(param, "width") ?? null);
};

const upsampling: ShapeRule = ([bottom = null], layer) => {
  const param = parametersOf(layer, "upsample_param");
  const factor = numberOf(param, "scale") ?? 2;
  const [height, width] = ["h", "w"].map((axis, i): Dim => {
    const n = bottom?.[2 + i] ?? null;
    return numberOf(param, `upsample_${axis}`) ?? (known(n) ? n * factor : null);
  });
  return enlarged(bottom, height ?? null, width ?? null);
};

const embed: ShapeRule = ([bottom = null], layer) => [
  bottom === null ? null : [...bottom, numberOf(parametersOf(layer, "embed_param"), "num_output") ?? null],
];

const same: ShapeRule = ([bottom = null], _, tops) => new Array<Blob>(tops).fill(bottom);
const first: ShapeRule = ([bottom = null]) => [bottom];
/** `y = a·x + z`, the bottoms in the order a, x, z. */
const scaledSum: ShapeRule = ([, bottom = null]) => [bottom];

/** Dimensions given in the layer itself. */
const input: ShapeRule = (_, layer, tops) => {
  const shapes = messagesOf(parametersOf(layer, "input_param"), "shape");
  return Array.from({ length: tops }, (_, i) => {
    const shape = shapes[i] ?? shapes[0];
    return shape === undefined ? null : numbersOf(shape, "dim");
  });
};

/**
 * Images of a database: the crop is their size; how many channels they have only several means say, one for each.
 */
const data: ShapeRule = (_, layer, tops) => {
  const transform = parametersOf(layer, "transform_param");
  const means = numbersOf(transform, "mean_value").length;
  const source = ["data_param", "image_data_param", "window_data_param"].map((name) =>
    parametersOf(layer, name),
  );
  const crop = [transform, ...source]
    .map((param) => numberOf(param, "crop_size"))
    .find((size) => size !== undefined);
  const batch =
    source.map((param) => numberOf(param, "batch_size")).find((size) => size !== undefined) ?? null;
  const channels = means > 1 ? means : `${valuesOf(layer, "top").at(0) ?? "data"}${CHANNELS}`;
  const image: Shape = [batch, channels, crop ?? null, crop ?? null];
  return Array.from({ length: tops }, (_, i) => (i === 0 ? image : [batch]));
};

/** SSD's: images of a database, warped to one size where they are resized, with boxes as their second top. */
const annotatedData: ShapeRule = (bottoms, layer, tops) => {
  const [batch, channels, ...cropped] = data(bottoms, layer, 1)[0]!;
  const resize = parametersOf(parametersOf(layer, "transform_param"), "resize_param");
  const isWarped = (wordOf(resize, "resize_mode") ?? "WARP") === "WARP";
  const warped = ["height", "width"].map((name) => (isWarped ? (numberOf(resize, name) ?? null) : null));
  const size = cropped.every((one) => one === null) ? warped : cropped;
  return Array.from({ length: tops }, (_, i) => (i === 0 ? [batch!, channels!, ...size] : null));
};

const memoryData: ShapeRule = (_, layer, tops) => {
  const param = parametersOf(layer, "memory_data_param");
  const image = ["batch_size", "channels", "height", "width"].map((name) => numberOf(param, name) ?? null);
  return Array.from({ length: tops }, (_, i) => (i === 0 ? image : image.slice(0, 1)));
};

const dummyData: ShapeRule = (_, layer, tops) => {
  const shapes = messagesOf(parametersOf(layer, "dummy_data_param"), "shape");
  return Array.from({ length: tops }, (_, i) => {
    const shape = shapes[i] ?? shapes[0];
    return shape === undefined ? null : numbersOf(shape, "dim");
  });
};

/** By the layer's type; the shape after any other is not known. */
export const SHAPE_RULES: ReadonlyMap<string, ShapeRule> = new Map<string, ShapeRule>([
  ["Input", input],
  ["Data", data],
  ["ImageData", data],
  ["WindowData", data],
  ["AnnotatedData", annotatedData],
  ["MemoryData", memoryData],
  ["DummyData", dummyData],
  ["Convolution", convolution],
  ["ConvolutionDepthwise", convolution],
  ["Deconvolution", deconvolution],
  ["Pooling", pooling],
  ["LSTM", recurrent],
  ["RNN", recurrent],
  ["InnerProduct", innerProduct],
  ["Concat", concat],
  ["Flatten", flatten],
  ["Reshape", reshape],
  ["Slice", slice],
  ["Crop", crop],
  ["Embed", embed],
  ["Split", same],
  // Layers of widely used forks (SSD, Faster R-CNN, R-FCN, SegNet, PSPNet, SENet).
  ["Axpy", scaledSum],
  ["Interp", interpolation],
  ["Permute", permute],
  ["PSROIPooling", positionSensitivePooling],
  ["ROIPooling", regionPooling],
  ["Upsample", upsampling],
  ...[
    "ReLU",
    "PReLU",
    "ELU",
    "Sigmoid",
    "TanH",
    "AbsVal",
    "Power",
    "Exp",
    "Log",
    "BNLL",
    "Dropout",
    "LRN",
    "MVN",
    "BatchNorm",
    "BN",
    "Normalize",
    "SeLu",
    "ReLU6",
    "Scale",
    "Bias",
    "Softmax",
    "Eltwise",
    "Threshold",
    "Clip",
    "Swish",
  ].map((name): [string, ShapeRule] => [name, first]),
]);
