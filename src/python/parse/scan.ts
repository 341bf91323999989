import {
  afterLineBreak,
  BACKSLASH,
  BYTE_ORDER_MARK,
  DOT,
  FORM_FEED,
  HASH,
  isDigit,
  isLineBreak,
  isNameStart,
  isSpace,
  lineEnd,
  nameEnd,
  SPACE,
  TAB,
} from "./characters.js";
import { numberEnd } from "./scanNumber.js";
import { isQuote, isStringPrefix, quoteWidth, stringEnd, UNTERMINATED } from "./scanString.js";
import { KEYWORDS, OPERATORS, STATEMENT_KEYWORDS, Tokens } from "./tokens.js";

/** CPython refuses more open brackets and more levels of indentation than these. */
const MAX_BRACKETS = 200;
const MAX_INDENTATION_LEVELS = 100;

/**
 * A forgotten bracket makes the scanner look ahead in vain, then go back. Past this many characters per
 * character of text (a file of nothing but open brackets) the rest is given up, so that time stays linear.
 */
const MAX_LOOK_AHEAD = 8;

/** A line that begins with one of these goes on with the statement above it. */
const CONTINUES_STATEMENT = new Set(["elif", "else", "except", "finally"]);

const CLOSES: ReadonlyMap<string, string> = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
]);

/** One or more whole top-level statements and what follows them up to the next. */
export interface ScannedChunk {
  readonly tokens: Tokens;
  readonly end: number;
  /** No character at or after this offset had a part in how the chunk was read. */
  readonly seen: number;
}

/** Something that spoils the whole logical line. */
class BrokenLine {
  constructor(
    readonly message: string,
    readonly start: number,
    readonly end: number,
  ) {}
}

/** The tokens of an expression that stands by itself between two offsets, its line breaks without meaning. */
export function scanExpression(text: string, from: number, to: number): Tokens {
  return new Scanner(text, from, to, () => false).expression();
}

/** Cuts the text from `from` to `limit` into chunks of tokens, one `next` at a time. */
export class Scanner {
  #at: number;
  #tokens = new Tokens(0);
  /** Columns of the open blocks, outermost first, and the token that opened each. */
  #columns: number[] = [0];
  #indents: number[] = [];
  #brackets: number[] = [];
  #seen = 0;
  #lookAhead = 0;

  constructor(
    readonly text: string,
    from: number,
    readonly limit: number,
    /** Whether a chunk should end before the statement that begins at this offset. */
    readonly endsBefore: (offset: number, chunkStart: number) => boolean,
  ) {
    this.#at = from;
  }

  get done(): boolean {
    return this.#at >= this.limit;
  }

