/** `str` and `bytes`. */
import { MAX_ELEMENTS } from "../budgets.js";
import { containerBinary } from "../containerOperators.js";
import type { Engine } from "../engine.js";
import { format, formatValue } from "../format.js";
import { getItem, sliceRange } from "../items.js";
import { integerOf } from "../numbers.js";
import { payload } from "../operators.js";
import { repr, str } from "../text.js";
import { typeOf } from "../typeOf.js";
import {
  NOT_IMPLEMENTED,
  PyBytes,
  PyClass,
  PyDict,
  PyInstance,
  PyIterator,
  PyList,
  PySlice,
  PyTuple,
  types,
  Unknown,
  type Value,
} from "../values.js";
import { type Definition, define } from "./define.js";

const textOf = (self: Value): string => payload(self) as string;

/** A method on text that is unknown as soon as one argument is, and refuses what is no text. */
function texts(body: (self: string, ...args: (string | undefined)[]) => Value) {
  return (machine: Engine, self: Value, ...args: Value[]): Value => {
    const given = args.map((one) => (one === undefined ? undefined : payload(one)));
    for (const one of given) {
      if (one instanceof Unknown) return machine.unknown(one.reason);
      if (one !== undefined && typeof one !== "string") {
        machine.raise("TypeError", `must be str, not ${typeOf(one).name}`);
      }
    }
    return body(textOf(self), ...(given as (string | undefined)[]));
  };
}

const SPACE = "\\s\\x1c-\\x1f\\x85";

