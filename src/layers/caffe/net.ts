/** A Caffe net → its layers with weights: blob shapes through the net, fillers as distributions. */
import { product, quotient } from "../../init/dims.js";
import { type Connection, caffeFans, effectiveFans } from "../../init/fans.js";
import { drawCaffe } from "../../init/frameworks/caffe.js";
import type { Arguments } from "../../init/frameworks/table.js";
import * as make from "../../init/make.js";
import { isRefusal } from "../../init/refusal.js";
import type { Span } from "../../python/values.js";
import type { Dim, Distribution, Shape } from "../../types.js";
import { described, type FoundLayer, type FoundParameter } from "../framework.js";
import { type NetLayer, netLayers, typeOf, words } from "./netLayers.js";
import {
  type Field,
  flagOf,
  type Message,
  messagesOf,
  numberOf,
  numbersOf,
  parsePrototxt,
  wordOf,
} from "./prototxt.js";
import { axisOf, type Blob, CHANNELS, parametersOf, perAxis, SHAPE_RULES, spatialAxes } from "./shapes.js";
import { PRELU_SLOPE, usesOf } from "./uses.js";

export interface CaffeNet {
  readonly layers: readonly FoundLayer[];
  readonly problems: readonly { readonly start: number; readonly end: number; readonly message: string }[];
}

/** One weight blob before it is drawn. */
interface Weight {
  readonly name: string;
  readonly shape: Shape;
  /** The message of its filler; undefined: Caffe's default, constant 0. */
  readonly filler: Message | undefined;
  /** What is drawn where there is no filler. */
  readonly otherwise?: number;
  readonly connection?: Connection;
}

/** Reads a net or a solver's text; a text without layers gives none. */
export function readCaffeNet(text: string, file: string): CaffeNet {
  const net = parsePrototxt(text);
  const blobs = declaredInputs(net);
  const isTrained = isDeployed(net.fields);
  const names = new Set<string>();
  const listed = netLayers(net);
  const layers: FoundLayer[] = [];
  for (const [at, one] of listed.entries()) {
    const bottoms = one.bottoms.map((bottom) => blobs.get(bottom) ?? null);
    const found = foundLayer(listed, at, bottoms, { file, isTrained });
    // The same layer for another phase shares its weights.
    if (found !== null && !names.has(one.name)) layers.push(found);
    names.add(one.name);
    setTops(one, bottoms, blobs);
  }
  return { layers, problems: net.problems };
}

/** Without any filler and any loss the net is one to be used: a trained model gives its weights. */
const isDeployed = (fields: readonly Field[]): boolean =>
  !fields.some(
    ({ name, value }) =>
      /filler$/.test(name) ||
      (typeof value === "object" && (/loss$/i.test(typeOf(value)) || !isDeployed(value.fields))),
  );

/** Notes the shapes a layer gives; what the net says for testing alone yields to what it says for training. */
function setTops(layer: NetLayer, bottoms: readonly Blob[], blobs: Map<string, Blob>): void {
  const { type, tops, message, isForTesting } = layer;
  const shapes = SHAPE_RULES.get(type)?.(bottoms, message, tops.length) ?? [];
  for (const [i, top] of tops.entries()) {
    if (!isForTesting || !blobs.has(top)) blobs.set(top, shapes[i] ?? null);
  }
}

/** `input: "data"` with `input_dim` (four a blob) or `input_shape`. */
function declaredInputs(net: Message): Map<string, Blob> {
  const dims = numbersOf(net, "input_dim");
  const shapes = messagesOf(net, "input_shape");
  const inputs = words(net, "input");
  return new Map(
    inputs.map((name, i): [string, Blob] => {
      const shape = shapes[i];
      const declared = shape === undefined ? dims.slice(4 * i, 4 * i + 4) : numbersOf(shape, "dim");
      return [name, declared.length === 0 ? null : declared];
    }),
  );
}

/** A size of a layer's first bottom that the net does not say: `data.channels`. */
function unsaidSize(layer: Message, size: string): Dim {
  const [bottom] = words(layer, "bottom");
  return bottom === undefined ? null : bottom + size;
}

const channelsOf = (layer: Message, bottom: Blob): Dim => bottom?.[1] ?? unsaidSize(layer, CHANNELS);

type WeightRule = (layer: Message, bottom: Blob, second: Blob, third: Blob) => readonly Weight[];

const filler = (param: Message, name: string): Message | undefined => messagesOf(param, name).at(-1);

