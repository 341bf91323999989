import type { Argument } from "../init/frameworks/table.js";
import { TRUNCATED_AT_2 } from "../init/make.js";
import { spreadExpression } from "./byHand.js";
import { bilinearText, centreIndex, kernelSize } from "./kernels.js";
import { number, type PythonWriter, tuple } from "./python.js";
import type { WriteInput, Written } from "./written.js";

/** As an array: `W = jax.nn.initializers.he_normal()(key, (64, 32))`. */
export function writeJax(input: WriteInput, writer: PythonWriter): Written {
  const { target = "W", shape } = input;
  const size = tuple(shape.map((dim, axis) => dim ?? ["fan_in", "fan_out"][axis] ?? "n"));
  const { setup, code } = initializer(input, writer, (name) =>
    writer.name(`jax.nn.initializers.${name}`, "jax"),
  );
  return { setup, code: `${target} = ${code}(key, ${size})` };
}

/** As the argument of a Flax module: `kernel_init=nn.initializers.he_normal()`. */
export function writeFlax(
  input: WriteInput,
  writer: PythonWriter,
  module: "flax.linen" | "flax.nnx",
): Written {
  const { argument = "kernel_init" } = input;
  const { setup, code } = initializer(input, writer, (name) =>
    writer.name(`${module}.initializers.${name}`, module),
  );
  return { setup, code: `${argument}=${code}` };
}

/** `zeros` and `ones` are initializers themselves, the others make one. */
const NOT_CALLED = new Set(["zeros", "ones"]);

function initializer(input: WriteInput, writer: PythonWriter, qualified: (name: string) => string): Written {
  const { call, scheme } = input;
  if (call.kind === "call") {
    const name = qualified(call.initializer);
    if (NOT_CALLED.has(call.initializer)) return { setup: [], code: name };
    const given = Object.entries(call.given).map(([key, value]) => [key, writer.literal(value as Argument)]);
    const [first] = given;
    const short = given.length === 1 && (first![0] === "value" || first![0] === "stddev");
    return {
      setup: [],
      code: short ? `${name}(${first![1]})` : writer.call(name, [], Object.fromEntries(given)),
    };
  }
  const body = call.kind === "by_hand" ? byHand(input, writer) : build(input, writer);
  const { indentation } = writer.style;
  const float32 = writer.name("jax.numpy.float32", "jax.numpy");
  return {
    setup: [`def ${scheme}(key, shape, dtype=${float32}, **_):`, ...body.map((line) => indentation + line)],
    code: scheme,
  };
}

function byHand({ call, options }: WriteInput, writer: PythonWriter): string[] {
  if (call.kind !== "by_hand") return [];
  const random = (name: string) => writer.name(`jax.random.${name}`, "jax");
  const spread = spreadExpression(call.recipe, options);
  if (call.recipe.spread === "uniform") {
    return [`return ${random("uniform")}(key, shape, dtype, -1, 1) * ${grouped(spread)}`];
  }
  const cut = `${random("truncated_normal")}(key, -2, 2, shape, dtype)`;
  return [`return ${cut} * ${grouped(spread)} / ${TRUNCATED_AT_2}`];
}

function grouped(expression: string): string {
  return expression.includes("/") ? `(${expression})` : expression;
}

function build({ scheme, shape, options }: WriteInput, writer: PythonWriter): string[] {
  const jnp = (path: string) => writer.name(`jax.numpy.${path}`, "jax.numpy");
  const random = (name: string) => writer.name(`jax.random.${name}`, "jax");
  const { gain = 1, mean = 0, std = 0.05, sparsity = 0.1, low = -0.05, high = 0.05 } = options;
  switch (scheme) {
    case "uniform":
      return [`return ${random("uniform")}(key, shape, dtype, ${number(low)}, ${number(high)})`];
    case "normal":
      return [`return ${number(mean)} + ${number(std)} * ${random("normal")}(key, shape, dtype)`];
    case "truncated_normal": {
      const [from, to] = [options.low ?? mean - 2 * std, options.high ?? mean + 2 * std];
      const bounds = `${number((from - mean) / std)}, ${number((to - mean) / std)}`;
      const drawn = `${random("truncated_normal")}(key, ${bounds}, shape, dtype)`;
      return [`return ${number(mean)} + ${number(std)} * ${drawn}`];
    }
    case "identity":
      return [`return ${gain === 1 ? "" : `${number(gain)} * `}${jnp("eye")}(*shape, dtype=dtype)`];
    case "dirac": {
      const centre = centreIndex(shape, "first", "upper");
      return [
        `return ${jnp("zeros")}(shape, dtype).at[${centre}].set(${jnp("eye")}(*shape[-2:], dtype=dtype))`,
      ];
    }
    case "sparse": {
      const mask = `${jnp("arange")}(shape[0])[:, None] >= ${number(sparsity)} * shape[0]`;
      return [
        `values, places = ${random("split")}(key)`,
        `mask = ${jnp("broadcast_to")}(${mask}, shape)`,
        `mask = ${random("permutation")}(places, mask, axis=0, independent=True)`,
        `return ${number(std)} * ${random("normal")}(values, shape, dtype) * mask`,
      ];
    }
    default:
      return [
        `row = ${jnp("array")}(${bilinearText(kernelSize(shape, "first"))}, dtype)`,
        `return ${jnp("ones")}(shape, dtype) * ${jnp("outer")}(row, row)[:, :, None, None]`,
      ];
  }
}
