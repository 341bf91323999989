/** The built-in functions. */

import type { Engine } from "../engine.js";
import { callingFile } from "../modules/stubs.js";
import {
  deleteAttribute,
  findAttribute,
  getAttribute,
  hasAttribute,
  setAttribute,
  setUnnamed,
} from "../operations/attributes.js";
import { keyOf } from "../operations/hashing.js";
import { frameNamespace } from "../operations/introspection.js";
import { integerOf } from "../operations/numbers.js";
import { payload } from "../operations/operators.js";
import { unlessRaised } from "../operations/raising.js";
import { isInstance, isSubclass } from "../operations/truth.js";
import { typeOf } from "../operations/typeOf.js";
import { evalText } from "../texts/evalText.js";
import { execText } from "../texts/execText.js";
import { format } from "../texts/format.js";
import {
  BoundMethod,
  NamespaceDict,
  NativeFunction,
  PyClass,
  PyFloat,
  PyFunction,
  PyInstance,
  PyIterator,
  PyList,
  PyModule,
  PyObject,
  PyTuple,
  types,
  Unknown,
  type Value,
} from "../values.js";
import { functions } from "./define.js";
import { roundFloat, roundInteger } from "./numbers.js";
import { hashOf } from "./object.js";
import { sortItems } from "./sorting.js";

