import type { Expression, FormattedValue } from "../syntax/ast.js";
import { decodeEscapes } from "./escapes.js";
import { formattedParts } from "./formatted.js";
import type { Parser } from "./parser.js";
import { isQuote, quoteWidth } from "./scanString.js";

/** One string token taken apart; offsets are into the chunk's text. */
export interface Literal {
  readonly raw: boolean;
  readonly kind: "str" | "bytes" | "formatted" | "template";
  /** The characters between the quotes. */
  readonly from: number;
  readonly to: number;
}

/** One or more adjacent string literals, which make one string. */
export function strings(p: Parser): Expression {
  const { start } = p;
  const literals: Literal[] = [];
  const parts: (string | FormattedValue)[] = [];
  while (p.is("string")) {
    const literal = takeApart(p);
    literals.push(literal);
    if (literal.kind === "formatted" || literal.kind === "template")
      parts.push(...formattedParts(p, literal));
    else parts.push(plainValue(p, literal));
    p.advance();
  }
  const place = { start, end: p.end };
  for (const kind of ["bytes", "template"] as const) {
    const count = literals.filter((literal) => literal.kind === kind).length;
    if (count > 0 && count < literals.length) p.fail("these kinds of string cannot be joined", place);
  }
  const { kind } = literals[0]!;
  if (kind === "template") return p.place({ kind: "TemplateStr", ...place, parts: mergeStrings(parts) });
  if (literals.some((literal) => literal.kind === "formatted")) {
    return p.place({ kind: "JoinedStr", ...place, parts: mergeStrings(parts) });
  }
  return p.place({
    kind: "Constant",
    ...place,
    type: kind === "bytes" ? "bytes" : "str",
    value: parts.join(""),
  });
}

function takeApart(p: Parser): Literal {
  const { text } = p.chunk;
  const start = p.tokens.starts[p.at]!;
  let quote = start;
  while (!isQuote(text.charCodeAt(quote))) quote++;
  const prefix = text.slice(start, quote).toLowerCase();
  const width = quoteWidth(text, quote);
  const kind = prefix.includes("f")
    ? "formatted"
    : prefix.includes("t")
      ? "template"
      : prefix.includes("b")
        ? "bytes"
        : "str";
  return { raw: prefix.includes("r"), kind, from: quote + width, to: p.tokens.ends[p.at]! - width };
}

function plainValue(p: Parser, { raw, kind, from, to }: Literal): string {
  const source = p.chunk.text.slice(from, to);
  const value = decodeEscapes(source, raw, kind === "bytes");
  if (value === null) p.unexpected("a backslash escape in this string is malformed");
  if (kind === "bytes" && /[^\0-\x7f]/.test(source))
    p.unexpected("a bytes literal can only contain ASCII characters");
  return value;
}

/** Joins neighbouring strings and drops empty ones. */
export function mergeStrings(parts: readonly (string | FormattedValue)[]): (string | FormattedValue)[] {
  const merged: (string | FormattedValue)[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === "string" && typeof last === "string") merged[merged.length - 1] = last + part;
    else if (part !== "") merged.push(part);
  }
  return merged;
}
