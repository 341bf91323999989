/** The rest of torch.nn.functional on shapes. */
import type { Machine } from "../../../python/machine.js";
import { type NativeBody, PyDict, PyList, PyTuple, Unknown, type Value } from "../../../python/values.js";
import { type Size, Tensor } from "../../tensors/tensor.js";
import { AFFINE } from "./affine.js";
import { axisArgument, shapeArgument, sizeArgument } from "./arguments.js";
import { ATTENTION, RECURRENT } from "./attention.js";
import { broadcast } from "./elementwise.js";
import { outcome, over, perAxis, plus, times, unknownInput } from "./outcome.js";
import { WINDOWS } from "./windows.js";

type Table = Record<string, NativeBody>;

/** `interpolate(x, size, scale_factor)`. */
function interpolate(machine: Machine, input: Value, size: Value, factor: Value): Value {
  if (!(input instanceof Tensor)) return unknownInput(machine, "interpolate");
  const rank = input.rank - 2;
  const head = input.shape.slice(0, 2);
  if (size !== null)
    return outcome(machine, [...head, ...perAxis(machine, size, rank, 1)], input, "interpolate");
  const factors =
    factor instanceof PyTuple || factor instanceof PyList
      ? factor.items
      : new Array<Value>(rank).fill(factor);
  const sizes = input.shape.slice(2).map((old, i): Size => {
    const by = machine.asNumber(factors[i] ?? null);
    if (typeof by !== "number") return machine.unknown("a scale factor");
    if (typeof old === "number") return Math.floor(old * by);
    return Number.isInteger(by) ? times(machine, old, by) : machine.unknown("a size scaled by a fraction");
  });
  return outcome(machine, [...head, ...sizes], input, "interpolate");
}

/** `pad(x, [left, right, top, bottom …])`, from the last axis backwards. */
function pad(machine: Machine, input: Value, amounts: Value): Value {
  const sizes = amounts instanceof PyTuple || amounts instanceof PyList ? amounts.items : null;
  if (!(input instanceof Tensor) || sizes === null) return unknownInput(machine, "pad");
  const shape = input.shape.map((size, axis) => {
    const i = 2 * (input.rank - 1 - axis);
    if (i >= sizes.length) return size;
    return plus(
      machine,
      plus(machine, size, sizeArgument(machine, sizes[i]!)),
      sizeArgument(machine, sizes[i + 1]!),
    );
  });
  return outcome(machine, shape, input, "pad");
}

// ── what keeps its input's shape, and the rest ───────────────────────────────

const SAME_SHAPE = [
  ..."gelu elu celu leaky_relu relu relu6 silu mish hardswish hardsigmoid hardtanh selu softplus softsign".split(
    " ",
  ),
  ..."sigmoid tanh logsigmoid tanhshrink hardshrink softshrink softmax log_softmax softmin threshold prelu rrelu".split(
    " ",
  ),
  ..."gumbel_softmax dropout dropout1d dropout2d dropout3d alpha_dropout feature_alpha_dropout normalize".split(
    " ",
  ),
  ..."local_response_norm channel_shuffle".split(" "),
];

const sameShape: NativeBody = (machine, input) =>
  input instanceof Tensor
    ? outcome(machine, input.shape, input, "an activation")
    : unknownInput(machine, "a layer");

/** A loss is one number, unless `reduction` keeps one each. */
function loss(name: string): NativeBody {
  return (machine, input, _args, options) => {
    if (!(input instanceof Tensor)) return unknownInput(machine, name);
    const reduction = options instanceof PyDict ? (options.get("reduction") ?? "mean") : "mean";
    return reduction === "none" || typeof reduction !== "string"
      ? machine.unknown("losses that are not summed")
      : outcome(machine, [], input, name);
  };
}

