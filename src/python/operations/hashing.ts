/** Dict keys in normal form. */

import type { Engine } from "../engine.js";
import {
  type Key,
  PyBytes,
  PyDict,
  PyFloat,
  type PyFunction,
  PyInstance,
  PyList,
  PyObject,
  PySet,
  PyTuple,
  types,
  Unknown,
  type Value,
} from "../values.js";
import { bind } from "./attributes.js";
import { equal } from "./comparison.js";
import { integerOf } from "./numbers.js";

/** Marks keys that stand for something other than the string they are. */
const MARK = "\u0000";

export interface NormalKey {
  readonly key: Key;
}

/** Unknown for a value nobody knows; raises TypeError for one that cannot be a key. */
export function keyOf(machine: Engine, value: Value): NormalKey | Unknown {
  if (typeof value === "string") return { key: value.startsWith(MARK) ? `${MARK}s${value}` : value };
  const whole = integerOf(value);
  if (whole !== null) return { key: whole };
  if (value === null) return { key: null };
  return objectKey(machine, value as PyObject);
}

function objectKey(machine: Engine, value: PyObject): NormalKey | Unknown {
  if (value instanceof Unknown) return value;
  if (value instanceof PyFloat) return { key: floatKey(value.value) };
  const custom = value.cls.isBuiltin ? undefined : value.cls.lookup("__hash__");
  if (custom !== undefined && custom !== machine.objectDefaults.get("__hash__")) {
    if (custom === null) return unhashable(machine, value);
    if (!isContentHash(custom)) return customKey(machine, value, custom);
  }
  if (value instanceof PyTuple) return tupleKey(machine, value);
  if (value instanceof PyInstance && value.payload !== undefined) return keyOf(machine, value.payload);
  if (value instanceof PyBytes) return { key: `${MARK}b${String.fromCharCode(...value.value)}` };
  if (value instanceof PySet && value.cls.isSubclassOf(types.frozenset)) {
    return { key: `${MARK}f${[...value.normalKeys()].map(part).sort().join(",")}` };
  }
  const isContainer = value instanceof PyList || value instanceof PyDict;
  return isContainer && custom === undefined ? unhashable(machine, value) : { key: value };
}

/** The built-in hash of a tuple, str or the like, which the key's own form stands for. */
const isContentHash = (hash: Value): boolean =>
  hash instanceof PyObject && "owner" in hash && hash.owner !== types.object;

function unhashable(machine: Engine, value: PyObject): never {
  return machine.raise("TypeError", `unhashable type: '${value.cls.name}'`);
}

const floatKey = (value: number): Key => {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return BigInt(value);
  return value === 0 ? 0 : value;
};

function tupleKey(machine: Engine, tuple: PyTuple): NormalKey | Unknown {
  const parts: string[] = [];
  for (const item of tuple.items) {
    const key = keyOf(machine, item);
    if (key instanceof Unknown) return key;
    parts.push(part(key.key));
  }
  return { key: `${MARK}t(${parts.join(",")})` };
}

/** A key as part of a longer one, so that different keys never read the same. */
function part(key: Key): string {
  if (typeof key === "string") return JSON.stringify(key);
  if (key === null) return "None";
  return typeof key === "object" ? `@${key.id}` : String(key);
}

/** A class with its own `__hash__`: equal hash and `__eq__` make equal keys. */
function customKey(machine: Engine, value: PyObject, hash: Value): NormalKey | Unknown {
  const number = machine.call(bind(machine, hash as PyFunction, value, value.cls));
  if (number instanceof Unknown) return number;
  const bucket = `${MARK}h${value.cls.id}:${String(number)}`;
  const known = machine.customKeys.get(bucket) ?? [];
  machine.customKeys.set(bucket, known);
  for (const [index, one] of known.entries()) {
    const same = one === value || equal(machine, one, value);
    if (same instanceof Unknown) return same;
    if (same) return { key: `${bucket}#${index}` };
  }
  known.push(value);
  return { key: `${bucket}#${known.length - 1}` };
}

/** `dict[key] = value`; an unknown key leaves the dict's keys unknown. */
export function setKey(machine: Engine, dict: PyDict, name: Value, value: Value): void {
  const key = keyOf(machine, name);
  machine.touch(dict);
  if (key instanceof Unknown) {
    dict.doubt(machine.unknown(`a dict with an unknown key: ${key.reason}`, [value]));
  } else dict.set(key.key, name, value);
}
