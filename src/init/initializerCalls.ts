import type { Framework, Shape } from "../types.js";
import { caffeFans, kerasFans, lasagneFans, torchFans } from "./fans.js";
import { drawCaffe } from "./frameworks/caffe.js";
import { drawJax } from "./frameworks/jax.js";
import { drawKeras } from "./frameworks/keras.js";
import { drawNumpy } from "./frameworks/numpy.js";
import type { Arguments } from "./frameworks/table.js";
import { drawTensorflow } from "./frameworks/tensorflow.js";
import { drawTheano } from "./frameworks/theano.js";
import { drawTorch } from "./frameworks/torch.js";
import { drawTorch7 } from "./frameworks/torch7.js";
import type { FanMode } from "./frameworks/varianceScaling.js";
import { drawRecipe, type Recipe } from "./recipe.js";
import { type Draw, type Refusal, refuse } from "./refusal.js";
import type { SchemeOptions } from "./schemeOptions.js";

/** How a framework spells a scheme: one of its initializers, or arithmetic written by hand. */
export type SchemeCall =
  | { readonly kind: "call"; readonly initializer: string; readonly given: Arguments }
  /** No initializer fits: draw with the computed std, or the shape's own recipe. */
  | { readonly kind: "by_hand"; readonly recipe: Recipe }
  /** The framework has nothing of the kind: the array has to be built, and holds what mathematics says. */
  | { readonly kind: "build" };

const call = (initializer: string, given: Arguments = {}): SchemeCall => ({
  kind: "call",
  initializer,
  given,
});

/** The framework's own call for a scheme, refused where it has no way to draw it on that shape. */
export function callFor(
  id: string,
  framework: Framework,
  recipe: Recipe | null,
  shape: Shape,
  options: SchemeOptions,
): SchemeCall | Refusal {
  if (recipe) return FAN_CALLS[framework](recipe) ?? { kind: "by_hand", recipe };
  return PLAIN_CALLS[framework](id, options) ?? buildable(id, framework, shape);
}

/** What the call draws on that shape; `null` for an array that has to be built. */
export function drawCall(framework: Framework, called: SchemeCall, shape: Shape): Draw | null {
  switch (called.kind) {
    case "call":
      return DRAWS[framework](called.initializer, shape, called.given);
    case "by_hand":
      return byHand(framework, called.recipe, shape);
    case "build":
      return null;
  }
}

const DRAWS: Readonly<Record<Framework, (name: string, shape: Shape, given: Arguments) => Draw>> = {
  torch: drawTorch,
  keras: drawKeras,
  tensorflow: (name, shape, given) => drawTensorflow(`keras.initializers.${name}`, shape, given),
  jax: drawJax,
  flax: drawJax,
  numpy: drawNumpy,
  theano: drawTheano,
  torch7: drawTorch7,
  caffe: drawCaffe,
};

function byHand(framework: Framework, recipe: Recipe, shape: Shape): Draw {
  const fans = frameworkFans(framework, shape);
  if (!fans) return refuse("ValueError", "fan-in and fan-out need a shape of at least two dimensions");
  return drawRecipe(recipe, fans, `std = ${stdText(recipe)}`);
}

function stdText({ scale, mode }: Recipe): string {
  return `√(${Number(scale.toPrecision(6))}/${mode})`;
}

function frameworkFans(framework: Framework, shape: Shape) {
  if (framework === "torch" || framework === "torch7") return torchFans(shape);
  if (framework === "caffe") return caffeFans(shape);
  return framework === "theano" ? lasagneFans(shape) : kerasFans(shape);
}

/** How each framework spells a zero-mean law of variance scale / n; `null`: by hand. */
const FAN_CALLS: Readonly<Record<Framework, (recipe: Recipe) => SchemeCall | null>> = {
  torch: torchCall,
  keras: kerasCall,
  tensorflow: kerasCall,
  jax: jaxCall,
  flax: jaxCall,
  numpy: () => null,
  theano: theanoCall,
  torch7: torch7Call,
  caffe: caffeCall,
};

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.abs(b);

/** `xavier_*` for the mean of the fans, else `kaiming_*` with the nonlinearity whose squared gain is the scale. */
function torchCall({ spread, scale, mode }: Recipe): SchemeCall | null {
  if (mode === "fan_avg") {
    return call(`xavier_${spread}_`, near(scale, 1) ? {} : { gain: Math.sqrt(scale) });
  }
  if (mode === "fan_geo_avg") return null;
  const gain = torchGain(scale);
  const direction = mode === "fan_in" ? {} : { mode };
  return gain && call(`kaiming_${spread}_`, { ...gain, ...direction });
}

function torchGain(scale: number): Arguments | null {
  if (near(scale, 2)) return { nonlinearity: "relu" };
  if (near(scale, 1)) return { nonlinearity: "linear" };
  if (near(scale, 25 / 9)) return { nonlinearity: "tanh" };
  if (near(scale, 9 / 16)) return { nonlinearity: "selu" };
  // The gain of leaky ReLU, √(2 / (1 + a²)), reaches every value below √2.
  return scale > 0 && scale < 2 ? { a: slopeOf(2 / scale - 1) } : null;
}

