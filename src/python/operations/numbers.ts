/** Arithmetic of Python's int and float. */

import { MAX_INTEGER_BITS } from "../budgets.js";
import type { Machine } from "../machine.js";
import type { BinaryOperator } from "../syntax/ast.js";
import { PyComplex, PyFloat, type Value } from "../values.js";

export type Integer = number | bigint;

/** An int in the form the evaluator keeps it: a number where that is exact. */
export function integer(value: bigint): Integer {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** A whole float as an int. */
export const wholeNumber = (value: number): Integer =>
  Number.isSafeInteger(value) ? (value === 0 ? 0 : value) : integer(BigInt(value));

/** Ints and bools as ints; null for anything else. */
export function integerOf(value: Value): Integer | null {
  if (typeof value === "number" || typeof value === "bigint") return value;
  return typeof value === "boolean" ? Number(value) : null;
}

/** Ints, bools and floats as a JS number; null for anything else. */
export function numberOf(value: Value): number | null {
  if (value instanceof PyFloat) return value.value;
  const whole = integerOf(value);
  return whole === null ? null : Number(whole);
}

/** Undefined where the operands are no numbers, or the operator is not defined on them. */
export function arithmetic(
  machine: Machine,
  op: BinaryOperator,
  left: Value,
  right: Value,
): Value | undefined {
  const a = integerOf(left);
  const b = integerOf(right);
  if (a !== null && b !== null) {
    const isLogic =
      typeof left === "boolean" && typeof right === "boolean" && (op === "&" || op === "|" || op === "^");
    const result = integerArithmetic(machine, op, a, b);
    return isLogic ? result === 1 : result;
  }
  const x = numberOf(left);
  const y = numberOf(right);
  if (x !== null && y !== null) return floatArithmetic(machine, op, x, y);
  if (left instanceof PyComplex || right instanceof PyComplex) {
    return isNumber(left) && isNumber(right) ? machine.unknown("complex arithmetic") : undefined;
  }
  return undefined;
}

const isNumber = (value: Value): boolean => value instanceof PyComplex || numberOf(value) !== null;

function integerArithmetic(machine: Machine, op: BinaryOperator, a: Integer, b: Integer): Value | undefined {
  switch (op) {
    case "+":
    case "-":
    case "*": {
      if (typeof a === "number" && typeof b === "number") {
        const fast = op === "+" ? a + b : op === "-" ? a - b : a * b;
        if (Number.isSafeInteger(fast)) return fast === 0 ? 0 : fast;
      }
      const [x, y] = [BigInt(a), BigInt(b)];
      const result = op === "+" ? x + y : op === "-" ? x - y : x * y;
      checkBits(machine, result);
      return integer(result);
    }
    case "/":
      if (Number(b) === 0) machine.raise("ZeroDivisionError", "division by zero");
      return new PyFloat(Number(a) / Number(b));
    case "//":
    case "%":
      if (Number(b) === 0) machine.raise("ZeroDivisionError", "integer division or modulo by zero");
      return floorDivide(a, b)[op === "//" ? 0 : 1];
    case "**":
      return power(machine, a, b);
    case "@":
      return undefined;
    default:
      return bitwise(machine, op, a, b);
  }
}

/** Quotient and remainder as Python has them: the remainder has the divisor's sign. */
export function floorDivide(a: Integer, b: Integer): [Integer, Integer] {
  if (typeof a === "number" && typeof b === "number") {
    const quotient = Math.floor(a / b);
    const remainder = a - quotient * b;
    if (
      Number.isSafeInteger(quotient * b) &&
      remainder * Math.sign(b) >= 0 &&
      Math.abs(remainder) < Math.abs(b)
    ) {
      return [quotient === 0 ? 0 : quotient, remainder === 0 ? 0 : remainder];
    }
  }
  const [x, y] = [BigInt(a), BigInt(b)];
  let quotient = x / y;
  let remainder = x % y;
  if (remainder !== 0n && remainder < 0n !== y < 0n) {
    quotient -= 1n;
    remainder += y;
  }
  return [integer(quotient), integer(remainder)];
}

function power(machine: Machine, a: Integer, b: Integer): Value {
  if (Number(b) < 0) return floatArithmetic(machine, "**", Number(a), Number(b))!;
  const fast = Number(a) ** Number(b);
  if (Number.isSafeInteger(fast)) return fast;
  const bits = Math.log2(Math.abs(Number(a))) * Number(b);
  if (!(bits < MAX_INTEGER_BITS)) return machine.unknown("an integer too large to compute");
  return integer(BigInt(a) ** BigInt(b));
}

function bitwise(machine: Machine, op: BinaryOperator, a: Integer, b: Integer): Value | undefined {
  const [x, y] = [BigInt(a), BigInt(b)];
  switch (op) {
    case "&":
      return integer(x & y);
    case "|":
      return integer(x | y);
    case "^":
      return integer(x ^ y);
    case "<<":
    case ">>":
      if (y < 0n) machine.raise("ValueError", "negative shift count");
      if (op === ">>") return integer(x >> y);
      if (y > MAX_INTEGER_BITS) return machine.unknown("an integer too large to compute");
      return integer(x << y);
    default:
      return undefined;
  }
}

function checkBits(machine: Machine, value: bigint): void {
  if (value > LARGEST || value < -LARGEST) machine.allocate(Number.POSITIVE_INFINITY);
}
const LARGEST = 1n << BigInt(MAX_INTEGER_BITS * 2);

function floatArithmetic(machine: Machine, op: BinaryOperator, x: number, y: number): Value | undefined {
  switch (op) {
    case "+":
      return new PyFloat(x + y);
    case "-":
      return new PyFloat(x - y);
    case "*":
      return new PyFloat(x * y);
    case "/":
      if (y === 0) machine.raise("ZeroDivisionError", "float division by zero");
      return new PyFloat(x / y);
    case "//":
    case "%": {
      if (y === 0) machine.raise("ZeroDivisionError", "float floor division by zero");
      const [quotient, remainder] = floatDivide(x, y);
      return new PyFloat(op === "//" ? quotient : remainder);
    }
    case "**":
      if (x === 0 && y < 0) machine.raise("ZeroDivisionError", "0.0 cannot be raised to a negative power");
      if (x < 0 && !Number.isInteger(y)) return machine.unknown("a complex power");
      return new PyFloat(x ** y);
    default:
      return undefined;
  }
}

/** CPython's float_divmod: remainder by fmod, with the divisor's sign. */
export function floatDivide(x: number, y: number): [quotient: number, remainder: number] {
  let remainder = x % y;
  let quotient = (x - remainder) / y;
  if (remainder !== 0 && y < 0 !== remainder < 0) {
    remainder += y;
    quotient -= 1;
  } else if (remainder === 0) remainder = Math.sign(y) < 0 ? -0 : 0;
  const floor = Math.floor(quotient);
  return [quotient - floor > 0.5 ? floor + 1 : floor, remainder];
}

/** Round half to even, as Python's round() on a float. */
export function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const difference = x - floor;
  if (difference < 0.5) return floor;
  if (difference > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** How Python writes a float: the shortest text that reads back the same. */
export function floatText(x: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  if (Object.is(x, -0)) return "-0.0";
  const [mantissa, exponent] = x.toExponential().split("e") as [string, string];
  const power = Number(exponent);
  if (power >= -4 && power < 16) {
    const plain =
      power < 0 ? x.toFixed(Math.max(0, mantissa.replace(/[-.]/g, "").length - power - 1)) : String(x);
    return plain.includes(".") || plain.includes("e") ? plain : `${plain}.0`;
  }
  const size = String(Math.abs(power)).padStart(2, "0");
  return `${mantissa}e${power < 0 ? "-" : "+"}${size}`;
}
