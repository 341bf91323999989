import type { Site } from "../types.js";
import type { Span } from "./values.js";

/** Turns offsets into lines and columns, which start at 1. Line starts are found once a text. */
export class SiteFinder {
  readonly #lines = new Map<string, readonly number[]>();

  constructor(private readonly textOf: (file: string) => string | undefined) {}

  /** Line 1, column 1 for a file whose text is not at hand. */
  site({ file, start, end }: Span): Site {
    const from = this.position(file, start);
    const to = this.position(file, end);
    return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }

  private position(file: string, offset: number): { line: number; column: number } {
    const lines = this.lines(file);
    let [low, high] = [0, lines.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (lines[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - lines[low]! + 1 };
  }

  private lines(file: string): readonly number[] {
    let lines = this.#lines.get(file);
    if (lines === undefined) {
      lines = [
        0,
        ...[...(this.textOf(file) ?? "").matchAll(/\r\n|\r|\n/g)].map(
          (match) => match.index + match[0].length,
        ),
      ];
      this.#lines.set(file, lines);
    }
    return lines;
  }
}
