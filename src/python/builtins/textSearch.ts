/** Splitting, searching, replacing, translating: what the methods of `str` do. */
import { MAX_ELEMENTS } from "../budgets.js";
import type { Engine } from "../engine.js";
import { sliceRange } from "../operations/items.js";
import { integerOf } from "../operations/numbers.js";
import { payload } from "../operations/operators.js";
import { typeOf } from "../operations/typeOf.js";
import { PyDict, PyList, PySlice, PyTuple, Unknown, type Value } from "../values.js";

export const SPACE = "\\s\\x1c-\\x1f\\x85";

export const strip = (text: string, set: string | undefined, left: boolean, right: boolean): string => {
  const inside = set === undefined ? SPACE : set.replace(/[\\\]^-]/g, "\\$&");
  if (set === "") return text;
  let result = text;
  if (left) result = result.replace(new RegExp(`^[${inside}]+`, "u"), "");
  if (right) {
    let end = result.length;
    const one = new RegExp(`^[${inside}]$`, "u");
    while (end > 0 && one.test(result[end - 1]!)) end--;
    result = result.slice(0, end);
  }
  return result;
};

export function split(
  machine: Engine,
  text: string,
  separator: Value,
  max: Value,
  fromRight: boolean,
): Value {
  if (separator instanceof Unknown || max instanceof Unknown) {
    const list = new PyList([]);
    list.uncertain = machine.unknown("a split by something unknown");
    return list;
  }
  const limit = Number(integerOf(max) ?? -1);
  const by = optionalText(separator);
  if (by === "") machine.raise("ValueError", "empty separator");
  const space = new RegExp(`[${SPACE}]+`, "u");
  const source =
    by === undefined ? strip(text, undefined, !fromRight || limit < 0, fromRight || limit < 0) : text;
  if (by === undefined && source === "") return new PyList([]);
  const parts = by === undefined ? source.split(space) : source.split(by);
  if (limit < 0 || parts.length <= limit + 1)
    return new PyList(parts.filter((part) => by !== undefined || part !== ""));
  return new PyList(limitedSplit(source, by, limit, fromRight));
}

function limitedSplit(text: string, by: string | undefined, limit: number, fromRight: boolean): string[] {
  const parts: string[] = [];
  let rest = text;
  for (let count = 0; count < limit; count++) {
    const matches = [...rest.matchAll(by === undefined ? new RegExp(`[${SPACE}]+`, "gu") : literal(by))];
    const match = fromRight ? matches.at(-1) : matches[0];
    if (match === undefined) break;
    const [before, after] = [rest.slice(0, match.index), rest.slice(match.index + match[0].length)];
    parts.push(fromRight ? after : before);
    rest = fromRight ? before : after;
  }
  parts.push(rest);
  return fromRight ? parts.reverse() : parts;
}

const literal = (text: string): RegExp => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "g");

export function join(machine: Engine, separator: string, iterable: Value): Value {
  const items = machine.iterate(iterable);
  if (items instanceof Unknown) return machine.unknown(items.reason);
  const parts: string[] = [];
  let size = 0;
  for (const [index, item] of items.entries()) {
    const part = payload(item);
    if (part instanceof Unknown) return machine.unknown(part.reason);
    if (typeof part !== "string") {
      return machine.raise(
        "TypeError",
        `sequence item ${index}: expected str instance, ${typeOf(part).name} found`,
      );
    }
    size += part.length;
    parts.push(part);
  }
  machine.allocate(size + separator.length * parts.length);
  return parts.join(separator);
}

export function replace(machine: Engine, text: string, old: Value, by: Value, count: Value): Value {
  const [from, to, limit] = [payload(old), payload(by), integerOf(count) ?? -1];
  if (from instanceof Unknown || to instanceof Unknown)
    return machine.unknown("a replacement with something unknown");
  if (typeof from !== "string" || typeof to !== "string")
    return machine.raise("TypeError", "replace() arguments must be str");
  const parts = text.split(from);
  if (parts.length * to.length > MAX_ELEMENTS) machine.allocate(Number.POSITIVE_INFINITY);
  if (from === "") return to + [...text].map((one) => one + to).join("");
  if (limit < 0 || limit >= parts.length - 1) return parts.join(to);
  const cut = Number(limit) + 1;
  return [...parts.slice(0, cut - 1), parts.slice(cut - 1).join(from)].join(to);
}

