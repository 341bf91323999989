import type { Chunk, Placed } from "./chunk.js";
import type { TokenKind, Tokens } from "./tokens.js";

/**
 * How deep expressions may nest. Each level of brackets costs about a dozen frames of the JavaScript
 * stack, and CPython allows 200 brackets.
 */
const MAX_DEPTH = 250;

/** Ends the statement at hand; the parser goes on with the next one. */
export class SyntaxFailure {
  constructor(
    readonly message: string,
    readonly start: number,
    readonly end: number,
  ) {}
}

const WHITE_SPACE: ReadonlySet<TokenKind> = new Set<TokenKind>(["newline", "indent", "dedent"]);

/** A place among the tokens of a chunk, and what every rule of the grammar needs there. */
export class Parser {
  depth = 0;

  constructor(
    readonly chunk: Chunk,
    readonly tokens: Tokens,
    public at: number,
  ) {}

  /** The kind of the token at hand. */
  get kind(): TokenKind {
    return this.tokens.kinds[this.at]!;
  }

  /** The kind of the token `distance` after it. */
  peek(distance: number): TokenKind {
    return this.tokens.kinds[this.at + distance] ?? "end";
  }

  /** Where the token at hand begins. */
  get start(): number {
    return this.tokens.starts[this.at]! + this.chunk.offset;
  }

  /** Where the last token before the one at hand ends, white space not counted. */
  get end(): number {
    let last = this.at - 1;
    while (last >= 0 && WHITE_SPACE.has(this.tokens.kinds[last]!)) last--;
    return last < 0 ? this.start : this.tokens.ends[last]! + this.chunk.offset;
  }

  /** The source of the token at hand. */
  get text(): string {
    return this.chunk.text.slice(this.tokens.starts[this.at], this.tokens.ends[this.at]);
  }

  is(kind: TokenKind): boolean {
    return this.tokens.kinds[this.at] === kind;
  }

  /** Whether the token at hand is the name `word`, which is a keyword only in some places. */
  isSoftKeyword(word: string): boolean {
    return this.is("name") && this.text === word;
  }

  advance(): void {
    if (!this.is("end")) this.at++;
  }

  accept(kind: TokenKind): boolean {
    if (!this.is(kind)) return false;
    this.at++;
    return true;
  }

  expect(kind: TokenKind): void {
    if (!this.accept(kind)) this.unexpected(`'${kind}' is missing here`);
  }

  /** Reads a name, in the form that Python compares names by. */
  name(): string {
    if (!this.is("name")) this.unexpected("a name is missing here");
    const { text } = this;
    this.at++;
    for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return text.normalize("NFKC");
    return text;
  }

  place<T extends Placed>(node: T): T {
    return this.chunk.place(node);
  }

  /** Fails at the token at hand; a token that is itself wrong says so instead. */
  unexpected(message: string): never {
    const start = this.start;
    const end = WHITE_SPACE.has(this.kind) ? start : this.tokens.ends[this.at]! + this.chunk.offset;
    throw new SyntaxFailure(this.tokens.messages.get(this.at) ?? message, start, end);
  }

  fail(message: string, { start, end }: { start: number; end: number }): never {
    throw new SyntaxFailure(message, start, end);
  }

  problem({ message, start, end }: SyntaxFailure): void {
    this.chunk.problems.push(this.place({ message, start, end }));
  }

  /** Begins a rule that may contain itself. A failure in between need not be undone: it ends the statement. */
  enter(): void {
    if (++this.depth > MAX_DEPTH) this.unexpected("this expression is nested too deeply");
  }

  leave(): void {
    this.depth--;
  }
}
