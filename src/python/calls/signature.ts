/** Signatures of native functions: parsed from their text once, then bound like Python's. */
import type { Machine } from "../machine.js";
import { type Keywords, type NativeFunction, PyDict, PyFloat, PyTuple, type Value } from "../values.js";
import { addExtra } from "./parameters.js";

export interface NativeParameter {
  readonly name: string;
  /** What a keyword may call it besides: `dim|axis` in a signature. */
  readonly aliases?: readonly string[];
  readonly kind: "positional" | "either" | "keyword" | "star" | "doubleStar";
  /** Undefined: not given (`...`), or required. */
  readonly default: Value | undefined;
  readonly isRequired: boolean;
}

const parsed = new WeakMap<NativeFunction, readonly NativeParameter[]>();

/** The parameters in the order in which the body takes them. */
export function parametersOf(func: NativeFunction): readonly NativeParameter[] {
  let parameters = parsed.get(func);
  if (parameters === undefined) {
    parameters = parseSignature(func.signature);
    parsed.set(func, parameters);
  }
  return parameters;
}

function parseSignature(text: string): NativeParameter[] {
  const parameters: NativeParameter[] = [];
  let kind: NativeParameter["kind"] = "either";
  const inside = text.slice(text.indexOf("(") + 1, text.lastIndexOf(")"));
  for (const part of splitTopLevel(inside)) {
    if (part === "/") {
      parameters.forEach((one, index) => {
        if (one.kind === "either") parameters[index] = { ...one, kind: "positional" };
      });
    } else if (part === "*") kind = "keyword";
    else if (part.startsWith("**")) parameters.push(rest(part.slice(2), "doubleStar"));
    else if (part.startsWith("*")) {
      parameters.push(rest(part.slice(1), "star"));
      kind = "keyword";
    } else parameters.push(ordinary(part, kind));
  }
  return parameters;
}

const rest = (name: string, kind: "star" | "doubleStar"): NativeParameter => ({
  name,
  kind,
  default: undefined,
  isRequired: false,
});

function ordinary(part: string, kind: NativeParameter["kind"]): NativeParameter {
  const equals = part.indexOf("=");
  const names = (equals < 0 ? part : part.slice(0, equals)).split("|").map((name) => name.trim());
  const [name, ...aliases] = names as [string, ...string[]];
  const named = { name, kind, ...(aliases.length > 0 ? { aliases } : {}) };
  if (equals < 0) return { ...named, default: undefined, isRequired: true };
  return { ...named, default: literal(part.slice(equals + 1).trim()), isRequired: false };
}

function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index <= text.length; index++) {
    const character = text[index];
    if (character === "(" || character === "[") depth++;
    if (character === ")" || character === "]") depth--;
    if (index === text.length || (character === "," && depth === 0)) {
      const part = text.slice(start, index).trim();
      if (part !== "") parts.push(part);
      start = index + 1;
    }
  }
  return parts;
}

/** The default in a signature: `None`, `True`, a number, a quoted string, `()`; `...` is "not given". */
function literal(text: string): Value | undefined {
  if (text === "...") return undefined;
  if (text === "None") return null;
  if (text === "True") return true;
  if (text === "False") return false;
  if (text === "()") return new PyTuple([]);
  if (/^(['"]).*\1$/.test(text)) return text.slice(1, -1);
  const number = Number(text);
  if (text === "" || Number.isNaN(number)) throw new Error(`no literal: ${text}`);
  return /^-?\d+$/.test(text) ? number : new PyFloat(number);
}

/** The arguments in the order of the signature. */
export function bindNative(
  machine: Machine,
  func: NativeFunction,
  args: readonly Value[],
  keywords: Keywords | undefined,
): readonly (Value | undefined)[] {
  const parameters = parametersOf(func);
  if (keywords === undefined && args.length <= parameters.length && arePositional(parameters)) {
    return args.length === parameters.length ? args : withDefaults(machine, func, parameters, args);
  }
  const bound: (Value | undefined)[] = [];
  const used = new Set<string>();
  let next = 0;
  for (const parameter of parameters) {
    bound.push(bindOne(machine, func, parameter, args, next, keywords, used));
    if (parameter.kind === "star") next = Math.max(next, args.length);
    else if (parameter.kind === "positional" || parameter.kind === "either") next++;
  }
  if (args.length > next)
    machine.raise("TypeError", `${func.name}() takes at most ${next} arguments (${args.length} given)`);
  if (keywords !== undefined && keywords.size > 0) {
    checkKeywords(machine, func, parameters, bound, keywords, used);
  }
  return bound;
}

function withDefaults(
  machine: Machine,
  func: NativeFunction,
  parameters: readonly NativeParameter[],
  args: readonly Value[],
): readonly (Value | undefined)[] {
  const bound: (Value | undefined)[] = [...args];
  for (let index = args.length; index < parameters.length; index++) {
    const { name, isRequired, default: value } = parameters[index]!;
    if (isRequired) machine.raise("TypeError", `${func.name}() missing required argument: '${name}'`);
    bound.push(value);
  }
  return bound;
}

const positional = new WeakMap<readonly NativeParameter[], boolean>();

/** The common case: nothing to collect. */
function arePositional(parameters: readonly NativeParameter[]): boolean {
  let answer = positional.get(parameters);
  if (answer === undefined) {
    answer = parameters.every(({ kind }) => kind === "positional" || kind === "either");
    positional.set(parameters, answer);
  }
  return answer;
}

function bindOne(
  machine: Machine,
  func: NativeFunction,
  parameter: NativeParameter,
  args: readonly Value[],
  at: number,
  keywords: Keywords | undefined,
  used: Set<string>,
): Value | undefined {
  const { name, kind } = parameter;
  if (kind === "star") return new PyTuple(args.slice(at));
  if (kind === "doubleStar") return new PyDict();
  if (kind !== "keyword" && at < args.length) return args[at];
  if (kind !== "positional" && keywords !== undefined) {
    for (const keyword of [name, ...(parameter.aliases ?? [])]) {
      const value = keywords.get(keyword);
      if (value === undefined) continue;
      used.add(keyword);
      return value;
    }
  }
  if (parameter.isRequired) machine.raise("TypeError", `${func.name}() missing required argument: '${name}'`);
  return parameter.default;
}

function checkKeywords(
  machine: Machine,
  func: NativeFunction,
  parameters: readonly NativeParameter[],
  bound: readonly (Value | undefined)[],
  keywords: Keywords,
  used: ReadonlySet<string>,
): void {
  const extra = bound[parameters.findIndex(({ kind }) => kind === "doubleStar")];
  for (const [name, value] of keywords) {
    if (used.has(name)) continue;
    if (extra instanceof PyDict) addExtra(extra, name, value);
    else if (parameters.some((one) => one.name === name && one.kind === "either")) {
      machine.raise("TypeError", `${func.name}() got multiple values for argument '${name}'`);
    } else machine.raise("TypeError", `${func.name}() got an unexpected keyword argument '${name}'`);
  }
}