/** The root of a squared slope as a person wrote it, √5 or 0.2, without the noise of two square roots. */
function slopeOf(square: number): number {
  const whole = Math.round(square);
  if (whole > 0 && near(square, whole)) return Math.sqrt(whole);
  return Number(Math.sqrt(square).toPrecision(14));
}

const KERAS_NAMES = new Map([
  ["1 fan_in uniform", "LecunUniform"],
  ["1 fan_in normal", "LecunNormal"],
  ["1 fan_avg uniform", "GlorotUniform"],
  ["1 fan_avg normal", "GlorotNormal"],
  ["2 fan_in uniform", "HeUniform"],
  ["2 fan_in normal", "HeNormal"],
]);

function kerasCall({ spread, scale, mode }: Recipe): SchemeCall | null {
  if (mode === "fan_geo_avg") return null;
  const named = KERAS_NAMES.get(`${scale} ${mode} ${spread}`);
  return named ? call(named) : call("VarianceScaling", { scale, mode, distribution: truncatedName(spread) });
}

function jaxCall({ spread, scale, mode }: Recipe): SchemeCall {
  const named = KERAS_NAMES.get(`${scale} ${mode} ${spread}`);
  if (named) return call(named.replace(/(?<=.)[A-Z]/, (letter) => `_${letter}`).toLowerCase());
  return call("variance_scaling", { scale, mode, distribution: truncatedName(spread) });
}

/** Keras's and JAX's normal schemes are truncated and corrected for it. */
function truncatedName(spread: Recipe["spread"]): string {
  return spread === "normal" ? "truncated_normal" : "uniform";
}

function theanoCall({ spread, scale, mode }: Recipe): SchemeCall | null {
  const kind = spread === "uniform" ? "Uniform" : "Normal";
  const gain = near(scale, 1) ? {} : near(scale, 2) ? { gain: "relu" } : { gain: Math.sqrt(scale) };
  if (mode === "fan_avg") return call(`Glorot${kind}`, gain);
  return mode === "fan_in" ? call(`He${kind}`, gain) : null;
}

function torch7Call({ spread, scale, mode }: Recipe): SchemeCall | null {
  if (spread === "uniform" && mode === "fan_in" && near(scale, 1 / 3)) return call("reset");
  const gain = near(scale, 1) ? {} : near(scale, 2) ? { gain: "relu" } : { gain: Math.sqrt(scale) };
  if (mode === "fan_avg") return call("nninit.xavier", { dist: spread, ...gain });
  return mode === "fan_in" ? call("nninit.kaiming", { dist: spread, ...gain }) : null;
}

const CAFFE_NORMS: ReadonlyMap<FanMode, Arguments> = new Map<FanMode, Arguments>([
  ["fan_in", {}],
  ["fan_out", { variance_norm: "FAN_OUT" }],
  ["fan_avg", { variance_norm: "AVERAGE" }],
]);

function caffeCall({ spread, scale, mode }: Recipe): SchemeCall | null {
  const norm = CAFFE_NORMS.get(mode);
  if (!norm) return null;
  if (spread === "uniform" && near(scale, 1)) return call("xavier", norm);
  return spread === "normal" && near(scale, 2) ? call("msra", norm) : null;
}

/** Only what was asked for, so that the framework's own defaults hold for the rest. */
function some(
  options: SchemeOptions,
  names: Readonly<Partial<Record<keyof SchemeOptions, string>>>,
): Arguments {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, theirs]) => {
      const value = options[name as keyof SchemeOptions];
      return typeof value === "number" ? [[theirs, value]] : [];
    }),
  );
}

type PlainCall = (id: string, options: SchemeOptions) => SchemeCall | null;

