/** What flows through the layers of Keras and Flax, and the functions called on their tensors, as operations of the trace. */
import { activationName } from "../../init/gains.js";
import { native } from "../../python/host.js";
import type { Machine } from "../../python/machine.js";
import {
  PyFloat,
  PyFunction,
  PyInstance,
  PyList,
  PyObject,
  PyTuple,
  Unknown,
  type Value,
} from "../../python/values.js";
import { traceOf } from "../flow/trace.js";
import type { Use } from "../flow/uses.js";
import { held, isArray, isInstanceOf, isWeight } from "./instances.js";
import { Law } from "./law.js";

/** What a built-in layer does, by its class, in the names of the table of kinds. */
const OPERATIONS: readonly (readonly [RegExp, string])[] = [
  [/^(EinsumDense|Einsum|(Dense|Linear)(General)?)$/, "linear"],
  [
    /^((Depthwise|Separable)?Conv[123]D(Transpose)?|Conv(Transpose|Local|ND)?([123]d)?(Transpose)?)$/,
    "conv2d",
  ],
  [/^((Reversible)?Embedding|Embed)$/, "embedding"],
  [/^(LSTM|GRU|SimpleRNN|VanillaRNN|ConvLSTM[123]D|\w*Attention|\w*Cell)$/, "_recurrent"],
  [/Normalization(V[12])?$|^(Batch|Layer|Group|Instance|RMS)Norm$/, "batch_norm"],
  [/^(Spatial|Gaussian|Alpha)?Dropout([123]D)?$|^GaussianNoise$|^ActivityRegularization$/, "dropout"],
  [/Pooling[123]D$|^((Adaptive)?(Max|Avg)Pool|Global(Max|Avg)Pool)[123][Dd]$/, "max_pool2d"],
  [
    /^(Flatten|Reshape|Permute|RepeatVector|Masking|Identity|Rescaling|Resizing)$|^(ZeroPadding|Cropping|UpSampling)[123]D$/,
    "reshape",
  ],
  [/^(Add|Average)$/, "add"],
  [/^Subtract$/, "sub"],
  [/^Multiply$/, "mul"],
  [/^(Concatenate|Maximum|Minimum)$/, "cat"],
  [/^Dot$/, "matmul"],
  [/^Softmax$/, "softmax"],
  [/^Activation$/, ""],
];

/** Operations of the trace for Keras's activation functions; the others have their own names. */
const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ["hard_sigmoid", "hardsigmoid"],
  ["hard_silu", "hardswish"],
  ["hard_tanh", "hardtanh"],
  ["log_sigmoid", "logsigmoid"],
  ["tanh_shrink", "tanhshrink"],
  ["exponential", "exp"],
  ["swish", "silu"],
]);

/** An activation as an operation: its name, and its parameter where it has one. Null for no activation. */
interface Applied {
  readonly name: string;
  readonly parameters: readonly Value[];
}

const numberAt = (layer: PyInstance, name: string): number | null => {
  const value = held(layer, name);
  return typeof value === "number" ? value : value instanceof PyFloat ? value.value : null;
};

/** Layers that are an activation with numbers of their own; undefined for any other class. */
function activationLayer(layer: PyInstance): Applied | null | undefined {
  const { name } = layer.cls;
  if (name === "PReLU") return { name: "prelu", parameters: slopeOf(layer) };
  if (name === "LeakyReLU") return withSlope("leaky_relu", numberAt(layer, "negative_slope"));
  if (name === "ELU") return withSlope("elu", numberAt(layer, "alpha"));
  if (name !== "ReLU") return undefined;
  const most = held(layer, "max_value");
  const slope = numberAt(layer, "negative_slope");
  if (numberAt(layer, "threshold") !== 0) return UNKNOWN;
  if (most !== null && most !== undefined)
    return numberAt(layer, "max_value") === 6 && slope === 0 ? { name: "relu6", parameters: [] } : UNKNOWN;
  return slope === 0 ? { name: "relu", parameters: [] } : withSlope("leaky_relu", slope);
}

