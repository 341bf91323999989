import { type ParseArgsConfig, parseArgs } from "node:util";
import { TORCH_NONLINEARITIES } from "../init/frameworks/torch.js";
import { ACTIVATION_NAMES, activationName } from "../init/gains.js";
import type { SchemeOptions } from "../init/schemeOptions.js";
import { SCHEME_IDS } from "../init/schemes.js";
import { suggest } from "../init/suggest.js";
import { type InputShapes, inputShapes } from "../layers/reading/exampleInputs.js";
import type { Framework } from "../types.js";
import { UsageError } from "./usage.js";

/** Options and the words beside them, with errors in one line and the nearest name for a slip. */
export function readOptions<const Options extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: Options,
): ReturnType<typeof parseArgs<{ args: string[]; options: Options; allowPositionals: true; strict: true }>> {
  try {
    return parseArgs({
      args: joinNegatives(args),
      options,
      allowPositionals: true,
      strict: true,
    } satisfies ParseArgsConfig);
  } catch (error) {
    throw new UsageError(oneLine(error, Object.keys(options)));
  }
}

/** `--gain -2` is a value, not an option; the parser wants `--gain=-2`. */
function joinNegatives(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const argument of args) {
    const before = joined.at(-1);
    const negative = /^-(\d|\.\d|inf)/i.test(argument);
    if (negative && before?.startsWith("--") && !before.includes("="))
      joined[joined.length - 1] += `=${argument}`;
    else joined.push(argument);
  }
  return joined;
}

function oneLine(error: unknown, names: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const unknown = /^Unknown option '(-[^']*)'/.exec(message);
  if (unknown) {
    const candidates = names.map((name) => `--${name}`);
    return `unknown option ${unknown[1]}${suggest(unknown[1]!, candidates)}`;
  }
  return message.split("\n")[0]!;
}

/** A finite number; `name` is the option's. */
export function readNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new UsageError(`${name} must be a finite number, not "${text}"`);
  return value;
}

/** A whole number of at least 1. */
export function readCount(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\+?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new UsageError(`${name} must be a whole number of at least 1, not "${text}"`);
  }
  return value;
}

/** `64,32` or `3x3x16x32`: whole numbers of at least 1. */
export function readShape(name: string, text: string | undefined): readonly number[] | undefined {
  if (text === undefined) return undefined;
  const parts = text.replace(/^[([]|[)\]]$/g, "").split(/[,x×]/);
  if (parts.at(-1)?.trim() === "" && parts.length > 1) parts.pop();
  return parts.map((part) => readCount(`every dimension of ${name}`, part)!);
}

/** `--input 1,3,224,224`, once a tensor: the shapes of an example input; null where it is not given. */
export function readInputs(texts: readonly string[] | undefined): InputShapes | null {
  if (texts === undefined || texts.length === 0) return null;
  return texts.flatMap((text) => {
    const shapes = inputShapes(text);
    if (shapes === null) throw new UsageError(`--input ${text}: a shape is such as 1,3,224,224`);
    return shapes;
  });
}

/** One of the names; where it is none, the error names the nearest of them and of their other spellings. */
export function readName<Name extends string>(
  what: string,
  text: string | undefined,
  names: readonly Name[],
  spellings: Iterable<string> = [],
): Name | undefined {
  if (text === undefined) return undefined;
  const found = names.find((name) => name === text.toLowerCase());
  if (!found) {
    const near = suggest(text, [...names, ...spellings]) || `; use ${names.join(", ")}`;
    throw new UsageError(`unknown ${what} "${text}"${near}`);
  }
  return found;
}

export const FRAMEWORKS: readonly Framework[] = [
  "numpy",
  "torch",
  "keras",
  "flax",
  "jax",
  "tensorflow",
  "theano",
  "torch7",
  "caffe",
];

