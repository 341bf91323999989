import * as vscode from "vscode";

/**
 * The lines of a document that have a lens, moved along with its edits. A line that is being written is for a
 * moment no layer any more: its lens keeps its place, so that the text below does not jump.
 */
export class KeptLines implements vscode.Disposable {
  readonly #lines = new WeakMap<vscode.TextDocument, readonly number[]>();
  readonly #listener = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    const lines = this.#lines.get(document);
    if (lines) this.#lines.set(document, contentChanges.reduce(moved, lines));
  });

  /** Remembers the lines that have a lens now. */
  keep(document: vscode.TextDocument, lines: readonly number[]): void {
    this.#lines.set(document, lines);
  }

  /** Lines that had a lens, have none among `now`, and are written on: a cursor stands there, and text. */
  written(document: vscode.TextDocument, now: readonly number[]): number[] {
    const has = new Set(now);
    const cursors = cursorLines(document);
    return [...new Set(this.#lines.get(document) ?? [])].filter(
      (line) =>
        !has.has(line) &&
        cursors.has(line) &&
        line < document.lineCount &&
        !document.lineAt(line).isEmptyOrWhitespace,
    );
  }

  dispose(): void {
    this.#listener.dispose();
  }
}

export function cursorLines(document: vscode.TextDocument): ReadonlySet<number> {
  const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
  return new Set(editors.flatMap(({ selections }) => selections.map(({ active }) => active.line)));
}

/** Lines after one edit: those below move, those inside a range that is replaced go to its first line. */
function moved(
  lines: readonly number[],
  { range, text }: vscode.TextDocumentContentChangeEvent,
): readonly number[] {
  const added = text.split("\n").length - 1 - (range.end.line - range.start.line);
  return lines.map((line) => {
    if (line > range.end.line) return line + added;
    // Text put before the first character of a line takes the line with it.
    if (line === range.start.line && range.start.character === 0 && range.isEmpty && text.includes("\n")) {
      return line + added;
    }
    return Math.min(line, range.start.line);
  });
}
