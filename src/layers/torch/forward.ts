/** Layers run on shapes: what comes out of a convolution, a pool, a product … Elements are not computed. */
import type { Machine } from "../../python/machine.js";
import { type NativeBody, PyList, PyTuple, Unknown, type Value } from "../../python/values.js";
import { promote } from "../dtypes.js";
import { count, elements, makeTensor, reserve, type Size, Tensor } from "../tensor.js";
import { axisArgument, sizeArgument, tensorsArgument, truthOf } from "./arguments.js";
import { broadcast } from "./elementwise.js";
import { worldOf } from "./world.js";

type Table = Record<string, NativeBody>;

/** A result of that shape whose elements nobody asked for. */
export function outcome(machine: Machine, shape: readonly Size[], like: Tensor, op: string): Tensor {
  return makeTensor(machine, worldOf(machine).Tensor, shape, like.dtype, null, { op });
}

const unknownInput = (machine: Machine, op: string): Unknown =>
  machine.unknown(`${op} of a value that is not known`);

// ── arithmetic on sizes ──────────────────────────────────────────────────────

const plus = (machine: Machine, a: Size, b: Size) => machine.binary("+", a, b) as Size;
const times = (machine: Machine, a: Size, b: Size) => machine.binary("*", a, b) as Size;
const over = (machine: Machine, a: Size, b: Size) => machine.binary("//", a, b) as Size;

/** An int for all `rank` axes, or one for each. */
function perAxis(machine: Machine, value: Value | undefined, rank: number, otherwise: Size): Size[] {
  if (value === undefined || value === null) return new Array<Size>(rank).fill(otherwise);
  if (value instanceof PyTuple || value instanceof PyList) {
    const sizes = value.items.map((item) => (item === null ? otherwise : sizeArgument(machine, item)));
    return sizes.length === 1 && rank > 1 ? new Array<Size>(rank).fill(sizes[0]!) : sizes;
  }
  return new Array<Size>(rank).fill(sizeArgument(machine, value));
}

/** ⌊(size + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1, rounded up in ceil mode. */
function slid(
  machine: Machine,
  size: Size,
  [kernel, stride, padding, dilation]: readonly [Size, Size, Size, Size],
  ceil = false,
): Size {
  const reach = plus(machine, times(machine, dilation, plus(machine, kernel, -1)), 1);
  const room = plus(machine, plus(machine, size, times(machine, 2, padding)), times(machine, -1, reach));
  if (!ceil) return plus(machine, over(machine, room, stride), 1);
  const up = plus(machine, over(machine, plus(machine, room, plus(machine, stride, -1)), stride), 1);
  // The last window must begin inside the input or its left padding.
  if (typeof up === "number" && typeof size === "number" && typeof padding === "number") {
    return (up - 1) * (stride as number) >= size + padding ? up - 1 : up;
  }
  return up;
}

// ── convolutions and pools ───────────────────────────────────────────────────

function convolution(rank: number): NativeBody {
  return (machine, input, weight, _bias, stride, padding, dilation) => {
    if (!(input instanceof Tensor && weight instanceof Tensor)) return unknownInput(machine, `conv${rank}d`);
    const spatial = input.shape.slice(-rank);
    const kernel = weight.shape.slice(-rank);
    const [by, apart] = [perAxis(machine, stride, rank, 1), perAxis(machine, dilation, rank, 1)];
    const sizes =
      padding === "same"
        ? spatial
        : spatial.map((size, i) => {
            const pad = padding === "valid" ? 0 : perAxis(machine, padding as Value, rank, 0)[i]!;
            return slid(machine, size, [kernel[i]!, by[i]!, pad, apart[i]!]);
          });
    return outcome(
      machine,
      [...input.shape.slice(0, -rank - 1), weight.shape[0]!, ...sizes],
      input,
      `conv${rank}d`,
    );
  };
}

function transposedConvolution(rank: number): NativeBody {
  return (machine, input, weight, _bias, stride, padding, outputPadding, groups, dilation) => {
    if (!(input instanceof Tensor && weight instanceof Tensor))
      return unknownInput(machine, `conv_transpose${rank}d`);
    const kernel = weight.shape.slice(-rank);
    const [by, pad, extra, apart] = [
      perAxis(machine, stride, rank, 1),
      perAxis(machine, padding, rank, 0),
      perAxis(machine, outputPadding, rank, 0),
      perAxis(machine, dilation, rank, 1),
    ];
    const sizes = input.shape.slice(-rank).map((size, i) => {
      const reach = times(machine, apart[i]!, plus(machine, kernel[i]!, -1));
      const start = times(machine, plus(machine, size, -1), by[i]!);
      const cut = times(machine, -2, pad[i]!);
      return [reach, extra[i]!, cut, 1].reduce<Size>((sum, term) => plus(machine, sum, term), start);
    });
    const channels = times(machine, weight.shape[1]!, sizeArgument(machine, groups ?? 1));
    return outcome(
      machine,
      [...input.shape.slice(0, -rank - 1), channels, ...sizes],
      input,
      `conv_transpose${rank}d`,
    );
  };
}

