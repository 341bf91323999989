/** Equality, order, identity and membership of any values. */

import type { Engine } from "../engine.js";
import { symbolicCompare } from "../symbols/symbolic.js";
import type { CompareOperator } from "../syntax/ast.js";
import {
  BoundMethod,
  NOT_IMPLEMENTED,
  PyBytes,
  PyDict,
  PyDictView,
  PyFloat,
  PyInstance,
  PyList,
  PyObject,
  PyRange,
  PySet,
  PySlice,
  PyTuple,
  Sym,
  Unknown,
  type Value,
} from "../values.js";
import { bind } from "./attributes.js";
import { keyOf } from "./hashing.js";
import { iterator } from "./iteration.js";
import { integerOf, numberOf } from "./numbers.js";
import { truth } from "./truth.js";
import { typeOf } from "./typeOf.js";

export function compare(machine: Engine, op: CompareOperator, left: Value, right: Value): Value {
  switch (op) {
    case "is":
      return identical(machine, left, right);
    case "is not":
      return not(machine, identical(machine, left, right));
    case "in":
      return contains(machine, right, left);
    case "not in":
      return not(machine, contains(machine, right, left));
    case "==":
    case "!=":
      return equality(machine, op, left, right);
    default:
      return order(machine, op, left, right);
  }
}

function not(machine: Engine, value: Value): Value {
  const answer = truth(machine, value);
  return answer instanceof Unknown ? answer : !answer;
}

/** `is`. Something unknown may or may not be the other; two readings of one value are the same. */
export function identical(machine: Engine, left: Value, right: Value): boolean | Unknown {
  if (left instanceof Unknown || right instanceof Unknown) {
    if (left === right) return true;
    // A symbol is an int, whatever its value.
    if ((left instanceof Sym && right === null) || (right instanceof Sym && left === null)) return false;
    return machine.unknown((left instanceof Unknown ? left : (right as Unknown)).reason);
  }
  if (left === right) return true;
  if (left instanceof BoundMethod || left instanceof PyFloat) return false;
  return false;
}

const METHODS = {
  "==": "__eq__",
  "!=": "__ne__",
  "<": "__lt__",
  "<=": "__le__",
  ">": "__gt__",
  ">=": "__ge__",
};
const REFLECTED = { "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

const isUser = (value: Value): value is PyObject => value instanceof PyObject && !value.cls.isBuiltin;

/** The user-defined comparison, the right operand's first where it is a subclass; NotImplemented if none. */
function dunder(machine: Engine, op: keyof typeof METHODS, left: Value, right: Value): Value {
  const tries: [Value, string, Value][] = [
    [left, METHODS[op], right],
    [right, METHODS[REFLECTED[op]], left],
  ];
  const [leftType, rightType] = [typeOf(left), typeOf(right)];
  if (leftType !== rightType && rightType.isSubclassOf(leftType)) tries.reverse();
  for (const [self, name, other] of tries) {
    if (!isUser(self)) continue;
    const method = self.cls.lookup(name);
    if (method === undefined || method === machine.objectDefaults.get(name)) continue;
    const value = machine.call(bind(machine, method, self, self.cls), [other]);
    if (value !== NOT_IMPLEMENTED) return value;
  }
  return NOT_IMPLEMENTED;
}

function equality(machine: Engine, op: "==" | "!=", left: Value, right: Value): Value {
  if (isUser(left) || isUser(right)) {
    const value = dunder(machine, op, left, right);
    if (value !== NOT_IMPLEMENTED) return value;
    // != is the opposite of a class's own __eq__.
    if (op === "!=") {
      const same = dunder(machine, "==", left, right);
      if (same !== NOT_IMPLEMENTED) return not(machine, same);
    }
  }
  const same = builtinEqual(machine, left, right);
  return op === "==" ? same : not(machine, same);
}

/** `==` as a decision. */
export function equal(machine: Engine, left: Value, right: Value): boolean | Unknown {
  return truth(machine, equality(machine, "==", left, right));
}

function builtinEqual(machine: Engine, left: Value, right: Value): boolean | Unknown {
  if (left instanceof Unknown || right instanceof Unknown) {
    return symbolicCompare("==", left, right) ?? unknownOf(machine, left, right);
  }
  if (left === right) return !(left instanceof PyFloat && Number.isNaN(left.value));
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== null && b !== null) return numbersEqual(left, right, a, b);
  if (left instanceof PyInstance && left.payload !== undefined) return equal(machine, left.payload, right);
  if (right instanceof PyInstance && right.payload !== undefined) return equal(machine, left, right.payload);
  return containersEqual(machine, left, right);
}

