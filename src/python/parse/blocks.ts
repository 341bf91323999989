import type { Block, Statement } from "../syntax/ast.js";
import { LazyBlock } from "./chunk.js";
import { type Parser, SyntaxFailure } from "./parser.js";
import { simpleStatements } from "./statements.js";

export const EMPTY_BLOCK: Block = { statements: [] };

/** The colon that ends a statement's first line, and the block under it or beside it. */
export function block(p: Parser): Block {
  colon(p);
  if (!p.accept("newline")) {
    const found: Statement[] = [];
    simpleStatements(p, found);
    return { statements: found };
  }
  if (!p.is("indent")) {
    p.problem(new SyntaxFailure("an indented block is missing after this line", p.end, p.end));
    return EMPTY_BLOCK;
  }
  const body = new LazyBlock(p.chunk, p.tokens, p.at + 1);
  p.at = p.tokens.ends[p.at]! + 1;
  return body;
}

/** The colon before a block. One that is merely forgotten does not cost the block. */
export function colon(p: Parser): void {
  if (p.accept(":")) return;
  if (!p.is("newline") || p.peek(1) !== "indent") p.unexpected("':' is missing here");
  p.problem(new SyntaxFailure("':' is missing at the end of this line", p.end, p.end));
}
