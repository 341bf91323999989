import type { Site } from "../../types.js";
import { LinePositions } from "../syntax/positions.js";
import type { Span } from "../values.js";

/** A text that knows its own places better than by its lines: the cells of a notebook. */
export interface Placed {
  readonly file: string;
  site(span: { readonly start: number; readonly end: number }): Site;
}

/** Turns offsets into lines and columns, which start at 1. Line starts are found once a text. */
export class SiteFinder {
  readonly #lines = new Map<string, LinePositions>();
  readonly #placed = new Map<string, Placed>();

  constructor(private readonly textOf: (file: string) => string | undefined) {}

  /** From now on the document itself is asked for its places. */
  add(document: Placed): void {
    this.#placed.set(document.file, document);
  }

  /** Line 1, column 1 for a file whose text is not at hand. */
  site({ file, start, end }: Span): Site {
    const placed = this.#placed.get(file);
    if (placed !== undefined) return placed.site({ start, end });
    const lines = this.#linesOf(file);
    const to = lines.at(end);
    return { file, ...lines.at(start), endLine: to.line, endColumn: to.column };
  }

  #linesOf(file: string): LinePositions {
    let lines = this.#lines.get(file);
    if (lines === undefined) {
      lines = new LinePositions(this.textOf(file) ?? "");
      this.#lines.set(file, lines);
    }
    return lines;
  }
}