function numbersEqual(left: Value, right: Value, a: number, b: number): boolean {
  const [x, y] = [integerOf(left), integerOf(right)];
  if (typeof x === "bigint" || typeof y === "bigint")
    return x !== null && y !== null && BigInt(x) === BigInt(y);
  return a === b;
}

const unknownOf = (machine: Engine, left: Value, right: Value): Unknown =>
  machine.unknown((left instanceof Unknown ? left : (right as Unknown)).reason);

function containersEqual(machine: Engine, left: Value, right: Value): boolean | Unknown {
  if (left instanceof PyTuple && right instanceof PyTuple)
    return itemsEqual(machine, left.items, right.items);
  if (left instanceof PyList && right instanceof PyList) {
    return left.uncertain ?? right.uncertain ?? itemsEqual(machine, left.items, right.items);
  }
  if (left instanceof PySet && right instanceof PySet) {
    return left.uncertain ?? right.uncertain ?? (left.size === right.size && isSubset(left, right));
  }
  if (
    left instanceof PyDict &&
    right instanceof PyDict &&
    !(left instanceof PySet) &&
    !(right instanceof PySet)
  ) {
    return left.uncertain ?? right.uncertain ?? dictsEqual(machine, left, right);
  }
  if (left instanceof PyBytes && right instanceof PyBytes) {
    return (
      left.value.length === right.value.length &&
      left.value.every((byte, index) => byte === right.value[index])
    );
  }
  if (left instanceof PyRange && right instanceof PyRange) {
    if (left.length !== right.length) return false;
    return (
      left.length === 0 || (left.start === right.start && (left.length === 1 || left.step === right.step))
    );
  }
  if (left instanceof PySlice && right instanceof PySlice) {
    return itemsEqual(machine, [left.start, left.stop, left.step], [right.start, right.stop, right.step]);
  }
  if (left instanceof BoundMethod && right instanceof BoundMethod) {
    return left.self === right.self && left.func === right.func;
  }
  if (left instanceof PyDictView && right instanceof PyDictView && left.kind !== "values") {
    return (
      left.dict.size === right.dict.size &&
      [...left.dict.keys()].every((key) => hasKey(machine, right.dict, key))
    );
  }
  return false;
}

function hasKey(machine: Engine, dict: PyDict, value: Value): boolean {
  const key = keyOf(machine, value);
  return !(key instanceof Unknown) && dict.has(key.key);
}

function itemsEqual(machine: Engine, left: readonly Value[], right: readonly Value[]): boolean | Unknown {
  if (left.length !== right.length) return false;
  let unknown: Unknown | null = null;
  for (let index = 0; index < left.length; index++) {
    const [a, b] = [left[index]!, right[index]!];
    const answer = a === b || equal(machine, a, b);
    if (answer === false) return false;
    if (answer !== true) unknown ??= answer;
  }
  return unknown ?? true;
}

export function isSubset(left: PyDict, right: PyDict): boolean {
  for (const key of left.normalKeys()) if (!right.has(key)) return false;
  return true;
}

function dictsEqual(machine: Engine, left: PyDict, right: PyDict): boolean | Unknown {
  if (left.size !== right.size) return false;
  let unknown: Unknown | null = null;
  for (const key of left.normalKeys()) {
    const other = right.get(key);
    if (other === undefined) return false;
    const answer = equal(machine, left.get(key)!, other);
    if (answer === false) return false;
    if (answer !== true) unknown ??= answer;
  }
  return unknown ?? true;
}

type Order = "<" | "<=" | ">" | ">=";

function order(machine: Engine, op: Order, left: Value, right: Value): Value {
  if (isUser(left) || isUser(right)) {
    const value = dunder(machine, op, left, right);
    if (value !== NOT_IMPLEMENTED) return value;
  }
  if (left instanceof Unknown || right instanceof Unknown) {
    return symbolicCompare(op, left, right) ?? unknownOf(machine, left, right);
  }
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== null && b !== null) return numberOrder(op, integerOf(left) ?? a, integerOf(right) ?? b);
  if (typeof left === "string" && typeof right === "string") return decide(op, codePointOrder(left, right));
  if (left instanceof PyInstance && left.payload !== undefined)
    return order(machine, op, left.payload, right);
  if (right instanceof PyInstance && right.payload !== undefined)
    return order(machine, op, left, right.payload);
  const items = sequenceItems(left, right);
  if (items !== null) return sequenceOrder(machine, op, ...items);
  if (left instanceof PySet && right instanceof PySet) return setOrder(op, left, right);
  const unknownBase = typeOf(left).unknownBase ?? typeOf(right).unknownBase;
  if (unknownBase !== null) return unknownBase;
  return machine.raise(
    "TypeError",
    `'${op}' not supported between instances of '${typeOf(left).name}' and '${typeOf(right).name}'`,
  );
}