  next(): ScannedChunk {
    const start = this.#at;
    this.#tokens = new Tokens(start);
    this.#columns = [0];
    this.#indents = [];
    this.#seen = 0;
    if (this.text.charCodeAt(start) === BYTE_ORDER_MARK) this.#at++;
    let decorated = false;
    while (this.#at < this.limit) {
      const lineStart = this.#at;
      const column = this.#indentation();
      if (this.#skipBlankLine()) continue;
      if (column === 0 && this.#tokens.kinds.length > 0 && !decorated && this.#endsHere(lineStart, start)) {
        this.#at = lineStart;
        break;
      }
      decorated = column === 0 && this.text[this.#at] === "@";
      this.#indent(column);
      this.#logicalLine(column);
    }
    this.#dedentTo(0);
    this.#tokens.add("end", this.#at, this.#at);
    return { tokens: this.#tokens, end: this.#at, seen: Math.max(this.#seen, this.#at) };
  }

  expression(): Tokens {
    this.#tokens = new Tokens(0);
    this.#brackets = [this.#at];
    try {
      while (!this.done) this.#token();
    } catch (problem) {
      if (!(problem instanceof BrokenLine)) throw problem;
      this.#tokens.addError(problem.message, problem.start, problem.end);
    }
    this.#tokens.add("end", this.limit, this.limit);
    return this.#tokens;
  }

  #endsHere(lineStart: number, chunkStart: number): boolean {
    const wordEnd = nameEnd(this.text, this.#at);
    if (CONTINUES_STATEMENT.has(this.text.slice(this.#at, wordEnd))) return false;
    if (!this.endsBefore(lineStart, chunkStart)) return false;
    this.#seen = Math.max(this.#seen, wordEnd + 1);
    return true;
  }

  /** Steps over the white space that begins a line and returns its width, tabs to multiples of 8. */
  #indentation(): number {
    let column = 0;
    let continued = -1;
    for (;;) {
      const code = this.text.charCodeAt(this.#at);
      if (this.#at >= this.limit) break;
      if (code === SPACE) column++;
      else if (code === TAB) column += 8 - (column % 8);
      else if (code === FORM_FEED) column = 0;
      else if (code === BACKSLASH && isLineBreak(this.text.charCodeAt(this.#at + 1))) {
        if (continued < 0) continued = column;
        this.#at = afterLineBreak(this.text, this.#at + 1);
        continue;
      } else break;
      this.#at++;
    }
    return continued >= 0 ? continued : column;
  }

  /** Steps over a line that has nothing but a comment, or nothing. */
  #skipBlankLine(): boolean {
    if (this.#at < this.limit && this.text.charCodeAt(this.#at) === HASH) {
      this.#at = Math.min(lineEnd(this.text, this.#at), this.limit);
    }
    if (this.#at < this.limit) {
      if (!isLineBreak(this.text.charCodeAt(this.#at))) return false;
      this.#at = afterLineBreak(this.text, this.#at);
    }
    return true;
  }

  #indent(column: number): void {
    if (column > this.#columns.at(-1)!) {
      if (this.#columns.length > MAX_INDENTATION_LEVELS) {
        this.#errorLine("too many levels of indentation");
        return;
      }
      this.#columns.push(column);
      this.#indents.push(this.#tokens.kinds.length);
      this.#tokens.add("indent", this.#at, this.#at);
      return;
    }
    this.#dedentTo(column);
    if (column !== this.#columns.at(-1)) {
      this.#errorLine("this indentation does not match any block above");
    }
  }

  #dedentTo(column: number): void {
    while (this.#columns.length > 1 && column < this.#columns.at(-1)!) {
      this.#columns.pop();
      this.#tokens.ends[this.#indents.pop()!] = this.#tokens.kinds.length;
      this.#tokens.add("dedent", this.#at, this.#at);
    }
  }

  /** An error that stands on a line of its own, so that the line at hand is still read. */
  #errorLine(message: string): void {
    this.#tokens.addError(message, this.#at, this.#at);
    this.#tokens.add("newline", this.#at, this.#at);
  }

  #logicalLine(column: number): void {
    const start = this.#at;
    const firstToken = this.#tokens.kinds.length;
    this.#brackets = [];
    try {
      while (!this.#token()) {}
    } catch (problem) {
      if (!(problem instanceof BrokenLine)) throw problem;
      this.#tokens.truncate(firstToken);
      this.#recover(problem, start, column);
    }
  }

  /** Gives up the statement that begins at `start`: its first line and all that is indented under it. */
  #recover(problem: BrokenLine, start: number, column: number): void {
    this.#seen = Math.max(this.#seen, this.#at + 1);
    const reached = this.#at;
    this.#at = Math.min(lineEnd(this.text, start), this.limit);
    this.#lookAhead += Math.max(0, reached - this.#at);
    if (this.#lookAhead > MAX_LOOK_AHEAD * this.text.length) this.#at = this.limit;
    while (this.#at < this.limit) {
      const lineStart = this.#at;
      if (isLineBreak(this.text.charCodeAt(this.#at))) this.#at = afterLineBreak(this.text, this.#at);
      const next = this.#indentation();
      if (this.#skipBlankLine()) continue;
      if (next <= column && !CLOSES.has(this.text[this.#at]!)) {
        this.#at = lineStart;
        break;
      }
      this.#at = Math.min(lineEnd(this.text, this.#at), this.limit);
    }
    this.#tokens.addError(problem.message, problem.start, problem.end);
    this.#tokens.add("newline", this.#at, this.#at);
  }

  /** Reads one token; true when it ended the logical line. */
  #token(): boolean {
    const { text } = this;
    const start = this.#at;
    const code = text.charCodeAt(start);
    if (start >= this.limit) return this.#endOfText();
    if (isSpace(code)) this.#at++;
    else if (isNameStart(text, start)) this.#word();
    else if (isLineBreak(code)) return this.#lineBreak();
    else if (isDigit(code) || (code === DOT && isDigit(text.charCodeAt(start + 1)))) this.#number();
    else if (isQuote(code)) this.#string(start);
    else if (code === HASH) this.#at = Math.min(lineEnd(text, start), this.limit);
    else if (code === BACKSLASH) this.#continuation();
    else this.#operator(code);
    return false;
  }

  #endOfText(): boolean {
    this.#checkBrackets();
    this.#tokens.add("newline", this.#at, this.#at);
    return true;
  }

  #lineBreak(): boolean {
    const start = this.#at;
    this.#at = afterLineBreak(this.text, start);
    if (this.#brackets.length > 0) return false;
    this.#tokens.add("newline", start, this.#at);
    return true;
  }

  #continuation(): void {
    const next = this.#at + 1;
    if (isLineBreak(this.text.charCodeAt(next)) && next < this.limit) {
      this.#at = afterLineBreak(this.text, next);
      return;
    }
    this.#tokens.addError("only a line break may follow a backslash", this.#at, next);
    this.#at = next;
  }

  #word(): void {
    const start = this.#at;
    const end = nameEnd(this.text, start);
    if (isStringPrefix(this.text, start, end)) {
      this.#string(end);
      return;
    }
    this.#at = end;
    const keyword = end - start <= 8 ? KEYWORDS.get(this.text.slice(start, end)) : undefined;
    if (this.#brackets.length > 0 && keyword !== undefined && STATEMENT_KEYWORDS.has(keyword)) {
      if (this.#startsLine(start)) this.#checkBrackets();
    }
    this.#tokens.add(keyword ?? "name", start, end);
  }

  /** Whether only white space stands before `offset` on its line. */
  #startsLine(offset: number): boolean {
    let at = offset - 1;
    while (at >= 0 && isSpace(this.text.charCodeAt(at))) at--;
    return at < 0 || isLineBreak(this.text.charCodeAt(at));
  }

  #number(): void {
    const start = this.#at;
    const end = Math.min(numberEnd(this.text, start), this.limit);
    this.#at = end;
    if (isNameStart(this.text, end)) {
      const wordEnd = nameEnd(this.text, end);
      if (!KEYWORDS.has(this.text.slice(end, wordEnd))) {
        this.#at = wordEnd;
        this.#tokens.addError("this is not a valid number", start, wordEnd);
        return;
      }
    }
    this.#tokens.add("number", start, end);
  }

  #string(quote: number): void {
    const start = this.#at;
    const end = stringEnd(this.text, start, quote, this.limit);
    if (end !== UNTERMINATED) {
      this.#at = end;
      this.#tokens.add("string", start, end);
      return;
    }
    if (quoteWidth(this.text, quote) === 3) {
      this.#at = this.limit;
      this.#brackets = [];
      this.#tokens.addError("this triple-quoted string is never closed", start, quote + 3);
      return;
    }
    this.#at = Math.min(lineEnd(this.text, quote), this.limit);
    this.#tokens.addError("this string is not closed on its line", start, this.#at);
    this.#seen = this.limit; // a brace inside an f-string may look further than its line
  }

  #operator(code: number): void {
    const start = this.#at;
    const operator = OPERATORS[code]?.find((candidate) => this.text.startsWith(candidate, start));
    if (operator === undefined) {
      this.#at += this.text.codePointAt(start)! > 0xffff ? 2 : 1;
      this.#tokens.addError("this character has no meaning in Python", start, this.#at);
      return;
    }
    this.#at += operator.length;
    if (operator === "(" || operator === "[" || operator === "{") this.#openBracket(start);
    else if (operator === ")" || operator === "]" || operator === "}") this.#closeBracket(operator, start);
    this.#tokens.add(operator, start, this.#at);
  }

  #openBracket(start: number): void {
    this.#brackets.push(start);
    if (this.#brackets.length > MAX_BRACKETS) {
      throw new BrokenLine("too many nested brackets", start, start + 1);
    }
  }

  #closeBracket(closer: string, start: number): void {
    const open = this.#brackets.pop();
    if (open === undefined) throw new BrokenLine(`'${closer}' closes nothing`, start, start + 1);
    const opener = this.text[open]!;
    if (opener !== CLOSES.get(closer)) {
      throw new BrokenLine(`'${closer}' does not close '${opener}'`, start, start + 1);
    }
  }

  #checkBrackets(): void {
    const open = this.#brackets.at(-1);
    if (open !== undefined) throw new BrokenLine(`'${this.text[open]}' is never closed`, open, open + 1);
  }
}
