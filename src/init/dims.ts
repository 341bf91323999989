import type { Dim, Shape } from "../types.js";

/** Arithmetic on dimensions: numbers stay numbers, symbols become text, anything unknown is `null`. */

/** Product: `64`, `9*n_embd`, `null`. An empty product is 1. */
export function product(dims: Shape): Dim {
  let coefficient = 1;
  const factors: string[] = [];
  for (const dim of dims) {
    if (dim === null) return null;
    const [number, symbol] = typeof dim === "number" ? [dim, ""] : split(dim);
    coefficient *= number;
    if (symbol !== "") factors.push(symbol);
  }
  if (factors.length === 0 || coefficient === 0) return coefficient;
  return coefficient === 1 && factors.length === 1
    ? unwrap(factors[0]!)
    : [...(coefficient === 1 ? [] : [String(coefficient)]), ...factors].join("*");
}

/** Sum: `96`, `n_in + 32`, `null`. Equal symbols add up: `3*n + n` is `4*n`. */
export function sum(a: Dim, b: Dim): Dim {
  if (a === null || b === null) return null;
  if (typeof a === "number" && typeof b === "number") return a + b;
  if (a === 0) return b;
  if (b === 0) return a;
  const [na, sa] = typeof a === "number" ? [a, ""] : split(a);
  const [nb, sb] = typeof b === "number" ? [b, ""] : split(b);
  return sa === sb ? product([na + nb, unwrap(sa)]) : `${text(a)} + ${text(b)}`;
}

/** Quotient where it is exact or symbolic: `9`, `n_embd/4`; `null` where unknown or not whole. */
export function quotient(a: Dim, b: Dim): Dim {
  if (a === null || b === null || b === 0) return null;
  if (b === 1) return a;
  if (typeof a === "number" && typeof b === "number") return a % b === 0 ? a / b : null;
  if (a === b) return 1;
  const [number, symbol] = typeof a === "number" ? [a, ""] : split(a);
  if (typeof b === "number" && number % b === 0) return product([number / b, unwrap(symbol)]);
  return `${typeof a === "string" ? wrap(a) : a}/${typeof b === "string" ? wrap(b, /[^\w.]/) : b}`;
}

/** `√64` as a number, or `√n_embd` in symbols; used in formulas. */
export function isKnown(dim: Dim): dim is number {
  return typeof dim === "number";
}

/** Every dimension a number. */
export function isConcrete(shape: Shape): shape is readonly number[] {
  return shape.every(isKnown);
}

/** A symbol with round brackets where it would otherwise read wrongly next to `*` or `√`. */
export function wrap(symbol: string, ambiguous = /[^\w.*]/): string {
  return ambiguous.test(symbol.replaceAll(/\[[^\][]*\]/g, "")) && !isBracketed(symbol)
    ? `(${symbol})`
    : symbol;
}

/** Whether the first character is a round bracket and the last one closes it. */
function isBracketed(symbol: string): boolean {
  let depth = 0;
  for (const [at, character] of [...symbol].entries()) {
    if (character === "(") depth++;
    if (character === ")") depth--;
    if (depth === 0) return at > 0 && at === symbol.length - 1;
  }
  return false;
}

/** A name with what is taken of it, or a term in brackets. */
const FACTOR = String.raw`(?:[\w.]+(?:\[[^\][]*\])?|\((?:[^()]|\([^()]*\))*\))`;
const MULTIPLE = new RegExp(String.raw`^(\d+)\*(${FACTOR}(?:\*${FACTOR})*)$`);

/** `4*n_embd` → 4, `n_embd`; `4*(n//4)` → 4, `(n//4)`; anything else → 1 and itself, bracketed. */
function split(symbol: string): readonly [number, string] {
  const match = MULTIPLE.exec(symbol);
  return match ? [Number(match[1]), match[2]!] : [1, wrap(symbol)];
}

const text = (dim: number | string): string => (typeof dim === "number" ? String(dim) : unwrap(dim));

function unwrap(symbol: string): string {
  return isBracketed(symbol) ? symbol.slice(1, -1) : symbol;
}
