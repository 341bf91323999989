import type { Dim, Distribution, Framework, Shape } from "../types.js";
import { product } from "./dims.js";
import { type Fans, jaxFans, kerasFans, lasagneFans, torchFans } from "./fans.js";
import { bilinearRow } from "./frameworks/caffe.js";
import { calculateGain } from "./frameworks/torch.js";
import { FAN_MODES, type FanMode } from "./frameworks/varianceScaling.js";
import { activationGain, activationName } from "./gains.js";
import { callFor, drawCall, type SchemeCall } from "./initializerCalls.js";
import * as make from "./make.js";
import { drawRecipe, type Recipe, recipeFormula } from "./recipe.js";
import { isRefusal, type Refusal, refuse } from "./refusal.js";
import type { SchemeOptions } from "./schemeOptions.js";
import { suggest } from "./suggest.js";

/** One named recipe of the literature. */
interface Scheme {
  readonly title: string;
  /** In symbols, for people. */
  readonly formula: string;
  readonly paper: string | null;
  /** Set for every scheme that divides by a fan. */
  readonly recipe?: Recipe;
}

const GLOROT = "Glorot and Bengio, 2010";
const HE = "He et al., 2015";
const LECUN = "LeCun et al., 1998";

function fanBased(title: string, recipe: Recipe, paper: string): Scheme {
  return { title, formula: recipeFormula(recipe), paper, recipe };
}

const fanIn = (spread: "uniform" | "normal", scale: number): Recipe => ({ spread, scale, mode: "fan_in" });
const fanAverage = (spread: "uniform" | "normal"): Recipe => ({ spread, scale: 1, mode: "fan_avg" });

/** Every scheme by its identifier. */
export const SCHEMES: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  ["zeros", { title: "Zeros", formula: "0", paper: null }],
  ["ones", { title: "Ones", formula: "1", paper: null }],
  ["constant", { title: "Constant", formula: "C", paper: null }],
  ["uniform", { title: "Uniform", formula: "U(low, high)", paper: null }],
  ["normal", { title: "Normal", formula: "N(mean, std²)", paper: null }],
  [
    "truncated_normal",
    { title: "Truncated normal", formula: "N(mean, std²) within [low, high]", paper: null },
  ],
  ["lecun_uniform", fanBased("LeCun uniform", fanIn("uniform", 1), LECUN)],
  ["lecun_normal", fanBased("LeCun normal", fanIn("normal", 1), LECUN)],
  ["glorot_uniform", fanBased("Glorot uniform", fanAverage("uniform"), GLOROT)],
  ["glorot_normal", fanBased("Glorot normal", fanAverage("normal"), GLOROT)],
  ["he_uniform", fanBased("He uniform", fanIn("uniform", 2), HE)],
  ["he_normal", fanBased("He normal", fanIn("normal", 2), HE)],
  [
    "orthogonal",
    {
      title: "Orthogonal",
      formula: "gain × a random matrix with orthonormal rows or columns",
      paper: "Saxe et al., 2014",
    },
  ],
  ["identity", { title: "Identity", formula: "gain × the identity matrix", paper: "Le et al., 2015" }],
  ["torch_default", fanBased("PyTorch's default", fanIn("uniform", 1 / 3), "LeCun et al., 1998, up to √3")],
  ["caffe_xavier", fanBased("Caffe's xavier", fanIn("uniform", 1), LECUN)],
  ["caffe_msra", fanBased("Caffe's msra", fanIn("normal", 2), HE)],
  [
    "dirac",
    {
      title: "Dirac",
      formula: "1 at the centre tap of channel i → i, else 0",
      paper: "Zagoruyko and Komodakis, 2017",
    },
  ],
  [
    "delta_orthogonal",
    {
      title: "Delta-orthogonal",
      formula: "gain × an orthogonal matrix at the centre tap, else 0",
      paper: "Xiao et al., 2018",
    },
  ],
  ["sparse", { title: "Sparse", formula: "N(0, std²), a share of each column 0", paper: "Martens, 2010" }],
  [
    "bilinear",
    { title: "Bilinear", formula: "(1 − |x/f − c|)(1 − |y/f − c|), f = ⌈k/2⌉", paper: "Long et al., 2015" },
  ],
]);

/** Identifiers in the table's order. */
export const SCHEME_IDS: readonly string[] = [...SCHEMES.keys()];

/** A scheme worked out: the JSON contract of the command line. */
export interface SchemeResult {
  readonly scheme: string;
  readonly framework: Framework | null;
  readonly distribution: Distribution;
  readonly formula: string;
}

/** The distribution a scheme draws in a framework, or what is refused, in the framework's own way. */
export function scheme(id: string, options: SchemeOptions = {}): SchemeResult | Refusal {
  const bad = badFan("fan-in", options.fanIn) ?? badFan("fan-out", options.fanOut) ?? badShape(options.shape);
  if (bad) return bad;
  const worked = workOut(id, options);
  // A framework's own refusal goes first: it names the error that the person would see.
  return isRefusal(worked) ? worked : (badSpread(options) ?? worked);
}