const bias = (param: Message, size: Dim): readonly Weight[] =>
  flagOf(param, "bias_term", true)
    ? [{ name: "bias", shape: [size], filler: filler(param, "bias_filler") }]
    : [];

const convolution =
  ({ transposed = false, depthwise = false }): WeightRule =>
  (layer, bottom) => {
    const param = parametersOf(layer, "convolution_param");
    const axes = bottom === null ? spatialAxes(param).length : bottom.length - 2;
    const kernel = perAxis(param, "kernel_size", "kernel", axes, 1);
    const stride = perAxis(param, "stride", "stride", axes, 1);
    const outputs = numberOf(param, "num_output") ?? null;
    const inputs = depthwise ? outputs : channelsOf(layer, bottom);
    const groups = depthwise ? (numberOf(param, "num_output") ?? 1) : (numberOf(param, "group") ?? 1);
    const [rows, columns] = transposed ? [inputs, outputs] : [outputs, inputs];
    const shape = [rows, quotient(columns, groups), ...kernel];
    const operation = transposed ? "transposed_convolution" : "convolution";
    const connection: Connection = { operation, layout: "outputs_first", groups, stride };
    return [
      { name: "weight", shape, filler: filler(param, "weight_filler"), connection },
      ...bias(param, outputs),
    ];
  };

const innerProduct: WeightRule = (layer, bottom) => {
  const param = parametersOf(layer, "inner_product_param");
  const axis = numberOf(param, "axis") ?? 1;
  const features = bottom === null ? null : product(bottom.slice(axisOf(axis, bottom.length)));
  const inputs = features ?? unsaidSize(layer, ".features");
  const outputs = numberOf(param, "num_output") ?? null;
  const isTransposed = flagOf(param, "transpose", false);
  const shape = isTransposed ? [inputs, outputs] : [outputs, inputs];
  const layout = isTransposed ? "outputs_last" : "outputs_first";
  return [
    {
      name: "weight",
      shape,
      filler: filler(param, "weight_filler"),
      connection: { operation: "linear", layout },
    },
    ...bias(param, outputs),
  ];
};

const embed: WeightRule = (layer) => {
  const param = parametersOf(layer, "embed_param");
  const [rows, columns] = [numberOf(param, "input_dim") ?? null, numberOf(param, "num_output") ?? null];
  const connection: Connection = { operation: "embedding", layout: "outputs_first" };
  return [
    { name: "weight", shape: [rows, columns], filler: filler(param, "weight_filler"), connection },
    ...bias(param, columns),
  ];
};

/**
 * Of a data blob T × N × … the sizes from the third on are summed over. A third bottom is the same at all times.
 * `gates` are computed from inputs and state alike; a plain net has weights from its state to its output too.
 */
const recurrent =
  (gates: number, of: string, hasOutput: boolean): WeightRule =>
  (layer, data, _, constant) => {
    const param = parametersOf(layer, "recurrent_param");
    const units = numberOf(param, "num_output") ?? null;
    const rows = product([units, gates]);
    const [weights, biases] = [filler(param, "weight_filler"), filler(param, "bias_filler")];
    const linear: Connection = { operation: "linear", layout: "outputs_first" };
    const matrix = (name: string, shape: Shape): Weight => ({
      name,
      shape,
      filler: weights,
      connection: linear,
    });
    const vector = (name: string, size: Dim): Weight => ({ name, shape: [size], filler: biases });
    const inputs = data === null ? unsaidSize(layer, ".features") : product(data.slice(2));
    const hasConstant = words(layer, "bottom").length > 2 && !flagOf(param, "expose_hidden", false);
    return [
      matrix(`W_x${of}`, [rows, inputs]),
      vector(`b_${of}`, rows),
      ...(hasConstant
        ? [matrix(`W_x${of}_static`, [rows, constant === null ? null : product(constant.slice(1))])]
        : []),
      matrix(`W_h${of}`, [rows, units]),
      ...(hasOutput ? [matrix("W_ho", [units, units]), vector("b_o", units)] : []),
    ];
  };

const hasSecondBottom = (layer: Message): boolean => words(layer, "bottom").length > 1;

