import type { Block, Statement, SyntaxProblem } from "../syntax/ast.js";
import { Parser } from "./parser.js";
import { statements } from "./statements.js";
import type { Tokens } from "./tokens.js";

/** What has a place in the text, and moves with it. */
export interface Placed {
  start: number;
  end: number;
  attrStart?: number;
  nameStart?: number;
}

/**
 * A few whole top-level statements: the unit of incremental parsing. An edit elsewhere only moves it.
 * Blocks within it are lowered when somebody first asks for their statements.
 */
export class Chunk {
  readonly problems: SyntaxProblem[] = [];
  readonly pending = new Set<LazyBlock>();
  /** Every node made so far, to be moved with the text. */
  readonly #nodes: Placed[] = [];
  readonly #body: LazyBlock;

  constructor(
    /** The chunk's own text. */
    readonly text: string,
    tokens: Tokens,
    /** Where the chunk begins in the whole text. */
    public offset: number,
    /** How far from its beginning the text had a part in how it was read. */
    readonly seen: number,
  ) {
    this.#body = new LazyBlock(this, tokens, 0);
  }

  get statements(): readonly Statement[] {
    return this.#body.statements;
  }

  /** Where it ends in the whole text. */
  get end(): number {
    return this.offset + this.text.length;
  }

  place<T extends Placed>(node: T): T {
    this.#nodes.push(node);
    return node;
  }

  /** Lowers whatever nobody has asked for yet, so that `problems` is complete. */
  lowerAll(): void {
    for (const block of this.pending) void block.statements;
  }

  moveTo(offset: number): void {
    const distance = offset - this.offset;
    if (distance === 0) return;
    this.offset = offset;
    for (const node of this.#nodes) {
      node.start += distance;
      node.end += distance;
      if (node.attrStart !== undefined) node.attrStart += distance;
      if (node.nameStart !== undefined) node.nameStart += distance;
    }
  }
}

/** The statements between two tokens, lowered when first asked for. */
export class LazyBlock implements Block {
  #statements: readonly Statement[] | null = null;
  #tokens: Tokens | null;

  constructor(
    readonly chunk: Chunk,
    tokens: Tokens,
    readonly first: number,
  ) {
    this.#tokens = tokens;
    chunk.pending.add(this);
  }

  get statements(): readonly Statement[] {
    if (this.#statements === null) {
      this.#statements = statements(new Parser(this.chunk, this.#tokens!, this.first));
      this.#tokens = null;
      this.chunk.pending.delete(this);
    }
    return this.#statements;
  }
}