function pool(rank: number, hasDilation: boolean): NativeBody {
  return (machine, input, kernelSize, stride, padding, ...rest) => {
    if (!(input instanceof Tensor)) return unknownInput(machine, "a pool");
    const [dilation, ceil] = hasDilation ? [rest[0], rest[1]] : [1, rest[0]];
    const kernel = perAxis(machine, kernelSize, rank, 1);
    const by = stride === null ? kernel : perAxis(machine, stride, rank, 1);
    const [pad, apart] = [perAxis(machine, padding, rank, 0), perAxis(machine, dilation, rank, 1)];
    const up = truthOf(machine, ceil) === true;
    const sizes = input.shape
      .slice(-rank)
      .map((size, i) => slid(machine, size, [kernel[i]!, by[i]!, pad[i]!, apart[i]!], up));
    return outcome(machine, [...input.shape.slice(0, -rank), ...sizes], input, "pool");
  };
}

function adaptivePool(rank: number): NativeBody {
  return (machine, input, size) => {
    if (!(input instanceof Tensor)) return unknownInput(machine, "a pool");
    const old = input.shape.slice(-rank);
    const wanted =
      size instanceof PyTuple || size instanceof PyList ? size.items : new Array<Value>(rank).fill(size!);
    const sizes = old.map((before, i) => (wanted[i] === null ? before : sizeArgument(machine, wanted[i]!)));
    return outcome(machine, [...input.shape.slice(0, -rank), ...sizes], input, "pool");
  };
}

const convolutions: Table = Object.fromEntries(
  [1, 2, 3].flatMap((rank): [string, NativeBody][] => [
    [`conv${rank}d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)`, convolution(rank)],
    [
      `conv_transpose${rank}d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1)`,
      transposedConvolution(rank),
    ],
    [
      `max_pool${rank}d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False)`,
      pool(rank, true),
    ],
    [
      `avg_pool${rank}d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None)`,
      pool(rank, false),
    ],
    [`adaptive_avg_pool${rank}d(input, output_size)`, adaptivePool(rank)],
    [`adaptive_max_pool${rank}d(input, output_size, return_indices=False)`, adaptivePool(rank)],
  ]),
);

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
    return typeof old === "number" ? Math.floor(old * by) : times(machine, old, by);
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

// ── products ─────────────────────────────────────────────────────────────────

/** `x @ y` on shapes, batch axes broadcast. */
export function matmul(machine: Machine, left: Value, right: Value): Value {
  if (!(left instanceof Tensor && right instanceof Tensor)) return unknownInput(machine, "matmul");
  const [a, b] = [left.shape, right.shape];
  const inner = [a.at(-1), b.length > 1 ? b.at(-2) : b.at(-1)];
  if (typeof inner[0] === "number" && typeof inner[1] === "number" && inner[0] !== inner[1]) {
    machine.raise("RuntimeError", `shapes ${a.join("x")} and ${b.join("x")} cannot be multiplied`);
  }
  const batch = broadcast(machine, a.slice(0, -2), b.slice(0, -2));
  const shape = [...batch, ...(a.length > 1 ? [a.at(-2)!] : []), ...(b.length > 1 ? [b.at(-1)!] : [])];
  const dtype = promote(left.dtype, right.dtype);
  return makeTensor(machine, worldOf(machine).Tensor, shape, dtype, product(machine, left, right), {
    op: "matmul",
  });
}

/** Known elements of a product of two small matrices. */
function product(machine: Machine, left: Tensor, right: Tensor): Float64Array | null {
  if (left.rank !== 2 || right.rank !== 2) return null;
  const [n, m] = left.shape as [Size, Size];
  const p = right.shape[1]!;
  if (typeof n !== "number" || typeof m !== "number" || typeof p !== "number" || n * m * p > 1e6) return null;
  const [x, y] = [elements(machine, left), elements(machine, right)];
  if (x === null || y === null) return null;
  const result = new Float64Array(n * p);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < p; j++) {
      let sum = 0;
      for (let k = 0; k < m; k++) sum += x[i * m + k]! * y[k * p + j]!;
      result[i * p + j] = sum;
    }
  }
  return result;
}