/** The same for fans already counted, which may be averages: 2.25 taps feed an output of a transposed kernel. */
export function workOut(id: string, options: SchemeOptions): SchemeResult | Refusal {
  const known = SCHEMES.get(id);
  if (!known) return refuse("ValueError", `unknown scheme "${id}"${suggest(id, SCHEME_IDS)}`);
  const recipe = known.recipe && recipeFor(id, known.recipe, options);
  if (recipe && isRefusal(recipe)) return recipe;
  const framework = options.framework ?? null;
  const distribution = framework
    ? inFramework(id, framework, recipe, options)
    : inMathematics(id, recipe, options);
  if (distribution.kind === "refusal") return distribution;
  return { scheme: id, framework, distribution, formula: recipe ? recipeFormula(recipe) : known.formula };
}

/** The recipe with the gain, the mode and the activation asked for. */
export function recipeFor(id: string, base: Recipe, options: SchemeOptions): Recipe | Refusal {
  const mode = modeFor(base, options);
  if (typeof mode !== "string") return mode;
  const squared = squaredGain(id, options);
  if (squared !== null && typeof squared === "object") return squared;
  // He's own 2 is the gain of ReLU: another gain takes its place. In the other schemes it multiplies.
  const replaces = id.startsWith("he_") || id === "caffe_msra";
  const scale = squared === null ? base.scale : replaces ? squared : base.scale * squared;
  return { ...base, mode, scale };
}

function modeFor(base: Recipe, { mode, framework }: SchemeOptions): FanMode | Refusal {
  if (mode === undefined) return base.mode;
  const found = FAN_MODES.find((name) => name === mode.toLowerCase());
  if (!found) return refuse("ValueError", `unknown mode "${mode}"${suggest(mode, FAN_MODES)}`);
  if (framework === "torch") return torchMode(base, found);
  if (found === "fan_geo_avg" && framework !== undefined && framework !== "jax" && framework !== "flax") {
    return refuse("ValueError", `${framework} has no mode fan_geo_avg; JAX and Flax have`);
  }
  return found;
}

function torchMode(base: Recipe, mode: FanMode): FanMode | Refusal {
  if (base.mode === "fan_avg") {
    return mode === "fan_avg" ? mode : refuse("TypeError", `xavier_${base.spread}_ takes no mode`);
  }
  if (mode === "fan_in" || mode === "fan_out") return mode;
  return refuse("ValueError", `Mode ${mode} not supported, please use one of fan_in, fan_out`);
}

/** Square of the gain asked for; `null` where none is. */
function squaredGain(
  id: string,
  { gain, nonlinearity, a, framework }: SchemeOptions,
): number | null | Refusal {
  if (gain !== undefined) {
    return Number.isFinite(gain)
      ? gain * gain
      : refuse("ValueError", `the gain must be a finite number, not ${gain}`);
  }
  if (a !== undefined && !Number.isFinite(a))
    return refuse("ValueError", `the slope must be finite, not ${a}`);
  if (nonlinearity === undefined) return a !== undefined && id.startsWith("he_") ? 2 / (1 + a * a) : null;
  if (framework === "torch") {
    const torch = calculateGain(nonlinearity, a);
    return typeof torch === "number" ? torch * torch : torch;
  }
  const name = activationName(nonlinearity);
  const exact = name === null ? null : activationGain(name, a);
  if (exact) return exact.forward ** 2;
  return refuse("ValueError", `unknown activation "${nonlinearity}"`);
}

function inFramework(
  id: string,
  framework: Framework,
  recipe: Recipe | undefined,
  options: SchemeOptions,
): Distribution | Refusal {
  const shape = shapeFor(framework, recipe !== undefined, options);
  const call: SchemeCall | Refusal = callFor(id, framework, recipe ?? null, shape, options);
  if (isRefusal(call)) return call;
  return drawCall(framework, call, shape) ?? inMathematics(id, recipe, { ...options, shape });
}

function inMathematics(id: string, recipe: Recipe | undefined, options: SchemeOptions): Distribution {
  const fans = fansOf(options);
  if (recipe) return drawRecipe(recipe, fans, id);
  const { gain = 1, value = 0, low = -0.05, high = 0.05, mean = 0, std = 0.05, sparsity = 0.1 } = options;
  switch (id) {
    case "zeros":
      return make.constant(0, id);
    case "ones":
      return make.constant(1, id);
    case "constant":
      return make.constant(value, id);
    case "uniform":
      return make.uniform(low, high, id);
    case "normal":
      return make.normal(mean, std, id);
    case "truncated_normal":
      return make.truncatedNormal(
        mean,
        std,
        options.low ?? mean - 2 * std,
        options.high ?? mean + 2 * std,
        id,
      );
    case "orthogonal":
      return orthogonalOf(gain, fans, inputsFirst(options));
    case "identity":
      return identityOf(gain, [fans.fanIn, fans.fanOut], id);
    default:
      return structured(id, gain, std, sparsity, inputsFirst(options));
  }
}

