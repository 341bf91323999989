import { normalCdf, normalPdf } from "./normal.js";
import { integrate } from "./quadrature.js";

/**
 * Exact second-moment gains of activations. For z ~ N(0, 1): forward 1/√E f(z)², which keeps the size of the
 * activations, backward 1/√E f′(z)², which keeps the size of the gradients. Weights of variance gain²/fan.
 */
export interface Gain {
  readonly forward: number;
  readonly backward: number;
  /** E f(z): not 0 for ReLU-like activations. */
  readonly mean: number;
}

/** One activation, with its parameter (slope, alpha, …) as `a`. */
interface Activation {
  readonly f: (x: number, a: number) => number;
  readonly slope: (x: number, a: number) => number;
  /** Where f or f′ breaks; quadrature is exact only between them. */
  readonly kinks?: (a: number) => readonly number[];
  /** Default of the parameter; absent where there is none. */
  readonly a?: number;
}

/** torch's and Keras's constants of SELU (Klambauer et al., 2017). */
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;
const TANH_GELU = Math.sqrt(2 / Math.PI);

const at0 = () => [0];
const sigmoid = (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const leaky: Activation = { f: (x, a) => (x < 0 ? a * x : x), slope: (x, a) => (x < 0 ? a : 1), kinks: at0 };
const swish: Activation = { f: (x) => x * sigmoid(x), slope: (x) => sigmoid(x) * (1 + x * sigmoid(-x)) };

const ACTIVATIONS: ReadonlyMap<string, Activation> = new Map<string, Activation>([
  ["linear", { f: (x) => x, slope: () => 1 }],
  ["relu", { f: (x) => Math.max(0, x), slope: (x) => (x > 0 ? 1 : 0), kinks: at0 }],
  ["leaky_relu", { ...leaky, a: 0.01 }],
  ["prelu", { ...leaky, a: 0.25 }],
  [
    "elu",
    {
      f: (x, a) => (x > 0 ? x : a * Math.expm1(x)),
      slope: (x, a) => (x > 0 ? 1 : a * Math.exp(x)),
      kinks: at0,
      a: 1,
    },
  ],
  [
    "celu",
    {
      f: (x, a) => (x > 0 ? x : a * Math.expm1(x / a)),
      slope: (x, a) => (x > 0 ? 1 : Math.exp(x / a)),
      kinks: at0,
      a: 1,
    },
  ],
  [
    "selu",
    {
      f: (x) => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
      slope: (x) => SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * Math.exp(x)),
      kinks: at0,
    },
  ],
  ["gelu", { f: (x) => x * normalCdf(x), slope: (x) => normalCdf(x) + x * normalPdf(x) }],
  ["gelu_tanh", { f: tanhGelu, slope: tanhGeluSlope }],
  [
    "quick_gelu",
    {
      f: (x) => x * sigmoid(1.702 * x),
      slope: (x) => sigmoid(1.702 * x) * (1 + 1.702 * x * sigmoid(-1.702 * x)),
    },
  ],
  ["silu", swish],
  [
    "mish",
    {
      f: (x) => x * Math.tanh(softplus(x)),
      slope: (x) => Math.tanh(softplus(x)) + (x * sigmoid(x)) / Math.cosh(softplus(x)) ** 2,
    },
  ],
  ["tanh", { f: Math.tanh, slope: (x) => 1 / Math.cosh(x) ** 2 }],
  ["sigmoid", { f: sigmoid, slope: (x) => sigmoid(x) * sigmoid(-x) }],
  ["log_sigmoid", { f: (x) => -softplus(-x), slope: (x) => sigmoid(-x) }],
  ["softplus", { f: softplus, slope: sigmoid }],
  ["softsign", { f: (x) => x / (1 + Math.abs(x)), slope: (x) => 1 / (1 + Math.abs(x)) ** 2, kinks: at0 }],
  [
    "relu6",
    {
      f: (x) => Math.min(6, Math.max(0, x)),
      slope: (x) => (x > 0 && x < 6 ? 1 : 0),
      kinks: () => [0, 6],
    },
  ],
  [
    "hardtanh",
    {
      f: (x) => Math.min(1, Math.max(-1, x)),
      slope: (x) => (Math.abs(x) < 1 ? 1 : 0),
      kinks: () => [-1, 1],
    },
  ],
  [
    "hardsigmoid",
    {
      f: (x) => Math.min(1, Math.max(0, (x + 3) / 6)),
      slope: (x) => (Math.abs(x) < 3 ? 1 / 6 : 0),
      kinks: () => [-3, 3],
    },
  ],
  [
    "hardswish",
    {
      f: (x) => (x * Math.min(6, Math.max(0, x + 3))) / 6,
      slope: (x) => (x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6),
      kinks: () => [-3, 3],
    },
  ],
  ["relu_squared", { f: (x) => Math.max(0, x) ** 2, slope: (x) => 2 * Math.max(0, x), kinks: at0 }],
  ["tanhshrink", { f: (x) => x - Math.tanh(x), slope: (x) => Math.tanh(x) ** 2 }],
]);

