/** Operators on any values: built-in operands first where that is what Python means, else dunder methods. */

import type { Engine } from "../engine.js";
import { negativeFormula } from "../symbols/formula.js";
import * as poly from "../symbols/polynomial.js";
import { formulaOf, polynomialOf, symbolic, unknownArithmetic } from "../symbols/symbolic.js";
import type { BinaryOperator, UnaryOperation } from "../syntax/ast.js";
import {
  NOT_IMPLEMENTED,
  type PyClass,
  PyComplex,
  PyFloat,
  PyObject,
  Unknown,
  type Value,
} from "../values.js";
import { bind } from "./attributes.js";
import { containerBinary, containerInplace } from "./containerOperators.js";
import { arithmetic, integerOf } from "./numbers.js";
import { typeOf } from "./typeOf.js";

export { compare, equal } from "./comparison.js";
export { isInstance, truth } from "./truth.js";

/** Dunder method of each operator: plain, reflected, in place. */
const METHODS: Readonly<Record<BinaryOperator, readonly [string, string, string]>> = {
  "+": ["__add__", "__radd__", "__iadd__"],
  "-": ["__sub__", "__rsub__", "__isub__"],
  "*": ["__mul__", "__rmul__", "__imul__"],
  "@": ["__matmul__", "__rmatmul__", "__imatmul__"],
  "/": ["__truediv__", "__rtruediv__", "__itruediv__"],
  "//": ["__floordiv__", "__rfloordiv__", "__ifloordiv__"],
  "%": ["__mod__", "__rmod__", "__imod__"],
  "**": ["__pow__", "__rpow__", "__ipow__"],
  "<<": ["__lshift__", "__rlshift__", "__ilshift__"],
  ">>": ["__rshift__", "__rrshift__", "__irshift__"],
  "|": ["__or__", "__ror__", "__ior__"],
  "^": ["__xor__", "__rxor__", "__ixor__"],
  "&": ["__and__", "__rand__", "__iand__"],
};

export function binary(machine: Engine, op: BinaryOperator, left: Value, right: Value): Value {
  const direct = builtinBinary(machine, op, left, right);
  if (direct !== undefined) return direct;
  const [name, reflected] = METHODS[op];
  const leftType = typeOf(left);
  const rightType = typeOf(right);
  // A subclass's reflected method goes first.
  const isRightFirst =
    leftType !== rightType &&
    rightType.isSubclassOf(leftType) &&
    rightType.lookup(reflected) !== undefined &&
    rightType.lookup(reflected) !== leftType.lookup(reflected);
  const tries = isRightFirst
    ? ([
        [right, reflected, left],
        [left, name, right],
      ] as const)
    : ([
        [left, name, right],
        [right, reflected, left],
      ] as const);
  for (const [self, method, other] of tries) {
    const value = callOperator(machine, self, method, [other]);
    if (value !== NOT_IMPLEMENTED) return value;
  }
  return withPayload(machine, op, left, right);
}

/** Instances of a subclass of int or str that do not define the operator act as what they hold. */
function withPayload(machine: Engine, op: BinaryOperator, left: Value, right: Value): Value {
  const [a, b] = [payload(left), payload(right)];
  if (a !== left || b !== right) return binary(machine, op, a, b);
  const [leftType, rightType] = [typeOf(left), typeOf(right)];
  const unknownBase = leftType.unknownBase ?? rightType.unknownBase;
  if (left instanceof Unknown || right instanceof Unknown) return ofUnknown(machine, op, left, right);
  if (unknownBase !== null)
    return machine.unknown(`an operator of an unknown base class: ${unknownBase.reason}`);
  return machine.raise(
    "TypeError",
    `unsupported operand type(s) for ${op}: '${leftType.name}' and '${rightType.name}'`,
  );
}

/** What an instance of a subclass of int or str is underneath; other values are themselves. */
export function payload(value: Value): Value {
  if (value instanceof PyObject && "payload" in value) return (value.payload as Value | undefined) ?? value;
  return value;
}

function builtinBinary(machine: Engine, op: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (isUser(left) || isUser(right)) return undefined;
  if (left instanceof Unknown || right instanceof Unknown) {
    // A value with operators of its own may know what to do with an unknown operand.
    return hasOperators(left) || hasOperators(right) ? undefined : ofUnknown(machine, op, left, right);
  }
  return arithmetic(machine, op, left, right) ?? containerBinary(machine, op, left, right);
}

const ofUnknown = (machine: Engine, op: BinaryOperator, left: Value, right: Value): Value =>
  machine.gaveUnknown(METHODS[op][0], [left, right], unknownArithmetic(machine, op, left, right));

/** Whether the value's class may define operators itself. */
const isUser = (value: Value): boolean => value instanceof PyObject && !value.cls.isBuiltin;

const hasOperators = isUser;

/** NotImplemented where the class has no such method. */
function callOperator(machine: Engine, self: Value, name: string, args: readonly Value[]): Value {
  const cls = typeOf(self);
  const method = cls.lookup(name);
  if (method === undefined) return NOT_IMPLEMENTED;
  return machine.call(bind(machine, method, self, cls), args);
}

export function inplace(machine: Engine, op: BinaryOperator, left: Value, right: Value): Value {
  if (left instanceof PyObject && !(left instanceof PyFloat)) {
    const direct = isUser(left) ? undefined : containerInplace(machine, op, left, right);
    if (direct !== undefined) return direct;
    const value = callOperator(machine, left, METHODS[op][2], [right]);
    if (value !== NOT_IMPLEMENTED) return value;
    const inherited = isUser(left) ? containerInplace(machine, op, left, right) : undefined;
    if (inherited !== undefined) return inherited;
  }
  return binary(machine, op, left, right);
}

const UNARY = { "+": "__pos__", "-": "__neg__", "~": "__invert__" } as const;

export function unary(machine: Engine, op: Exclude<UnaryOperation["op"], "not">, operand: Value): Value {
  const whole = integerOf(operand);
  if (whole !== null) {
    if (op === "+") return whole;
    if (op === "-") return typeof whole === "bigint" ? -whole : whole === 0 ? 0 : -whole;
    return typeof whole === "bigint" ? ~whole : -whole - 1;
  }
  if (operand instanceof PyFloat && operand.cls.isBuiltin && op !== "~") {
    return op === "+" ? operand : new PyFloat(-operand.value);
  }
  if (operand instanceof Unknown) {
    const polynomial = polynomialOf(operand);
    if (polynomial === null || op === "~") {
      const outcome = machine.unknown(operand.reason);
      if (op === "-") outcome.formula = negativeFormula(formulaOf(operand));
      return machine.gaveUnknown(UNARY[op], [operand], outcome);
    }
    return op === "+" ? operand : symbolic(machine, poly.negate(polynomial));
  }
  const value = callOperator(machine, operand, UNARY[op], []);
  if (value !== NOT_IMPLEMENTED) return value;
  const inner = payload(operand);
  if (inner !== operand) return unary(machine, op, inner);
  if (operand instanceof PyComplex && op !== "~") {
    return op === "+" ? operand : new PyComplex(-operand.real, -operand.imaginary);
  }
  return unsupported(machine, op, typeOf(operand));
}

function unsupported(machine: Engine, op: string, cls: PyClass): Value {
  if (cls.unknownBase !== null)
    return machine.unknown(`an operator of an unknown base class: ${cls.unknownBase.reason}`);
  return machine.raise("TypeError", `bad operand type for unary ${op}: '${cls.name}'`);
}
