import type { Shape } from "../../types.js";
import { isConcrete, product, sum } from "../dims.js";
import { namedFans, torchFans } from "../fans.js";
import * as make from "../make.js";
import { type Draw, type Refusal, refuse } from "../refusal.js";
import type { Quantity, Spread } from "../symbolic.js";
import * as symbolic from "../symbolic.js";
import { type Arguments, drawFrom, type Given, initializers, REQUIRED } from "./table.js";

/**
 * torch.nn.init, version 2: what each function draws. `shape` is torch's own, outputs first.
 * @param given arguments by torch's names; strings are symbols except for `mode` and `nonlinearity`.
 */
export function drawTorch(name: string, shape: Shape, given: Arguments = {}): Draw {
  return drawFrom(TORCH, DEPRECATED.has(name) ? `${name}_` : name, shape, given);
}

const LINEAR = [
  "linear",
  "conv1d",
  "conv2d",
  "conv3d",
  "conv_transpose1d",
  "conv_transpose2d",
  "conv_transpose3d",
] as const;

/** The constants of `torch.nn.init.calculate_gain`; leaky_relu has a formula instead. */
const GAINS: ReadonlyMap<string, number> = new Map<string, number>([
  ...LINEAR.map((name) => [name, 1] as const),
  ["sigmoid", 1],
  ["tanh", 5 / 3],
  ["relu", Math.SQRT2],
  ["selu", 3 / 4],
]);

/** Names `calculate_gain` accepts. */
export const TORCH_NONLINEARITIES: readonly string[] = [...GAINS.keys(), "leaky_relu"];

/** `torch.nn.init.calculate_gain(nonlinearity, param)`; `null` where a symbol makes it unknown. */
export function calculateGain(
  nonlinearity: string,
  param: Quantity | undefined = 0.01,
): number | null | Refusal {
  const gain = GAINS.get(nonlinearity);
  if (gain !== undefined) return gain;
  if (nonlinearity !== "leaky_relu") return refuse("ValueError", `Unsupported nonlinearity ${nonlinearity}`);
  return typeof param === "number" ? Math.sqrt(2 / (1 + param * param)) : null;
}

/** Without the underscore these are deprecated names of the same functions. */
const DEPRECATED = new Set([
  "uniform",
  "normal",
  "constant",
  "eye",
  "dirac",
  "xavier_uniform",
  "xavier_normal",
  "kaiming_uniform",
  "kaiming_normal",
  "orthogonal",
  "sparse",
]);

const TOO_FLAT = "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions";
const KAIMING = { a: 0, mode: "fan_in", nonlinearity: "leaky_relu" };

const TORCH = initializers({
  uniform_: [{ a: 0, b: 1 }, (_, given) => drawUniform(given)],
  normal_: [{ mean: 0, std: 1 }, (_, given) => drawNormal(given)],
  trunc_normal_: [{ mean: 0, std: 1, a: -2, b: 2 }, (_, given) => drawTruncated(given)],
  constant_: [{ val: REQUIRED }, (_, given) => symbolic.constant(given.quantity("val"), given.source)],
  ones_: [{}, (_, { source }) => make.constant(1, source)],
  zeros_: [{}, (_, { source }) => make.constant(0, source)],
  eye_: [{}, drawEye],
  dirac_: [{ groups: 1 }, drawDirac],
  xavier_uniform_: [{ gain: 1 }, (shape, given) => drawXavier("uniform", shape, given)],
  xavier_normal_: [{ gain: 1 }, (shape, given) => drawXavier("normal", shape, given)],
  kaiming_uniform_: [KAIMING, (shape, given) => drawKaiming("uniform", shape, given)],
  kaiming_normal_: [KAIMING, (shape, given) => drawKaiming("normal", shape, given)],
  orthogonal_: [{ gain: 1 }, drawOrthogonal],
  sparse_: [{ sparsity: REQUIRED, std: 0.01 }, drawSparse],
});

function drawUniform(given: Given): Draw {
  const [low, high] = [given.quantity("a"), given.quantity("b")];
  if (typeof low === "number" && typeof high === "number" && low > high) {
    return refuse("RuntimeError", `uniform_ expects a ≤ b, but a = ${low} and b = ${high}`);
  }
  return symbolic.uniform(low, high, given.source);
}

function drawNormal(given: Given): Draw {
  const std = given.quantity("std");
  if (typeof std === "number" && std < 0) {
    return refuse("RuntimeError", `normal_ expects std ≥ 0, but std = ${std}`);
  }
  return symbolic.normal(given.quantity("mean"), std, given.source);
}

