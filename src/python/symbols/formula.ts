/**
 * What a real number nobody knows is computed as, for people to read: `0.02/√(2*n_layer)`. A formula decides
 * nothing. Null stands for a number without one, and all that is computed from it.
 */
import type { BinaryOperator } from "../syntax/ast.js";

export interface Formula {
  readonly text: string;
  /** Keys of the names in it that nothing shows to be one number each: they may be arrays. */
  readonly names: readonly string[];
}

/** Longer ones nobody reads. */
const LONGEST = 60;
/** Digits of a number in a formula. */
const DIGITS = 6;

export const numberFormula = (value: number): Formula => ({
  text: String(Number(value.toPrecision(DIGITS))),
  names: [],
});

/** Null also where it is not written with these signs. */
export function binaryFormula(op: BinaryOperator, a: Formula | null, b: Formula | null): Formula | null {
  const text = a && b && binaryText(op, a.text, b.text);
  return text === null ? null : readable(text, [...new Set([...a!.names, ...b!.names])]);
}

/** `√x`, `√(2*x)`. */
export const rootFormula = (of: Formula | null): Formula | null =>
  of && readable(rootText(of.text), of.names);

/** `-x`, `-(1/√x)`. */
export const negativeFormula = (of: Formula | null): Formula | null =>
  of && readable(`-${bracket(of.text, FRACTION)}`, of.names);

function binaryText(op: BinaryOperator, a: string, b: string): string | null {
  switch (op) {
    case "+":
      return `${a} + ${b}`;
    case "-":
      return `${a} - ${bracket(b, SUM)}`;
    case "*":
      return a === "1" ? b : b === "1" ? a : `${bracket(a, FRACTION)}*${bracket(b, FRACTION)}`;
    case "/":
      return b === "1" ? a : `${bracket(a, FRACTION)}/${bracket(b, PRODUCT)}`;
    case "**":
      return powerText(a, b);
    default:
      return null;
  }
}

function powerText(base: string, exponent: string): string | null {
  switch (exponent) {
    case "0.5":
      return rootText(base);
    case "-0.5":
      return `1/${rootText(base)}`;
    case "-1":
      return `1/${bracket(base, PRODUCT)}`;
    case "2":
      return `${bracket(base, ANY)}²`;
    default:
      return null;
  }
}

const rootText = (text: string): string => `√${bracket(text, ANY)}`;

const SUM = /[-+ ]/;
const FRACTION = /[-+ /√]/;
const PRODUCT = /[-+ /*]/;
const ANY = /[-+ /*√²]/;

/** The text, in round brackets where it holds one of the signs outside any. */
function bracket(text: string, signs: RegExp): string {
  return signs.test(outside(text)) ? `(${text})` : text;
}

/** A text without what stands in its brackets. */
function outside(text: string): string {
  const inner = text.replaceAll(/\([^()]*\)|\[[^[\]]*\]/g, "");
  return inner === text ? text : outside(inner);
}

const readable = (text: string, names: readonly string[]): Formula | null =>
  text.length <= LONGEST ? { text, names } : null;
