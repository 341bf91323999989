/** Layers run on shapes: convolutions and pools, whose windows slide over the last axes. */
import type { Machine } from "../../../python/machine.js";
import { type NativeBody, PyList, PyTuple, type Value } from "../../../python/values.js";
import { count, type Size, Tensor } from "../../tensors/tensor.js";
import { misfit, shapeText } from "../runs/misfits.js";
import { isGuessedSize, sizeArgument, truthOf } from "./arguments.js";
import { outcome, over, perAxis, plus, times, unknownInput } from "./outcome.js";

type Table = Record<string, NativeBody>;

interface Window {
  readonly kernel: Size;
  readonly stride: Size;
  readonly padding: Size;
  readonly dilation: Size;
}

/** ⌊(size + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1, rounded up in ceil mode. */
export function slid(
  machine: Machine,
  size: Size,
  { kernel, stride, padding, dilation }: Window,
  ceil = false,
): Size {
  const reach = plus(machine, times(machine, dilation, plus(machine, kernel, -1)), 1);
  const room = plus(machine, plus(machine, size, times(machine, 2, padding)), times(machine, -1, reach));
  if (typeof room === "number" && room < 0) {
    misfit(
      machine,
      `a window of ${String(reach)} does not fit into ${String(size)} with padding ${String(padding)}`,
    );
  }
  if (!ceil) return plus(machine, over(machine, room, stride), 1);
  const up = plus(machine, over(machine, plus(machine, room, plus(machine, stride, -1)), stride), 1);
  // The last window must begin inside the input or its left padding.
  if (typeof up === "number" && typeof size === "number" && typeof padding === "number") {
    return (up - 1) * (stride as number) >= size + padding ? up - 1 : up;
  }
  return machine.unknown("how many windows there are");
}

/** Whether a value is a tensor whose axes are known; what nobody knows as its one length may be an array. */
const hasAxes = (value: Value | undefined): value is Tensor =>
  value instanceof Tensor && !(value.rank === 1 && isGuessedSize(value.shape[0]!));

/** Splits a shape into batch and channels, and the axes windows slide over; raises where torch does. */
function spatial(machine: Machine, input: Tensor, rank: number): readonly Size[] {
  if (input.rank !== rank + 1 && input.rank !== rank + 2) {
    misfit(
      machine,
      `this layer takes ${rank + 2} axes (batch, channels and ${rank} more), but is given ${shapeText(input.shape)}`,
      { isOfAxes: true },
    );
  }
  return input.shape.slice(-rank);
}

function checkChannels(machine: Machine, input: Tensor, rank: number, wanted: Size): void {
  const channels = input.shape.at(-rank - 1);
  if (typeof channels === "number" && typeof wanted === "number" && channels !== wanted) {
    misfit(
      machine,
      `this layer takes ${wanted} channels, but is given ${channels}: the input is ${shapeText(input.shape)}`,
      // In a grouped convolution the constructor's number is another.
      { sizes: { taken: wanted, given: channels } },
    );
  }
}

function convolution(rank: number): NativeBody {
  return (machine, input, weight, _bias, stride, padding, dilation, groups) => {
    if (!(hasAxes(input) && weight instanceof Tensor)) return unknownInput(machine, `conv${rank}d`);
    const axes = spatial(machine, input, rank);
    checkChannels(machine, input, rank, times(machine, weight.shape[1]!, sizeArgument(machine, groups ?? 1)));
    const kernel = weight.shape.slice(-rank);
    const [by, apart] = [perAxis(machine, stride, rank, 1), perAxis(machine, dilation, rank, 1)];
    const pad = typeof padding === "string" ? [] : perAxis(machine, padding, rank, 0);
    const sizes = axes.map((size, i) =>
      padding === "same"
        ? size
        : slid(machine, size, {
            kernel: kernel[i]!,
            stride: by[i]!,
            padding: pad[i] ?? 0,
            dilation: apart[i]!,
          }),
    );
    const shape = [...input.shape.slice(0, -rank - 1), weight.shape[0]!, ...sizes];
    return outcome(machine, shape, input, `conv${rank}d`);
  };
}

