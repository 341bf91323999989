/** Arithmetic where an operand is unknown: symbols stay exact as long as they can. */

import type { Machine } from "../machine.js";
import type { BinaryOperator, CompareOperator } from "../syntax/ast.js";
import { PyFloat, PyTuple, Sym, Unknown, type Value } from "../values.js";
import { binaryFormula, type Formula, numberFormula } from "./formula.js";
import * as poly from "./polynomial.js";

/** The polynomial an int, a symbol or a named unknown is; null for anything else. */
export function polynomialOf(value: Value): poly.Polynomial | null {
  if (typeof value === "number") return poly.constant(value);
  if (value instanceof Sym) return value.polynomial;
  if (value instanceof Unknown && value.path !== null) {
    return poly.symbol(value.path, shortName(value.path));
  }
  return null;
}

/** The same, or what an unknown is called after the variable that holds it: only to be shown as a size. */
export function sizeOf(value: Value): poly.Polynomial | null {
  return polynomialOf(value) ?? (value instanceof Unknown ? value.size : null);
}

/** How a number is computed, as far as it is known: `0.5`, `4*n_embd`, `1/√n_embd`. */
export function formulaOf(value: Value): Formula | null {
  if (typeof value === "number") return numberFormula(value);
  if (value instanceof PyFloat) return numberFormula(value.value);
  const size = sizeOf(value);
  if (size !== null) return { text: poly.polynomialText(size), names: [...poly.namesIn(size)] };
  return value instanceof Unknown ? value.formula : null;
}

/**
 * `n_embd` of `config.n_embd`; what only tells something of an object keeps that: `x.shape[-1]`,
 * `x.get_shape()[0].value`.
 */
function shortName(path: string): string {
  const parts = path.split(".");
  let start = parts.length - 1;
  while (start > 0 && /\(|^(shape|value)\b/.test(parts[start]!)) start--;
  return parts.slice(start).join(".");
}

/**
 * A value as the analysed program's variable `name` holds it: one that nobody knows is called so from there
 * on. Two of the same name stay two symbols.
 */
export function heldAs(name: string, machine: Machine, value: Value): Value {
  const isNameless = value instanceof Unknown && formulaOf(value) === null && value.attributes === null;
  if (!isNameless) return value;
  machine.namedUnknowns++;
  const held = new Unknown(value.reason, value.origin);
  held.may = value.may;
  held.oneOf = value.oneOf;
  held.isTuple = value.isTuple;
  held.lastItem = value.lastItem;
  held.isInert = value.isInert;
  held.nameless = value.nameless;
  held.size = poly.symbol(`${name}#${machine.namedUnknowns}`, name);
  return held;
}

/** What a part of an unknown is called: `images.shape`, `images.shape[1]`. */
export function partOf(value: Unknown, part: string): poly.Polynomial | null {
  const whole = value.size === null ? null : poly.nameOf(value.size);
  return whole && poly.symbol(joined(whole.key, part), joined(whole.text, part));
}

/** `shape[1:]` and `[0]` give `shape[1]`: one size has one name. */
function joined(name: string, part: string): string {
  const [slice, start] = /\[(\d+):\]$/.exec(name) ?? [];
  const [, index] = /^\[(-?\d+)\]$/.exec(part) ?? [];
  if (slice === undefined || index === undefined) return name + part;
  return `${name.slice(0, -slice.length)}[${Number(index) < 0 ? index : Number(start) + Number(index)}]`;
}

/** A symbolic int; a plain one where no symbol is left. */
export function symbolic(machine: Machine, polynomial: poly.Polynomial): Value {
  return poly.constantValue(polynomial) ?? new Sym(polynomial, machine.unknown("symbolic").origin);
}

/** A binary operator with an unknown operand. */
export function unknownArithmetic(machine: Machine, op: BinaryOperator, left: Value, right: Value): Value {
  if (op === "+" && isTuple(left) && isTuple(right)) return joinedTuples(machine, left, right);
  const a = polynomialOf(left);
  const b = polynomialOf(right);
  if (a !== null && b !== null) {
    const result = symbolicArithmetic(op, a, b);
    if (result !== null) return symbolic(machine, result);
  }
  const unknown = left instanceof Unknown ? left : (right as Unknown);
  const outcome = machine.unknown(
    unknown.reason,
    [left, right].flatMap((one) => (one instanceof Unknown ? one.may : [])),
  );
  const [one, other] = [sizeOf(left), sizeOf(right)];
  if (one !== null && other !== null) outcome.size = symbolicArithmetic(op, one, other);
  if (outcome.size === null) outcome.formula = binaryFormula(op, formulaOf(left), formulaOf(right));
  return outcome;
}

const isTuple = (value: Value): value is Unknown | PyTuple =>
  value instanceof PyTuple || (value instanceof Unknown && value.isTuple);

/** `x.shape[:-1] + (heads, width)` ends with the width. */
function joinedTuples(machine: Machine, left: Unknown | PyTuple, right: Unknown | PyTuple): Unknown {
  const joined = machine.unknown((left instanceof Unknown ? left : (right as Unknown)).reason);
  joined.isTuple = true;
  const isNothing = right instanceof PyTuple && right.items.length === 0;
  joined.lastItem = lastOf(isNothing ? left : right);
  return joined;
}

const lastOf = (tuple: Unknown | PyTuple): Value | undefined =>
  tuple instanceof PyTuple ? tuple.items.at(-1) : tuple.lastItem;

/** Null where it is no size, or has become longer than any size is. */
function symbolicArithmetic(
  op: BinaryOperator,
  a: poly.Polynomial,
  b: poly.Polynomial,
): poly.Polynomial | null {
  const result = exactArithmetic(op, a, b);
  return result !== null && poly.isReadable(result) ? result : null;
}

function exactArithmetic(op: BinaryOperator, a: poly.Polynomial, b: poly.Polynomial): poly.Polynomial | null {
  switch (op) {
    case "+":
      return poly.add(a, b);
    case "-":
      return poly.subtract(a, b);
    case "*":
      return poly.multiply(a, b);
    case "//":
      return poly.constantValue(b) === 0 ? null : poly.floorDivide(a, b);
    case "%":
      return poly.constantValue(b) === 0 ? null : poly.remainder(a, b);
    case "**": {
      const exponent = poly.constantValue(b);
      if (exponent === null || exponent < 0 || exponent > 8) return null;
      return Array.from({ length: exponent }, () => a).reduce<poly.Polynomial | null>(
        (power, factor) => power && symbolicArithmetic("*", power, factor),
        poly.constant(1),
      );
    }
    default:
      return null;
  }
}

/** Decided only where the difference is the same whatever the symbols are; undefined otherwise. */
export function symbolicCompare(op: CompareOperator, left: Value, right: Value): boolean | undefined {
  if (!(left instanceof Sym) && !(right instanceof Sym) && !isSameName(left, right)) return undefined;
  const a = polynomialOf(left);
  const b = polynomialOf(right);
  if (a === null || b === null) return undefined;
  const difference = poly.constantValue(poly.subtract(a, b));
  if (difference === null) return undefined;
  switch (op) {
    case "==":
      return difference === 0;
    case "!=":
      return difference !== 0;
    case "<":
      return difference < 0;
    case "<=":
      return difference <= 0;
    case ">":
      return difference > 0;
    case ">=":
      return difference >= 0;
    default:
      return undefined;
  }
}

const isSameName = (left: Value, right: Value): boolean =>
  left instanceof Unknown && right instanceof Unknown && left.path !== null && left.path === right.path;