function numberOrder(op: Order, a: number | bigint, b: number | bigint): boolean {
  if (op === "<") return a < b;
  if (op === "<=") return a <= b;
  return op === ">" ? a > b : a >= b;
}

const decide = (op: Order, sign: number): boolean => numberOrder(op, sign, 0);

/** Python orders text by code point, JavaScript by UTF-16 unit; they differ past U+D800. */
function codePointOrder(left: string, right: string): number {
  if (left === right) return 0;
  if (!/[\ud800-\uffff]/.test(left + right)) return left < right ? -1 : 1;
  const [a, b] = [[...left], [...right]];
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = a[index]!.codePointAt(0)! - b[index]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function sequenceItems(left: Value, right: Value): [readonly Value[], readonly Value[]] | null {
  if (left instanceof PyTuple && right instanceof PyTuple) return [left.items, right.items];
  if (left instanceof PyList && right instanceof PyList && !left.uncertain && !right.uncertain) {
    return [left.items, right.items];
  }
  return left instanceof PyBytes && right instanceof PyBytes ? [[...left.value], [...right.value]] : null;
}

function sequenceOrder(machine: Engine, op: Order, left: readonly Value[], right: readonly Value[]): Value {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const same = equal(machine, left[index]!, right[index]!);
    if (same instanceof Unknown) return same;
    if (!same) return order(machine, op, left[index]!, right[index]!);
  }
  return decide(op, left.length - right.length);
}

function setOrder(op: Order, left: PySet, right: PySet): Value {
  const uncertain = left.uncertain ?? right.uncertain;
  if (uncertain !== null) return uncertain;
  if (op === "<=") return isSubset(left, right);
  if (op === ">=") return isSubset(right, left);
  return op === "<"
    ? left.size < right.size && isSubset(left, right)
    : right.size < left.size && isSubset(right, left);
}

/** `value in container`. */
export function contains(machine: Engine, container: Value, value: Value): Value {
  if (isUser(container)) {
    const method = container.cls.lookup("__contains__");
    if (method !== undefined) {
      const answer = truth(machine, machine.call(bind(machine, method, container, container.cls), [value]));
      return answer;
    }
  }
  if (container instanceof Unknown) return machine.unknown(container.reason);
  if (typeof container === "string") return textContains(machine, container, value);
  const dict = container instanceof PyDictView && container.kind === "keys" ? container.dict : container;
  if (dict instanceof PyDict) return dictContains(machine, dict, value);
  if (container instanceof PyRange && typeof value === "number") {
    const { start, stop, step } = container;
    const isBetween = step > 0 ? value >= start && value < stop : value <= start && value > stop;
    return isBetween && (value - start) % step === 0;
  }
  return foundByIterating(machine, container, value);
}

function textContains(machine: Engine, text: string, value: Value): Value {
  if (value instanceof Unknown) return machine.unknown(value.reason);
  const part = value instanceof PyInstance ? value.payload : value;
  if (typeof part === "string") return text.includes(part);
  return machine.raise(
    "TypeError",
    `'in <string>' requires string as left operand, not ${typeOf(value).name}`,
  );
}

function dictContains(machine: Engine, dict: PyDict, value: Value): Value {
  const key = keyOf(machine, value);
  if (key instanceof Unknown) return dict.size === 0 && dict.uncertain === null ? false : key;
  if (dict.listsAll && !dict.isOptional(key.key)) return dict.has(key.key);
  return dict.uncertain!;
}

function foundByIterating(machine: Engine, container: Value, value: Value): Value {
  const next = iterator(machine, container);
  if (next instanceof Unknown) return next;
  let unknown: Unknown | null = null;
  for (let item = next(); item !== undefined; item = next()) {
    machine.step();
    const answer = item === value && !(item instanceof Unknown) ? true : equal(machine, item, value);
    if (answer === true) return true;
    if (answer !== false) unknown ??= answer;
  }
  return unknown ?? next.uncertain ?? false;
}