function transposedConvolution(rank: number): NativeBody {
  return (machine, input, weight, _bias, stride, padding, outputPadding, groups, dilation) => {
    if (!(hasAxes(input) && weight instanceof Tensor)) return unknownInput(machine, `conv_transpose${rank}d`);
    const axes = spatial(machine, input, rank);
    checkChannels(machine, input, rank, weight.shape[0]!);
    const kernel = weight.shape.slice(-rank);
    const [by, pad, extra, apart] = [
      perAxis(machine, stride, rank, 1),
      perAxis(machine, padding, rank, 0),
      perAxis(machine, outputPadding, rank, 0),
      perAxis(machine, dilation, rank, 1),
    ];
    const sizes = axes.map((size, i) => {
      const reach = times(machine, apart[i]!, plus(machine, kernel[i]!, -1));
      const start = times(machine, plus(machine, size, -1), by[i]!);
      const cut = times(machine, -2, pad[i]!);
      return [reach, extra[i]!, cut, 1].reduce<Size>((sum, term) => plus(machine, sum, term), start);
    });
    const channels = times(machine, weight.shape[1]!, sizeArgument(machine, groups ?? 1));
    const shape = [...input.shape.slice(0, -rank - 1), channels, ...sizes];
    return outcome(machine, shape, input, `conv_transpose${rank}d`);
  };
}

/** A pool's result, with where its values came from if that is asked for. */
function pooled(machine: Machine, input: Tensor, sizes: readonly Size[], indices: Value | undefined): Value {
  const shape = [...input.shape.slice(0, -sizes.length), ...sizes];
  const made = outcome(machine, shape, input, "pool");
  return truthOf(machine, indices) === true
    ? new PyTuple([made, outcome(machine, shape, input, "pool")])
    : made;
}

/** Where each kind of pool has its dilation, ceil mode and indices among the arguments after the padding. */
function pool(rank: number, [dilationAt, ceilAt, indicesAt]: readonly [number, number, number]): NativeBody {
  return (machine, input, kernelSize, stride, padding, ...rest) => {
    if (!hasAxes(input)) return unknownInput(machine, "a pool");
    const axes = spatial(machine, input, rank);
    const kernel = perAxis(machine, kernelSize, rank, 1);
    const by = stride === null ? kernel : perAxis(machine, stride, rank, 1);
    const [pad, apart] = [perAxis(machine, padding, rank, 0), perAxis(machine, rest[dilationAt], rank, 1)];
    const up = truthOf(machine, rest[ceilAt]) === true;
    const sizes = axes.map((size, i) =>
      slid(machine, size, { kernel: kernel[i]!, stride: by[i]!, padding: pad[i]!, dilation: apart[i]! }, up),
    );
    return pooled(machine, input, sizes, rest[indicesAt]);
  };
}

function powerPool(rank: number): NativeBody {
  const plain = pool(rank, [-1, 0, -1]);
  return (machine, input, _norm, kernel, stride, ceil) => plain(machine, input!, kernel!, stride!, 0, ceil!);
}

function adaptivePool(rank: number): NativeBody {
  return (machine, input, size, indices) => {
    if (!hasAxes(input)) return unknownInput(machine, "a pool");
    const old = spatial(machine, input, rank);
    const items = size instanceof PyTuple || size instanceof PyList ? size.items : [size ?? null];
    const wanted = items.length === 1 ? new Array<Value>(rank).fill(items[0]!) : items;
    const sizes = old.map((before, i) => (wanted[i] === null ? before : sizeArgument(machine, wanted[i]!)));
    return pooled(machine, input, sizes, indices);
  };
}

/** The random windows are as many as is asked for: a size, or a part of the input's. */
function fractionalPool(rank: number): NativeBody {
  return (machine, input, _kernel, size, ratio, indices) => {
    if (!hasAxes(input)) return unknownInput(machine, "a pool");
    const old = spatial(machine, input, rank);
    if (size !== null) return pooled(machine, input, perAxis(machine, size, rank, 1), indices);
    const parts =
      ratio instanceof PyTuple || ratio instanceof PyList ? ratio.items : new Array<Value>(rank).fill(ratio!);
    const sizes = old.map((before, i): Size => {
      const part = machine.asNumber(parts[i] ?? null);
      return typeof part === "number" && typeof before === "number"
        ? Math.floor(before * part)
        : machine.unknown("the size of a pool");
    });
    return pooled(machine, input, sizes, indices);
  };
}

