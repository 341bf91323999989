/** Fourier transforms: shapes alone. A real signal of n samples has n // 2 + 1 frequencies. */
import type { Machine } from "../../../python/machine.js";
import { type NativeBody, PyList, PyTuple, type Value } from "../../../python/values.js";
import { type DType, realType } from "../../tensors/dtypes.js";
import { makeTensor, type Size, Tensor } from "../../tensors/tensor.js";
import { worldOf } from "../world.js";
import { axisArgument, sizeArgument } from "./arguments.js";
import { outcome, over, plus, times, unknownInput } from "./outcome.js";

type Table = Record<string, NativeBody>;

/** What a transform makes of its last axis. */
type Kind = "complex" | "half" | "real";

const frequencies = (machine: Machine, samples: Size): Size => plus(machine, over(machine, samples, 2), 1);

function transform(machine: Machine, kind: Kind, input: Value, sizes: Value, axes: readonly number[]): Value {
  if (!(input instanceof Tensor)) return unknownInput(machine, "a Fourier transform");
  const given = sizes instanceof PyTuple || sizes instanceof PyList ? sizes.items : [sizes];
  const shape = [...input.shape];
  axes.forEach((axis, at) => {
    const size = given[given.length === axes.length ? at : given.length] ?? null;
    const isLast = at === axes.length - 1;
    if (kind === "real" && isLast) {
      const less = machine.binary("-", shape[axis]!, 1) as Size;
      shape[axis] = size === null ? times(machine, 2, less) : sizeArgument(machine, size);
      return;
    }
    if (size !== null) shape[axis] = sizeArgument(machine, size);
    if (kind === "half" && isLast) shape[axis] = frequencies(machine, shape[axis]!);
  });
  return withDtype(machine, shape, kind === "real" ? realType(input.dtype) : complexOf(input.dtype), "fft");
}

const complexOf = (dtype: DType): DType =>
  dtype === "float64" || dtype === "complex128" ? "complex128" : "complex64";

const withDtype = (machine: Machine, shape: readonly Size[], dtype: DType, op: string): Tensor =>
  makeTensor(machine, worldOf(machine).Tensor, shape, dtype, null, { op });

const KINDS: readonly (readonly [prefix: string, kind: Kind])[] = [
  ["", "complex"],
  ["i", "complex"],
  ["r", "half"],
  ["ir", "real"],
];

function transforms(): Table {
  const table: Table = {};
  for (const [prefix, kind] of KINDS) {
    table[`${prefix}fft(input, n=None, dim=-1, norm=None, *, out=None)`] = (machine, input, n, dim) => {
      const axis = input instanceof Tensor ? axisArgument(machine, dim, input.rank) : null;
      return axis === null
        ? unknownInput(machine, "a Fourier transform")
        : transform(machine, kind, input!, n!, [axis]);
    };
    for (const [name, otherwise] of [
      ["fft2", 2],
      ["fftn", null],
    ] as const) {
      table[`${prefix}${name}(input, s=None, dim=None, norm=None, *, out=None)`] = (
        machine,
        input,
        s,
        dim,
      ) => {
        const axes = input instanceof Tensor ? axesOf(machine, dim!, input.rank, otherwise, s!) : null;
        return axes === null
          ? unknownInput(machine, "a Fourier transform")
          : transform(machine, kind, input!, s!, axes);
      };
    }
  }
  return table;
}

/** The axes named, else the last two, as many as there are sizes, or all. */
function axesOf(
  machine: Machine,
  dim: Value,
  rank: number,
  otherwise: number | null,
  sizes: Value,
): readonly number[] | null {
  const named = dim instanceof PyTuple || dim instanceof PyList ? dim.items : null;
  if (named === null) {
    const count =
      sizes instanceof PyTuple || sizes instanceof PyList ? sizes.items.length : (otherwise ?? rank);
    return Array.from({ length: count }, (_, at) => rank - count + at);
  }
  const axes = named.map((one) => axisArgument(machine, one, rank));
  return axes.includes(null) ? null : (axes as number[]);
}

const shifted: NativeBody = (machine, input) =>
  input instanceof Tensor
    ? outcome(machine, input.shape, input, "fftshift")
    : unknownInput(machine, "fftshift");

/** Of `torch.fft`. */
export const FFT: Table = {
  ...transforms(),
  "fftfreq(n, d=1.0, *, out=None, dtype=None, layout=None, device=None, requires_grad=False)": (machine, n) =>
    withDtype(machine, [sizeArgument(machine, n!)], worldOf(machine).defaultDtype, "fftfreq"),
  "rfftfreq(n, d=1.0, *, out=None, dtype=None, layout=None, device=None, requires_grad=False)": (
    machine,
    n,
  ) =>
    withDtype(
      machine,
      [frequencies(machine, sizeArgument(machine, n!))],
      worldOf(machine).defaultDtype,
      "rfftfreq",
    ),
  "fftshift(input, dim=None)": shifted,
  "ifftshift(input, dim=None)": shifted,
};

/** Of `torch` itself. */
export const SPECTRA: Table = {
  "stft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode='reflect', normalized=False, onesided=None, return_complex=None, align_to_window=None)":
    (machine, input, points, hop, _length, _window, center, _mode, _normalized, onesided, isComplex) => {
      if (!(input instanceof Tensor)) return unknownInput(machine, "stft");
      const size = sizeArgument(machine, points!);
      const step = hop === null ? over(machine, size, 4) : sizeArgument(machine, hop!);
      const samples = input.shape.at(-1)!;
      const whole = center === false ? (machine.binary("-", samples, size) as Size) : samples;
      const frames = plus(machine, over(machine, whole, step), 1);
      const bins = onesided === false ? size : frequencies(machine, size);
      const shape = [...input.shape.slice(0, -1), bins, frames];
      return isComplex === true
        ? withDtype(machine, shape, complexOf(input.dtype), "stft")
        : withDtype(machine, [...shape, 2], realType(input.dtype), "stft");
    },
};