/** The bounds are absolute, not in standard deviations. */
function drawTruncated(given: Given): Draw {
  const [mean, std, low, high] = ["mean", "std", "a", "b"].map((name) => given.quantity(name));
  if (std === 0) return refuse("ZeroDivisionError", "trunc_normal_ divides by std, which is 0");
  if (typeof low === "number" && typeof high === "number" && low > high) {
    return refuse("RuntimeError", `trunc_normal_ expects a ≤ b, but a = ${low} and b = ${high}`);
  }
  // Only the square of std is used.
  const scale = typeof std === "number" ? Math.abs(std) : std!;
  return symbolic.truncatedNormal(mean!, scale, low!, high!, given.source);
}

function drawEye(shape: Shape, { source }: Given): Draw {
  if (shape.length !== 2) return refuse("ValueError", "eye_ supports only tensors with 2 dimensions");
  const [rows, columns] = shape as [Shape[number], Shape[number]];
  if (typeof rows !== "number" || typeof columns !== "number") return make.identity(1, null, null, source);
  return make.identity(1, Math.min(rows, columns), rows * columns, source);
}

function drawDirac(shape: Shape, given: Given): Draw {
  if (shape.length < 3 || shape.length > 5) {
    return refuse("ValueError", "dirac_ supports only tensors with 3, 4 or 5 dimensions");
  }
  const groups = given.quantity("groups");
  if (typeof groups !== "number" || !isConcrete(shape)) return make.identity(1, null, null, given.source);
  const [outputs, inputs] = shape as [number, number];
  if (outputs % groups !== 0) {
    return refuse("ValueError", `dirac_ needs dim 0 (${outputs}) divisible by groups (${groups})`);
  }
  const ones = groups * Math.min(outputs / groups, inputs);
  return make.identity(1, ones, product(shape) as number, given.source);
}

function drawXavier(spread: Spread, shape: Shape, given: Given): Draw {
  const fans = torchFans(shape);
  if (!fans) return refuse("ValueError", TOO_FLAT);
  const gain = given.quantity("gain");
  const { fanIn, fanOut } = namedFans(fans);
  const total = sum(fanIn, fanOut);
  if (total === 0) return refuse("ZeroDivisionError", "fan-in and fan-out are both 0");
  // Twice the squared gain over the sum of both fans; a negative gain would exchange the bounds and raise.
  if (typeof gain === "number" && gain < 0) return refuse("RuntimeError", `a gain of ${gain} is negative`);
  const scale = typeof gain === "number" ? 2 * gain * gain : gain === null ? null : `2*${gain}²`;
  return symbolic.scaledByFan(spread, scale, total, given.source);
}

function drawKaiming(spread: Spread, shape: Shape, given: Given): Draw {
  if (shape.includes(0)) return make.unknown(`${given.source} on no elements`);
  const mode = given.word("mode");
  if (mode === null) return make.unknown(given.source);
  const direction = mode.toLowerCase();
  if (direction !== "fan_in" && direction !== "fan_out") {
    return refuse("ValueError", `mode ${mode} is not supported, only fan_in and fan_out`);
  }
  const fans = torchFans(shape);
  if (!fans) return refuse("ValueError", TOO_FLAT);
  const nonlinearity = given.word("nonlinearity");
  if (nonlinearity === null) return make.unknown(given.source);
  const gain = calculateGain(nonlinearity, given.quantity("a"));
  if (gain !== null && typeof gain === "object") return gain;
  const fan = namedFans(fans)[direction === "fan_in" ? "fanIn" : "fanOut"];
  return symbolic.scaledByFan(spread, gain === null ? null : gain * gain, fan, given.source);
}

/** The tensor is flattened to rows × everything else. */
function drawOrthogonal(shape: Shape, given: Given): Draw {
  if (shape.length < 2)
    return refuse("ValueError", "orthogonal_ supports only tensors with 2 or more dimensions");
  const gain = given.quantity("gain");
  if (typeof gain !== "number")
    return make.unknown(given.source, gain === null ? undefined : `orthogonal × ${gain}`);
  if (shape.includes(0)) return make.unknown(`${given.source} on no elements`);
  return make.orthogonal(gain, shape[0]!, product(shape.slice(1)), given.source);
}

/** N(0, std²) with the same number of zeros in every column. */
function drawSparse(shape: Shape, given: Given): Draw {
  if (shape.length !== 2) return refuse("ValueError", "sparse_ supports only tensors with 2 dimensions");
  const [sparsity, std] = [given.quantity("sparsity"), given.quantity("std")];
  const rows = shape[0]!;
  if (typeof sparsity !== "number" || typeof std !== "number" || typeof rows !== "number") {
    return make.unknown(given.source);
  }
  const first = Math.ceil(sparsity * rows);
  // The first so many of the shuffled rows, as Python's slice counts them.
  const zeros = first < 0 ? Math.max(0, rows + first) : Math.min(rows, first);
  const formula = `N(0, ${std}²) with ${zeros} zeros in each column of ${rows}`;
  return make.unknown(given.source, formula, std * Math.sqrt(1 - zeros / rows));
}
