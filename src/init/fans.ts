import type { Dim, Shape } from "../types.js";
import { product, quotient } from "./dims.js";

/** Fan-in and fan-out as one framework's own function counts them; text where symbolic, `null` where unknown. */
export interface Fans {
  readonly fanIn: Dim;
  readonly fanOut: Dim;
}

/** The same with names in place of what is unknown, for formulas. */
export function namedFans({ fanIn, fanOut }: Fans): Fans {
  return { fanIn: fanIn ?? "fan_in", fanOut: fanOut ?? "fan_out" };
}

/** torch `_calculate_fan_in_and_fan_out`: axis 1 in, axis 0 out, the rest receptive field. `null`: it raises. */
export function torchFans(shape: Shape): Fans | null {
  if (shape.length < 2) return null;
  const [outputs, inputs, ...receptive] = shape as [Dim, Dim, ...Dim[]];
  return { fanIn: product([inputs, ...receptive]), fanOut: product([outputs, ...receptive]) };
}

/** Keras `compute_fans`: last axis out, the one before in. With both lists of axes it multiplies those alone. */
export function kerasFans(
  shape: Shape,
  inputAxes: readonly number[] | null = null,
  outputAxes: readonly number[] | null = null,
): Fans {
  if (inputAxes && outputAxes) {
    return { fanIn: product(pick(shape, inputAxes)), fanOut: product(pick(shape, outputAxes)) };
  }
  if (shape.length === 0) return { fanIn: 1, fanOut: 1 };
  if (shape.length === 1) return { fanIn: shape[0]!, fanOut: shape[0]! };
  const receptive = shape.slice(0, -2);
  return {
    fanIn: product([...receptive, shape.at(-2)!]),
    fanOut: product([...receptive, shape.at(-1)!]),
  };
}

export interface JaxAxes {
  readonly inAxis?: number | readonly number[];
  readonly outAxis?: number | readonly number[];
  readonly batchAxis?: number | readonly number[];
}

/**
 * JAX `_compute_fans`: every axis that is neither input, output nor batch counts as receptive field.
 * `null`: it raises (fewer than two dimensions with the default input axis, or an axis out of range).
 */
export function jaxFans(shape: Shape, axes: JaxAxes = {}): Fans | null {
  const { inAxis = -2, outAxis = -1, batchAxis = [] } = axes;
  if (inAxis === -2 && shape.length <= 1) return null;
  const [inputs, outputs, batch] = [inAxis, outAxis, batchAxis].map((axis) => resolve(axis, shape.length));
  if (!inputs || !outputs || !batch) return null;
  // fan_in = in · product / (in · out · batch): everything but outputs and batch, even where in and out coincide
  // as in Flax's Embed.
  const without = (...left: (readonly number[])[]) => {
    const axes = left.flat();
    return new Set(axes).size < axes.length ? null : product(shape.filter((_, axis) => !axes.includes(axis)));
  };
  return { fanIn: without(outputs, batch), fanOut: without(inputs, batch) };
}

/** Caffe fillers on a blob N × C × H × W: fan_in = count / num, fan_out = count / channels; missing axes are 1. */
export function caffeFans(shape: Shape): Fans {
  return { fanIn: product(shape.slice(1)), fanOut: product([shape[0] ?? 1, ...shape.slice(2)]) };
}

/** Lasagne: matrices are inputs × outputs, kernels outputs × inputs × receptive field. */
export function lasagneFans(shape: Shape): Fans | null {
  if (shape.length < 2) return null;
  const [first, second, ...receptive] = shape as [Dim, Dim, ...Dim[]];
  return shape.length === 2
    ? { fanIn: first, fanOut: second }
    : { fanIn: product([second, ...receptive]), fanOut: product([first, ...receptive]) };
}

/** Flax layers that flatten first (DenseGeneral, attention): the 2-D shape the initializer really gets. */
export function flattenedShape(inputs: Shape, outputs: Shape): Shape {
  return [product(inputs), product(outputs)];
}

function pick(shape: Shape, axes: readonly number[]): Dim[] {
  return axes.map((axis) => shape.at(axis) ?? null);
}

function resolve(axis: number | readonly number[], rank: number): readonly number[] | null {
  const axes = (typeof axis === "number" ? [axis] : axis).map((at) => (at < 0 ? at + rank : at));
  return axes.every((at) => at >= 0 && at < rank) ? axes : null;
}

