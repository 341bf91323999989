import type { Expression, FormattedString, FormattedValue } from "../syntax/ast.js";
import { BACKSLASH, BRACE_CLOSE, BRACE_OPEN } from "./characters.js";
import { decodeEscapes, withLineFeeds } from "./escapes.js";
import { starExpressions, yieldExpression } from "./expressions.js";
import { Parser, SyntaxFailure } from "./parser.js";
import { scanExpression } from "./scan.js";
import { afterEscape, fieldExpressionEnd, specificationEnd } from "./scanString.js";
import { type Literal, mergeStrings } from "./strings.js";

/** The `=` of `{x=}`, what may follow it included. */
const DEBUG_SIGN = /(?<![=!<>])=\s*(?:#.*\s*)*$/;
const COMMENT = /#.*/g;

type Parts = (string | FormattedValue)[];

/** The texts and replacement fields of an f-string or t-string. */
export function formattedParts(p: Parser, { raw, from, to }: Literal): Parts {
  const { text } = p.chunk;
  const parts: Parts = [];
  let pieceStart = from;
  let at = from;
  const endPiece = (end: number, next: number) => {
    parts.push(piece(p, text.slice(pieceStart, end), raw));
    pieceStart = at = next;
  };
  while (at < to) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at = afterEscape(text, at, true, raw);
    else if (code === BRACE_OPEN || code === BRACE_CLOSE) {
      // A doubled brace stands for one; the piece ends with the first and goes on after the second.
      if (text.charCodeAt(at + 1) === code) endPiece(at + 1, at + 2);
      else if (code === BRACE_CLOSE) p.unexpected("a single '}' in an f-string closes nothing; write '}}'");
      else {
        endPiece(at, at);
        const { value, next } = field(p, at, to, raw);
        parts.push(value);
        pieceStart = at = next;
      }
    } else at++;
  }
  endPiece(to, to);
  return parts;
}

function piece(p: Parser, source: string, raw: boolean): string {
  const value = decodeEscapes(source, raw, false);
  if (value === null) p.unexpected("a backslash escape in this string is malformed");
  return value;
}

/** The replacement field whose opening brace is at `open`, and the offset after its closing brace. */
function field(
  p: Parser,
  open: number,
  limit: number,
  raw: boolean,
): { value: FormattedValue; next: number } {
  const { text, offset } = p.chunk;
  const expressionEnd = fieldExpressionEnd(text, open + 1, limit);
  const source = text.slice(open + 1, expressionEnd);
  const debug = DEBUG_SIGN.exec(source);
  const value = fieldExpression(p, open + 1, debug ? open + 1 + debug.index : expressionEnd);
  let at = expressionEnd;
  let conversion: FormattedValue["conversion"] = null;
  if (text[at] === "!") {
    const letter = /^!([sra])\s*(?=[:}])/.exec(text.slice(at, at + 20));
    if (letter === null) p.unexpected("only !s, !r or !a may convert a value in an f-string");
    conversion = letter[1] as "s" | "r" | "a";
    at += letter[0].length;
  }
  let format: FormattedString | null = null;
  if (text[at] === ":") {
    const end = specificationEnd(text, at + 1, limit);
    format = specification(p, at, end, raw);
    at = end;
  }
  if (debug !== null && conversion === null && format === null) conversion = "r";
  const debugText =
    debug === null ? null : withLineFeeds(source.slice(0, debug.index) + debug[0].replaceAll(COMMENT, ""));
  const place = { start: open + offset, end: at + 1 + offset };
  return { value: p.place({ ...place, value, conversion, format, debugText }), next: at + 1 };
}

/** The format specification from its colon to the closing brace; it may hold fields of its own. */
function specification(p: Parser, colon: number, end: number, raw: boolean): FormattedString {
  const { text, offset } = p.chunk;
  const parts: Parts = [];
  let pieceStart = colon + 1;
  let at = pieceStart;
  while (at < end) {
    if (text.charCodeAt(at) === BRACE_OPEN) {
      parts.push(piece(p, text.slice(pieceStart, at), raw));
      const inner = field(p, at, end, raw);
      parts.push(inner.value);
      pieceStart = at = inner.next;
    } else at++;
  }
  parts.push(piece(p, text.slice(pieceStart, end), raw));
  return p.place({ kind: "JoinedStr", start: colon + offset, end: end + offset, parts: mergeStrings(parts) });
}

/** The expression of a field. A broken one is noted and unknown; the rest of the string stands. */
function fieldExpression(p: Parser, from: number, to: number): Expression {
  const inner = new Parser(p.chunk, scanExpression(p.chunk.text, from, to), 0);
  inner.depth = p.depth + 1;
  try {
    const value = inner.is("yield") ? yieldExpression(inner) : starExpressions(inner);
    if (!inner.is("end")) inner.unexpected("this is no expression");
    return value;
  } catch (failure) {
    if (!(failure instanceof SyntaxFailure)) throw failure;
    p.problem(failure);
    return p.place({ kind: "Error", start: from + p.chunk.offset, end: to + p.chunk.offset });
  }
}
