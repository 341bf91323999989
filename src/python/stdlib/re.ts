/** What the stub of `re` needs: checking a pattern, and finding a match. */
import { functions } from "../builtins/define.js";
import { PyDict, PyList, PyTuple, type Value } from "../values.js";
import { compileRegex, matchAt, type Regex, RegexBudget, RegexError, search } from "./regex.js";

/** Patterns compiled so far; a program has few, and their texts are short. */
const compiled = new Map<string, Regex>();
const MAX_COMPILED = 500;

function regexOf(pattern: string, flags: number): Regex {
  const key = `${flags}:${pattern}`;
  let regex = compiled.get(key);
  if (regex === undefined) {
    regex = compileRegex(pattern, flags);
    if (compiled.size >= MAX_COMPILED) compiled.clear();
    compiled.set(key, regex);
  }
  return regex;
}

const FUNCTIONS = functions({
  "check(pattern, flags, /)": (machine, pattern: Value, flags: Value) => {
    if (typeof pattern !== "string" || typeof flags !== "number")
      return machine.unknown("an unknown pattern");
    try {
      const { groups, names } = regexOf(pattern, flags);
      const index = new PyDict();
      for (const [name, group] of names) index.set(name, name, group);
      return new PyTuple([null, groups, index]);
    } catch (error) {
      if (error instanceof RegexError) return new PyTuple([error.message, 0, new PyDict()]);
      throw error;
    }
  },
  "search_from(pattern, flags, string, start, how, /)": (
    machine,
    pattern: Value,
    flags: Value,
    text: Value,
    start: Value,
    how: Value,
  ) => {
    if (
      typeof pattern !== "string" ||
      typeof flags !== "number" ||
      typeof start !== "number" ||
      typeof text !== "string"
    ) {
      return machine.unknown("a search in something unknown");
    }
    machine.spend(text.length);
    try {
      const regex = regexOf(pattern, flags);
      const spans =
        how === "search" ? search(regex, text, start) : matchAt(regex, text, start, how === "fullmatch");
      if (spans === null) return null;
      return new PyList(spans.map((span) => (span === undefined ? null : new PyTuple(span))));
    } catch (error) {
      const isTooMuch = error instanceof RegexBudget || error instanceof RangeError;
      if (isTooMuch) return machine.unknown("a search by a pattern that takes too long");
      throw error;
    }
  },
});

export const RE: Readonly<Record<string, Value>> = Object.fromEntries(
  FUNCTIONS.map((one) => [one.name, one]),
);
