import {
  afterLineBreak,
  BACKSLASH,
  BRACE_CLOSE,
  BRACE_OPEN,
  DOUBLE_QUOTE,
  HASH,
  isLineBreak,
  isNameStart,
  lineEnd,
  nameEnd,
  SINGLE_QUOTE,
} from "./characters.js";

/** Where a string literal was not closed. */
export const UNTERMINATED = -1;

/** CPython allows 150 f-strings inside one another; deeper text is no program. */
const MAX_FORMAT_DEPTH = 100;

const PREFIX = /^(?:[bruft]|[bft]r|r[bft])$/i;

export const isQuote = (code: number): boolean => code === DOUBLE_QUOTE || code === SINGLE_QUOTE;

/** Whether `text` from `start` to `quote` may stand before a string's quote: `b`, `rf`, and so on. */
export function isStringPrefix(text: string, start: number, quote: number): boolean {
  return quote - start <= 2 && isQuote(text.charCodeAt(quote)) && PREFIX.test(text.slice(start, quote));
}

/** The quotes of a literal whose first quote is at `quote`: how many open and close it. */
export function quoteWidth(text: string, quote: number): 1 | 3 {
  const code = text.charCodeAt(quote);
  return text.charCodeAt(quote + 1) === code && text.charCodeAt(quote + 2) === code ? 3 : 1;
}

/** The exclusive end of the string whose prefix begins at `start` and whose quote is at `quote`, or `UNTERMINATED`. */
export function stringEnd(text: string, start: number, quote: number, limit: number, depth = 0): number {
  let formatted = false;
  let raw = false;
  for (let i = start; i < quote; i++) {
    const letter = text.charCodeAt(i) | 32;
    formatted ||= letter === 102 || letter === 116; // f, t
    raw ||= letter === 114; // r
  }
  const width = quoteWidth(text, quote);
  const mark = text.charCodeAt(quote);
  let at = quote + width;
  while (at < limit) {
    const code = text.charCodeAt(at);
    if (code === mark && (width === 1 || closes(text, at, mark))) {
      return at + width <= limit ? at + width : UNTERMINATED;
    }
    if (code === BACKSLASH) at = afterEscape(text, at, formatted, raw);
    else if (width === 1 && isLineBreak(code)) return UNTERMINATED;
    else if (formatted && code === BRACE_OPEN) {
      if (text.charCodeAt(at + 1) === BRACE_OPEN) at += 2;
      else {
        at = fieldEnd(text, at + 1, limit, depth + 1);
        if (at === UNTERMINATED) return UNTERMINATED;
      }
    } else at++;
  }
  return UNTERMINATED;
}

const closes = (text: string, at: number, mark: number): boolean =>
  text.charCodeAt(at + 1) === mark && text.charCodeAt(at + 2) === mark;

/** Steps over a backslash and what it escapes. A brace after it still opens a field. */
export function afterEscape(text: string, at: number, formatted: boolean, raw: boolean): number {
  const next = text.charCodeAt(at + 1);
  if (formatted) {
    if (next === BRACE_OPEN || next === BRACE_CLOSE) return at + 1;
    if (!raw && text.startsWith("N{", at + 1)) {
      const close = text.indexOf("}", at);
      if (close > 0) return close + 1;
    }
  }
  return isLineBreak(next) ? afterLineBreak(text, at + 1) : at + 2;
}

/** The offset after the brace that closes the field whose text begins at `from`. */
function fieldEnd(text: string, from: number, limit: number, depth: number): number {
  const at = fieldExpressionEnd(text, from, limit, depth);
  return at === UNTERMINATED ? UNTERMINATED : fieldTailEnd(text, at, limit, depth);
}

/** Where the expression of a field ends: the offset of its top-level `!`, `:` or `}`. */
export function fieldExpressionEnd(text: string, from: number, limit: number, depth = 0): number {
  if (depth > MAX_FORMAT_DEPTH) return UNTERMINATED;
  let brackets = 0;
  let at = from;
  while (at < limit) {
    const code = text.charCodeAt(at);
    if (isNameStart(text, at)) {
      const end = nameEnd(text, at);
      if (isStringPrefix(text, at, end)) at = stringEnd(text, at, end, limit, depth);
      else at = end;
    } else if (isQuote(code)) at = stringEnd(text, at, at, limit, depth);
    else if (code === HASH) at = lineEnd(text, at);
    else {
      const character = text[at]!;
      if (brackets === 0) {
        if (character === ":" || character === "}") return at;
        if (character === "!" && text[at + 1] !== "=") return at;
        if (character === "!") at++;
      }
      if ("([{".includes(character)) brackets++;
      else if (")]}".includes(character)) brackets--;
      at++;
    }
    if (at === UNTERMINATED || brackets < 0) return UNTERMINATED;
  }
  return UNTERMINATED;
}

/** From the `!`, `:` or `}` that ends a field's expression to the offset after its closing brace. */
function fieldTailEnd(text: string, from: number, limit: number, depth: number): number {
  let at = from;
  while (at < limit && text[at] !== ":" && text[at] !== "}") at++;
  if (text[at] === ":") at = specificationEnd(text, at + 1, limit, depth);
  return at === UNTERMINATED || at >= limit ? UNTERMINATED : at + 1;
}

/** The offset of the brace that ends a format specification, fields within it stepped over. */
export function specificationEnd(text: string, from: number, limit: number, depth = 0): number {
  let at = from;
  while (at < limit) {
    const code = text.charCodeAt(at);
    if (code === BRACE_CLOSE) return at;
    if (code === BRACE_OPEN) {
      at = fieldEnd(text, at + 1, limit, depth + 1);
      if (at === UNTERMINATED) return UNTERMINATED;
    } else at++;
  }
  return UNTERMINATED;
}
