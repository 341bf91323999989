import type { Block, Module, Statement, SyntaxProblem } from "./ast.js";
import { Chunk } from "./parse/chunk.js";
import { Scanner } from "./parse/scan.js";

/** A text read as Python. Hand it to `parseModule` again to read the text after an edit quickly. */
export interface Parsed {
  readonly text: string;
  readonly module: Module;
  /** For the parser alone: the pieces that an edit leaves as they are. */
  readonly chunks: readonly Chunk[];
}

/** Chunks hold whole top-level statements, and no fewer characters than this unless an edit says so. */
const MIN_CHUNK = 400;

/**
 * Reads a text as Python, never failing: what is broken becomes an `ErrorStatement` and a problem in
 * `module.errors`, and the rest goes on. Bodies are lowered when first asked for.
 */
export function parseModule(text: string): Parsed {
  const chunks: Chunk[] = [];
  const scanner = new Scanner(text, 0, text.length, (offset, start) => offset - start >= MIN_CHUNK);
  let offset = 0;
  do {
    const { tokens, end, seen } = scanner.next();
    chunks.push(new Chunk(text.slice(offset, end), tokens, offset, seen - offset));
    offset = end;
  } while (!scanner.done);
  return { text, chunks, module: new ChunkedModule(chunks) };
}

/** The module that chunks make together. */
class ChunkedModule implements Module, Block {
  #statements: readonly Statement[] | null = null;

  constructor(readonly chunks: readonly Chunk[]) {}

  get body(): Block {
    return this;
  }

  get statements(): readonly Statement[] {
    this.#statements ??= this.chunks.flatMap((chunk) => chunk.statements);
    return this.#statements;
  }

  /** All syntax problems in the order of the text. Asking lowers every block. */
  get errors(): readonly SyntaxProblem[] {
    for (const chunk of this.chunks) chunk.lowerAll();
    return this.chunks.flatMap((chunk) => chunk.problems).sort((a, b) => a.start - b.start);
  }
}
