/** Attention and recurrent layers on shapes: what their modules' `forward` is written with. */
import type { Machine } from "../../../python/machine.js";
import { type NativeBody, PyTuple, type Value } from "../../../python/values.js";
import { type Size, Tensor } from "../../tensors/tensor.js";
import { misfit, shapeText } from "../runs/misfits.js";
import { sizeArgument, truthOf } from "./arguments.js";
import { broadcast } from "./elementwise.js";
import { outcome, times, unknownInput } from "./outcome.js";

type Table = Record<string, NativeBody>;

/** Output and last state of a recurrent layer. */
function recurrent(
  machine: Machine,
  input: Value,
  mode: Value,
  inputSize: Value,
  hidden: Value,
  layers: Value,
  batchFirst: Value,
  both: Value,
  projected: Value,
): Value {
  if (!(input instanceof Tensor)) return unknownInput(machine, "a recurrent layer");
  checkFeatures(machine, input, sizeArgument(machine, inputSize));
  const directions = truthOf(machine, both) === true ? 2 : 1;
  const units = sizeArgument(machine, hidden);
  const width = projected === 0 ? units : sizeArgument(machine, projected);
  const batchAxis = truthOf(machine, batchFirst) === true ? 0 : 1;
  const batch = input.rank === 3 ? [input.shape[batchAxis]!] : [];
  const depth = times(machine, sizeArgument(machine, layers), directions);
  const output = outcome(
    machine,
    [...input.shape.slice(0, -1), times(machine, width, directions)],
    input,
    "rnn",
  );
  const state = outcome(machine, [depth, ...batch, width], input, "rnn");
  if (mode !== "LSTM") return new PyTuple([output, state]);
  return new PyTuple([
    output,
    new PyTuple([state, outcome(machine, [depth, ...batch, units], input, "rnn")]),
  ]);
}

/** The next state of a recurrent cell. */
const cell: NativeBody = (machine, input, inputSize, hidden) => {
  if (!(input instanceof Tensor)) return unknownInput(machine, "a recurrent cell");
  checkFeatures(machine, input, sizeArgument(machine, inputSize!));
  return outcome(machine, [...input.shape.slice(0, -1), sizeArgument(machine, hidden!)], input, "cell");
};

function checkFeatures(machine: Machine, input: Tensor, wanted: Size): void {
  const features = input.shape.at(-1);
  if (typeof features === "number" && typeof wanted === "number" && features !== wanted) {
    misfit(
      machine,
      `this layer takes ${wanted} features, but is given ${features}: the input is ${shapeText(input.shape)}`,
      { sizes: { taken: wanted, given: features } },
    );
  }
}

export const RECURRENT: Table = {
  "_recurrent(input, mode, input_size, hidden_size, num_layers, batch_first, bidirectional, proj_size)":
    recurrent,
  "_cell(input, input_size, hidden_size)": cell,
};

/** Queries, keys or values: the weight may hold all three. */
const projection: NativeBody = (machine, input, weight, size) => {
  if (!(input instanceof Tensor && weight instanceof Tensor)) return unknownInput(machine, "a projection");
  checkFeatures(machine, input, weight.shape[1]!);
  return outcome(machine, [...input.shape.slice(0, -1), sizeArgument(machine, size!)], input, "linear");
};

/** `softmax(q kᵀ) v`: as many rows as there are queries, as wide as a value; several heads may share a key. */
const attention: NativeBody = (machine, query, _key, value, ...[, , , , isGrouped]) => {
  if (!(query instanceof Tensor && value instanceof Tensor)) return unknownInput(machine, "attention");
  const heads = query.shape.slice(0, -2);
  const lead =
    truthOf(machine, isGrouped) === false ? broadcast(machine, heads, value.shape.slice(0, -2)) : heads;
  return outcome(machine, [...lead, ...query.shape.slice(-2, -1), value.shape.at(-1)!], query, "attention");
};

/** Of all heads together: with batches as the first axis or the second. */
const manyHeads: NativeBody = (machine, query, _key, value) =>
  query instanceof Tensor && value instanceof Tensor
    ? outcome(machine, [...query.shape.slice(0, -1), value.shape.at(-1)!], query, "attention")
    : unknownInput(machine, "attention");

/** How much each query attends to each key, averaged over heads or not. */
const attentionWeights: NativeBody = (machine, query, key, batchFirst, heads, averaged) => {
  if (!(query instanceof Tensor && key instanceof Tensor)) return unknownInput(machine, "attention");
  const isBatched = query.rank === 3;
  const [batch, time] = truthOf(machine, batchFirst) === true ? [0, 1] : [1, 0];
  const [rows, columns] = isBatched
    ? [query.shape[time]!, key.shape[time]!]
    : [query.shape[0]!, key.shape[0]!];
  const lead = isBatched ? [query.shape[batch]!] : [];
  const each = truthOf(machine, averaged) === true ? [] : [sizeArgument(machine, heads!)];
  return outcome(machine, [...lead, ...each, rows, columns], query, "attention");
};

export const ATTENTION: Table = {
  "scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False)":
    attention,
  "_projection(input, weight, size)": projection,
  "_attention(query, key, value, batch_first, *masks)": manyHeads,
  "_attention_weights(query, key, batch_first, num_heads, averaged)": attentionWeights,
};
