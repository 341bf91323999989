import type { Argument } from "../init/frameworks/table.js";
import type { SchemeCall } from "../init/initializerCalls.js";
import { TRUNCATED_AT_2 } from "../init/make.js";
import { drawRecipe } from "../init/recipe.js";
import { spreadExpression } from "./byHand.js";
import { bilinearText, centreIndex, kernelSize } from "./kernels.js";
import { number, type PythonWriter, tuple } from "./python.js";
import type { WriteInput, Written } from "./written.js";

/** As the argument of a layer: `kernel_initializer=keras.initializers.HeNormal()`. */
export function writeKeras(input: WriteInput, writer: PythonWriter): Written {
  const { argument = "kernel_initializer" } = input;
  const { setup, code } = initializer(input, writer, (path) => kerasName(writer, path));
  return { setup, code: `${argument}=${code}` };
}

/** As a variable, or as the argument of a tf.keras layer where one is named. */
export function writeTensorflow(input: WriteInput, writer: PythonWriter): Written {
  const { argument, target = "W", shape } = input;
  const { setup, code } = initializer(input, writer, (path) =>
    writer.name(`tensorflow.keras.${path}`, "tensorflow"),
  );
  if (argument !== undefined) return { setup, code: `${argument}=${code}` };
  const size = tuple(shape.map((dim, axis) => dim ?? ["fan_in", "fan_out"][axis] ?? "n"));
  return {
    setup,
    code: `${target} = ${writer.name("tensorflow.Variable", "tensorflow")}(${code}(shape=${size}))`,
  };
}

/** Keras by itself, or the one inside TensorFlow where the file uses that. */
function kerasName(writer: PythonWriter, path: string): string {
  const inside = [...writer.style.aliases.keys()].some((module) => module.startsWith("tensorflow.keras"));
  return inside && !writer.style.aliases.has("keras")
    ? writer.name(`tensorflow.keras.${path}`, "tensorflow")
    : writer.name(`keras.${path}`, "keras");
}

type Name = (path: string) => string;

function initializer(input: WriteInput, writer: PythonWriter, keras: Name): Written {
  const { call } = input;
  const written = callText(call, input, writer, keras);
  if (written !== null) return { setup: [], code: written };
  const name = input.scheme;
  return { setup: definition(name, build(input, writer), writer, keras), code: name };
}

function callText(call: SchemeCall, input: WriteInput, writer: PythonWriter, keras: Name): string | null {
  if (call.kind === "call") {
    const named = Object.fromEntries(
      Object.entries(call.given).map(([name, value]) => [name, writer.literal(value as Argument)]),
    );
    return writer.call(keras(`initializers.${call.initializer}`), [], named);
  }
  if (call.kind === "build") return null;
  // The law with its own numbers: the framework would count other fans for this kernel.
  const spread = spreadExpression(call.recipe, input.options);
  if (drawRecipe(call.recipe, { fanIn: 1, fanOut: 1 }, "").kind === "uniform") {
    return `${keras("initializers.RandomUniform")}(-(${spread}), ${spread})`;
  }
  return `${keras("initializers.TruncatedNormal")}(stddev=${spread} / ${TRUNCATED_AT_2})`;
}

/** A function is an initializer too: it is called with the shape and the type. */
function definition(name: string, body: readonly string[], writer: PythonWriter, keras: Name): string[] {
  const { indentation } = writer.style;
  const value = `${keras("ops.convert_to_tensor")}(kernel, dtype=dtype or ${writer.string("float32")})`;
  return [
    `def ${name}(shape, dtype=None):`,
    ...body.map((line) => indentation + line),
    `${indentation}return ${value}`,
  ];
}

function build({ scheme, shape, options }: WriteInput, writer: PythonWriter): string[] {
  const np = (path: string) => writer.name(`numpy.${path}`, "numpy");
  const { gain = 1, mean = 0, std = 0.05, sparsity = 0.1 } = options;
  switch (scheme) {
    case "truncated_normal": {
      const [low, high] = [options.low ?? mean - 2 * std, options.high ?? mean + 2 * std];
      const bounds = `${number((low - mean) / std)}, ${number((high - mean) / std)}`;
      const rvs = writer.name("scipy.stats.truncnorm.rvs", "scipy.stats");
      return [`kernel = ${rvs}(${bounds}, loc=${number(mean)}, scale=${number(std)}, size=shape)`];
    }
    case "delta_orthogonal":
      return [
        `q, r = ${np("linalg.qr")}(${np("random.normal")}(size=(max(shape[-2:]), min(shape[-2:]))))`,
        `q = q * ${np("sign")}(${np("diag")}(r))${gain === 1 ? "" : ` * ${number(gain)}`}`,
        `kernel = ${np("zeros")}(shape)`,
        `kernel[${centreIndex(shape, "first", "lower")}] = q if shape[-2] >= shape[-1] else q.T`,
      ];
    case "dirac":
      return [
        `kernel = ${np("zeros")}(shape)`,
        `kernel[${centreIndex(shape, "first", "upper")}] = ${np("eye")}(*shape[-2:])`,
      ];
    case "sparse":
      return [
        `mask = ${np("arange")}(shape[0])[:, None] >= ${number(sparsity)} * shape[0]`,
        `mask = ${np("random.default_rng")}().permuted(${np("broadcast_to")}(mask, shape), axis=0)`,
        `kernel = ${np("random.normal")}(0, ${number(std)}, size=shape) * mask`,
      ];
    default:
      return [
        `row = ${np("array")}(${bilinearText(kernelSize(shape, "first"))})`,
        `kernel = ${np("ones")}(shape) * ${np("outer")}(row, row)[:, :, None, None]`,
      ];
  }
}
