/** Connections that really feed a unit, for the parameters of torch's own layers. */
import { type Connection, effectiveFans, torchFans } from "../../../init/fans.js";
import type { Dim, Shape } from "../../../types.js";

/** Attributes of a layer as the report reads them. */
export type LayerAttribute = (name: string) => Dim | readonly Dim[];

/** What a weight of that layer class does; null where the framework's own count is all there is. */
type Reading = (parameter: string, attribute: LayerAttribute) => Connection | null;

const list = (value: Dim | readonly Dim[]): readonly Dim[] =>
  Array.isArray(value) ? (value as readonly Dim[]) : [value as Dim];
const single = (value: Dim | readonly Dim[]): Dim => list(value)[0] ?? null;

const LAYOUT = { layout: "outputs_first" } as const;
const linear: Reading = () => ({ operation: "linear", ...LAYOUT });
const embedding: Reading = () => ({ operation: "embedding", ...LAYOUT });
const convolution: Reading = (_, attribute) => ({
  operation: "convolution",
  ...LAYOUT,
  groups: single(attribute("groups")),
});
const transposed: Reading = (_, attribute) => ({
  operation: "transposed_convolution",
  ...LAYOUT,
  groups: single(attribute("groups")),
  stride: list(attribute("stride")),
});
const gates =
  (parts: number): Reading =>
  (parameter) =>
    parameter.startsWith("weight_hr")
      ? linear(parameter, () => null)
      : { operation: "packed", ...LAYOUT, parts };
const attention: Reading = (parameter) =>
  parameter === "in_proj_weight"
    ? { operation: "packed", ...LAYOUT, parts: 3 }
    : linear(parameter, () => null);

const READINGS: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  ["Linear", linear],
  ["NonDynamicallyQuantizableLinear", linear],
  ["Bilinear", () => ({ operation: "bilinear", ...LAYOUT })],
  ["Conv1d", convolution],
  ["Conv2d", convolution],
  ["Conv3d", convolution],
  ["ConvTranspose1d", transposed],
  ["ConvTranspose2d", transposed],
  ["ConvTranspose3d", transposed],
  ["Embedding", embedding],
  ["EmbeddingBag", embedding],
  ["RNN", gates(1)],
  ["RNNCell", gates(1)],
  ["LSTM", gates(4)],
  ["LSTMCell", gates(4)],
  ["GRU", gates(3)],
  ["GRUCell", gates(3)],
  ["MultiheadAttention", attention],
]);

/** Fans of a parameter: torch's own (null where torch raises) and the effective ones. */
export function torchParameterFans(
  shape: Shape,
  layer: string | null,
  parameter: string,
  attribute: LayerAttribute,
): { fanIn: Dim; fanOut: Dim; effectiveFanIn: Dim; effectiveFanOut: Dim } {
  const own = torchFans(shape) ?? { fanIn: null, fanOut: null };
  const connection = layer === null ? null : (READINGS.get(layer)?.(parameter, attribute) ?? null);
  const effective = (connection && shape.length > 1 ? effectiveFans(shape, connection) : null) ?? own;
  return {
    fanIn: own.fanIn,
    fanOut: own.fanOut,
    effectiveFanIn: effective.fanIn,
    effectiveFanOut: effective.fanOut,
  };
}
