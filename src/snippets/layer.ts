import { isConcrete } from "../init/dims.js";
import { std } from "../init/distributions.js";
import { isRefusal, type Refusal } from "../init/refusal.js";
import type { SchemeOptions } from "../init/schemeOptions.js";
import { workOut } from "../init/schemes.js";
import type { Distribution, Layer } from "../types.js";
import { distributionOptions } from "./distributionOptions.js";
import { type Dialect, frameworkOf, type Snippet, type SnippetRequest, snippet } from "./snippet.js";

type Parameter = Layer["parameters"][number];

/** How the surrounding code is written, and what the layer is called in it. */
export interface LayerStyle extends Pick<SnippetRequest, "aliases" | "quote" | "indentation"> {
  /** Expression of the layer: `self.conv1`; `self.` and the layer's name where left out. */
  readonly owner?: string;
}

/**
 * Code that makes one weight of an existing layer follow a scheme: in place in torch, an argument of the
 * constructor in Keras and Flax, the variable itself in NumPy and JAX.
 * @param wanted the recommended distribution, where it differs from the scheme's own by a gain
 * @returns `null` for frameworks without snippets and weights no argument of the constructor sets
 */
export function snippetForLayer(
  layer: Layer,
  parameter: Parameter,
  scheme: string,
  style: LayerStyle = {},
  wanted?: Distribution,
): Snippet | Refusal | null {
  const dialect = dialectOf(layer);
  if (dialect === null) return null;
  const place = placeOf(layer, parameter, dialect, style);
  if (place === null) return null;
  const { owner: _, ...code } = style;
  const options = withGain(scheme, { ...sizeOf(parameter), framework: frameworkOf(dialect) }, wanted);
  return snippet({ scheme, dialect, options, ...place, ...code });
}

/** How code for a layer is written; `null` for frameworks without snippets. */
export function dialectOf({ framework, class: path }: Pick<Layer, "framework" | "class">): Dialect | null {
  switch (framework) {
    case "flax":
      return /\bnnx\b/.test(path) ? "nnx" : "linen";
    case "jax":
      return JAX_LAYER.test(path) ? null : framework;
    case "theano":
    case "torch7":
      return null;
    default:
      return framework;
  }
}

/** Layers of libraries on JAX whose code is not written here. */
const JAX_LAYER = /^(equinox|haiku)\./;

/** What a weight is called in code: a target or an argument; `null` where nothing names it. */
export function placeOf(
  layer: Layer,
  { name }: Parameter,
  dialect: Dialect,
  style: LayerStyle,
): Pick<SnippetRequest, "target" | "argument"> | null {
  const own = name.split(/[./]/).at(-1)!;
  switch (dialect) {
    case "torch":
      return layer.name === "" && !style.owner
        ? null
        : { target: `${style.owner ?? `self.${layer.name}`}.${own}` };
    case "numpy":
    case "jax":
      return layer.name === "" ? null : { target: layer.name };
    case "keras":
    case "tensorflow":
    case "linen":
    case "nnx":
      return BARE.has(layer.class) ? bareWeight(layer) : argument(argumentFor(layer, own, dialect));
    case "caffe":
      return { argument: own === "bias" ? "bias_filler" : "weight_filler" };
  }
}

function argument(name: string | undefined): { readonly argument: string } | null {
  return name === undefined ? null : { argument: name };
}

/** Functions that make a weight by itself, and their argument that says what is drawn; null where none does. */
const BARE: ReadonlyMap<string, string | null> = new Map([
  ["keras.layers.Layer.add_weight", "initializer"],
  ["keras.Variable", null],
  ["tensorflow.get_variable", "initializer"],
  ["tensorflow.Variable", null],
  ["flax.linen.Module.param", null],
  ["flax.linen.Module.variable", null],
]);

/** TensorFlow's variables are given their first value, which code can replace. */
function bareWeight({ class: path, name }: Layer): Pick<SnippetRequest, "target" | "argument"> | null {
  const given = BARE.get(path);
  if (given) return { argument: given };
  return path === "tensorflow.Variable" && name !== "" ? { target: name } : null;
}

const argumentFor = (layer: Layer, own: string, dialect: Dialect): string | undefined =>
  dialect === "linen" || dialect === "nnx" ? FLAX_ARGUMENTS.get(own) : kerasArgument(layer, own);

const KERAS_ARGUMENTS: ReadonlyMap<string, string> = new Map([
  ["kernel", "kernel_initializer"],
  ["bias", "bias_initializer"],
  ["recurrent_kernel", "recurrent_initializer"],
  ["depthwise_kernel", "depthwise_initializer"],
  ["pointwise_kernel", "pointwise_initializer"],
  ["embeddings", "embeddings_initializer"],
  ["gamma", "gamma_initializer"],
  ["beta", "beta_initializer"],
  ["alpha", "alpha_initializer"],
]);

function kerasArgument({ class: path }: Layer, own: string): string | undefined {
  if (/\.(add_weight|Variable)$/.test(path)) return "initializer";
  const depthwise = own === "kernel" && /\bDepthwiseConv[123]D$/.test(path);
  return depthwise ? "depthwise_initializer" : KERAS_ARGUMENTS.get(own);
}

const FLAX_ARGUMENTS: ReadonlyMap<string, string> = new Map([
  ["kernel", "kernel_init"],
  ["bias", "bias_init"],
  ["embedding", "embedding_init"],
  ["scale", "scale_init"],
]);

/** Sizes only where all are numbers: a symbol need not be a name where the code goes. */
export function sizeOf({ shape, effectiveFanIn, effectiveFanOut }: Parameter): SchemeOptions {
  return {
    ...(isConcrete(shape) ? { shape } : {}),
    ...(typeof effectiveFanIn === "number" ? { fanIn: effectiveFanIn } : {}),
    ...(typeof effectiveFanOut === "number" ? { fanOut: effectiveFanOut } : {}),
  };
}

/** The scheme's own figures where it names a distribution, else the gain that turns its std into the one wanted. */
function withGain(scheme: string, options: SchemeOptions, wanted: Distribution | undefined): SchemeOptions {
  if (wanted?.kind === scheme) return { ...options, ...distributionOptions(wanted) };
  const target = wanted && std(wanted);
  const unit = workOut(scheme, { ...options, gain: 1 });
  const plain = workOut(scheme, options);
  if (!target || isRefusal(unit) || isRefusal(plain)) return options;
  const [one, own] = [std(unit.distribution), std(plain.distribution)];
  if (!one || !own || Math.abs(target / own - 1) < 1e-9) return options;
  return { ...options, gain: target / one };
}
