/** What writes a law into memory: `torch.nn.init` and the in-place draws of a tensor. */

import { wrap } from "../../../init/dims.js";
import { torchFans } from "../../../init/fans.js";
import { calculateGain, drawTorch } from "../../../init/frameworks/torch.js";
import { isRefusal } from "../../../init/refusal.js";
import type { Machine } from "../../../python/machine.js";
import { type NativeBody, PyFloat, PyTuple, Unknown, type Value } from "../../../python/values.js";
import { refuse } from "../../observations.js";
import { dimOf, shapeDims, stepArguments } from "../../tensors/distribution.js";
import { type Size, type StepArgument, spoil, Tensor, write } from "../../tensors/tensor.js";
import { assign, copyInPlace } from "./indexing.js";

type Table = Record<string, NativeBody>;

/** Signatures of torch.nn.init and the number that fills the tensor, if the function always fills with one. */
const INIT: Readonly<Record<string, { readonly parameters: string; readonly fill?: number }>> = {
  uniform_: { parameters: "a=0.0, b=1.0, generator=None" },
  normal_: { parameters: "mean=0.0, std=1.0, generator=None" },
  trunc_normal_: { parameters: "mean=0.0, std=1.0, a=-2.0, b=2.0, generator=None" },
  constant_: { parameters: "val" },
  ones_: { parameters: "", fill: 1 },
  zeros_: { parameters: "", fill: 0 },
  eye_: { parameters: "" },
  dirac_: { parameters: "groups=1" },
  xavier_uniform_: { parameters: "gain=1.0, generator=None" },
  xavier_normal_: { parameters: "gain=1.0, generator=None" },
  kaiming_uniform_: { parameters: "a=0, mode='fan_in', nonlinearity='leaky_relu', generator=None" },
  kaiming_normal_: { parameters: "a=0, mode='fan_in', nonlinearity='leaky_relu', generator=None" },
  orthogonal_: { parameters: "gain=1, generator=None" },
  sparse_: { parameters: "sparsity, std=0.01, generator=None" },
};

const parameterNames = (parameters: string): string[] =>
  parameters === "" ? [] : parameters.split(", ").map((parameter) => parameter.split("=")[0]!);

/** An argument as far as it is known: a number, a word, or unknown. */
function argument(machine: Machine, value: Value | undefined): StepArgument {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (value instanceof Unknown) return value;
  return machine.asNumber(value) ?? machine.unknown("an argument that is no number");
}

/** Records one of torch.nn.init, or raises what torch raises. */
function initialise(
  machine: Machine,
  name: string,
  names: readonly string[],
  tensor: Value,
  values: readonly Value[],
): Value {
  if (tensor === null)
    return refuse(machine, "AttributeError", "the tensor is None; its layer was made without one");
  if (!(tensor instanceof Tensor)) {
    machine.escape([tensor]);
    return tensor;
  }
  const args = new Map<string, StepArgument>();
  names.forEach((parameter, i) => {
    if (parameter !== "generator") args.set(parameter, argument(machine, values[i]));
  });
  const draw = drawTorch(name, shapeDims(tensor.shape), stepArguments(args));
  if (isRefusal(draw)) {
    // Sizes of 0 are those of a call that leaves out what the sizes come from.
    if (draw.error === "ZeroDivisionError") return machine.raise(draw.error, draw.message);
    return refuse(machine, draw.error, draw.message);
  }
  const constant = draw.kind === "constant" ? draw.value : null;
  write(machine, tensor, constant, { op: name, args });
  return tensor;
}

/** The functions of torch.nn.init, each under its deprecated name too. */
export const INITIALISERS: Table = Object.fromEntries(
  Object.entries(INIT).flatMap(([name, { parameters }]) => {
    const names = parameterNames(parameters);
    const body: NativeBody = (machine, tensor, ...values) =>
      initialise(machine, name, names, tensor!, values as Value[]);
    const signature = parameters === "" ? "(tensor)" : `(tensor, ${parameters})`;
    return [`${name}${signature}`, `${name.slice(0, -1)}${signature}`].map((key) => [key, body]);
  }),
);

