import type { TextEdit } from "../../src/types.js";

/** The text with the edits, last first, so that the places of the others stay. */
export function applied(source: string, edits: readonly TextEdit[]): string {
  const lines = source.split("\n");
  const offset = (line: number, column: number): number =>
    lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0) + column - 1;
  return [...edits]
    .sort((a, b) => b.line - a.line || b.column - a.column)
    .reduce(
      (text, { line, column, endLine, endColumn, newText }) =>
        text.slice(0, offset(line, column)) + newText + text.slice(offset(endLine, endColumn)),
      source,
    );
}
