/** `+`, `*`, `|`, `%` … on built-in containers and text. */

import type { Engine } from "../engine.js";
import type { BinaryOperator } from "../syntax/ast.js";
import { percentFormat } from "../texts/percentFormat.js";
import {
  PyBytes,
  PyClass,
  PyDict,
  PyDictView,
  PyInstance,
  PyList,
  PyObject,
  PySet,
  PyTuple,
  types,
  Unknown,
  type Value,
} from "../values.js";
import { setKey } from "./hashing.js";
import { iterate, updateDict } from "./iteration.js";
import { integerOf } from "./numbers.js";
import { typeOf } from "./typeOf.js";

/** Undefined where the operator is not defined on these. */
export function containerBinary(
  machine: Engine,
  op: BinaryOperator,
  left: Value,
  right: Value,
): Value | undefined {
  switch (op) {
    case "+":
      return concatenate(machine, left, right);
    case "*":
      return repeat(machine, left, right) ?? repeat(machine, right, left);
    case "%":
      return typeof left === "string" ? percentFormat(machine, left, right) : undefined;
    case "|":
      if (isDict(left) && isDict(right)) return mergeDicts(machine, left, right);
      if (isType(left) && isType(right)) return machine.unionType(left, right);
      return setOperation(machine, op, left, right);
    case "&":
    case "-":
    case "^":
      return setOperation(machine, op, left, right);
    default:
      return undefined;
  }
}

const isDict = (value: Value): value is PyDict => value instanceof PyDict && !(value instanceof PySet);

const isType = (value: Value): boolean =>
  value === null ||
  value instanceof PyClass ||
  (value instanceof PyInstance && (value.cls.name === "UnionType" || value.cls.name === "GenericAlias"));

function concatenate(machine: Engine, left: Value, right: Value): Value | undefined {
  if (typeof left === "string" && typeof right === "string") {
    machine.allocate(left.length + right.length);
    return left + right;
  }
  if (left instanceof PyList && right instanceof PyList) {
    machine.allocate(left.items.length + right.items.length);
    const list = new PyList([...left.items, ...right.items]);
    list.uncertain = left.uncertain ?? right.uncertain;
    return list;
  }
  if (left instanceof PyTuple && right instanceof PyTuple)
    return new PyTuple([...left.items, ...right.items]);
  if (left instanceof PyBytes && right instanceof PyBytes) {
    return new PyBytes(Uint8Array.from([...left.value, ...right.value]));
  }
  return undefined;
}

function repeat(machine: Engine, sequence: Value, count: Value): Value | undefined {
  const times = integerOf(count);
  if (times === null) return undefined;
  const n = Math.max(0, Number(times));
  if (typeof sequence === "string") {
    machine.allocate(sequence.length * n);
    return sequence.repeat(n);
  }
  if (sequence instanceof PyList) {
    const list = new PyList(repeated(machine, sequence.items, n));
    list.uncertain = sequence.uncertain;
    return list;
  }
  if (sequence instanceof PyTuple) return new PyTuple(repeated(machine, sequence.items, n));
  if (sequence instanceof PyBytes) {
    return new PyBytes(Uint8Array.from(repeated(machine, [...sequence.value], n) as number[]));
  }
  return undefined;
}

function repeated(machine: Engine, items: readonly Value[], times: number): Value[] {
  machine.allocate(items.length * times);
  const result: Value[] = [];
  for (let round = 0; round < times; round++) for (const item of items) result.push(item);
  return result;
}

function mergeDicts(machine: Engine, left: PyDict, right: PyDict): PyDict {
  const merged = new PyDict();
  updateDict(machine, merged, left);
  updateDict(machine, merged, right);
  return merged;
}

const isKeysOrItems = (value: Value): boolean => value instanceof PyDictView && value.kind !== "values";

const isSetLike = (value: Value): boolean => value instanceof PySet || isKeysOrItems(value);

/** A set takes another set; what a dict's `keys()` and `items()` take need only be iterable. */
const isSetOperation = (left: Value, right: Value): boolean =>
  (isSetLike(left) && isSetLike(right)) ||
  (isKeysOrItems(left) && isIterable(right)) ||
  (isKeysOrItems(right) && isIterable(left));

const isIterable = (value: Value): boolean =>
  typeof value === "string" || (value instanceof PyObject && typeOf(value).lookup("__iter__") !== undefined);

function setOperation(machine: Engine, op: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (!isSetOperation(left, right)) return undefined;
  const cls = left instanceof PySet && left.cls.isSubclassOf(types.frozenset) ? types.frozenset : types.set;
  const a = asSet(machine, left);
  const b = asSet(machine, right);
  const result = combineSets(op, a, b, cls);
  result.uncertain = a.uncertain ?? b.uncertain;
  return result;
}

/** Any iterable as a set. */
export function asSet(machine: Engine, value: Value): PySet {
  if (value instanceof PySet) return value;
  const set = new PySet();
  const items = iterate(machine, value);
  if (items instanceof Unknown) set.uncertain = machine.unknown(items.reason, items.may);
  else for (const item of items) setKey(machine, set, item, null);
  return set;
}

/** Union, intersection, difference or symmetric difference, in the order of the operands. */
export function combineSets(op: BinaryOperator, left: PyDict, right: PyDict, cls: PyClass): PySet {
  const result = new PySet(cls);
  for (const [key, value] of left.keyPairs()) {
    if (op === "|" || right.has(key) === (op === "&")) result.add(key, value);
  }
  if (op === "|" || op === "^") {
    for (const [key, value] of right.keyPairs()) if (!left.has(key)) result.add(key, value);
  }
  return result;
}

/** `list += …` and the like change the object itself; undefined where the plain operator is meant. */
export function containerInplace(
  machine: Engine,
  op: BinaryOperator,
  left: Value,
  right: Value,
): Value | undefined {
  if (left instanceof PyList && op === "+") return extend(machine, left, right);
  if (left instanceof PyList && op === "*") {
    const times = integerOf(right);
    if (times === null) return undefined;
    machine.touch(left);
    left.items = repeated(machine, left.items, Math.max(0, Number(times)));
    return left;
  }
  if (left instanceof PySet && left.cls.isSubclassOf(types.set) && right instanceof PyObject) {
    const result = setOperation(machine, op, left, right);
    if (!(result instanceof PySet)) return undefined;
    machine.touch(left);
    left.replace(result);
    return left;
  }
  if (isDict(left) && op === "|") {
    updateDict(machine, left, right);
    return left;
  }
  return undefined;
}

/** `list.extend`. */
export function extend(machine: Engine, list: PyList, more: Value): PyList {
  const items = iterate(machine, more);
  machine.touch(list);
  if (items instanceof Unknown) {
    list.uncertain ??= machine.unknown(`a list extended by something unknown: ${items.reason}`, [
      ...list.items,
      ...items.may,
    ]);
  } else {
    machine.allocate(items.length);
    for (const item of items) list.items.push(item);
  }
  return list;
}