/** The one number the slopes begin with everywhere, which Flax gives itself; nothing where they are drawn. */
function slopeOf(layer: PyInstance): Value[] {
  const given = held(layer, "negative_slope_init");
  if (given instanceof PyFloat) return [given];
  const weight = held(layer, "alpha");
  const law = weight instanceof PyInstance ? held(weight, "law") : undefined;
  return law instanceof Law && law.distribution.kind === "constant"
    ? [new PyFloat(law.distribution.value)]
    : [];
}

const UNKNOWN: Applied = { name: "unknown", parameters: [] };

const withSlope = (name: string, slope: number | null): Applied =>
  slope === null ? UNKNOWN : { name, parameters: [new PyFloat(slope)] };

/** `activation=`: a function of Keras's, or one of the user's, of which nothing is known. */
function activationOf(layer: PyInstance): Applied | null {
  const value = held(layer, "activation");
  if (value === undefined || value === null) return null;
  if (isInstanceOf(value, "_keras.layer", "Layer")) return activationLayer(value) ?? UNKNOWN;
  if (!(value instanceof PyFunction)) return UNKNOWN;
  const name = value.attributes?.get("__name__");
  const known = typeof name === "string" && value.code.name === "activation" ? name : null;
  if (known === "linear") return null;
  if (known === null) return UNKNOWN;
  if (known === "leaky_relu") return withSlope(known, 0.2);
  return { name: FUNCTIONS.get(known) ?? known, parameters: [] };
}

/** One use of a layer: its weighted sum, then its activation. */
function applied(machine: Machine, layer: PyInstance, inputs: Value, outputs: Value): void {
  const trace = traceOf(machine);
  const row = OPERATIONS.find(([pattern]) => pattern.test(layer.cls.name));
  const own = activationLayer(layer);
  const isBuiltIn = /^_(keras|flax|equinox|haiku)\b/.test(layer.cls.module);
  if (!isBuiltIn || (row === undefined && own === undefined)) {
    // What is inside says what happens; without that nobody knows.
    const parts = held(layer, "_layers");
    const isOpaque = parts instanceof PyList && parts.items.length === 0;
    if (isOpaque) trace.record("unknown", [inputs], outputs);
    return;
  }
  const name = row?.[1] ?? "";
  const isRecurrent = name === "_recurrent";
  const activation = own ?? (isRecurrent ? null : activationOf(layer));
  const weights = weightsOf(layer);
  if (activation === null) {
    trace.record(name === "" ? "reshape" : name, isRecurrent ? [inputs] : [inputs, weights], outputs);
    return;
  }
  const between = name === "" ? inputs : machine.unknown("a layer's result before its activation");
  if (name !== "") trace.record(name, [inputs, weights], between);
  trace.record(activation.name, [between, ...activation.parameters], outputs);
}

/** The weights a layer itself holds: listed by Keras and linen, attributes in nnx. */
function weightsOf(layer: PyInstance): Value {
  const listed = held(layer, "_variables_on") ?? held(layer, "_params");
  return listed ?? new PyList([...(layer.attributes?.values() ?? [])].filter(isWeight));
}

/** What a program without layers does is in its first turns of a loop; the trace must not be full of the others. */
const MOST_OPERATIONS = 20_000;

/** Results of models' calls; what nothing uses ends there. */
const results = new WeakMap<Machine, Set<Value>>();

/** Notes the ends of models: of those that were called, and of stacks whose input is known. */
export function endModels(machine: Machine, layers: readonly PyInstance[]): void {
  const called = results.get(machine) ?? new Set();
  results.set(machine, called);
  for (const layer of layers) {
    const ends = held(layer, "_ends");
    const nodes = held(layer, "_inbound_nodes");
    if (ends instanceof PyTuple && nodes instanceof PyList && nodes.items.length === 0)
      called.add(ends.items[1]!);
  }
  const trace = traceOf(machine);
  for (const value of called) {
    if (!(value instanceof PyObject) || !trace.isKnown(value) || trace.momentOf(value).into.length > 0)
      continue;
    recording(machine, () => trace.record("returned", [value], null));
  }
}

