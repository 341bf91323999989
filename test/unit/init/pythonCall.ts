import type { Argument } from "../../../src/init/frameworks/table.js";

/** `f(0.1, mode='fan_in', axes=(1, 2))` as recorded in the facts; literals only. */
export interface PythonCall {
  readonly name: string;
  readonly positional: readonly Argument[];
  readonly named: Readonly<Record<string, Argument>>;
}

/** Reads one recorded call; `Ones` and `'ones'` without brackets are calls without arguments. */
export function readCall(text: string): PythonCall {
  const match = /^([\w.]+)(?:\((.*)\))?$/.exec(text);
  if (!match) throw new Error(`not a call: ${text}`);
  const positional: Argument[] = [];
  const named: Record<string, Argument> = {};
  for (const part of splitArguments(match[2] ?? "")) {
    const [, key, value] = /^(?:(\w+)=)?(.*)$/.exec(part)!;
    if (key) named[key] = literal(value!);
    else positional.push(literal(value!));
  }
  return { name: match[1]!, positional, named };
}

function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = "";
  for (const character of text) {
    if ("([".includes(character)) depth++;
    if (")]".includes(character)) depth--;
    if (character === "," && depth === 0) {
      parts.push(current.trim());
      current = "";
    } else current += character;
  }
  return current.trim() === "" ? parts : [...parts, current.trim()];
}

function literal(text: string): Argument {
  if (/^['"].*['"]$/.test(text)) return text.slice(1, -1);
  if (text === "True" || text === "False") return text === "True";
  if (text === "None") return null;
  if (/^[([]/.test(text)) return splitArguments(text.slice(1, -1)).map(Number);
  const value = Number(text);
  if (Number.isNaN(value)) throw new Error(`not a literal: ${text}`);
  return value;
}
