/** Sizes and numbers of stubs as the mathematics takes them. */
import type { Quantity } from "../../init/symbolic.js";
import type { Machine } from "../../python/machine.js";
import { polynomialText } from "../../python/symbols/polynomial.js";
import { formulaOf, sizeOf } from "../../python/symbols/symbolic.js";
import { PyFloat, Sym, Unknown, type Value } from "../../python/values.js";
import type { Dim } from "../../types.js";

/** A number, the text of a symbol, or null: not known, or a dimension left free. */
export function dimOf(machine: Machine, size: Value): Dim {
  if (typeof size === "number") return size;
  if (size === null) return null;
  const integer = machine.asInteger(size);
  if (typeof integer === "number") return integer;
  return integer instanceof Unknown ? symbolText(integer) : null;
}

/** An int or float as a number, a symbol as text, anything else as null. */
export function quantityOf(machine: Machine, value: Value): Quantity {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (value instanceof PyFloat) return value.value;
  if (value instanceof Sym) return String(value);
  if (value === null) return null;
  const number = machine.asNumber(value);
  if (typeof number === "number") return number;
  return number instanceof Unknown ? (formulaOf(number)?.text ?? null) : null;
}

function symbolText(value: Unknown): string | null {
  const polynomial = sizeOf(value);
  return polynomial === null ? null : polynomialText(polynomial);
}