/** What a weight does in its layer, in the layout of its own framework. */
export interface Connection {
  readonly operation:
    | "linear"
    | "convolution"
    | "transposed_convolution"
    /** Keras's own depthwise kernel [k…, channels, multiplier]. */
    | "depthwise"
    | "embedding"
    /** `parts` matrices in one weight, along the outputs: packed Q, K, V or the gates of a recurrent cell. */
    | "packed"
    /** A kernel whose inputs and outputs are lists of axes: multi-head and einsum. */
    | "general"
    /** torch Bilinear [out, in1, in2]: every output sums over all products of two inputs. */
    | "bilinear";
  /** torch and Caffe put outputs first; Keras, JAX and TensorFlow put them last. */
  readonly layout: "outputs_first" | "outputs_last";
  readonly groups?: Dim;
  /** Stride of a transposed convolution, an entry per spatial axis. */
  readonly stride?: readonly Dim[];
  readonly parts?: number;
  readonly inputAxes?: readonly number[];
  readonly outputAxes?: readonly number[];
  /** torch and Keras exchange inputs and outputs in transposed kernels; Flax does not, so it says false. */
  readonly swapped?: boolean;
}

/** Connections that feed one output unit, and that one input unit feeds, with a sentence on what is counted. */
export interface EffectiveFans extends Fans {
  readonly note: string;
}

/** The connections a weight really makes; `null` where its shape does not fit the operation. */
export function effectiveFans(shape: Shape, connection: Connection): EffectiveFans | null {
  const { operation, parts = 1 } = connection;
  switch (operation) {
    case "linear":
    case "convolution":
    case "transposed_convolution":
    case "depthwise":
      return shape.length < 2 ? null : spatial(shape, connection);
    case "embedding": {
      if (shape.length !== 2) return null;
      return {
        fanIn: 1,
        fanOut: shape[1]!,
        note: "A row is looked up, not summed over: one entry feeds each output, whatever the vocabulary.",
      };
    }
    case "packed": {
      const fans = spatial(shape, { ...connection, operation: "linear" });
      const each = quotient(fans.fanOut, parts);
      return {
        fanIn: fans.fanIn,
        fanOut: each,
        note: `${parts} matrices are packed in one weight, so each has ${text(each)} outputs, not ${text(fans.fanOut)}.`,
      };
    }
    case "general": {
      const { inputAxes = [], outputAxes = [] } = connection;
      return {
        fanIn: product(pick(shape, inputAxes)),
        fanOut: product(pick(shape, outputAxes)),
        note: "Only the axes summed over feed a unit; the other axes number the units.",
      };
    }
    case "bilinear": {
      if (shape.length !== 3) return null;
      return {
        fanIn: product(shape.slice(1)),
        fanOut: product([shape[0]!, shape[2]!]),
        note: "Every output sums over all products of the two inputs.",
      };
    }
  }
}

/** Linear and convolution weights: inputs of one group times kernel, outputs of one group times kernel. */
function spatial(shape: Shape, connection: Connection): EffectiveFans {
  const { operation, layout, groups = 1, stride = [], swapped = true } = connection;
  const transposed = operation === "transposed_convolution";
  const kernel = layout === "outputs_first" ? shape.slice(2) : shape.slice(0, -2);
  const [first, second] =
    layout === "outputs_first" ? [shape[0]!, shape[1]!] : [shape.at(-1)!, shape.at(-2)!];
  if (operation === "depthwise") {
    return {
      fanIn: product(kernel),
      fanOut: product([first, ...kernel]),
      note: `Each channel is filtered alone: ${text(product(kernel))} kernel taps feed an output.`,
    };
  }
  if (!transposed) {
    return {
      fanIn: product([second, ...kernel]),
      fanOut: product([quotient(first, groups), ...kernel]),
      note: groups === 1 ? "" : `An input feeds only the outputs of its own group, 1 of ${text(groups)}.`,
    };
  }
  // torch keeps a transposed kernel as [inputs, outputs / groups, k…], Keras as [k…, outputs, inputs].
  const [inputs, outputs] = swapped ? [first, second] : [second, first];
  const taps = product([quotient(inputs, groups), ...kernel]);
  return {
    fanIn: perStride(taps, stride),
    fanOut: product([outputs, ...kernel]),
    note: transposedNote(stride, swapped),
  };
}

/** A tap in `stride` reaches a given output, so on average kernel / stride taps feed it. */
function perStride(taps: Dim, stride: readonly Dim[]): Dim {
  const step = product(stride);
  return typeof taps === "number" && typeof step === "number" && step > 0
    ? taps / step
    : quotient(taps, step);
}

function transposedNote(stride: readonly Dim[], swapped: boolean): string {
  const step = product(stride);
  const sentences = [
    ...(swapped
      ? ["A transposed kernel is stored outputs for inputs, so the framework exchanges its fans."]
      : []),
    ...(step === 1 ? [] : [`With this stride 1 in ${text(step)} taps feeds a given output.`]),
  ];
  return sentences.join(" ");
}

function text(dim: Dim): string {
  return dim === null ? "an unknown number of" : String(dim);
}
