/** `str(value)` and `repr(value)`. */

import type { Engine } from "../engine.js";
import { bind } from "../operations/attributes.js";
import { floatText } from "../operations/numbers.js";
import {
  BoundMethod,
  NativeFunction,
  PyBytes,
  PyClass,
  PyComplex,
  PyDict,
  PyDictView,
  PyFloat,
  PyFunction,
  PyInstance,
  PyList,
  PyModule,
  PyObject,
  PyRange,
  PySet,
  PySingleton,
  PySlice,
  PyTuple,
  types,
  Unknown,
  type Value,
} from "../values.js";

/** Characters of a text made from nested containers; deeper or longer ones are cut. */
const MAX_REPR_DEPTH = 30;

export function str(machine: Engine, value: Value): string | Unknown {
  if (typeof value === "string") return value;
  if (value instanceof PyObject && !value.cls.isBuiltin) {
    const own = dunder(machine, value, "__str__");
    if (own !== undefined) return own;
    if (
      value instanceof PyInstance &&
      typeof value.payload === "string" &&
      dunderOf(machine, value, "__repr__") === undefined
    ) {
      return value.payload;
    }
    if (value.cls.isSubclassOf(machine.builtin("BaseException") as PyClass))
      return exceptionMessage(machine, value);
  }
  return repr(machine, value);
}

/** The message of an exception: its argument, or all of them as a tuple. */
function exceptionMessage(machine: Engine, exception: PyObject): string | Unknown {
  const args = exception.attributes?.get("args");
  const items = args instanceof PyTuple ? args.items : [];
  if (items.length === 0) return "";
  if (items.length > 1) return repr(machine, args!);
  const isKey = exception.cls.isSubclassOf(machine.builtin("KeyError") as PyClass);
  return isKey ? repr(machine, items[0]!) : str(machine, items[0]!);
}

/** The class's own method, if it is not the one every object has. */
function dunderOf(machine: Engine, value: PyObject, name: string): Value | undefined {
  const method = value.cls.lookup(name);
  return method === machine.objectDefaults.get(name) ? undefined : method;
}

function dunder(machine: Engine, value: PyObject, name: string): string | Unknown | undefined {
  const method = dunderOf(machine, value, name);
  if (method === undefined) return value.cls.unknownBase ?? undefined;
  const text = machine.call(bind(machine, method, value, value.cls));
  if (typeof text === "string" || text instanceof Unknown) return text;
  if (text instanceof PyInstance && typeof text.payload === "string") return text.payload;
  return machine.raise("TypeError", `${name} returned non-string`);
}

export function repr(machine: Engine, value: Value, depth = 0): string | Unknown {
  switch (typeof value) {
    case "string":
      return quoted(value);
    case "number":
    case "bigint":
      return String(value);
    case "boolean":
      return value ? "True" : "False";
    default:
      return value === null ? "None" : objectRepr(machine, value, depth);
  }
}

function objectRepr(machine: Engine, value: PyObject, depth: number): string | Unknown {
  if (value instanceof Unknown) return machine.unknown(value.reason);
  if (depth > MAX_REPR_DEPTH) return "...";
  if (!value.cls.isBuiltin) {
    const own = dunder(machine, value, "__repr__");
    if (own !== undefined) return own;
    if (value.cls.isSubclassOf(machine.builtin("BaseException") as PyClass))
      return exceptionRepr(machine, value);
  }
  return containerRepr(machine, value, depth) ?? plainRepr(machine, value);
}

function exceptionRepr(machine: Engine, value: PyObject): string | Unknown {
  const args = value.attributes?.get("args");
  const items = join(machine, args instanceof PyTuple ? args.items : [], 0);
  return items instanceof Unknown ? items : `${value.cls.name}(${items})`;
}

function join(machine: Engine, items: Iterable<Value>, depth: number): string | Unknown {
  const parts: string[] = [];
  for (const item of items) {
    const text = repr(machine, item, depth + 1);
    if (text instanceof Unknown) return text;
    parts.push(text);
  }
  machine.allocate(parts.length);
  return parts.join(", ");
}

