import type { Site, SourceDocument } from "../../types.js";
import { CELL_BOUNDARY } from "../parse/parse.js";
import { LinePositions } from "../syntax/positions.js";
import { withoutMagics } from "./magics.js";

interface CellPlace {
  /** Index among all cells of the notebook; null for a plain file. */
  readonly index: number | null;
  /** Offset of the cell's first character in the joined text. */
  readonly start: number;
  readonly positions: LinePositions;
}

/**
 * A document as the one text that `parseModule` reads. Every character keeps its place; between two cells
 * stands one boundary, so that what is left open in a cell ends with it.
 */
export class ModuleText {
  readonly text: string;
  readonly #places: readonly CellPlace[];

  constructor(readonly document: SourceDocument) {
    const places: CellPlace[] = [];
    let offset = 0;
    for (const { index, text } of document.cells) {
      places.push({ index, start: offset, positions: new LinePositions(text) });
      offset += text.length + CELL_BOUNDARY.length;
    }
    this.#places = places;
    this.text = document.cells
      .map(({ index, text }) => (index === null ? text : withoutMagics(text.replaceAll(CELL_BOUNDARY, " "))))
      .join(CELL_BOUNDARY);
  }

  get file(): string {
    return this.document.file;
  }

  /** Lines and columns of a stretch of the text, counted within the cell where it begins. */
  site({ start, end }: { readonly start: number; readonly end: number }): Site {
    const place = this.#placeOf(start);
    if (place === undefined) return { file: this.file, line: 1, column: 1 };
    const from = place.positions.at(start - place.start);
    const to = place.positions.at(end - place.start);
    const cell = place.index === null ? {} : { cell: place.index };
    return { file: this.file, ...from, endLine: to.line, endColumn: to.column, ...cell };
  }

  /** The offset of a place in this document; `undefined` where the cell is not one of its own. */
  offset({ line, column, cell }: Site): number | undefined {
    const place = this.#places.find(({ index }) => index === (cell ?? null));
    return place && place.start + place.positions.offset({ line, column });
  }

  #placeOf(offset: number): CellPlace | undefined {
    const places = this.#places;
    let [low, high] = [0, places.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (places[middle]!.start <= offset) low = middle;
      else high = middle - 1;
    }
    return places[low];
  }
}
