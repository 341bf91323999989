/**
 * Python fixtures with marks in them, so that no test states a line number.
 *
 * `$0` is the cursor. A comment of carets marks a stretch of the last line of code above it and says what
 * is expected there; the `#` takes a column, so what it marks begins in the second column or later.
 *
 *     layer = nn.Linear(784, 256)$0
 *     #       ^^^^^^^^^^^^^^^^^^^ weight [256, 784] fan 784→256
 */
import assert from "node:assert/strict";

/** A stretch of one line, from `column` up to but not with `endColumn`; both and the line start at 1. */
export interface Mark {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly text: string;
}

export interface Cursor {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export interface MarkedPython {
  /** The source without any mark. */
  readonly source: string;
  /** Null where the fixture has no `$0`. */
  readonly cursor: Cursor | null;
  /** In the order of the lines, then of the columns. */
  readonly marks: readonly Mark[];
}

const MARK_LINE = /^(\s*#\s*)(\^+)(?: (.*))?$/;
const CURSOR = "$0";

/** Takes the marks out of a fixture. */
export function readMarked(fixture: string): MarkedPython {
  const code: string[] = [];
  const marks: Mark[] = [];
  let cursor: Cursor | null = null;
  for (const line of fixture.split("\n")) {
    const [, before = "", carets = "", text = ""] = MARK_LINE.exec(line) ?? [];
    if (carets !== "") {
      const column = before.length + 1;
      marks.push({ line: code.length, column, endColumn: column + carets.length, text: text.trimEnd() });
      continue;
    }
    const at = line.indexOf(CURSOR);
    if (at >= 0) {
      assert.equal(cursor, null, "a fixture has one cursor at most");
      const offset = code.reduce((sum, each) => sum + each.length + 1, at);
      cursor = { offset, line: code.length + 1, column: at + 1 };
    }
    code.push(at < 0 ? line : line.replace(CURSOR, ""));
  }
  return { source: code.join("\n"), cursor, marks: sorted(marks) };
}

/** The source with its marks under their lines: what a fixture without a cursor looks like. */
export function writeMarked(source: string, marks: readonly Mark[]): string {
  const lines = source.split("\n").flatMap((code, index) => {
    const own = sorted(marks).filter(({ line }) => line === index + 1);
    return [code, ...own.map(markLine)];
  });
  return lines.join("\n");
}

/** Fails with a readable difference unless what was found in the fixture's source is what it expects. */
export function assertMarked(fixture: string, find: (marked: MarkedPython) => readonly Mark[]): void {
  const marked = readMarked(fixture);
  const { source, marks } = marked;
  assert.equal(writeMarked(source, find(marked)), writeMarked(source, marks));
}

const sorted = (marks: readonly Mark[]): Mark[] =>
  [...marks].sort((a, b) => a.line - b.line || a.column - b.column);

/** A mark in the first column cannot be written, so it is told by its column. */
function markLine({ column, endColumn, text }: Mark): string {
  const carets = "^".repeat(Math.max(1, endColumn - column));
  return column < 2
    ? `#(column ${column}) ${carets} ${text}`
    : `${"#".padEnd(column - 1)}${carets} ${text}`.trimEnd();
}
