/** `text % values`. */
import type { Engine } from "../engine.js";
import { getItem } from "../operations/items.js";
import { numberOf } from "../operations/numbers.js";
import { ifAbsent, PyDict, PyTuple, Unknown, type Value } from "../values.js";
import { format } from "./format.js";
import { repr, str } from "./text.js";

const DIRECTIVE = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?[hlL]?(.)/gs;

export function percentFormat(machine: Engine, text: string, values: Value): string | Unknown {
  const items = values instanceof PyTuple ? values.items : [values];
  let next = 0;
  const take = (): Value =>
    ifAbsent(items[next++], () => machine.raise("TypeError", "not enough arguments for format string"));
  let unknown: Unknown | null = null;
  let usesNames = false;
  const result = text.replace(DIRECTIVE, (_, name, flags, width, precision, type) => {
    if (type === "%") return "%";
    const wide = width === "*" ? String(numberOf(take()) ?? 0) : (width ?? "");
    const exact = precision === "*" ? String(numberOf(take()) ?? 0) : precision;
    if (name !== undefined) usesNames = true;
    const value = name === undefined ? take() : getItem(machine, values, name);
    const piece = directive(machine, value, { flags, width: wide, precision: exact, type });
    if (typeof piece === "string") return piece;
    unknown ??= piece;
    return "";
  });
  if (unknown !== null) return unknown;
  if (!usesNames && next < items.length && !(values instanceof PyDict)) {
    machine.raise("TypeError", "not all arguments converted during string formatting");
  }
  return result;
}

interface Directive {
  readonly flags: string;
  readonly width: string;
  readonly precision: string | undefined;
  readonly type: string;
}

function directive(
  machine: Engine,
  value: Value,
  { flags, width, precision, type }: Directive,
): string | Unknown {
  if (value instanceof Unknown) return machine.unknown(value.reason);
  const align = flags.includes("-") ? "<" : ">";
  if ("sra".includes(type)) {
    const body = type === "s" ? str(machine, value) : repr(machine, value);
    if (body instanceof Unknown) return body;
    return format(machine, body, `${align}${width}${precision === undefined ? "" : `.${precision}`}s`);
  }
  const sign = flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  const hash = flags.includes("#") ? "#" : "";
  const zero = flags.includes("0") && align === ">" ? "0" : "";
  const isInteger = "diouxXc".includes(type);
  const number = isInteger && typeof value !== "string" && type !== "c" ? truncated(machine, value) : value;
  if (number instanceof Unknown) return number;
  const code = type === "i" || type === "u" ? "d" : type;
  const dot = precision === undefined || isInteger ? "" : `.${precision}`;
  return format(machine, number, `${zero === "" ? align : ""}${sign}${hash}${zero}${width}${dot}${code}`);
}

function truncated(machine: Engine, value: Value): Value {
  if (numberOf(value) === null) return machine.raise("TypeError", "%d format: a real number is required");
  return machine.call(machine.builtin("int"), [value]);
}