const strip = (text: string, set: string | undefined, left: boolean, right: boolean): string => {
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

const optionalText = (value: Value | undefined): string | undefined =>
  value === null || value === undefined ? undefined : (payload(value) as string);

const title = (text: string): string =>
  text.replace(/\p{L}+/gu, (word) => word[0]!.toUpperCase() + word.slice(1).toLowerCase());

const SIMPLE: Definition<Value>["methods"] = {
  "upper(self, /)": texts((text) => text.toUpperCase()),
  "lower(self, /)": texts((text) => text.toLowerCase()),
  "casefold(self, /)": texts((text) => text.toLowerCase().replaceAll("ß", "ss")),
  "capitalize(self, /)": texts((text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase()),
  "title(self, /)": texts(title),
  "swapcase(self, /)": texts((text) =>
    Array.from(text, (one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase())).join(""),
  ),
  "isdigit(self, /)": texts((text) => /^\p{Nd}+$/u.test(text)),
  "isdecimal(self, /)": texts((text) => /^\p{Nd}+$/u.test(text)),
  "isnumeric(self, /)": texts((text) => /^\p{N}+$/u.test(text)),
  "isalpha(self, /)": texts((text) => /^\p{L}+$/u.test(text)),
  "isalnum(self, /)": texts((text) => /^[\p{L}\p{N}]+$/u.test(text)),
  "isspace(self, /)": texts((text) => new RegExp(`^[${SPACE}]+$`, "u").test(text)),
  "isupper(self, /)": texts((text) => text !== text.toLowerCase() && text === text.toUpperCase()),
  "islower(self, /)": texts((text) => text !== text.toUpperCase() && text === text.toLowerCase()),
  "istitle(self, /)": texts((text) => /\p{L}/u.test(text) && text === title(text)),
  "isidentifier(self, /)": texts((text) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text)),
  "isascii(self, /)": texts((text) => !/[^\p{ASCII}]/u.test(text)),
  "isprintable(self, /)": texts((text) => !/[\p{C}]/u.test(text)),
  "removeprefix(self, prefix, /)": texts((text, prefix) =>
    text.startsWith(prefix!) ? text.slice(prefix!.length) : text,
  ),
  "removesuffix(self, suffix, /)": texts((text, suffix) =>
    suffix !== "" && text.endsWith(suffix!) ? text.slice(0, -suffix!.length) : text,
  ),
  "partition(self, separator, /)": texts((text, separator) =>
    partition(text, separator!, text.indexOf(separator!)),
  ),
  "rpartition(self, separator, /)": texts((text, separator) => {
    const at = text.lastIndexOf(separator!);
    return at < 0 ? new PyTuple(["", "", text]) : partition(text, separator!, at);
  }),
};

const partition = (text: string, separator: string, at: number): PyTuple =>
  at < 0
    ? new PyTuple([text, "", ""])
    : new PyTuple([text.slice(0, at), separator, text.slice(at + separator.length)]);

const METHODS: Definition<Value>["methods"] = {
  "strip(self, chars=None, /)": (machine, self, chars) => stripped(machine, self, chars, true, true),
  "lstrip(self, chars=None, /)": (machine, self, chars) => stripped(machine, self, chars, true, false),
  "rstrip(self, chars=None, /)": (machine, self, chars) => stripped(machine, self, chars, false, true),
  "split(self, sep=None, maxsplit=-1)": (machine, self, sep, max) =>
    split(machine, textOf(self), sep!, max!, false),
  "rsplit(self, sep=None, maxsplit=-1)": (machine, self, sep, max) =>
    split(machine, textOf(self), sep!, max!, true),
  "splitlines(self, keepends=False)": (machine, self, keepends) => {
    const lines = textOf(self).match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
    return new PyList(
      machine.truth(keepends!) === true ? lines : lines.map((line) => line.replace(/[\r\n]+$/, "")),
    );
  },
  "join(self, iterable, /)": (machine, self, iterable) => join(machine, textOf(self), iterable!),
  "replace(self, old, new, count=-1, /)": (machine, self, old, by, count) =>
    replace(machine, textOf(self), old!, by!, count!),
  "startswith(self, prefix, start=None, end=None, /)": (machine, self, prefix, start, end) =>
    affix(machine, within(machine, textOf(self), start, end), prefix!, (text, part) => text.startsWith(part)),
  "endswith(self, suffix, start=None, end=None, /)": (machine, self, suffix, start, end) =>
    affix(machine, within(machine, textOf(self), start, end), suffix!, (text, part) => text.endsWith(part)),
  "find(self, sub, start=None, end=None, /)": (machine, self, sub, start, end) =>
    find(machine, self, sub!, start, end, false),
  "rfind(self, sub, start=None, end=None, /)": (machine, self, sub, start, end) =>
    find(machine, self, sub!, start, end, true),
  "index(self, sub, start=None, end=None, /)": (machine, self, sub, start, end) =>
    found(machine, find(machine, self, sub!, start, end, false)),
  "rindex(self, sub, start=None, end=None, /)": (machine, self, sub, start, end) =>
    found(machine, find(machine, self, sub!, start, end, true)),
  "count(self, sub, start=None, end=None, /)": (machine, self, sub, start, end) => {
    const text = within(machine, textOf(self), start, end);
    if (text instanceof Unknown || sub instanceof Unknown)
      return machine.unknown("a count in something unknown");
    const part = payload(sub!) as string;
    return part === "" ? [...text].length + 1 : text.split(part).length - 1;
  },
  "format(self, /, *args, **kwargs)": (machine, self, args, kwargs) =>
    formatMethod(machine, textOf(self), args as PyTuple, kwargs as PyDict),
  "format_map(self, mapping, /)": (machine, self, mapping) =>
    formatMethod(machine, textOf(self), new PyTuple([]), mapping!),
  "zfill(self, width, /)": (machine, self, width) =>
    padded(machine, self, width!, (text, missing) => {
      const sign = /^[-+]/.exec(text)?.[0] ?? "";
      return sign + "0".repeat(missing) + text.slice(sign.length);
    }),
  "ljust(self, width, fill=' ', /)": (machine, self, width, fill) =>
    padded(machine, self, width!, (text, missing) => text + (fill as string).repeat(missing)),
  "rjust(self, width, fill=' ', /)": (machine, self, width, fill) =>
    padded(machine, self, width!, (text, missing) => (fill as string).repeat(missing) + text),
  "center(self, width, fill=' ', /)": (machine, self, width, fill) =>
    padded(machine, self, width!, (text, missing) => {
      const left = Math.floor(missing / 2) + (missing % 2 === 1 && (text.length + missing) % 2 === 1 ? 1 : 0);
      return (fill as string).repeat(left) + text + (fill as string).repeat(missing - left);
    }),
  "expandtabs(self, tabsize=8)": (machine) => machine.unknown("str.expandtabs"),
  "translate(self, table, /)": (machine, self, table) => translate(machine, textOf(self), table!),
  "encode(self, encoding='utf-8', errors='strict')": (_, self) => new PyBytes(utf8(textOf(self))),
  "__str__(self, /)": (_, self) => textOf(self),
  "__repr__(self, /)": (machine, self) => repr(machine, textOf(self)),
  "__len__(self, /)": (machine, self) => machine.length(textOf(self)),
  "__getitem__(self, index, /)": (machine, self, index) => getItem(machine, textOf(self), index!),
  "__contains__(self, part, /)": (machine, self, part) => machine.compare("in", part!, textOf(self)),
  "__iter__(self, /)": (machine, self) => {
    const next = machine.iterator(textOf(self));
    return next instanceof Unknown ? next : new PyIterator(next);
  },
  "__add__(self, other, /)": (machine, self, other) =>
    containerBinary(machine, "+", textOf(self), payload(other!)) ?? NOT_IMPLEMENTED,
  "__mul__(self, count, /)": (machine, self, count) =>
    containerBinary(machine, "*", textOf(self), count!) ?? NOT_IMPLEMENTED,
  "__mod__(self, values, /)": (machine, self, values) =>
    containerBinary(machine, "%", textOf(self), values!) ?? NOT_IMPLEMENTED,
  "__hash__(self, /)": (machine, self) => machine.call(machine.builtin("hash"), [textOf(self)]),
  "__format__(self, spec, /)": (machine, self, spec) => format(machine, textOf(self), spec as string),
};

export function installText(): void {
  define<Value>(types.str, {
    methods: { ...SIMPLE, ...METHODS },
    staticMethods: {
      "__new__(cls, object='', encoding=..., errors=...)": (
        machine,
        cls: Value,
        object: Value,
        encoding?: Value,
      ) => {
        const text =
          object instanceof PyBytes && encoding !== undefined ? decode(object) : str(machine, object);
        if (text instanceof Unknown || !(cls instanceof PyClass) || cls === types.str) return text;
        return new PyInstance(cls, text);
      },
      "maketrans(x, y=..., z=..., /)": (machine, x: Value, y?: Value, z?: Value) =>
        makeTranslation(machine, x, y, z),
    },
  });
  installBytes();
}

function stripped(
  machine: { unknown(reason: string): Unknown },
  self: Value,
  chars: Value | undefined,
  left: boolean,
  right: boolean,
): Value {
  if (chars instanceof Unknown) return machine.unknown(chars.reason);
  return strip(textOf(self), optionalText(chars), left, right);
}

function split(machine: Engine, text: string, separator: Value, max: Value, fromRight: boolean): Value {
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

function join(machine: Engine, separator: string, iterable: Value): Value {
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

function replace(machine: Engine, text: string, old: Value, by: Value, count: Value): Value {
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

function within(
  machine: Engine,
  text: string,
  start: Value | undefined,
  end: Value | undefined,
): string | Unknown {
  if ((start ?? null) === null && (end ?? null) === null) return text;
  const range = sliceRange(machine, new PySlice(start ?? null, end ?? null, null), text.length);
  return range instanceof Unknown ? range : text.slice(range.start, Math.max(range.start, range.stop));
}

function affix(
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

function find(
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

const found = (machine: Engine, at: Value): Value =>
  at === -1 ? machine.raise("ValueError", "substring not found") : at;

function padded(
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

function makeTranslation(machine: Engine, x: Value, y: Value | undefined, z: Value | undefined): Value {
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

function translate(machine: Engine, text: string, table: Value): Value {
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

/** `"{0.name!r:>{width}}".format(…)`. */
function formatMethod(machine: Engine, text: string, args: PyTuple, names: Value): Value {
  let automatic = 0;
  let unknown: Unknown | null = null;
  const field = (name: string): Value => {
    const [, first, rest] = /^([^.[]*)(.*)$/s.exec(name)!;
    const key = first === "" ? String(automatic++) : first!;
    let value: Value = /^\d+$/.test(key)
      ? (args.items[Number(key)] ??
        machine.raise("IndexError", `Replacement index ${key} out of range for positional args tuple`))
      : getItem(machine, names, key);
    for (const [, attribute, index] of rest!.matchAll(/\.([^.[]+)|\[([^\]]*)\]/g)) {
      if (attribute !== undefined) value = machine.getAttribute(value, attribute);
      else value = getItem(machine, value, /^\d+$/.test(index!) ? Number(index) : index!);
    }
    return value;
  };
  const expand = (template: string): string =>
    template.replace(
      /\{\{|\}\}|\{([^{}!:]*)(?:!([rsa]))?(?::((?:[^{}]|\{[^{}]*\})*))?\}/g,
      (all, name, conversion, spec) => {
        if (all === "{{") return "{";
        if (all === "}}") return "}";
        const value = field(name);
        const piece = formatValue(machine, value, conversion ?? null, spec === undefined ? "" : expand(spec));
        if (typeof piece === "string") return piece;
        unknown ??= piece;
        return "";
      },
    );
  const result = expand(text);
  return unknown ?? result;
}

// ── bytes ──

function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const one of text) {
    const code = one.codePointAt(0)!;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return Uint8Array.from(bytes);
}

function decode({ value }: PyBytes): string {
  const escaped = Array.from(value, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  try {
    return decodeURIComponent(escaped);
  } catch {
    return String.fromCharCode(...value);
  }
}

function installBytes(): void {
  define<PyBytes>(types.bytes, {
    staticMethods: {
      "__new__(cls, source=..., encoding=..., errors=...)": (machine, _: Value, source?: Value) => {
        if (source === undefined) return new PyBytes(new Uint8Array());
        if (typeof source === "string") return new PyBytes(utf8(source));
        if (source instanceof PyBytes) return source;
        const count = integerOf(source);
        if (count !== null) {
          machine.allocate(Number(count));
          return new PyBytes(new Uint8Array(Number(count)));
        }
        const items = machine.iterate(source);
        if (items instanceof Unknown) return machine.unknown(items.reason);
        return new PyBytes(Uint8Array.from(items.map((item) => Number(integerOf(item) ?? 0))));
      },
    },
    methods: {
      "decode(self, encoding='utf-8', errors='strict')": (_, self) => decode(self),
      "hex(self, /)": (_, self) =>
        Array.from(self.value, (byte) => byte.toString(16).padStart(2, "0")).join(""),
      "__len__(self, /)": (_, self) => self.value.length,
    },
  });
}
