import type { Block, Module, Statement, SyntaxProblem } from "../syntax/ast.js";
import { Chunk } from "./chunk.js";
import { Scanner } from "./scan.js";

/** A text read as Python. Hand it to `parseModule` again to read the text after an edit quickly. */
export interface Parsed {
  readonly text: string;
  readonly module: Module;
  /** For the parser alone: the pieces that an edit leaves as they are. */
  readonly chunks: readonly Chunk[];
}

/**
 * Ends a cell where several make one text: what is open before it (a bracket, a string, a block) is not
 * open after it. Unicode sets this character aside for a program's own use; no source contains it.
 */
export const CELL_BOUNDARY = "\ufdd0";

/** Chunks hold whole top-level statements, and no fewer characters than this unless an edit says so. */
const MIN_CHUNK = 400;

/**
 * Reads a text as Python, never failing: what is broken becomes an `ErrorStatement` and a problem in
 * `module.errors`, and the rest goes on. Bodies are lowered when first asked for.
 *
 * With the value that the text before an edit gave, only the top-level statements around the edit are
 * read again. The others are the same objects in the new tree, with their offsets brought up to date,
 * so the previous value must not be used any more.
 */
export function parseModule(text: string, previous?: Parsed): Parsed {
  if (previous?.text === text) return previous;
  const chunks = previous === undefined ? scanAll(text) : rescan(text, previous);
  return { text, chunks, module: new ChunkedModule(chunks) };
}

const scanAll = (text: string): Chunk[] => rescan(text, { text: "", chunks: [] });

/** The chunks of `text`, those taken over that lie before and after its difference from the previous text. */
function rescan(text: string, previous: Pick<Parsed, "text" | "chunks">): Chunk[] {
  const change = difference(previous.text, text);
  const distance = text.length - previous.text.length;
  const firstTouched = previous.chunks.findIndex(({ offset, seen }) => offset + seen >= change.start);
  const found = firstTouched < 0 ? [] : previous.chunks.slice(0, firstTouched);
  const last = found.at(-1);
  const reusable = (offset: number) =>
    offset >= change.end ? chunkIndex(previous.chunks, offset - distance) : -1;
  const endsBefore = (offset: number, start: number) => offset - start >= MIN_CHUNK || reusable(offset) >= 0;

  let at = last === undefined ? 0 : last.end;
  let scanner: Scanner | null = null;
  while (at < text.length) {
    if (text.startsWith(CELL_BOUNDARY, at)) {
      scanner = null;
      at++;
      continue;
    }
    const next = reusable(at);
    if (next >= 0) {
      const rest = previous.chunks.slice(next);
      for (const chunk of rest) chunk.moveTo(chunk.offset + distance);
      return found.concat(rest);
    }
    scanner ??= new Scanner(text, at, cellEnd(text, at), endsBefore);
    const { tokens, end, seen } = scanner.next();
    found.push(new Chunk(ownCopy(text.slice(at, end)), tokens, at, seen - at));
    at = end;
  }
  return found;
}

function cellEnd(text: string, from: number): number {
  const boundary = text.indexOf(CELL_BOUNDARY, from);
  return boundary < 0 ? text.length : boundary;
}

/** The piece of the new text that the old one has not: `end` is exclusive. */
function difference(before: string, after: string): { start: number; end: number } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  const most = shorter - start;
  while (
    same < most &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  ) {
    same++;
  }
  return { start, end: after.length - same };
}

/** The index of the chunk that begins at `offset`, or -1. */
function chunkIndex(chunks: readonly Chunk[], offset: number): number {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chunks[middle]!.offset < offset) low = middle + 1;
    else high = middle;
  }
  return chunks[low]?.offset === offset ? low : -1;
}

/** Engines keep the whole text alive for a slice of it; a chunk must not, as it outlives many edits. */
const ownCopy = (slice: string): string => ` ${slice}`.slice(1);

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
