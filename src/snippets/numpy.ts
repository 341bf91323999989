import type { SchemeOptions } from "../init/schemeOptions.js";
import type { Shape } from "../types.js";
import { spreadExpression } from "./byHand.js";
import { bilinearText, centreIndex, kept, kernelSize } from "./kernels.js";
import { number, type PythonWriter, tuple } from "./python.js";
import type { WriteInput, Written } from "./written.js";

/** `W = np.random.normal(0, (2 / 64) ** 0.5, size=(64, 32))`; arrays are inputs × outputs, kernels taps first. */
export function writeNumpy(input: WriteInput, writer: PythonWriter): Written {
  const target = input.target ?? "W";
  const np = (name: string) => writer.name(`numpy.${name}`, "numpy");
  const size = sizeText(input.shape);
  const { call } = input;
  if (call.kind === "by_hand") {
    const spread = spreadExpression(call.recipe, input.options);
    const code =
      call.recipe.spread === "uniform"
        ? `limit = ${spread}\n${target} = ${np("random.uniform")}(-limit, limit, size=${size})`
        : `${target} = ${np("random.normal")}(0, ${spread}, size=${size})`;
    return { setup: [], code };
  }
  if (call.kind === "call") {
    return { setup: [], code: `${target} = ${plain(call.initializer, call.given, input, writer, size)}` };
  }
  return { setup: [], code: build(input, writer, target, size).join("\n") };
}

function sizeText(shape: Shape): string {
  const names = ["fan_in", "fan_out"];
  return tuple(shape.map((dim, axis) => dim ?? names[axis] ?? "n"));
}

function plain(
  name: string,
  given: Readonly<Record<string, unknown>>,
  { shape }: WriteInput,
  writer: PythonWriter,
  size: string,
): string {
  const np = (path: string) => writer.name(`numpy.${path}`, "numpy");
  const value = (key: string, fallback: number) =>
    number(typeof given[key] === "number" ? given[key] : fallback);
  switch (name) {
    case "zeros":
    case "ones":
      return `${np(name)}(${size})`;
    case "full":
      return `${np("full")}(${size}, ${value("fill_value", 0)})`;
    case "uniform":
      return `${np("random.uniform")}(${value("low", 0)}, ${value("high", 1)}, size=${size})`;
    case "normal":
      return `${np("random.normal")}(${value("loc", 0)}, ${value("scale", 1)}, size=${size})`;
    default:
      return `${np("eye")}(${shape.map((dim, axis) => dim ?? ["fan_in", "fan_out"][axis]).join(", ")})`;
  }
}

function build(input: WriteInput, writer: PythonWriter, target: string, size: string): string[] {
  const { scheme, shape, options } = input;
  const np = (path: string) => writer.name(`numpy.${path}`, "numpy");
  const { gain = 1, std = 0.05, sparsity = 0.1 } = options;
  const times = gain === 1 ? "" : ` * ${number(gain)}`;
  switch (scheme) {
    case "truncated_normal":
      return [`${target} = ${truncatedText(options, writer, size)}`];
    case "orthogonal":
      return orthogonalLines(shape, writer, target, times);
    case "identity":
      return [`${target} = ${np("eye")}(${size.slice(1, -1)})${times}`];
    case "delta_orthogonal": {
      const [inputs, outputs] = [shape.at(-2) ?? "fan_in", shape.at(-1) ?? "fan_out"];
      return [
        ...orthogonalLines([inputs, outputs], writer, "q", times),
        `${target} = ${np("zeros")}(${size})`,
        `${target}[${centreIndex(shape, "first", "lower")}] = q`,
      ];
    }
    case "dirac":
      return [
        `${target} = ${np("zeros")}(${size})`,
        `${target}[${centreIndex(shape, "first", "upper")}] = ${np("eye")}(${shape.at(-2)}, ${shape.at(-1)})`,
      ];
    case "sparse": {
      const rows = shape[0] ?? "fan_in";
      return [
        `mask = ${np("arange")}(${rows})[:, None] < ${kept(rows, sparsity)}`,
        `mask = ${np("random.default_rng")}().permuted(${np("broadcast_to")}(mask, ${size}), axis=0)`,
        `${target} = ${np("random.normal")}(0, ${number(std)}, size=${size}) * mask`,
      ];
    }
    default: {
      const row = `${np("array")}(${bilinearText(kernelSize(shape, "first"))})`;
      return [
        `row = ${row}`,
        `${target} = ${np("ones")}(${size}) * ${np("outer")}(row, row)[:, :, None, None]`,
      ];
    }
  }
}

function truncatedText(
  { mean = 0, std = 0.05, low, high }: SchemeOptions,
  writer: PythonWriter,
  size: string,
): string {
  const [a, b] = [((low ?? mean - 2 * std) - mean) / std, ((high ?? mean + 2 * std) - mean) / std];
  const name = writer.name("scipy.stats.truncnorm.rvs", "scipy.stats");
  return `${name}(${number(a)}, ${number(b)}, loc=${number(mean)}, scale=${number(std)}, size=${size})`;
}

/** The Q of a QR decomposition, its columns' signs those of R's diagonal, so that it is uniform (Mezzadri, 2007). */
function orthogonalLines(shape: Shape, writer: PythonWriter, target: string, times: string): string[] {
  const np = (path: string) => writer.name(`numpy.${path}`, "numpy");
  const columns = shape.at(-1);
  const rows = shape.slice(0, -1);
  const known = rows.every((dim) => typeof dim === "number") && typeof columns === "number";
  const height = known
    ? rows.reduce<number>((total, dim) => total * (dim as number), 1)
    : (rows[0] ?? "fan_in");
  const width = columns ?? "fan_out";
  const wide = known && (height as number) < (columns as number);
  const sides = wide ? [width, height] : [height, width];
  const turned = `q * ${np("sign")}(${np("diag")}(r))`;
  const flat = wide ? `(${turned}).T` : turned;
  const whole = shape.length > 2 ? `(${flat}).reshape(${tuple(shape.map((dim) => dim ?? "n"))})` : flat;
  return [
    `q, r = ${np("linalg.qr")}(${np("random.normal")}(size=${tuple(sides)}))`,
    `${target} = ${times === "" ? whole : `${whole.startsWith("(") ? whole : `(${whole})`}${times}`}`,
  ];
}