/** The axes of the bottom that a scale or bias has a number for each place of: as many as a second bottom has. */
function scaledAxes(layer: Message, param: Message, bottom: Blob, second: Blob): Shape {
  const first = numberOf(param, "axis") ?? 1;
  const count = hasSecondBottom(layer) ? second?.length : (numberOf(param, "num_axes") ?? 1);
  if (count === undefined) return [null];
  if (count === 0) return [];
  if (bottom === null) return count === 1 ? [first === 1 ? unsaidSize(layer, CHANNELS) : null] : [null];
  const start = axisOf(first, bottom.length);
  return bottom.slice(start, count === -1 ? undefined : start + count);
}

const scale: WeightRule = (layer, bottom, second) => {
  const param = parametersOf(layer, "scale_param");
  const shape = scaledAxes(layer, param, bottom, second);
  const weight: Weight = { name: "weight", shape, filler: filler(param, "filler"), otherwise: 1 };
  return [
    ...(hasSecondBottom(layer) ? [] : [weight]),
    ...(flagOf(param, "bias_term", false)
      ? [{ name: "bias", shape, filler: filler(param, "bias_filler") }]
      : []),
  ];
};

const biasAlone: WeightRule = (layer, bottom) => {
  const param = parametersOf(layer, "bias_param");
  if (hasSecondBottom(layer)) return [];
  return [{ name: "bias", shape: scaledAxes(layer, param, bottom, null), filler: filler(param, "filler") }];
};

/** SSD's: each place divided by its norm over the channels, then scaled. */
const normalize: WeightRule = (layer, bottom) => {
  const param = parametersOf(layer, "norm_param");
  const shape = flagOf(param, "channel_shared", true) ? [] : [channelsOf(layer, bottom)];
  return [{ name: "weight", shape, filler: filler(param, "scale_filler"), otherwise: 1 }];
};

const prelu: WeightRule = (layer, bottom) => {
  const param = parametersOf(layer, "prelu_param");
  const shape = flagOf(param, "channel_shared", false) ? [] : [channelsOf(layer, bottom)];
  return [{ name: "weight", shape, filler: filler(param, "filler"), otherwise: PRELU_SLOPE }];
};

const WEIGHTS: ReadonlyMap<string, WeightRule> = new Map([
  ["Convolution", convolution({})],
  ["ConvolutionDepthwise", convolution({ depthwise: true })],
  ["Deconvolution", convolution({ transposed: true })],
  ["InnerProduct", innerProduct],
  ["Embed", embed],
  ["LSTM", recurrent(4, "c", false)],
  ["RNN", recurrent(1, "h", true)],
  ["Scale", scale],
  ["Bias", biasAlone],
  ["Normalize", normalize],
  ["PReLU", prelu],
]);

function foundLayer(
  net: readonly NetLayer[],
  at: number,
  [bottom = null, second = null, third = null]: readonly Blob[],
  { file, isTrained }: { readonly file: string; readonly isTrained: boolean },
): FoundLayer | null {
  const { message, type, name, start, end } = net[at]!;
  const rule = WEIGHTS.get(type);
  if (rule === undefined) return null;
  const uses = usesOf(net, at);
  const span: Span = { file, start, end };
  const weights = rule(message, bottom, second, third).map((weight) => ({
    ...described({
      ...foundParameter(weight, type, name, span),
      ...(isTrained ? { current: make.unknown("a trained model") } : {}),
    }),
    uses,
  }));
  return { class: type, framework: "caffe", name, made: [span], weights };
}

function foundParameter(weight: Weight, layer: string, name: string, span: Span): FoundParameter {
  const { shape, connection } = weight;
  const own = shape.length < 2 ? { fanIn: null, fanOut: null } : caffeFans(shape);
  const effective = (connection && effectiveFans(shape, connection)) ?? own;
  return {
    name: `${name}.${weight.name}`,
    layer,
    shape,
    ...own,
    effectiveFanIn: effective.fanIn,
    effectiveFanOut: effective.fanOut,
    made: [span],
    default: make.constant(weight.otherwise ?? 0, "constant"),
    current: drawn(weight),
    steps: [],
  };
}

function drawn({ filler: message, shape, otherwise = 0 }: Weight): Distribution {
  if (message === undefined) return make.constant(otherwise, "constant");
  const type = wordOf(message, "type") ?? "constant";
  const given = Object.fromEntries(
    message.fields.flatMap(({ name, value }) =>
      name === "type" || typeof value === "object" ? [] : [[name, value] as const],
    ),
  );
  const draw = drawCaffe(type, shape, given as Arguments);
  return isRefusal(draw) ? make.unknown(draw.message) : draw;
}