const LOSSES: readonly string[] =
  `cross_entropy nll_loss mse_loss l1_loss smooth_l1_loss huber_loss kl_div binary_cross_entropy ctc_loss
   binary_cross_entropy_with_logits cosine_embedding_loss margin_ranking_loss triplet_margin_loss
   hinge_embedding_loss gaussian_nll_loss poisson_nll_loss multi_margin_loss soft_margin_loss
   multilabel_margin_loss multilabel_soft_margin_loss`.split(/\s+/);

/** Functions of torch.nn.functional. */
export const FUNCTIONAL: Table = {
  ...WINDOWS,
  ...Object.fromEntries(SAME_SHAPE.map((name) => [`${name}(input, *args, **options)`, sameShape])),
  ...Object.fromEntries(LOSSES.map((name) => [`${name}(input, *args, **options)`, loss(name)])),
  ...AFFINE,
  "interpolate(input, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False)":
    (machine, input, size, factor) => interpolate(machine, input!, size!, factor!),
  "upsample(input, size=None, scale_factor=None, mode='nearest', align_corners=None)": (
    machine,
    input,
    size,
    factor,
  ) => interpolate(machine, input!, size!, factor!),
  "pad(input, pad, mode='constant', value=None)": (machine, input, amounts) => pad(machine, input!, amounts!),
  "glu(input, dim=-1)": (machine, input, dim) => {
    if (!(input instanceof Tensor)) return unknownInput(machine, "glu");
    const axis = axisArgument(machine, dim, input.rank);
    const shape = input.shape.map((size, at) => (at === axis ? over(machine, size, 2) : size));
    return outcome(machine, shape, input, "glu");
  },
  "one_hot(tensor, num_classes=-1)": (machine, input, classes) => {
    if (!(input instanceof Tensor)) return unknownInput(machine, "one_hot");
    const size =
      classes === -1 ? machine.unknown("how many classes there are") : sizeArgument(machine, classes!);
    return outcome(machine, [...input.shape, size], input, "one_hot");
  },
  "pixel_shuffle(input, upscale_factor)": (machine, input, factor) => shuffle(machine, input!, factor!, true),
  "pixel_unshuffle(input, downscale_factor)": (machine, input, factor) =>
    shuffle(machine, input!, factor!, false),
  "grid_sample(input, grid, *args, **options)": (machine, input, grid) =>
    input instanceof Tensor && grid instanceof Tensor
      ? outcome(machine, [...input.shape.slice(0, 2), ...grid.shape.slice(1, -1)], input, "grid_sample")
      : unknownInput(machine, "grid_sample"),
  "cosine_similarity(x1, x2, dim=1, eps=1e-08)": (machine, first, second, dim) => {
    if (!(first instanceof Tensor && second instanceof Tensor))
      return unknownInput(machine, "cosine_similarity");
    const shape = broadcast(machine, first.shape, second.shape);
    const axis = axisArgument(machine, dim, shape.length);
    return outcome(
      machine,
      shape.filter((_, at) => at !== axis),
      first,
      "cosine_similarity",
    );
  },
  "affine_grid(theta, size, align_corners=None)": (machine, theta, size) => {
    const sizes = shapeArgument(machine, size);
    if (!(theta instanceof Tensor) || sizes instanceof Unknown) return unknownInput(machine, "affine_grid");
    return outcome(machine, [sizes[0]!, ...sizes.slice(2), sizes.length - 2], theta, "affine_grid");
  },
  ...RECURRENT,
  ...ATTENTION,
};

function shuffle(machine: Machine, input: Value, factor: Value, up: boolean): Value {
  if (!(input instanceof Tensor)) return unknownInput(machine, "pixel_shuffle");
  const by = sizeArgument(machine, factor);
  const square = times(machine, by, by);
  const [channels, height, width] = input.shape.slice(-3) as [Size, Size, Size];
  const [more, less] = up ? [times, over] : [over, times];
  const shape = [less(machine, channels, square), more(machine, height, by), more(machine, width, by)];
  return outcome(machine, [...input.shape.slice(0, -3), ...shape], input, "pixel_shuffle");
}
