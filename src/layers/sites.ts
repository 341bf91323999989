/** Offsets in a file → lines and columns, cells of a notebook included. */
import type { Span } from "../python/values.js";
import type { FileReader, Site, SourceDocument } from "../types.js";

/** Offsets at which lines begin. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The last index whose value is not above `offset`. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Turns spans into sites; texts are read once. */
export class Sites {
  readonly #starts = new Map<string, readonly number[]>();

  constructor(
    private readonly document: SourceDocument,
    private readonly reader: FileReader,
  ) {}

  /** The site of a span; line 1 where the file cannot be read. */
  site({ file, start, end }: Span): Site {
    const from = this.position(file, start);
    const to = this.position(file, end);
    return { file, ...from, endLine: to.line, endColumn: to.column };
  }

  private position(file: string, offset: number): { line: number; column: number } {
    let starts = this.#starts.get(file);
    if (starts === undefined) {
      starts = lineStarts(file === this.document.file ? this.text() : (this.reader.read(file) ?? ""));
      this.#starts.set(file, starts);
    }
    const line = lineOf(starts, offset);
    return { line: line + 1, column: offset - starts[line]! + 1 };
  }

  private text(): string {
    return this.document.cells.map(({ text }) => text).join("\n");
  }
}