export const FUNCTIONS = functions({
  "len(object, /)": (machine, object: Value) => machine.length(object),
  "isinstance(object, type, /)": (machine, object: Value, type: Value) => isInstance(machine, object, type),
  "issubclass(cls, type, /)": (machine, cls: Value, type: Value) => isSubclass(machine, cls, type),
  "getattr(object, name, default=..., /)": (machine, object: Value, name: Value, fallback?: Value) => {
    const text = payload(name);
    if (typeof text !== "string") return machine.unknown("an attribute of unknown name");
    if (fallback === undefined) return getAttribute(machine, object, text);
    return orElse(findAttribute(machine, object, text), fallback);
  },
  "hasattr(object, name, /)": (machine, object: Value, name: Value) => {
    if (typeof name !== "string" || object instanceof Unknown)
      return machine.unknown("whether something unknown has an attribute");
    return hasAttribute(machine, object, name);
  },
  "setattr(object, name, value, /)": (machine, object: Value, name: Value, value: Value) => {
    if (typeof name === "string") setAttribute(machine, object, name, value);
    else setUnnamed(machine, object, name, value);
    return null;
  },
  "delattr(object, name, /)": (machine, object: Value, name: Value) => {
    if (typeof name === "string") deleteAttribute(machine, object, name);
    return null;
  },
  "callable(object, /)": (machine, object: Value) => {
    if (object instanceof Unknown) return machine.unknown(object.reason);
    const isFunction = [PyFunction, NativeFunction, BoundMethod, PyClass].some(
      (cls) => object instanceof cls,
    );
    return (
      isFunction || typeOf(object).lookup("__call__") !== undefined || (typeOf(object).unknownBase ?? false)
    );
  },
  "print(*args, **kwargs)": () => null,
  "input(prompt='', /)": (machine) => machine.unknown("input from the terminal"),
  "open(*args, **kwargs)": (machine, args: Value) => openFile(machine, args),
  "repr(object, /)": (machine, object: Value) => machine.repr(object),
  "ascii(object, /)": (machine, object: Value) => machine.repr(object),
  "format(value, spec='', /)": (machine, value: Value, spec: Value) =>
    typeof spec === "string" ? format(machine, value, spec) : machine.unknown("a text in an unknown format"),
  "hash(object, /)": (machine, object: Value) => {
    if (object instanceof PyObject && !object.cls.isBuiltin) {
      const own = object.cls.lookup("__hash__");
      if (own !== undefined && own !== machine.objectDefaults.get("__hash__") && own !== null)
        return machine.call(own, [object]);
    }
    const key = keyOf(machine, object);
    return key instanceof Unknown ? key : hashOf(machine, object);
  },
  "id(object, /)": (machine, object: Value) => {
    if (object instanceof Unknown) return machine.unknown("id of something unknown");
    return (object instanceof PyObject ? object : objectOf(machine, object)).id;
  },
  "iter(object, sentinel=..., /)": (machine, object: Value, sentinel?: Value) =>
    makeIterator(machine, object, sentinel),
  "next(iterator, default=..., /)": (machine, iterator: Value, fallback?: Value) => {
    const value = advance(machine, iterator);
    if (value !== undefined) return value;
    return fallback === undefined ? machine.raiseWith("StopIteration", null) : fallback;
  },
  "sum(iterable, /, start=0)": (machine, iterable: Value, start: Value) => {
    const items = machine.iterate(iterable);
    if (items instanceof Unknown) return machine.unknown(items.reason);
    return items.reduce((total, item) => machine.binary("+", total, item), start);
  },
  "min(*args, key=None, default=...)": (machine, args: Value, key: Value, fallback?: Value) =>
    extreme(machine, "<", args, key, fallback),
  "max(*args, key=None, default=...)": (machine, args: Value, key: Value, fallback?: Value) =>
    extreme(machine, ">", args, key, fallback),
  "any(iterable, /)": (machine, iterable: Value) => quantify(machine, iterable, true),
  "all(iterable, /)": (machine, iterable: Value) => quantify(machine, iterable, false),
  "sorted(iterable, /, *, key=None, reverse=False)": (
    machine,
    iterable: Value,
    key: Value,
    reverse: Value,
  ) => {
    const items = machine.iterate(iterable);
    const sorted = items instanceof Unknown ? items : sortItems(machine, items, key, reverse);
    const list = new PyList(sorted instanceof Unknown ? [] : sorted);
    if (sorted instanceof Unknown)
      list.uncertain = machine.unknown(sorted.reason, items instanceof Unknown ? items.may : items);
    return list;
  },
  "abs(x, /)": (machine, x: Value) => {
    const whole = integerOf(x);
    if (whole !== null) return whole < 0 ? -whole : whole;
    if (x instanceof PyFloat) return new PyFloat(Math.abs(x.value));
    return x instanceof Unknown ? machine.unknown(x.reason) : machine.callMethod(x, "__abs__");
  },
  "round(number, ndigits=None)": (machine, number: Value, digits: Value) => {
    const whole = integerOf(payload(number));
    if (whole !== null) return roundInteger(whole, digits);
    if (number instanceof PyFloat) return roundFloat(machine, number.value, digits);
    if (number instanceof Unknown) return machine.unknown(number.reason);
    return machine.callMethod(number, "__round__", digits === null ? [] : [digits]);
  },
  "divmod(a, b, /)": (machine, a: Value, b: Value) =>
    new PyTuple([machine.binary("//", a, b), machine.binary("%", a, b)]),
  "pow(base, exp, mod=None)": (machine, base: Value, exp: Value, mod: Value) => {
    if (mod === null) return machine.binary("**", base, exp);
    const [b, e, m] = [integerOf(base), integerOf(exp), integerOf(mod)];
    return b === null || e === null || m === null
      ? machine.unknown("pow")
      : modularPower(BigInt(b), BigInt(e), BigInt(m));
  },
  "bin(x, /)": (machine, x: Value) => radixText(machine, x, 2, "0b"),
  "oct(x, /)": (machine, x: Value) => radixText(machine, x, 8, "0o"),
  "hex(x, /)": (machine, x: Value) => radixText(machine, x, 16, "0x"),
  "chr(code, /)": (machine, code: Value) => {
    const whole = integerOf(code);
    return whole === null ? machine.unknown("chr of something unknown") : String.fromCodePoint(Number(whole));
  },
  "ord(character, /)": (machine, character: Value) =>
    typeof character === "string" && character !== ""
      ? character.codePointAt(0)!
      : machine.unknown("ord of something unknown"),
  "vars(object=..., /)": (machine, object?: Value) => {
    if (object === undefined) return frameNamespace(machine.frame!);
    return getAttribute(machine, object, "__dict__");
  },
  "dir(object=..., /)": (machine, object?: Value) => directory(machine, object),
  "locals()": (machine) => frameNamespace(machine.frame!),
  "globals()": (machine) => {
    const { globals } = machine.frame!;
    machine.modules.names.materialize(globals);
    return new NamespaceDict(globals, machine);
  },
  "exec(source, globals=None, locals=None, /)": (machine, source: Value, globals: Value, locals: Value) =>
    execText(machine, source, globals, locals),
  "eval(source, globals=None, locals=None, /)": (machine, source: Value, globals: Value, locals: Value) =>
    evalText(machine, source, globals, locals),
  // Code is kept as its text.
  "compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1)": (machine, source: Value) =>
    typeof source === "string" ? source : machine.unknown("compiled code"),
  "breakpoint(*args, **kwargs)": () => null,
  "exit(code=None)": (machine) => machine.raise("SystemExit", ""),
  "quit(code=None)": (machine) => machine.raise("SystemExit", ""),
  "__import__(name, globals=None, locals=None, fromlist=(), level=0)": (
    machine,
    name: Value,
    _g: Value,
    _l: Value,
    from: Value,
  ) => {
    if (typeof name !== "string") return machine.unknown("a module of unknown name");
    const module = machine.modules.load(name);
    if (module === undefined) return machine.raise("ModuleNotFoundError", `No module named '${name}'`);
    return machine.truth(from) === true ? module : (machine.modules.load(name.split(".")[0]!) ?? module);
  },
  "memoryview(object, /)": (machine) => machine.unknown("a memoryview"),
  "bytearray(*args, **kwargs)": (machine) => machine.unknown("a bytearray"),
});

/** None is a value: only undefined means that there is none. */
const orElse = (value: Value | undefined, fallback: Value): Value => (value === undefined ? fallback : value);

/** Where temporary folders are, as `tempfile.py` has it: what a program writes there it reads again itself. */
const TEMPORARY = "/<temporary>/";

