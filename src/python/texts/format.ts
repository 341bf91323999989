/** `format(value, spec)`: f-strings, `str.format`, and the numbers in them. */

import { MAX_ELEMENTS } from "../budgets.js";
import type { Engine } from "../engine.js";
import { bind } from "../operations/attributes.js";
import { floatText, integerOf, numberOf } from "../operations/numbers.js";
import { typeOf } from "../operations/typeOf.js";
import { PyInstance, PyObject, Unknown, type Value } from "../values.js";
import { repr, str } from "./text.js";

/** One `{value!conversion:spec}`. */
export function formatValue(
  machine: Engine,
  value: Value,
  conversion: "s" | "r" | "a" | null,
  spec: Value,
): string | Unknown {
  if (spec instanceof Unknown) return spec;
  const converted =
    conversion === null ? value : conversion === "s" ? str(machine, value) : repr(machine, value);
  return format(machine, converted, typeof spec === "string" ? spec : "");
}

export function format(machine: Engine, value: Value, spec: string): string | Unknown {
  if (value instanceof Unknown) return machine.unknown(value.reason);
  if (value instanceof PyObject && !value.cls.isBuiltin) {
    const method = value.cls.lookup("__format__");
    if (method !== undefined && method !== machine.objectDefaults.get("__format__")) {
      const text = machine.call(bind(machine, method, value, value.cls), [spec]);
      return typeof text === "string" || text instanceof Unknown ? text : machine.unknown("__format__");
    }
  }
  if (spec === "") return str(machine, value);
  const inner = value instanceof PyInstance && value.payload !== undefined ? value.payload : value;
  const parsed = parseSpec(spec);
  if (parsed === null) {
    return machine.raise(
      "ValueError",
      `Invalid format specifier '${spec}' for object of type '${typeOf(value).name}'`,
    );
  }
  if (parsed.width > MAX_ELEMENTS || parsed.precision > 1000) machine.allocate(Number.POSITIVE_INFINITY);
  if (typeof inner === "string") return formatText(machine, inner, parsed);
  if (numberOf(inner) !== null) return formatNumber(machine, inner, parsed);
  return machine.raise("TypeError", `unsupported format string passed to ${typeOf(value).name}.__format__`);
}

export interface Spec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  /** -1: none given. */
  readonly precision: number;
  readonly type: string;
}

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/su;

export function parseSpec(spec: string): Spec | null {
  const match = SPEC.exec(spec);
  if (match === null) return null;
  const [, fill, align, sign, , alternate, zero, width, grouping, precision, type] = match;
  return {
    fill: fill ?? (zero !== undefined && align === undefined ? "0" : " "),
    align: align ?? (zero === undefined ? "" : "="),
    sign: sign ?? "-",
    alternate: alternate !== undefined,
    width: Number(width ?? 0),
    grouping: grouping ?? "",
    precision: precision === undefined ? -1 : Number(precision),
    type: type ?? "",
  };
}

function formatText(machine: Engine, text: string, spec: Spec): string {
  if (spec.type !== "" && spec.type !== "s") {
    machine.raise("ValueError", `Unknown format code '${spec.type}' for object of type 'str'`);
  }
  const cut = spec.precision >= 0 ? [...text].slice(0, spec.precision).join("") : text;
  return pad(cut, "", spec, spec.align === "=" ? "<" : spec.align || "<");
}

/** Pads to the width; `prefix` (sign, `0x`) stays in front of `=` padding. */
function pad(body: string, prefix: string, { fill, width }: Spec, align: string): string {
  const missing = Math.max(0, width - [...body].length - prefix.length);
  switch (align) {
    case "<":
      return prefix + body + fill.repeat(missing);
    case "^":
      return fill.repeat(missing >> 1) + prefix + body + fill.repeat(missing - (missing >> 1));
    case "=":
      return prefix + fill.repeat(missing) + body;
    default:
      return fill.repeat(missing) + prefix + body;
  }
}

