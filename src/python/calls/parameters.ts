/** Binding the arguments of a call to a Python function's parameters. */

import type { Engine } from "../engine.js";
import { heldAs } from "../symbols/symbolic.js";
import { type Keywords, PyDict, type PyFunction, PyTuple, Unknown, type Value } from "../values.js";
import type { FunctionCode } from "./code.js";

/** Fills the first slots of a frame: parameters in order, then `*args`, then `**kwargs`. */
export function bindFunction(
  machine: Engine,
  func: PyFunction,
  slots: (Value | undefined)[],
  args: readonly Value[],
  keywords: Keywords | undefined,
): void {
  const { code } = func;
  const { positionalCount } = code;
  const given = Math.min(args.length, positionalCount);
  for (let index = 0; index < given; index++) slots[index] = calledAs(machine, code, index, args[index]!);
  if (code.isPlain && args.length === positionalCount && (keywords === undefined || keywords.size === 0))
    return;
  bindRest(machine, func, slots, args, keywords);
}

/** An argument nobody knows has a name from there on, unless the function is a stub of ours. */
function calledAs(machine: Engine, { names, unit }: FunctionCode, index: number, value: Value): Value {
  return value instanceof Unknown && !unit.isStub ? heldAs(names[index]!, machine, value) : value;
}

function bindRest(
  machine: Engine,
  func: PyFunction,
  slots: (Value | undefined)[],
  args: readonly Value[],
  keywords: Keywords | undefined,
): void {
  const { code } = func;
  const { parameters, positionalCount, keywordOnlyCount } = code;
  let next = positionalCount + keywordOnlyCount;
  if (parameters.star !== null) slots[next++] = new PyTuple(args.slice(positionalCount));
  else if (args.length > positionalCount) tooMany(machine, code, args.length);
  const extra = parameters.doubleStar === null ? null : new PyDict();
  if (keywords !== undefined) bindKeywords(machine, code, slots, keywords, extra);
  if (extra !== null) slots[next] = extra;
  fillDefaults(machine, func, slots);
}

function bindKeywords(
  machine: Engine,
  code: FunctionCode,
  slots: (Value | undefined)[],
  keywords: Keywords,
  extra: PyDict | null,
): void {
  const { names, positionalOnlyCount } = code;
  const nameable = code.positionalCount + code.keywordOnlyCount;
  for (const [name, value] of keywords) {
    const index = names.indexOf(name);
    if (index >= positionalOnlyCount && index < nameable) {
      if (slots[index] !== undefined) {
        machine.raise("TypeError", `${code.name}() got multiple values for argument '${name}'`);
      }
      slots[index] = calledAs(machine, code, index, value);
    } else if (extra !== null) addExtra(extra, name, value);
    else if (!isOptional(value))
      machine.raise("TypeError", `${code.name}() got an unexpected keyword argument '${name}'`);
  }
}

/** Whether it may not have been given at all: where a function takes no such argument it was not. */
const isOptional = (value: Value): value is Unknown => value instanceof Unknown && value.isOptional;

/** What a function takes as `**kwargs`. */
export function addExtra(extra: PyDict, name: string, value: Value): void {
  if (isOptional(value)) extra.setOptional(name, name, value);
  else extra.set(name, name, value);
}

function fillDefaults(machine: Engine, func: PyFunction, slots: (Value | undefined)[]): void {
  const { code, defaults, keywordDefaults } = func;
  const { positionalCount, keywordOnlyCount, names } = code;
  const firstDefault = positionalCount - defaults.length;
  const missing: string[] = [];
  for (let index = 0; index < positionalCount + keywordOnlyCount; index++) {
    if (slots[index] !== undefined) continue;
    const name = names[index]!;
    const value = index < positionalCount ? defaults[index - firstDefault] : keywordDefaults.get(name);
    if (value === undefined) missing.push(name);
    else slots[index] = value;
  }
  if (missing.length > 0) missingArguments(machine, code, missing);
}

function tooMany(machine: Engine, code: FunctionCode, given: number): never {
  const count = code.positionalCount;
  return machine.raise(
    "TypeError",
    `${code.name}() takes ${count} positional argument${count === 1 ? "" : "s"} but ${given} ${given === 1 ? "was" : "were"} given`,
  );
}

function missingArguments(machine: Engine, code: FunctionCode, names: readonly string[]): never {
  const quoted = names.map((name) => `'${name}'`);
  const isPositional = code.names.indexOf(names[0]!) < code.positionalCount;
  const kind = isPositional ? "positional" : "keyword-only";
  const list =
    quoted.length < 3 ? quoted.join(" and ") : `${quoted.slice(0, -1).join(", ")}, and ${quoted.at(-1)}`;
  const plural = quoted.length === 1 ? "" : "s";
  return machine.raise(
    "TypeError",
    `${code.name}() missing ${quoted.length} required ${kind} argument${plural}: ${list}`,
  );
}