/** `linear(x, weight)`: the last axis becomes the weight's rows. */
const linear: NativeBody = (machine, input, weight) => {
  if (!(input instanceof Tensor && weight instanceof Tensor)) return unknownInput(machine, "linear");
  const [rows] = weight.shape;
  return outcome(
    machine,
    [...input.shape.slice(0, -1), ...(weight.rank > 1 ? [rows!] : [])],
    input,
    "linear",
  );
};

/** `einsum("bij,bjk->bik", x, y)`: the sizes of the letters named after the arrow. */
function einsum(machine: Machine, equation: Value, operands: PyTuple): Value {
  const [only] = operands.items;
  const list = operands.items.length === 1 && only instanceof PyList ? only : operands;
  const tensors = tensorsArgument(machine, list);
  if (typeof equation !== "string" || tensors instanceof Unknown || tensors.length === 0) {
    return unknownInput(machine, "einsum");
  }
  const [inputs = "", output] = equation.replaceAll(" ", "").split("->");
  const sizes = new Map<string, Size>();
  let dots: readonly Size[] = [];
  inputs.split(",").forEach((term, i) => {
    const [head = "", tail] = term.split("...");
    const shape = tensors[i]?.shape ?? [];
    for (const [axis, letter] of [...head].entries()) sizes.set(letter, shape[axis]!);
    if (tail === undefined) return;
    dots = broadcast(machine, dots, shape.slice(head.length, shape.length - tail.length));
    for (const [axis, letter] of [...tail].entries())
      sizes.set(letter, shape[shape.length - tail.length + axis]!);
  });
  const result = output ?? implied(inputs);
  const shape = result
    .split("...")
    .flatMap((part, i) => [...(i > 0 ? dots : []), ...[...part].map((letter) => sizes.get(letter)!)]);
  if (shape.some((size) => size === undefined)) return unknownInput(machine, "einsum");
  return outcome(machine, shape, tensors[0]!, "einsum");
}

/** Without an arrow: the letters that occur once, in alphabetical order. */
function implied(inputs: string): string {
  const letters = [...inputs.replaceAll(/[^A-Za-z]/g, "")];
  return letters
    .filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter))
    .sort()
    .join("");
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
  ..."batch_norm layer_norm group_norm instance_norm rms_norm local_response_norm channel_shuffle".split(" "),
];

const sameShape: NativeBody = (machine, input) =>
  input instanceof Tensor
    ? outcome(machine, input.shape, input, "an activation")
    : unknownInput(machine, "a layer");

const LOSSES = [
  ..."cross_entropy nll_loss mse_loss l1_loss smooth_l1_loss huber_loss kl_div binary_cross_entropy ctc_loss".split(
    " ",
  ),
  ..."binary_cross_entropy_with_logits cosine_embedding_loss margin_ranking_loss triplet_margin_loss".split(
    " ",
  ),
  ..."hinge_embedding_loss gaussian_nll_loss poisson_nll_loss multi_margin_loss soft_margin_loss".split(" "),
];

/** Functions of torch.nn.functional. */
export const FUNCTIONAL: Table = {
  ...convolutions,
  ...Object.fromEntries(SAME_SHAPE.map((name) => [`${name}(input, *args, **options)`, sameShape])),
  ...Object.fromEntries(
    LOSSES.map((name): [string, NativeBody] => [
      `${name}(input, *args, **options)`,
      (machine, input) =>
        input instanceof Tensor ? outcome(machine, [], input, name) : unknownInput(machine, name),
    ]),
  ),
  "linear(input, weight, bias=None)": linear,
  "bilinear(input1, input2, weight, bias=None)": linear2,
  "interpolate(input, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False)":
    (machine, input, size, factor) => interpolate(machine, input!, size!, factor!),
  "upsample(input, size=None, scale_factor=None, mode='nearest', align_corners=None)": (
    machine,
    input,
    size,
    factor,
  ) => interpolate(machine, input!, size!, factor!),
  "pad(input, pad, mode='constant', value=None)": (machine, input, amounts) => pad(machine, input!, amounts!),
  "embedding(input, weight, *args, **options)": (machine, input, weight) =>
    input instanceof Tensor && weight instanceof Tensor
      ? outcome(machine, [...input.shape, ...weight.shape.slice(1)], weight, "embedding")
      : unknownInput(machine, "embedding"),
  "scaled_dot_product_attention(query, key, value, *args, **options)": (machine, query, _key, value) =>
    query instanceof Tensor && value instanceof Tensor
      ? outcome(machine, [...query.shape.slice(0, -1), value.shape.at(-1)!], query, "attention")
      : unknownInput(machine, "attention"),
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
  "unfold(input, kernel_size, dilation=1, padding=0, stride=1)": (
    machine,
    input,
    kernel,
    dilation,
    padding,
    stride,
  ) => {
    if (!(input instanceof Tensor)) return unknownInput(machine, "unfold");
    const [k, d, p, s] = [
      perAxis(machine, kernel, 2, 1),
      perAxis(machine, dilation, 2, 1),
      perAxis(machine, padding, 2, 0),
      perAxis(machine, stride, 2, 1),
    ];
    const blocks = input.shape.slice(-2).map((size, i) => slid(machine, size, [k[i]!, s[i]!, p[i]!, d[i]!]));
    const channels = times(machine, input.shape.at(-3) ?? 1, count(machine, k));
    return outcome(machine, [...input.shape.slice(0, -3), channels, count(machine, blocks)], input, "unfold");
  },
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
  "_recurrent(input, mode, hidden_size, num_layers, batch_first, bidirectional, proj_size)": recurrent,
};

