import type { Constant, Expression } from "../syntax/ast.js";
import type { Parser } from "./parser.js";

/** CPython refuses longer decimal integers too: reading one takes time quadratic in its digits. */
const MAX_DECIMAL_DIGITS = 4_300;

/** A number literal: int (a bigint past 2^53), float or imaginary. */
export function number(p: Parser): Expression {
  const { start, text } = p;
  const value = numberValue(text.includes("_") ? text.replaceAll("_", "") : text);
  if (typeof value === "string") p.unexpected(value);
  p.advance();
  return p.place({ kind: "Constant", start, end: p.end, ...value });
}

/** The value of a literal without underscores, or what is wrong with it. */
function numberValue(text: string): Pick<Constant, "type" | "value"> | string {
  if (/^0[xob]/i.test(text)) return text.length > 2 ? integer(text) : "this number has no digits";
  if (/j$/i.test(text)) return { type: "complex", value: Number(text.slice(0, -1)) };
  if (/[.e]/i.test(text)) return { type: "float", value: Number(text) };
  if (/^0+[1-9]/.test(text)) return "a decimal integer cannot begin with 0; write 0o for octal";
  if (text.length > MAX_DECIMAL_DIGITS) return "this integer has too many digits";
  return integer(text);
}

function integer(text: string): Pick<Constant, "type" | "value"> {
  const value = Number(text);
  return { type: "int", value: Number.isSafeInteger(value) ? value : BigInt(text) };
}