/** A file's text where the reader may read it; writing is never done. */
function openFile(machine: Engine, args: Value): Value {
  const [path, mode] = (args as PyTuple).items;
  const text = path === undefined ? path : machine.str(path);
  if (typeof text === "string" && text.startsWith(TEMPORARY) && mode === "w")
    return machine.writtenText(text);
  const how = typeof mode === "string" ? mode : "";
  if (/[wax+]/.test(how))
    machine.modules.finder.noteWriting(typeof text === "string" ? text : null, callingFile(machine) ?? "");
  if (typeof text !== "string" || /[wax+b]/.test(how)) return machine.unknown("an open file");
  return machine.openText(text);
}

function makeIterator(machine: Engine, object: Value, sentinel: Value | undefined): Value {
  if (sentinel !== undefined) {
    return new PyIterator(() => {
      const value = machine.call(object);
      return machine.equal(value, sentinel) === true ? undefined : value;
    });
  }
  if (object instanceof PyIterator) return object;
  const method = typeOf(object).lookup("__iter__");
  if (object instanceof PyInstance && method !== undefined) return machine.call(method, [object]);
  const next = machine.iterator(object);
  return next instanceof Unknown
    ? machine.unknown(next.reason, next.may)
    : new PyIterator(next, undefined, [next]);
}

/** `next(iterator)`; undefined at the end. */
function advance(machine: Engine, iterator: Value): Value | undefined {
  if (iterator instanceof Unknown) return machine.unknown(iterator.reason, iterator.may);
  if (iterator instanceof PyIterator) {
    const value = iterator.next(machine);
    return value === undefined ? (iterator.uncertain ?? undefined) : value;
  }
  if (typeOf(iterator).lookup("__next__") === undefined) {
    machine.raise("TypeError", `'${typeOf(iterator).name}' object is not an iterator`);
  }
  return unlessRaised(machine, "StopIteration", () => machine.callMethod(iterator, "__next__"));
}

function extreme(
  machine: Engine,
  op: "<" | ">",
  args: Value,
  key: Value,
  fallback: Value | undefined,
): Value {
  const given = (args as PyTuple).items;
  const items = given.length === 1 ? machine.iterate(given[0]!) : given;
  if (items instanceof Unknown) return machine.unknown(items.reason, items.may);
  if (items.length === 0) {
    return fallback === undefined ? machine.raise("ValueError", "arg is an empty sequence") : fallback;
  }
  const keyed = (item: Value) => (key === null ? item : machine.call(key, [item]));
  let best: Value = items[0]!;
  let bestKey = keyed(best);
  for (const item of items.slice(1)) {
    const itemKey = keyed(item);
    const answer = machine.truth(machine.compare(op, itemKey, bestKey));
    if (answer instanceof Unknown) return machine.unknown(answer.reason, items);
    if (answer) [best, bestKey] = [item, itemKey];
  }
  return best;
}

/** `any` looks for a true item, `all` for a false one. */
function quantify(machine: Engine, iterable: Value, wanted: boolean): Value {
  const next = machine.iterator(iterable);
  if (next instanceof Unknown) return machine.unknown(next.reason);
  let unknown: Unknown | null = null;
  for (let item = next(); item !== undefined; item = next()) {
    machine.step();
    const answer = machine.truth(item);
    if (answer === wanted) return wanted;
    if (answer instanceof Unknown) unknown ??= answer;
  }
  return unknown ?? next.uncertain ?? !wanted;
}

function modularPower(base: bigint, exponent: bigint, modulus: bigint): Value {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return Number(result);
}

function radixText(machine: Engine, value: Value, radix: number, prefix: string): Value {
  const whole = machine.asInteger(value);
  if (whole === null || whole instanceof Unknown) return machine.unknown("digits of something unknown");
  return `${whole < 0 ? "-" : ""}${prefix}${(whole < 0 ? -BigInt(whole) : BigInt(whole)).toString(radix)}`;
}

function directory(machine: Engine, object: Value | undefined): Value {
  const names = new Set<string>();
  const add = (namespace: ReadonlyMap<string, Value> | null) => {
    for (const name of namespace?.keys() ?? []) names.add(name);
  };
  if (object === undefined) for (const name of frameNamespace(machine.frame!).keys()) names.add(String(name));
  else if (object instanceof Unknown) return machine.unknown(object.reason);
  else {
    const own = object instanceof PyInstance ? object.cls.lookup("__dir__") : undefined;
    if (own instanceof PyFunction)
      return machine.call(machine.builtin("sorted"), [machine.call(own, [object])]);
    if (object instanceof PyModule) machine.modules.names.materialize(object);
    if (object instanceof PyObject) add(object.attributes);
    for (const cls of object instanceof PyClass
      ? object.mro
      : object instanceof PyModule
        ? []
        : typeOf(object).mro)
      add(cls.attributes);
  }
  return new PyList([...names].sort());
}

const CONSTANTS = new WeakMap<Engine, Map<Value, PyInstance>>();

/** Equal numbers and texts are one object, as small ones and those in a source are in CPython. */
function objectOf(machine: Engine, constant: Value): PyInstance {
  const known = CONSTANTS.get(machine) ?? new Map<Value, PyInstance>();
  CONSTANTS.set(machine, known);
  const object = known.get(constant) ?? new PyInstance(types.object);
  known.set(constant, object);
  return object;
}
