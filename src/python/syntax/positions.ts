/** A place as editors show it. Both start at 1; columns count UTF-16 code units, as VS Code does. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where the lines of a text begin; made in one pass, asked in O(log lines). */
export class LinePositions {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (const match of text.matchAll(/\r\n?|\n/g)) this.#starts.push(match.index + match[0].length);
  }

  /** The line and column of an offset; an offset outside the text counts from its nearest line. */
  at(offset: number): Position {
    const starts = this.#starts;
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.max(1, offset - starts[low]! + 1) };
  }

  /** The offset of a line and column; that of the last line where there are fewer. */
  offset({ line, column }: Position): number {
    return this.#starts[Math.min(line, this.#starts.length) - 1]! + column - 1;
  }
}
