/** Notebook files (nbformat 3 and 4) → their Python code cells. */
import type { SourceCell } from "../types.js";

/** The code cells in order, with their index among all cells; or what is wrong with the file. */
export function notebookCells(text: string): SourceCell[] | string {
  let notebook: unknown;
  try {
    notebook = JSON.parse(text);
  } catch (error) {
    return `is not valid JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (!isRecord(notebook)) return "is not a notebook: it holds no object";
  const cells = cellsOf(notebook);
  if (cells === null) return "is not a notebook: it has no list of cells";
  if (!isPython(languageOf(notebook))) return [];
  return cells.flatMap((cell, index) => {
    if (!isRecord(cell) || cell.cell_type !== "code" || !isPython(cellLanguage(cell))) return [];
    const source = sourceOf(cell.source ?? cell.input);
    return source === null ? [] : [{ index, text: source }];
  });
}

/** Format 3 keeps its cells in worksheets. */
function cellsOf(notebook: Readonly<Record<string, unknown>>): readonly unknown[] | null {
  if (Array.isArray(notebook.cells)) return notebook.cells;
  const sheets = notebook.worksheets;
  if (!Array.isArray(sheets)) return null;
  return sheets.flatMap((sheet: unknown) =>
    isRecord(sheet) && Array.isArray(sheet.cells) ? sheet.cells : [],
  );
}

function languageOf(notebook: Readonly<Record<string, unknown>>): unknown {
  const metadata = notebook.metadata;
  if (!isRecord(metadata)) return undefined;
  const { kernelspec, language_info: info } = metadata;
  return (isRecord(kernelspec) ? kernelspec.language : undefined) ?? (isRecord(info) ? info.name : undefined);
}

function cellLanguage(cell: Readonly<Record<string, unknown>>): unknown {
  const metadata = cell.metadata;
  if (!isRecord(metadata)) return cell.language;
  const { vscode } = metadata;
  return (isRecord(vscode) ? vscode.languageId : undefined) ?? cell.language;
}

/** A notebook that does not say is Python's. */
const isPython = (language: unknown): boolean => typeof language !== "string" || /python/i.test(language);

function sourceOf(source: unknown): string | null {
  if (typeof source === "string") return source;
  return Array.isArray(source) && source.every((line) => typeof line === "string") ? source.join("") : null;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