/** How each framework spells the schemes that divide by no fan; `null`: it has no such initializer. */
const PLAIN_CALLS: Readonly<Record<Framework, PlainCall>> = {
  torch: (id, options) => {
    switch (id) {
      case "zeros":
      case "ones":
        return call(`${id}_`);
      case "constant":
        return call("constant_", { val: options.value ?? 0 });
      case "uniform":
        return call("uniform_", some(options, { low: "a", high: "b" }));
      case "normal":
        return call("normal_", some(options, { mean: "mean", std: "std" }));
      case "truncated_normal":
        return call("trunc_normal_", some(options, { mean: "mean", std: "std", low: "a", high: "b" }));
      case "orthogonal":
        return call("orthogonal_", some(options, { gain: "gain" }));
      case "identity":
        return options.gain === undefined || options.gain === 1 ? call("eye_") : null;
      case "dirac":
        return call("dirac_");
      case "sparse":
        return call("sparse_", { sparsity: options.sparsity ?? 0.1, ...some(options, { std: "std" }) });
      default:
        return null;
    }
  },
  keras: kerasPlain,
  tensorflow: kerasPlain,
  jax: jaxPlain,
  flax: jaxPlain,
  numpy: (id, options) => {
    switch (id) {
      case "zeros":
      case "ones":
        return call(id);
      case "constant":
        return call("full", { fill_value: options.value ?? 0 });
      case "uniform":
        return call("uniform", some(options, { low: "low", high: "high" }));
      case "normal":
        return call("normal", some(options, { mean: "loc", std: "scale" }));
      case "identity":
        return options.gain === undefined || options.gain === 1 ? call("eye") : null;
      default:
        return null;
    }
  },
  theano: (id, options) => {
    switch (id) {
      case "zeros":
        return call("Constant");
      case "ones":
        return call("Constant", { val: 1 });
      case "constant":
        return call("Constant", some(options, { value: "val" }));
      case "normal":
        return call("Normal", some(options, { mean: "mean", std: "std" }));
      case "uniform":
        return call("Uniform", range(options));
      case "orthogonal":
        return call("Orthogonal", some(options, { gain: "gain" }));
      case "sparse":
        return call("Sparse", {
          ...(options.sparsity === undefined ? {} : { sparsity: 1 - options.sparsity }),
          ...some(options, { std: "std" }),
        });
      default:
        return null;
    }
  },
  torch7: (id, options) => {
    switch (id) {
      case "zeros":
        return call("nninit.constant", { val: 0 });
      case "ones":
        return call("nninit.constant", { val: 1 });
      case "constant":
        return call("nninit.constant", { val: options.value ?? 0 });
      case "normal":
        return call("nninit.normal", { mean: options.mean ?? 0, stdv: options.std ?? 1 });
      case "uniform":
        return call("nninit.uniform", { a: options.low ?? 0, b: options.high ?? 1 });
      case "orthogonal":
        return call("nninit.orthogonal", some(options, { gain: "gain" }));
      default:
        return null;
    }
  },
  caffe: (id, options) => {
    switch (id) {
      case "zeros":
        return call("constant");
      case "ones":
        return call("constant", { value: 1 });
      case "constant":
        return call("constant", some(options, { value: "value" }));
      case "uniform":
        return call("uniform", some(options, { low: "min", high: "max" }));
      case "normal":
        return call("gaussian", some(options, { mean: "mean", std: "std" }));
      case "bilinear":
        return call("bilinear");
      default:
        return null;
    }
  },
};

function range({ low, high }: SchemeOptions): Arguments {
  return low === undefined || high === undefined ? {} : { range: [low, high] };
}

function kerasPlain(id: string, options: SchemeOptions): SchemeCall | null {
  switch (id) {
    case "zeros":
      return call("Zeros");
    case "ones":
      return call("Ones");
    case "constant":
      return call("Constant", some(options, { value: "value" }));
    case "uniform":
      return call("RandomUniform", some(options, { low: "minval", high: "maxval" }));
    case "normal":
      return call("RandomNormal", some(options, { mean: "mean", std: "stddev" }));
    case "truncated_normal":
      return ownBounds(options)
        ? null
        : call("TruncatedNormal", some(options, { mean: "mean", std: "stddev" }));
    case "orthogonal":
      return call("Orthogonal", some(options, { gain: "gain" }));
    case "identity":
      return call("Identity", some(options, { gain: "gain" }));
    default:
      return null;
  }
}

function jaxPlain(id: string, options: SchemeOptions): SchemeCall | null {
  const centred = options.mean === undefined || options.mean === 0;
  switch (id) {
    case "zeros":
    case "ones":
      return call(id);
    case "constant":
      return call("constant", { value: options.value ?? 0 });
    case "uniform":
      return (options.low ?? 0) === 0 ? call("uniform", some(options, { high: "scale" })) : null;
    case "normal":
      return centred ? call("normal", some(options, { std: "stddev" })) : null;
    case "truncated_normal":
      return centred
        ? call("truncated_normal", { ...some(options, { std: "stddev" }), ...jaxBounds(options) })
        : null;
    case "orthogonal":
    case "delta_orthogonal":
      return call(id, some(options, { gain: "scale" }));
    default:
      return null;
  }
}

/** JAX counts bounds in standard deviations. */
function jaxBounds({ low, high, std = 0.01 }: SchemeOptions): Arguments {
  return {
    ...(low === undefined ? {} : { lower: low / std }),
    ...(high === undefined ? {} : { upper: high / std }),
  };
}

/** Keras cuts at two standard deviations and nowhere else. */
function ownBounds({ low, high, mean = 0, std = 0.05 }: SchemeOptions): boolean {
  const differs = (bound: number | undefined, own: number) => bound !== undefined && !near(bound, own);
  return differs(low, mean - 2 * std) || differs(high, mean + 2 * std);
}

function buildable(id: string, framework: Framework, shape: Shape): SchemeCall | Refusal {
  if (framework === "caffe") return refuse("ParseError", `Caffe has no filler for ${id}`);
  const conv = id === "dirac" || id === "delta_orthogonal" || id === "bilinear";
  if (conv && shape.length < 3 && shape.length > 0) {
    return refuse(
      "ValueError",
      `${id} needs a convolution kernel, not a shape of ${shape.length} dimensions`,
    );
  }
  if (id === "identity" && shape.length > 2) {
    return refuse(
      "ValueError",
      `identity needs a matrix, not a shape of ${shape.length} dimensions in ${framework}`,
    );
  }
  return { kind: "build" };
}