function linear2(machine: Machine, input: Value, _second: Value, weight: Value): Value {
  if (!(input instanceof Tensor && weight instanceof Tensor)) return unknownInput(machine, "bilinear");
  return outcome(machine, [...input.shape.slice(0, -1), weight.shape[0]!], input, "bilinear");
}

function shuffle(machine: Machine, input: Value, factor: Value, up: boolean): Value {
  if (!(input instanceof Tensor)) return unknownInput(machine, "pixel_shuffle");
  const by = sizeArgument(machine, factor);
  const square = times(machine, by, by);
  const [channels, height, width] = input.shape.slice(-3) as [Size, Size, Size];
  const [more, less] = up ? [times, over] : [over, times];
  const shape = [less(machine, channels, square), more(machine, height, by), more(machine, width, by)];
  return outcome(machine, [...input.shape.slice(0, -3), ...shape], input, "pixel_shuffle");
}

/** Output and last state of a recurrent layer. */
function recurrent(
  machine: Machine,
  input: Value,
  mode: Value,
  hidden: Value,
  layers: Value,
  batchFirst: Value,
  both: Value,
  projected: Value,
): Value {
  if (!(input instanceof Tensor)) return unknownInput(machine, "a recurrent layer");
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

/** Products and the like, in `torch` and as methods. */
export const PRODUCTS: Table = {
  "matmul(input, other, *, out=None)": (machine, left, right) => matmul(machine, left!, right!),
  "mm(input, mat2, *, out=None)": (machine, left, right) => matmul(machine, left!, right!),
  "bmm(input, mat2, *, out=None)": (machine, left, right) => matmul(machine, left!, right!),
  "dot(input, other, *, out=None)": (machine, left, right) => matmul(machine, left!, right!),
  "mv(input, vec, *, out=None)": (machine, left, right) => matmul(machine, left!, right!),
  "addmm(input, mat1, mat2, *, beta=1, alpha=1, out=None)": (machine, _input, left, right) =>
    matmul(machine, left!, right!),
  "baddbmm(input, batch1, batch2, *, beta=1, alpha=1, out=None)": (machine, _input, left, right) =>
    matmul(machine, left!, right!),
  "outer(input, vec2, *, out=None)": (machine, left, right) => outer(machine, left!, right!),
  "ger(input, vec2, *, out=None)": (machine, left, right) => outer(machine, left!, right!),
};

/** Known elements stay known: rotary tables are made so. */
function outer(machine: Machine, left: Value, right: Value): Value {
  if (!(left instanceof Tensor && right instanceof Tensor)) return unknownInput(machine, "outer");
  const [n] = left.shape;
  const [m] = right.shape;
  const [x, y] = [elements(machine, left), elements(machine, right)];
  const dtype = promote(left.dtype, right.dtype);
  let content: Float64Array | null = null;
  if (x !== null && y !== null) {
    reserve(machine, x.length * y.length);
    content = new Float64Array(x.length * y.length);
    for (let i = 0; i < x.length; i++)
      for (let j = 0; j < y.length; j++) content[i * y.length + j] = x[i]! * y[j]!;
  }
  return makeTensor(machine, worldOf(machine).Tensor, [n!, m!], dtype, content, { op: "outer" });
}

export const EINSUM: Table = {
  "einsum(equation, *operands)": (machine, equation, operands) =>
    einsum(machine, equation!, operands as PyTuple),
};