/** Records while nothing else of the trace is running. */
function recording(machine: Machine, body: () => void): null {
  const trace = traceOf(machine);
  trace.depth++;
  try {
    body();
  } finally {
    trace.depth--;
  }
  return null;
}

/** What the stubs tell of the flow. */
export const flowNatives = (): Readonly<Record<string, Value>> => ({
  flow_layer: native("flow_layer(layer, inputs, outputs, /)", (machine, layer, inputs, outputs) =>
    recording(machine, () => {
      if (!(layer instanceof PyInstance)) return;
      applied(machine, layer, inputs!, outputs!);
      if (!isInstanceOf(layer, "_keras.models", "Model") || !(outputs instanceof PyList)) return;
      const ends = results.get(machine) ?? new Set();
      results.set(machine, ends);
      for (const output of outputs.items) ends.add(output);
    }),
  ),
  flow: native("flow(name, inputs, output, /)", (machine, name, inputs, output) => {
    const trace = traceOf(machine);
    const items = inputs instanceof PyList ? inputs.items : [];
    const isSeen = items.some((item) => trace.isKnown(item) || trace.isArrayWeight(item));
    if (!isSeen || trace.operations.length >= MOST_OPERATIONS) return output!;
    const operation = FUNCTIONS.get(String(name)) ?? String(name);
    recording(machine, () => trace.record(operation, items, output!));
    return output!;
  }),
  flow_in_place: native("flow_in_place(name, inputs, changed, /)", (machine, name, inputs, changed) => {
    const trace = traceOf(machine);
    // A weight that a training step changes is still the weight.
    const isFollowed = trace.isKnown(changed!) && !trace.isArrayWeight(changed!);
    if (!isFollowed || trace.operations.length >= MOST_OPERATIONS) return null;
    const items = inputs instanceof PyList ? inputs.items : [];
    return recording(machine, () => trace.record(String(name), items, null, changed!));
  }),
  is_trained: native("is_trained(weight, step, /)", (machine, weight, step) => {
    // What is added to a weight and was neither drawn nor is a constant is computed from data.
    const isComputed =
      step instanceof Unknown ||
      (step instanceof PyInstance && isArray(step) && !(held(step, "law") instanceof Law));
    return isComputed && traceOf(machine).isArrayWeight(weight!);
  }),
  flow_same: native("flow_same(made, of, /)", (machine, made, of) => {
    if (made instanceof PyObject && of instanceof PyObject) traceOf(machine).rename(of, made);
    return made!;
  }),
  flow_alias: native("flow_alias(made, of, /)", (machine, made, of) => {
    const trace = traceOf(machine);
    // What is no weight yet may become one under the name that it is bound to with all around it.
    if (made instanceof PyObject && of instanceof PyObject && trace.isArrayWeight(of)) trace.rename(of, made);
    return null;
  }),
  flow_end: native("flow_end(outputs, /)", (machine, outputs) =>
    recording(machine, () => traceOf(machine).record("returned", [outputs!], null)),
  ),
});

/** What a layer itself says follows it, where it was in no model that ran. */
export function ownUse(layer: PyInstance): readonly Use[] {
  const row = OPERATIONS.find(([pattern]) => pattern.test(layer.cls.name));
  if (row === undefined || !["linear", "conv2d"].includes(row[1])) return [];
  const activation = activationOf(layer);
  const name = activation && (activationName(activation.name) ?? null);
  if (activation === null || name === null) return [];
  const [a] = activation.parameters;
  const shown = name === "linear" ? activation.name : name;
  return [{ activation: shown, place: "hidden", ...(a instanceof PyFloat ? { a: a.value } : {}) }];
}