/** Other spellings: frameworks' functions, classes and string names, in lower case without underscores. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["identity", "linear"],
  ["none", "linear"],
  ["lrelu", "leaky_relu"],
  ["swish", "silu"],
  ["logsigmoid", "log_sigmoid"],
  ["gelutanh", "gelu_tanh"],
  ["gelunew", "gelu_tanh"],
  ["gelupytorchtanh", "gelu_tanh"],
  ["quickgelu", "quick_gelu"],
  ["hswish", "hardswish"],
  ["hardsilu", "hardswish"],
  ["hsigmoid", "hardsigmoid"],
  ["relu2", "relu_squared"],
  ["squaredrelu", "relu_squared"],
  ["softmax", "linear"],
  ["logsoftmax", "linear"],
]);

/** Every activation with a gain, by its name here. */
export const ACTIVATION_NAMES: readonly string[] = [...ACTIVATIONS.keys()];

/** The name used here for `LeakyReLU`, `leaky_relu`, `hard_swish`, `swish`, …; `null` where not known. */
export function activationName(spelling: string): string | null {
  const bare = spelling.toLowerCase().replaceAll(/[_\s-]/g, "");
  const found = ACTIVATION_NAMES.find((name) => name.replaceAll("_", "") === bare);
  return found ?? ALIASES.get(bare) ?? null;
}

/** The slope f′ of an activation named as `activationName` says; `null` for one not known. */
export function activationSlope(name: string, a?: number): ((x: number) => number) | null {
  const activation = ACTIVATIONS.get(name);
  if (!activation) return null;
  const parameter = a ?? activation.a ?? 0;
  return (x) => activation.slope(x, parameter);
}

/** f itself of an activation named as `activationName` says; `null` for one not known. */
export function activationValue(name: string, a?: number): ((x: number) => number) | null {
  const activation = ACTIVATIONS.get(name);
  if (!activation) return null;
  const parameter = a ?? activation.a ?? 0;
  return (x) => activation.f(x, parameter);
}

const known = new Map<string, Gain>();

/**
 * The gains of an activation named as `activationName` says; `null` for one not known or a parameter that
 * makes it vanish.
 * @param a slope of leaky_relu and prelu, alpha of elu and celu; the frameworks' default where left out.
 */
export function activationGain(name: string, a?: number): Gain | null {
  const activation = ACTIVATIONS.get(name);
  if (!activation) return null;
  const parameter = a ?? activation.a ?? 0;
  if (!Number.isFinite(parameter) || (name === "celu" && parameter === 0)) return null;
  const key = `${name} ${parameter}`;
  const gain = known.get(key) ?? closedGain(name, parameter) ?? measuredGain(activation, parameter);
  known.set(key, gain);
  return gain;
}

/** Where algebra gives the answer: E max(0, z)² = 1/2, E z² = 1. */
function closedGain(name: string, a: number): Gain | null {
  switch (name) {
    case "linear":
      return { forward: 1, backward: 1, mean: 0 };
    case "relu":
      return { forward: Math.SQRT2, backward: Math.SQRT2, mean: normalPdf(0) };
    case "leaky_relu":
    case "prelu": {
      const gain = Math.sqrt(2 / (1 + a * a));
      return { forward: gain, backward: gain, mean: (1 - a) * normalPdf(0) };
    }
    case "relu_squared":
      return { forward: Math.sqrt(2 / 3), backward: Math.SQRT1_2, mean: 0.5 };
    default:
      return null;
  }
}

function measuredGain({ f, slope, kinks = () => [] }: Activation, a: number): Gain {
  const breaks = kinks(a);
  const average = (g: (x: number) => number) => expectation(g, breaks);
  return {
    forward: 1 / Math.sqrt(average((x) => f(x, a) ** 2)),
    backward: 1 / Math.sqrt(average((x) => slope(x, a) ** 2)),
    mean: average((x) => f(x, a)),
  };
}

/** Beyond this |z| the normal density times any square here is below the last digit. */
const REACH = 13;

/** E g(z) for z ~ N(0, 1), integrated between the breaks of g. */
function expectation(g: (x: number) => number, breaks: readonly number[]): number {
  const ends = [-REACH, ...breaks, REACH];
  let total = 0;
  for (let k = 1; k < ends.length; k++) {
    total += integrate((x) => g(x) * normalPdf(x), ends[k - 1]!, ends[k]!);
  }
  return total;
}

/** torch GELU(approximate="tanh"). */
function tanhGelu(x: number): number {
  return (x / 2) * (1 + Math.tanh(TANH_GELU * (x + 0.044715 * x ** 3)));
}

function tanhGeluSlope(x: number): number {
  const inner = Math.tanh(TANH_GELU * (x + 0.044715 * x ** 3));
  return (1 + inner) / 2 + (x / 2) * (1 - inner * inner) * TANH_GELU * (1 + 3 * 0.044715 * x * x);
}