function formatNumber(machine: Engine, value: Value, spec: Spec): string | Unknown {
  const whole = integerOf(value);
  const isInteger = whole !== null && !"eEfFgG%".includes(spec.type || "d");
  if (isInteger) {
    if (spec.type === "c") return pad(String.fromCodePoint(Number(whole)), "", spec, spec.align || "<");
    if (typeof value === "boolean" && spec.type === "")
      return formatText(machine, value ? "True" : "False", spec);
    const radix = { b: 2, o: 8, x: 16, X: 16 }[spec.type] ?? 10;
    const digits = (whole < 0 ? -BigInt(whole) : BigInt(whole)).toString(radix);
    const prefix = spec.alternate && radix !== 10 ? `0${spec.type}` : "";
    const body = group(
      spec.type === "X" ? digits.toUpperCase() : digits,
      spec.grouping,
      radix === 10 ? 3 : 4,
    );
    return withSign(body, whole < 0, prefix, spec);
  }
  const number = numberOf(value)!;
  if ("bcdoxXs".includes(spec.type || "?")) {
    machine.raise("ValueError", `Unknown format code '${spec.type}' for object of type 'float'`);
  }
  const isNegative = number < 0 || Object.is(number, -0);
  return withSign(floatBody(Math.abs(number), spec), isNegative, "", spec);
}

function withSign(body: string, isNegative: boolean, prefix: string, spec: Spec): string {
  const sign = isNegative ? "-" : spec.sign === "-" ? "" : spec.sign;
  if (spec.fill === "0" && spec.align === "=" && spec.grouping !== "") {
    return sign + prefix + zeroGrouped(body, spec.width - sign.length - prefix.length, spec.grouping);
  }
  return pad(body, sign + prefix, spec, spec.align || ">");
}

/** Zeros in front take part in the grouping: `{:08,}`. */
function zeroGrouped(body: string, width: number, grouping: string): string {
  let [whole, ...rest] = body.split(".") as [string, ...string[]];
  const tail = rest.length === 0 ? "" : `.${rest.join(".")}`;
  whole = whole.replaceAll(grouping, "");
  let text = group(whole, grouping, 3) + tail;
  while (text.length < width) {
    whole = `0${whole}`;
    text = group(whole, grouping, 3) + tail;
  }
  return text;
}

const group = (digits: string, separator: string, size: number): string =>
  separator === "" ? digits : digits.replace(new RegExp(`\\B(?=(\\w{${size}})+$)`, "g"), separator);

/** The digits of a float that is not negative. */
export function floatBody(x: number, spec: Spec): string {
  const { type, grouping } = spec;
  if (!Number.isFinite(x)) {
    const text = Number.isNaN(x) ? "nan" : "inf";
    return type === type.toUpperCase() && type !== "" && type !== "%"
      ? text.toUpperCase()
      : text + (type === "%" ? "%" : "");
  }
  const text = floatDigits(x, spec);
  if (grouping === "") return text;
  const [, whole, rest] = /^(\d+)(.*)$/.exec(text)!;
  return group(whole!, grouping, 3) + rest;
}

function floatDigits(x: number, { type, precision, alternate }: Spec): string {
  switch (type) {
    case "e":
    case "E": {
      const text = exponent(x.toExponential(Math.min(100, precision < 0 ? 6 : precision)));
      return type === "E" ? text.toUpperCase() : text;
    }
    case "f":
    case "F":
      return fixed(x, precision < 0 ? 6 : precision);
    case "%":
      return `${fixed(x * 100, precision < 0 ? 6 : precision)}%`;
    case "g":
    case "G":
    case "n": {
      const text = general(x, precision < 0 ? 6 : Math.max(1, precision), alternate, false);
      return type === "G" ? text.toUpperCase() : text;
    }
    default:
      return precision < 0 ? floatText(x) : general(x, Math.max(1, precision), alternate, true);
  }
}

/** `toFixed` gives up past 1e21. */
function fixed(x: number, precision: number): string {
  if (x < 1e21) return x.toFixed(Math.min(100, precision));
  return BigInt(x).toString() + (precision > 0 ? `.${"0".repeat(precision)}` : "");
}

/** JavaScript writes `1e-7`, Python `1e-07`. */
const exponent = (text: string): string =>
  text.replace(/e([-+])(\d+)$/, (_, sign: string, digits: string) => `e${sign}${digits.padStart(2, "0")}`);

function general(x: number, precision: number, keepsZeros: boolean, keepsPoint: boolean): string {
  const rounded = x.toExponential(Math.min(100, precision - 1));
  const power = Number(rounded.slice(rounded.indexOf("e") + 1));
  if (power < -4 || power >= precision) {
    const [mantissa, tail] = rounded.split("e") as [string, string];
    return exponent(`${keepsZeros ? mantissa : trimZeros(mantissa)}e${tail}`);
  }
  const plain = x.toFixed(Math.max(0, precision - 1 - power));
  const text = keepsZeros ? plain : trimZeros(plain);
  return keepsPoint && !text.includes(".") ? `${text}.0` : text;
}

const trimZeros = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