const wrap = (text: string | Unknown, open: string, close: string): string | Unknown =>
  text instanceof Unknown ? text : `${open}${text}${close}`;

function containerRepr(machine: Engine, value: PyObject, depth: number): string | Unknown | undefined {
  if (value instanceof PyList) return value.uncertain ?? wrap(join(machine, value.items, depth), "[", "]");
  if (value instanceof PyTuple) {
    return wrap(join(machine, value.items, depth), "(", value.items.length === 1 ? ",)" : ")");
  }
  if (value instanceof PySet) {
    if (value.uncertain !== null) return value.uncertain;
    if (value.size === 0) return `${value.cls.name}()`;
    const text = wrap(join(machine, value.keys(), depth), "{", "}");
    return value.cls === types.set ? text : wrap(text, `${value.cls.name}(`, ")");
  }
  if (value instanceof PyDict) return value.uncertain ?? dictRepr(machine, value, depth);
  if (value instanceof PyDictView)
    return wrap(join(machine, value.iterate(), depth), `dict_${value.kind}([`, "])");
  return undefined;
}

function dictRepr(machine: Engine, dict: PyDict, depth: number): string | Unknown {
  const parts: string[] = [];
  for (const { key, value } of dict.items()) {
    const [name, text] = [repr(machine, key, depth + 1), repr(machine, value, depth + 1)];
    if (name instanceof Unknown) return name;
    if (text instanceof Unknown) return text;
    parts.push(`${name}: ${text}`);
  }
  return `{${parts.join(", ")}}`;
}

/** How an object shows itself whose class says nothing else. */
export function plainRepr(machine: Engine, value: PyObject): string | Unknown {
  if (value instanceof PyFloat) return floatText(value.value);
  if (value instanceof PyClass)
    return `<class '${value.module === "builtins" ? "" : `${value.module}.`}${qualifiedName(value)}'>`;
  if (value instanceof PyBytes) return bytesRepr(value);
  if (value instanceof PyRange) {
    return `range(${value.start}, ${value.stop}${value.step === 1 ? "" : `, ${value.step}`})`;
  }
  if (value instanceof PySlice)
    return wrap(join(machine, [value.start, value.stop, value.step], 0), "slice(", ")");
  if (value instanceof PySingleton) return value.name;
  if (value instanceof PyModule) return `<module '${value.name}'>`;
  if (value instanceof PyFunction) return `<function ${value.qualifiedName} at ${address(value)}>`;
  if (value instanceof NativeFunction) return `<built-in function ${value.name}>`;
  if (value instanceof BoundMethod) return machine.unknown("the text of a bound method");
  if (value instanceof PyComplex) return machine.unknown("the text of a complex number");
  if (value instanceof PyInstance && value.payload !== undefined) return repr(machine, value.payload);
  const { cls } = value;
  return `<${cls.module}.${qualifiedName(cls)} object at ${address(value)}>`;
}

export const qualifiedName = (cls: PyClass): string => {
  const name = cls.attributes.get("__qualname__");
  return typeof name === "string" ? name : cls.name;
};

const address = (value: PyObject): string => `0x${value.id.toString(16).padStart(12, "0")}`;

/** A str as Python writes it: single quotes unless only those are inside. */
export function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let result = quote;
  for (const character of text) result += escaped(character, quote);
  return result + quote;
}

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

function escaped(character: string, quote: string): string {
  if (character === quote) return `\\${quote}`;
  const named = NAMED[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0)!;
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code < 0x7f || /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character)) return character;
  if (code < 0x100) return `\\x${code.toString(16)}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

function bytesRepr({ value }: PyBytes): string {
  const text = Array.from(value, (byte) => {
    const character = String.fromCharCode(byte);
    return byte < 0x7f ? escaped(character, "'") : `\\x${byte.toString(16)}`;
  });
  return `b'${text.join("")}'`;
}
