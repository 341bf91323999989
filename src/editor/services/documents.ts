import * as vscode from "vscode";
import { notebookCells } from "../../python/documents/notebook.js";
import type { Site, SourceDocument } from "../../types.js";

/** The languages this extension reads; `prototxt` is Caffe's. */
export const LANGUAGES: readonly string[] = ["python", "prototxt"];

/** Every document with such text, in files, notebook cells, and editors not yet saved. */
export const SELECTOR: vscode.DocumentSelector = LANGUAGES.map((language) => ({ language }));

export const NOTEBOOK_TYPE = "jupyter-notebook";

/** What is analysed as one module: a text document, or all cells of a notebook. */
export interface Module {
  /** Of the file or the notebook. */
  readonly uri: vscode.Uri;
  /** Changes with any text that is analysed, and with nothing else. */
  readonly version: string;
  /** Made on demand: it copies the text. */
  source(): SourceDocument;
}

/** The module that a document is, or is a cell of; `undefined` for a language that is not read. */
export function moduleOf(document: vscode.TextDocument): Module | undefined {
  if (!LANGUAGES.includes(document.languageId)) return undefined;
  const notebook = notebookOf(document);
  return notebook ? notebookModule(notebook) : textModule(document);
}

function textModule(document: vscode.TextDocument): Module {
  return {
    uri: document.uri,
    version: String(document.version),
    source: () => ({ file: document.uri.path, cells: [{ index: null, text: document.getText() }] }),
  };
}

/** The module that a notebook's Python cells are, in order. */
export function notebookModule(notebook: vscode.NotebookDocument): Module {
  const cells = notebook
    .getCells()
    .filter(
      ({ kind, document }) => kind === vscode.NotebookCellKind.Code && document.languageId === "python",
    );
  return {
    uri: notebook.uri,
    version: cells
      .map(({ index, document }) => `${index}:${document.uri.fragment}:${document.version}`)
      .join(),
    source: () => ({
      file: notebook.uri.path,
      cells: cells.map(({ index, document }) => ({ index, text: document.getText() })),
    }),
  };
}

/** A file that need not be open, from its text; throws where a notebook's cannot be read. */
export function fileSource({ path }: vscode.Uri, text: string): SourceDocument {
  const cells = path.endsWith(".ipynb") ? notebookCells(text) : [{ index: null, text }];
  if (typeof cells === "string") throw new Error(cells);
  return { file: path, cells };
}

/** The module of a file, as its editor has it where it is open; throws where the file cannot be read. */
export async function moduleAt(uri: vscode.Uri): Promise<Module> {
  const isIt = (open: { readonly uri: vscode.Uri }) => open.uri.toString() === uri.toString();
  const notebook = vscode.workspace.notebookDocuments.find(isIt);
  if (notebook) return notebookModule(notebook);
  const document = vscode.workspace.textDocuments.find(isIt);
  const open = document && moduleOf(document);
  if (open) return open;
  const source = fileSource(uri, new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  return { uri, version: "", source: () => source };
}

/** The notebook that a document is a cell of. */
export function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  if (document.uri.scheme !== "vscode-notebook-cell") return undefined;
  return vscode.workspace.notebookDocuments.find((notebook) => cellIn(notebook, document) !== undefined);
}

/** The cell of a notebook whose text a document is. */
export function cellIn(
  notebook: vscode.NotebookDocument,
  document: vscode.TextDocument,
): vscode.NotebookCell | undefined {
  if (notebook.uri.path !== document.uri.path) return undefined;
  return notebook.getCells().find((cell) => cell.document === document);
}

/** The 0-based index of the cell a document is; `undefined` for a plain file. */
export function cellIndex(document: vscode.TextDocument): number | undefined {
  const notebook = notebookOf(document);
  return notebook && cellIn(notebook, document)?.index;
}

/** The text of a site in its own document; one character long where its end is not known. */
export function rangeOf({ line, column, endLine, endColumn }: Site): vscode.Range {
  const end = endColumn ?? column + 1;
  return new vscode.Range(line - 1, column - 1, (endLine ?? line) - 1, end - 1);
}

/** A position in a document as a site of its module. */
export function siteAt(document: vscode.TextDocument, { line, character }: vscode.Position): Site {
  const cell = cellIndex(document);
  const file = document.uri.path;
  return { file, line: line + 1, column: character + 1, ...(cell === undefined ? {} : { cell }) };
}

/** The document that a site of a module stands in, if it is open. */
export function documentOf(uri: vscode.Uri, site: Site): vscode.TextDocument | undefined {
  const same = (other: vscode.Uri) => other.toString() === uri.toString();
  if (site.cell === undefined) return vscode.workspace.textDocuments.find((document) => same(document.uri));
  const notebook = vscode.workspace.notebookDocuments.find((open) => same(open.uri));
  return notebook && site.cell < notebook.cellCount ? notebook.cellAt(site.cell).document : undefined;
}

/** Whether a file cannot be written, as far as its file system tells. */
export async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
  try {
    const { permissions } = await vscode.workspace.fs.stat(uri);
    return permissions === vscode.FilePermission.Readonly;
  } catch {
    // Never saved.
    return false;
  }
}