function unpool(rank: number): NativeBody {
  return (machine, input, _indices, kernelSize, stride, padding, outputSize) => {
    if (!hasAxes(input)) return unknownInput(machine, "unpooling");
    const old = spatial(machine, input, rank);
    if (outputSize instanceof PyTuple || outputSize instanceof PyList) {
      const sizes = outputSize.items.slice(-rank).map((item) => sizeArgument(machine, item));
      return pooled(machine, input, sizes, false);
    }
    const kernel = perAxis(machine, kernelSize, rank, 1);
    const by = stride === null ? kernel : perAxis(machine, stride, rank, 1);
    const pad = perAxis(machine, padding, rank, 0);
    const sizes = old.map((size, i) => {
      const start = plus(machine, times(machine, plus(machine, size, -1), by[i]!), kernel[i]!);
      return plus(machine, start, times(machine, -2, pad[i]!));
    });
    return pooled(machine, input, sizes, false);
  };
}

/** `unfold(x, kernel)`: each window as a column. */
const unfold: NativeBody = (machine, input, kernel, dilation, padding, stride) => {
  if (!(input instanceof Tensor)) return unknownInput(machine, "unfold");
  const blocks = blocksOf(machine, input.shape.slice(-2), kernel!, dilation!, padding!, stride!);
  const channels = times(machine, input.shape.at(-3) ?? 1, count(machine, perAxis(machine, kernel, 2, 1)));
  return outcome(machine, [...input.shape.slice(0, -3), channels, blocks], input, "unfold");
};

/** `fold(x, size, kernel)`: columns back into an image. */
const fold: NativeBody = (machine, input, outputSize, kernel) => {
  if (!(input instanceof Tensor)) return unknownInput(machine, "fold");
  const window = count(machine, perAxis(machine, kernel, 2, 1));
  const channels = over(machine, input.shape.at(-2)!, window);
  const size = perAxis(machine, outputSize, 2, 1);
  return outcome(machine, [...input.shape.slice(0, -2), channels, ...size], input, "fold");
};

function blocksOf(
  machine: Machine,
  sizes: readonly Size[],
  kernel: Value,
  dilation: Value,
  padding: Value,
  stride: Value,
): Size {
  const [k, d, p, s] = [
    perAxis(machine, kernel, 2, 1),
    perAxis(machine, dilation, 2, 1),
    perAxis(machine, padding, 2, 0),
    perAxis(machine, stride, 2, 1),
  ];
  const blocks = sizes.map((size, i) =>
    slid(machine, size, { kernel: k[i]!, stride: s[i]!, padding: p[i]!, dilation: d[i]! }),
  );
  return count(machine, blocks);
}

/** Functions of torch.nn.functional whose windows slide. */
export const WINDOWS: Table = {
  ...Object.fromEntries(
    [1, 2, 3].flatMap((rank): [string, NativeBody][] => [
      [
        `conv${rank}d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)`,
        convolution(rank),
      ],
      [
        `conv_transpose${rank}d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1)`,
        transposedConvolution(rank),
      ],
      [
        `max_pool${rank}d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False)`,
        pool(rank, [0, 1, 2]),
      ],
      [
        `avg_pool${rank}d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None)`,
        pool(rank, [-1, 0, -1]),
      ],
      [`lp_pool${rank}d(input, norm_type, kernel_size, stride=None, ceil_mode=False)`, powerPool(rank)],
      [`adaptive_avg_pool${rank}d(input, output_size)`, adaptivePool(rank)],
      [`adaptive_max_pool${rank}d(input, output_size, return_indices=False)`, adaptivePool(rank)],
      [
        `max_unpool${rank}d(input, indices, kernel_size, stride=None, padding=0, output_size=None)`,
        unpool(rank),
      ],
    ]),
  ),
  ...Object.fromEntries(
    [2, 3].map((rank): [string, NativeBody] => [
      `fractional_max_pool${rank}d(input, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None)`,
      fractionalPool(rank),
    ]),
  ),
  "unfold(input, kernel_size, dilation=1, padding=0, stride=1)": unfold,
  "fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1)": fold,
};
