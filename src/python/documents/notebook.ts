import type { SourceCell } from "../../types.js";

type Record = Readonly<{ [name: string]: unknown }>;

/**
 * The Python cells of a notebook file (nbformat 3 and 4), in order, each with its index among all cells;
 * or, as text, what is wrong with the file. A notebook of another language has no Python cells.
 */
export function notebookCells(text: string): SourceCell[] | string {
  let notebook: unknown;
  try {
    notebook = JSON.parse(text);
  } catch (error) {
    return `is not valid JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  const cells = isRecord(notebook) ? cellsOf(notebook) : null;
  if (!isRecord(notebook) || cells === null) return "is not a notebook: it has no list of cells";
  const language = notebookLanguage(notebook);
  return cells.flatMap((cell, index) => {
    if (!isRecord(cell) || cell.cell_type !== "code" || !isPython(cellLanguage(cell) ?? language)) return [];
    const source = sourceOf(cell.source ?? cell.input);
    return source === null ? [] : [{ index, text: source }];
  });
}

/** Format 3 keeps its cells in worksheets. */
function cellsOf(notebook: Record): readonly unknown[] | null {
  if (Array.isArray(notebook.cells)) return notebook.cells;
  if (!Array.isArray(notebook.worksheets)) return null;
  return notebook.worksheets.flatMap((sheet: unknown) =>
    isRecord(sheet) && Array.isArray(sheet.cells) ? sheet.cells : [],
  );
}

/** What the kernel says, else what the file says of its language. */
function notebookLanguage({ metadata }: Record): unknown {
  return (
    member(member(metadata, "kernelspec"), "language") ?? member(member(metadata, "language_info"), "name")
  );
}

/** What a cell says of itself: VS Code's mark, Colab's and Polyglot's, or format 3's. */
function cellLanguage({ metadata, language }: Record): unknown {
  return (
    member(member(metadata, "vscode"), "languageId") ??
    member(metadata, "language") ??
    member(member(metadata, "polyglot_notebook"), "kernelName") ??
    language
  );
}

/** A notebook that does not say is Python's. */
const isPython = (language: unknown): boolean =>
  typeof language !== "string" || /^(?:i?python\d*|py)$/i.test(language.trim());

/** Sources are one text or a list of lines with their line breaks. */
function sourceOf(source: unknown): string | null {
  if (typeof source === "string") return source;
  return Array.isArray(source) && source.every((line) => typeof line === "string") ? source.join("") : null;
}

const member = (value: unknown, name: string): unknown => (isRecord(value) ? value[name] : undefined);

const isRecord = (value: unknown): value is Record =>
  typeof value === "object" && value !== null && !Array.isArray(value);
