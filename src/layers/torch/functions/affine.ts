/** Layers with a weight for each feature or channel, on shapes: linear ones, embeddings, norms. */
import type { Machine } from "../../../python/machine.js";
import { type NativeBody, PyDict, Unknown, type Value } from "../../../python/values.js";
import { type Size, Tensor } from "../../tensors/tensor.js";
import { flattenedFrom, misfit, shapeText } from "../runs/misfits.js";
import { shapeArgument, sizeArgument, truthOf } from "./arguments.js";
import { outcome, plus, unknownInput } from "./outcome.js";

type Table = Record<string, NativeBody>;

const differ = (one: Size | undefined, other: Size | undefined): boolean =>
  typeof one === "number" && typeof other === "number" && one !== other;

/** `linear(x, weight)`: the last axis becomes the weight's rows. */
const linear: NativeBody = (machine, input, weight) => {
  if (!(input instanceof Tensor && weight instanceof Tensor)) return unknownInput(machine, "linear");
  const [given, taken] = [input.shape.at(-1), weight.shape.at(-1)];
  if (differ(given, taken)) {
    misfit(
      machine,
      `this layer takes ${String(taken)} features, but is given ${String(given)}${flattenedFrom(machine, input)}: the input is ${shapeText(input.shape)}`,
      { sizes: { taken: taken as number, given: given as number } },
    );
  }
  const rows = weight.rank > 1 ? [weight.shape[0]!] : [];
  return outcome(machine, [...input.shape.slice(0, -1), ...rows], input, "linear");
};

const bilinear: NativeBody = (machine, input, _second, weight) =>
  input instanceof Tensor && weight instanceof Tensor
    ? outcome(machine, [...input.shape.slice(0, -1), weight.shape[0]!], input, "bilinear")
    : unknownInput(machine, "bilinear");

const embedding: NativeBody = (machine, input, weight) =>
  input instanceof Tensor && weight instanceof Tensor
    ? outcome(machine, [...input.shape, ...weight.shape.slice(1)], weight, "embedding")
    : unknownInput(machine, "embedding");

/** A row of indices is one bag; a flat list is cut into bags by offsets. */
const embeddingBag: NativeBody = (machine, input, weight, offsets, _args, options) => {
  if (!(input instanceof Tensor && weight instanceof Tensor)) return unknownInput(machine, "embedding_bag");
  if (input.rank === 2) return outcome(machine, [input.shape[0]!, weight.shape[1]!], weight, "embedding");
  if (!(offsets instanceof Tensor)) return unknownInput(machine, "embedding_bag");
  const hasEnd =
    options instanceof PyDict && truthOf(machine, options.get("include_last_offset") ?? false) === true;
  const bags = hasEnd ? plus(machine, offsets.shape[0]!, -1) : offsets.shape[0]!;
  return outcome(machine, [bags, weight.shape[1]!], weight, "embedding");
};

// ── norms ────────────────────────────────────────────────────────────────────

/** The first tensor given tells how many channels the layer has. */
function channelNorm(
  machine: Machine,
  input: Value | undefined,
  tensors: readonly (Value | undefined)[],
): Value {
  if (!(input instanceof Tensor)) return unknownInput(machine, "a norm");
  const known = tensors.find((one) => one instanceof Tensor);
  const [taken, given] = [known instanceof Tensor ? known.shape[0] : undefined, input.shape[1]];
  if (differ(given, taken)) {
    misfit(
      machine,
      `this layer takes ${String(taken)} channels, but is given ${String(given)}: the input is ${shapeText(input.shape)}`,
      { sizes: { taken: taken as number, given: given as number } },
    );
  }
  return outcome(machine, input.shape, input, "norm");
}

/** Norms over the last axes, which must be those the layer was made for. */
function trailingNorm(machine: Machine, input: Value | undefined, normalized: Value | undefined): Value {
  if (!(input instanceof Tensor)) return unknownInput(machine, "a norm");
  const wanted = shapeArgument(machine, normalized);
  if (!(wanted instanceof Unknown)) {
    const own = input.shape.slice(-wanted.length);
    if (own.length < wanted.length || own.some((size, axis) => differ(size, wanted[axis]))) {
      misfit(
        machine,
        `this layer normalises ${shapeText(wanted)}, but is given ${shapeText(own)}: the input is ${shapeText(input.shape)}`,
      );
    }
  }
  return outcome(machine, input.shape, input, "norm");
}

export const AFFINE: Table = {
  "linear(input, weight, bias=None)": linear,
  "bilinear(input1, input2, weight, bias=None)": bilinear,
  "embedding(input, weight, *args, **options)": embedding,
  "embedding_bag(input, weight, offsets=None, *args, **options)": embeddingBag,
  "batch_norm(input, running_mean, running_var, weight=None, bias=None, *args, **options)": (
    machine,
    input,
    mean,
    _variance,
    weight,
  ) => channelNorm(machine, input, [weight, mean]),
  "instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, *args, **options)": (
    machine,
    input,
    mean,
    _variance,
    weight,
  ) =>
    input instanceof Tensor && input.rank < 3
      ? outcome(machine, input.shape, input, "norm")
      : channelNorm(machine, input, [weight, mean]),
  "group_norm(input, num_groups, weight=None, bias=None, *args, **options)": (
    machine,
    input,
    groups,
    weight,
  ) => {
    const made = channelNorm(machine, input, [weight]);
    const channels = input instanceof Tensor ? input.shape[1] : undefined;
    const count = sizeArgument(machine, groups!);
    if (typeof channels === "number" && typeof count === "number" && channels % count !== 0) {
      misfit(machine, `${channels} channels cannot be divided into ${count} groups`);
    }
    return made;
  },
  "layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05)": (machine, input, normalized) =>
    trailingNorm(machine, input, normalized),
  "rms_norm(input, normalized_shape, weight=None, eps=None)": (machine, input, normalized) =>
    trailingNorm(machine, input, normalized),
};
