/** `str`: each method is one row. */

import type { Engine } from "../engine.js";
import { containerBinary } from "../operations/containerOperators.js";
import { getItem } from "../operations/items.js";
import { payload } from "../operations/operators.js";
import { typeOf } from "../operations/typeOf.js";
import { format, formatValue } from "../texts/format.js";
import { repr, str } from "../texts/text.js";
import {
  ifAbsent,
  NOT_IMPLEMENTED,
  PyBytes,
  PyClass,
  type PyDict,
  PyInstance,
  PyIterator,
  PyList,
  PyTuple,
  types,
  Unknown,
  type Value,
} from "../values.js";
import { decode, utf8 } from "./bytes.js";
import { type Definition, define } from "./define.js";
import {
  affix,
  find,
  found,
  join,
  makeTranslation,
  padded,
  partition,
  replace,
  SPACE,
  split,
  stripped,
  textOf,
  title,
  translate,
  within,
} from "./textSearch.js";

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
}

/** `"{0.name!r:>{width}}".format(…)`. */
function formatMethod(machine: Engine, text: string, args: PyTuple, names: Value): Value {
  let automatic = 0;
  let unknown: Unknown | null = null;
  const field = (name: string): Value => {
    const [, first, rest] = /^([^.[]*)(.*)$/s.exec(name)!;
    const key = first === "" ? String(automatic++) : first!;
    let value: Value = /^\d+$/.test(key)
      ? ifAbsent(args.items[Number(key)], () =>
          machine.raise("IndexError", `Replacement index ${key} out of range for positional args tuple`),
        )
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
