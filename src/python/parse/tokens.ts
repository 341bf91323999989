/**
 * The tokens of Python. A keyword or an operator is its own kind (`"def"`, `"**="`), so that
 * the parser reads like the grammar.
 */

const KEYWORD_LIST = [
  "False",
  "None",
  "True",
  "and",
  "as",
  "assert",
  "async",
  "await",
  "break",
  "class",
  "continue",
  "def",
  "del",
  "elif",
  "else",
  "except",
  "finally",
  "for",
  "from",
  "global",
  "if",
  "import",
  "in",
  "is",
  "lambda",
  "nonlocal",
  "not",
  "or",
  "pass",
  "raise",
  "return",
  "try",
  "while",
  "with",
  "yield",
] as const;

/** Longest first among those that begin alike. */
const OPERATOR_LIST = [
  "...",
  "**=",
  "//=",
  ">>=",
  "<<=",
  "!=",
  "->",
  "**",
  "//",
  ">>",
  "<<",
  "<=",
  ">=",
  "==",
  ":=",
  "+=",
  "-=",
  "*=",
  "/=",
  "%=",
  "&=",
  "|=",
  "^=",
  "@=",
  "+",
  "-",
  "*",
  "/",
  "%",
  "&",
  "|",
  "^",
  "~",
  "@",
  "<",
  ">",
  "=",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  ",",
  ":",
  ".",
  ";",
] as const;

export type Keyword = (typeof KEYWORD_LIST)[number];
export type Operator = (typeof OPERATOR_LIST)[number];
export type TokenKind =
  | Keyword
  | Operator
  | "name"
  | "number"
  | "string"
  | "newline"
  | "indent"
  | "dedent"
  | "error"
  | "end";

export const KEYWORDS: ReadonlyMap<string, Keyword> = new Map(KEYWORD_LIST.map((word) => [word, word]));

/** By the code of its first character: the operators that begin with it. */
export const OPERATORS: readonly (readonly Operator[] | undefined)[] = Array.from(
  { length: 128 },
  (_, code) => {
    const operators = OPERATOR_LIST.filter((operator) => operator.charCodeAt(0) === code);
    return operators.length > 0 ? operators : undefined;
  },
);

/** Keywords that no expression contains: at the start of a line they prove that an open bracket was forgotten. */
export const STATEMENT_KEYWORDS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  "assert",
  "break",
  "class",
  "continue",
  "def",
  "del",
  "elif",
  "except",
  "finally",
  "global",
  "import",
  "nonlocal",
  "pass",
  "raise",
  "return",
  "try",
  "while",
  "with",
]);

/** The tokens of a piece of source, as columns: offsets count from `origin`, the beginning of the piece. */
export class Tokens {
  readonly kinds: TokenKind[] = [];
  readonly starts: number[] = [];
  /** Of an `indent`, the index of the `dedent` that closes it; of any other token, its exclusive end. */
  readonly ends: number[] = [];
  /** What is wrong, by the index of an `error` token. */
  readonly messages = new Map<number, string>();

  constructor(readonly origin: number) {}

  add(kind: TokenKind, start: number, end: number): void {
    this.kinds.push(kind);
    this.starts.push(start - this.origin);
    this.ends.push(end - this.origin);
  }

  addError(message: string, start: number, end: number): void {
    this.messages.set(this.kinds.length, message);
    this.add("error", start, end);
  }

  truncate(length: number): void {
    this.kinds.length = length;
    this.starts.length = length;
    this.ends.length = length;
    for (const index of this.messages.keys()) if (index >= length) this.messages.delete(index);
  }
}