/** What else torch.nn.init has. */
export const INIT_HELPERS: Table = {
  "calculate_gain(nonlinearity, param=None)": (machine, nonlinearity, param) => {
    if (typeof nonlinearity !== "string")
      return machine.unknown("the gain of a nonlinearity that is not known");
    const slope = param === null ? undefined : argument(machine, param);
    const gain = calculateGain(
      nonlinearity,
      typeof slope === "number" ? slope : slope === undefined ? slope : null,
    );
    if (typeof gain === "number") return Number.isInteger(gain) ? gain : new PyFloat(gain);
    return gain === null ? machine.unknown("a gain") : refuse(machine, gain.error, gain.message);
  },
  "_calculate_fan_in_and_fan_out(tensor)": (machine, tensor) => {
    if (!(tensor instanceof Tensor)) return machine.unknown("the fans of a value that is not known");
    const { fanIn, fanOut } = fansOf(machine, tensor);
    return new PyTuple([fanIn, fanOut]);
  },
  "_calculate_correct_fan(tensor, mode)": (machine, tensor, mode) => {
    if (!(tensor instanceof Tensor)) return machine.unknown("the fans of a value that is not known");
    const { fanIn, fanOut } = fansOf(machine, tensor);
    return typeof mode === "string" && mode.toLowerCase() === "fan_out" ? fanOut : fanIn;
  },
  // What torch's layers do with a bias: U(±1/√fan), a formula where the fan is a symbol.
  "uniform_by_fan_(tensor, fan)": (machine, tensor, fan) => {
    if (!(tensor instanceof Tensor)) return tensor!;
    const size = fan === null ? null : machine.asInteger(fan!);
    const bound: StepArgument =
      typeof size === "number"
        ? size > 0
          ? 1 / Math.sqrt(size)
          : 0
        : (boundText(size as Size | null) ?? machine.unknown("a fan that is not known"));
    const low: StepArgument =
      typeof bound === "number" ? -bound : typeof bound === "string" ? `-${bound}` : bound;
    write(machine, tensor, null, {
      op: "uniform_",
      args: new Map([
        ["a", low],
        ["b", bound],
      ]),
    });
    return tensor;
  },
  "fan_in_of(tensor)": (machine, tensor) =>
    tensor instanceof Tensor
      ? fansOf(machine, tensor).fanIn
      : machine.unknown("the fan of a weight that is not known"),
};

/** `1/√n_embd`; null where the fan is not known at all. */
function boundText(fan: Size | null): string | null {
  const dim = fan === null ? null : dimOf(fan);
  return dim === null ? null : `1/√${wrap(String(dim), /[^\w.]/)}`;
}

/** `_calculate_fan_in_and_fan_out` on sizes that may be symbols. */
function fansOf(machine: Machine, tensor: Tensor): { fanIn: Size; fanOut: Size } {
  if (torchFans(shapeDims(tensor.shape)) === null) {
    machine.raise(
      "ValueError",
      "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions",
    );
  }
  const [outputs, inputs, ...receptive] = tensor.shape as [Size, Size, ...Size[]];
  const field = receptive.reduce<Size>((product, size) => machine.binary("*", product, size) as Size, 1);
  return {
    fanIn: machine.binary("*", inputs, field) as Size,
    fanOut: machine.binary("*", outputs, field) as Size,
  };
}

/** In-place draws of a tensor: their name in the history and their parameters. */
const DRAWS: Readonly<Record<string, readonly [op: string, parameters: string]>> = {
  normal_: ["normal_", "mean=0, std=1, *, generator=None"],
  uniform_: ["uniform_", "a=0, b=1, *, generator=None, from_=None, to=None"],
  exponential_: ["exponential_", "lambd=1, *, generator=None"],
  log_normal_: ["log_normal_", "mean=1, std=2, *, generator=None"],
  cauchy_: ["cauchy_", "median=0, sigma=1, *, generator=None"],
  geometric_: ["geometric_", "p, *, generator=None"],
  random_: ["random_", "low=None, high=None, *, generator=None"],
  bernoulli_: ["bernoulli_", "p=0.5, *, generator=None"],
};

/** Methods that overwrite a tensor. */
export const FILLING: Table = {
  ...Object.fromEntries(
    Object.entries(DRAWS).map(([name, [op, parameters]]) => {
      const names = parameterNames(parameters);
      const body: NativeBody = (machine, self, ...values) => {
        const args = new Map<string, StepArgument>();
        names.forEach((parameter, i) => {
          if (parameter !== "*" && parameter !== "generator")
            args.set(parameter, argument(machine, values[i]));
        });
        write(machine, self as Tensor, null, { op, args: op === "uniform_" ? bounds(args) : args });
        return self!;
      };
      return [`${name}(self, ${parameters})`, body];
    }),
  ),
  "fill_(self, value)": (machine, self, value) => {
    assign(machine, self as Tensor, value!);
    return self!;
  },
  "zero_(self)": (machine, self) => {
    write(machine, self as Tensor, 0, { op: "zeros_" });
    return self!;
  },
  "copy_(self, src, non_blocking=False)": (machine, self, source) =>
    copyInPlace(machine, self as Tensor, source!),
  "set_(self, source=None, *args)": (machine, self) => {
    spoil(machine, self as Tensor, "other memory was put here");
    return self!;
  },
};

/** `uniform_(from, to)`: the keyword `from` cannot be written in a signature. */
function bounds(args: ReadonlyMap<string, StepArgument>): Map<string, StepArgument> {
  return new Map<string, StepArgument>([
    ["a", args.get("from_") ?? args.get("a") ?? 0],
    ["b", args.get("to") ?? args.get("b") ?? 1],
  ]);
}