/** Other spellings of the frameworks' names. */
export const FRAMEWORK_NAMES: ReadonlyMap<string, Framework> = new Map<string, Framework>([
  ["pytorch", "torch"],
  ["tf", "tensorflow"],
  ["np", "numpy"],
  ["lasagne", "theano"],
  ["flax", "flax"],
  ["linen", "flax"],
  ["nnx", "flax"],
]);

/** `torch`, `PyTorch`, `tf`, … */
export function readFramework(text: string | undefined): Framework | undefined {
  if (text === undefined) return undefined;
  return (
    FRAMEWORK_NAMES.get(text.toLowerCase()) ?? readName("framework", text, FRAMEWORKS, FRAMEWORK_NAMES.keys())
  );
}

/** Frameworks' and people's own words for a scheme. */
const SCHEME_NAMES: ReadonlyMap<string, string> = new Map([
  ["kaiming_uniform", "he_uniform"],
  ["kaiming_normal", "he_normal"],
  ["msra", "he_normal"],
  ["xavier_uniform", "glorot_uniform"],
  ["xavier_normal", "glorot_normal"],
  ["trunc_normal", "truncated_normal"],
  ["eye", "identity"],
]);

/** A scheme's identifier; hyphens, a final underscore and the names Kaiming, Xavier and MSRA allowed. */
export function readScheme(text: string): string {
  const name = text.toLowerCase().replaceAll("-", "_").replace(/_$/, "");
  return SCHEME_NAMES.get(name) ?? readName("scheme", name, SCHEME_IDS, SCHEME_NAMES.keys())!;
}

/** Options of every command that reads code: where its imports resolve. */
export const IMPORT_OPTIONS = {
  root: { type: "string" },
  "site-packages": { type: "string", multiple: true },
} as const;

export interface ImportValues {
  readonly root?: string | undefined;
  readonly "site-packages"?: readonly string[] | undefined;
}

/** The options every command about one scheme takes, for `readOptions`. */
export const SCHEME_OPTIONS = {
  "fan-in": { type: "string" },
  "fan-out": { type: "string" },
  shape: { type: "string" },
  framework: { type: "string" },
  activation: { type: "string" },
  slope: { type: "string" },
  gain: { type: "string" },
  mode: { type: "string" },
  value: { type: "string" },
  low: { type: "string" },
  high: { type: "string" },
  mean: { type: "string" },
  std: { type: "string" },
  sparsity: { type: "string" },
} as const;

type SchemeValues = { readonly [Name in keyof typeof SCHEME_OPTIONS]?: string | boolean | undefined };

/** Their values, checked. */
export function readSchemeOptions(values: SchemeValues): SchemeOptions {
  const text = (name: keyof typeof SCHEME_OPTIONS) => {
    const value = values[name];
    return typeof value === "string" ? value : undefined;
  };
  const number = (name: keyof typeof SCHEME_OPTIONS) => readNumber(`--${name}`, text(name));
  const framework = readFramework(text("framework"));
  return defined({
    fanIn: readCount("--fan-in", text("fan-in")),
    fanOut: readCount("--fan-out", text("fan-out")),
    shape: readShape("--shape", text("shape")),
    framework,
    nonlinearity: readActivation(text("activation"), framework),
    a: number("slope"),
    gain: number("gain"),
    mode: text("mode"),
    value: number("value"),
    low: number("low"),
    high: number("high"),
    mean: number("mean"),
    std: number("std"),
    sparsity: number("sparsity"),
  });
}

/** torch names its nonlinearities itself; it has `calculate_gain` for few of the known ones. */
function readActivation(text: string | undefined, framework: Framework | undefined): string | undefined {
  if (text === undefined) return undefined;
  const name = activationName(text);
  if (framework === "torch" && TORCH_NONLINEARITIES.includes(text)) return text;
  if (name === null) throw new UsageError(`unknown activation "${text}"${suggest(text, ACTIVATION_NAMES)}`);
  return name;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