export function within(
  machine: Engine,
  text: string,
  start: Value | undefined,
  end: Value | undefined,
): string | Unknown {
  if ((start ?? null) === null && (end ?? null) === null) return text;
  const range = sliceRange(machine, new PySlice(start ?? null, end ?? null, null), text.length);
  return range instanceof Unknown ? range : text.slice(range.start, Math.max(range.start, range.stop));
}

export function affix(
  machine: Engine,
  text: string | Unknown,
  parts: Value,
  test: (text: string, part: string) => boolean,
): Value {
  const inner = payload(parts);
  if (text instanceof Unknown || inner instanceof Unknown)
    return machine.unknown("a comparison with something unknown");
  const all = inner instanceof PyTuple ? inner.items.map(payload) : [inner];
  for (const part of all) {
    if (part instanceof Unknown) return machine.unknown(part.reason);
    if (typeof part !== "string") {
      return machine.raise(
        "TypeError",
        `startswith first arg must be str or a tuple of str, not ${typeOf(part).name}`,
      );
    }
    if (test(text, part)) return true;
  }
  return false;
}

export function find(
  machine: Engine,
  self: Value,
  sub: Value,
  start: Value | undefined,
  end: Value | undefined,
  last: boolean,
): Value {
  const text = textOf(self);
  const part = payload(sub);
  if (part instanceof Unknown) return machine.unknown(part.reason);
  if (typeof part !== "string") return machine.raise("TypeError", `must be str, not ${typeOf(part).name}`);
  const range = sliceRange(machine, new PySlice(start ?? null, end ?? null, null), text.length);
  if (range instanceof Unknown) return range;
  const at = last
    ? text.slice(0, range.stop).lastIndexOf(part)
    : text.slice(0, Math.max(range.start, range.stop)).indexOf(part, range.start);
  return at >= range.start ? at : -1;
}

export const found = (machine: Engine, at: Value): Value =>
  at === -1 ? machine.raise("ValueError", "substring not found") : at;

export function makeTranslation(
  machine: Engine,
  x: Value,
  y: Value | undefined,
  z: Value | undefined,
): Value {
  const table = new PyDict();
  if (y === undefined) {
    if (!(x instanceof PyDict)) return machine.unknown("str.maketrans");
    for (const { key, value } of x.items()) {
      const code = typeof key === "string" ? key.codePointAt(0)! : key;
      machine.setItem(table, code, value);
    }
    return table;
  }
  if (typeof x !== "string" || typeof y !== "string") return machine.unknown("str.maketrans");
  const [from, to] = [[...x], [...y]];
  for (const [index, one] of from.entries()) {
    table.set(one.codePointAt(0)!, one.codePointAt(0)!, to[index]!.codePointAt(0)!);
  }
  if (typeof z === "string") for (const one of z) table.set(one.codePointAt(0)!, one.codePointAt(0)!, null);
  return table;
}

export function translate(machine: Engine, text: string, table: Value): Value {
  if (!(table instanceof PyDict)) return machine.unknown("str.translate");
  let result = "";
  for (const one of text) {
    const to = table.get(one.codePointAt(0)!);
    if (to === undefined) result += one;
    else if (typeof to === "number") result += String.fromCodePoint(to);
    else if (typeof to === "string") result += to;
    else if (to !== null) return machine.unknown("str.translate");
  }
  return result;
}

export const textOf = (self: Value): string => payload(self) as string;

export const optionalText = (value: Value | undefined): string | undefined =>
  value === null || value === undefined ? undefined : (payload(value) as string);

export const partition = (text: string, separator: string, at: number): PyTuple =>
  at < 0
    ? new PyTuple([text, "", ""])
    : new PyTuple([text.slice(0, at), separator, text.slice(at + separator.length)]);

export const title = (text: string): string =>
  text.replace(/\p{L}+/gu, (word) => word[0]!.toUpperCase() + word.slice(1).toLowerCase());

export function stripped(
  machine: { unknown(reason: string): Unknown },
  self: Value,
  chars: Value | undefined,
  left: boolean,
  right: boolean,
): Value {
  if (chars instanceof Unknown) return machine.unknown(chars.reason);
  return strip(textOf(self), optionalText(chars), left, right);
}

export function padded(
  machine: Engine,
  self: Value,
  width: Value,
  pad: (text: string, missing: number) => string,
): Value {
  const wide = integerOf(width);
  if (wide === null) return machine.unknown("a text padded to an unknown width");
  const text = textOf(self);
  const missing = Math.max(0, Number(wide) - text.length);
  machine.allocate(missing);
  return pad(text, missing);
}