/** A kernel is flattened: everything else × outputs. */
function orthogonalOf(gain: number, { fanIn, fanOut }: Fans, shape: Shape): Distribution {
  return shape.length > 2
    ? make.orthogonal(gain, product(shape.slice(0, -1)), shape.at(-1)!, "orthogonal")
    : make.orthogonal(gain, fanIn, fanOut, "orthogonal");
}

/** The shape as [taps…, inputs, outputs]. */
function inputsFirst({ shape = [], framework }: SchemeOptions): Shape {
  if (framework === undefined || !OUTPUTS_FIRST.has(framework) || shape.length < 2) return shape;
  return [...shape.slice(2), shape[1]!, shape[0]!];
}

function identityOf(gain: number, [rows, columns]: readonly [Dim, Dim], source: string): Distribution {
  return typeof rows === "number" && typeof columns === "number"
    ? make.identity(gain, Math.min(rows, columns), rows * columns, source)
    : make.identity(gain, null, null, source);
}

/** Kernels that are mostly zeros; their std needs a shape [taps…, inputs, outputs]. */
function structured(
  id: string,
  gain: number,
  std: number,
  sparsity: number,
  shape: Shape = [],
): Distribution {
  const { formula } = SCHEMES.get(id)!;
  const count = product(shape);
  const [inputs, outputs] = [shape.at(-2), shape.at(-1)];
  if (typeof count !== "number" || typeof inputs !== "number" || typeof outputs !== "number") {
    return id === "dirac" ? make.identity(1, null, null, id) : make.unknown(id, formula);
  }
  switch (id) {
    case "dirac":
      return make.identity(1, Math.min(inputs, outputs), count, id);
    case "delta_orthogonal": {
      const matrix = (Math.abs(gain) / Math.sqrt(Math.max(inputs, outputs))) * Math.sqrt(inputs * outputs);
      return make.unknown(id, formula, matrix / Math.sqrt(count));
    }
    case "sparse": {
      const zeros = Math.ceil(sparsity * inputs);
      return make.unknown(id, formula, std * Math.sqrt(1 - zeros / inputs));
    }
    default: {
      const row = bilinearRow(typeof shape[0] === "number" ? shape[0] : 1);
      return make.unknown(id, `${formula}: ${row.join(", ")}`);
    }
  }
}

/** The fans asked for, or those of the shape read as inputs × outputs. */
function fansOf({ fanIn, fanOut, shape, framework }: SchemeOptions): Fans {
  const counted = shape ? countFans(framework ?? null, shape) : null;
  return { fanIn: fanIn ?? counted?.fanIn ?? null, fanOut: fanOut ?? counted?.fanOut ?? null };
}

/** How each framework counts a plain weight of that shape; `null` where it raises. */
export function countFans(framework: Framework | null, shape: Shape): Fans | null {
  switch (framework) {
    case "torch":
    case "torch7":
    case "caffe":
      return torchFans(shape);
    case "theano":
      return lasagneFans(shape);
    case "jax":
    case "flax":
      return jaxFans(shape);
    default:
      return kerasFans(shape);
  }
}

/**
 * The shape a framework's initializer is called on: the one given, or the matrix that has the fans given.
 * Explicit fans go before a shape where the scheme divides by them.
 */
function shapeFor(framework: Framework, dividesByFans: boolean, options: SchemeOptions): Shape {
  const explicit = options.fanIn !== undefined || options.fanOut !== undefined;
  if (options.shape && !(explicit && dividesByFans)) return options.shape;
  const { fanIn, fanOut } = fansOf(options);
  return OUTPUTS_FIRST.has(framework) ? [fanOut, fanIn] : [fanIn, fanOut];
}

/** Frameworks whose matrices are outputs × inputs. */
export const OUTPUTS_FIRST: ReadonlySet<Framework> = new Set<Framework>(["torch", "torch7", "caffe"]);

function badFan(name: string, fan: Dim | undefined): Refusal | null {
  if (typeof fan !== "number" || (Number.isInteger(fan) && fan > 0)) return null;
  return refuse("ValueError", `${name} must be a whole number of at least 1, not ${fan}`);
}

/** Some frameworks draw something even so, but nobody means it. */
function badSpread({ low, high, std, sparsity }: SchemeOptions): Refusal | null {
  if (low !== undefined && high !== undefined && low > high) {
    return refuse("ValueError", `low must not be above high, but ${low} > ${high}`);
  }
  if (std !== undefined && std < 0) return refuse("ValueError", `std must be at least 0, not ${std}`);
  return sparsity !== undefined && (sparsity < 0 || sparsity > 1)
    ? refuse("ValueError", `sparsity must be between 0 and 1, not ${sparsity}`)
    : null;
}

function badShape(shape: Shape | undefined): Refusal | null {
  const bad = shape?.find((dim) => typeof dim === "number" && !(Number.isInteger(dim) && dim > 0));
  return bad === undefined
    ? null
    : refuse("ValueError", `every dimension must be a whole number of at least 1, not ${bad}`);
}
