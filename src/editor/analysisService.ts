import * as vscode from "vscode";
import type { SamplerPool } from "../sample/client.js";
import type { FileText } from "../sample/protocol.js";
import type { Analysis, Layer, SourceDocument } from "../types.js";
import {
  cellIndex,
  documentOf,
  LANGUAGES,
  type Module,
  moduleOf,
  notebookModule,
  rangeOf,
} from "./documents.js";

/** Quiet time after a change before it is analysed, in milliseconds: shorter than a lens may be stale. */
const DEBOUNCE = 120;
/** How often an analysis may ask for more files before it is taken as it is. */
const MAX_ROUNDS = 32;

/** An analysis and the module it is of. */
export interface Analysed {
  readonly uri: vscode.Uri;
  readonly analysis: Analysis;
}

interface Entry {
  /** The version that was last tried, whether or not it succeeded. */
  tried: string | undefined;
  pending: Promise<Analysis | undefined> | undefined;
  latest: { version: string; analysis: Analysis } | undefined;
}

/**
 * The analyses of all open modules of a window: one at a time for each, of its newest text. While one is
 * made the one before it stays `latest`; surfaces that can wait ask for `current`.
 */
export class AnalysisService implements vscode.Disposable {
  readonly #entries = new Map<string, Entry>();
  readonly #pool: SamplerPool;
  /** By scope and path, what the worker does not know yet. */
  readonly #news = new Map<string, Map<string, string | null | undefined>>();
  readonly #log: vscode.LogOutputChannel;
  readonly #analysed = new vscode.EventEmitter<Analysed>();
  readonly #forgotten = new vscode.EventEmitter<vscode.Uri>();
  readonly #disposables: vscode.Disposable[] = [this.#analysed, this.#forgotten];

  /** A module has a new analysis. */
  readonly onDidAnalyse = this.#analysed.event;
  /** A module was closed. */
  readonly onDidForget = this.#forgotten.event;

  constructor(pool: SamplerPool, log: vscode.LogOutputChannel) {
    this.#pool = pool;
    this.#log = log;
    const { workspace } = vscode;
    const files = workspace.createFileSystemWatcher("**/*.py");
    this.#disposables.push(
      workspace.onDidOpenTextDocument((document) => this.#refresh(moduleOf(document))),
      workspace.onDidChangeTextDocument(({ document }) => this.#changed(document)),
      workspace.onDidCloseTextDocument((document) => this.#forget(document.uri)),
      workspace.onDidOpenNotebookDocument((notebook) => this.#refresh(notebookModule(notebook))),
      workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
        if (contentChanges.length > 0) this.#refresh(notebookModule(notebook));
      }),
      workspace.onDidCloseNotebookDocument((notebook) => this.#forget(notebook.uri)),
      files,
      files.onDidChange((uri) => this.#fileChanged(uri)),
      files.onDidCreate((uri) => this.#fileChanged(uri)),
      files.onDidDelete((uri) => this.#fileChanged(uri)),
    );
    for (const document of workspace.textDocuments) this.#refresh(moduleOf(document));
  }

  /** The analysis of a document's present text; `undefined` where it is not read, closed, or failed. */
  async current(document: vscode.TextDocument): Promise<Analysis | undefined> {
    for (;;) {
      const module = moduleOf(document);
      if (!module || document.isClosed) return undefined;
      const { latest } = this.#entry(module);
      if (latest?.version === module.version) return latest.analysis;
      if (!(await this.#refresh(module))) return undefined;
    }
  }

  /** The newest analysis there is, possibly of an earlier text. */
  latest(uri: vscode.Uri): Analysis | undefined {
    return this.#entries.get(uri.toString())?.latest?.analysis;
  }

  /** The layers whose call sites stand in a document, from the analysis of its present text. */
  async layersIn(document: vscode.TextDocument): Promise<readonly Layer[]> {
    const analysis = await this.current(document);
    if (!analysis) return [];
    const cell = cellIndex(document);
    return analysis.layers.filter(({ site }) => site.cell === cell && site.file === analysis.file);
  }

  /** The layer at a position: the innermost call around it, else the first on its line. */
  async layerAt(document: vscode.TextDocument, position: vscode.Position): Promise<Layer | undefined> {
    const layers = await this.layersIn(document);
    const around = layers.filter(({ site }) => rangeOf(site).contains(position));
    return around.at(-1) ?? layers.find(({ site }) => site.line === position.line + 1);
  }

  #entry({ uri }: Module): Entry {
    const key = uri.toString();
    const entry = this.#entries.get(key) ?? { tried: undefined, pending: undefined, latest: undefined };
    this.#entries.set(key, entry);
    return entry;
  }

  /** Analyses a module unless that is under way; newer text that arrives meanwhile follows at once. */
  #refresh(module: Module | undefined): Promise<Analysis | undefined> | undefined {
    if (!module) return undefined;
    const entry = this.#entry(module);
    entry.pending ??= this.#analyse(module, entry).finally(() => {
      entry.pending = undefined;
      if (this.#entries.get(module.uri.toString()) !== entry) return;
      const now = newest(module);
      if (now.version !== entry.tried) this.#refresh(now);
    });
    return entry.pending;
  }

  async #analyse(module: Module, entry: Entry): Promise<Analysis | undefined> {
    try {
      if (entry.latest) await new Promise((resolve) => setTimeout(resolve, DEBOUNCE));
      const { uri, version, source } = newest(module);
      entry.tried = version;
      if (entry.latest?.version === version) return entry.latest.analysis;
      const analysis = await this.#withFiles(uri, source());
      if (!this.#entries.has(uri.toString())) return undefined;
      entry.latest = { version, analysis };
      this.#analysed.fire({ uri, analysis });
      return analysis;
    } catch (error) {
      this.#log.error(`${module.uri.toString()}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  /** Analyses, reads the files that were missed, and analyses again until none is. */
  async #withFiles(uri: vscode.Uri, document: SourceDocument): Promise<Analysis> {
    const scope = scopeOf(uri);
    for (let round = 0; ; round++) {
      const files = this.#takeNews(scope);
      const { analysis, wanted } = await this.#pool.call("analyse", { scope, document, files });
      if (wanted.length === 0 || round === MAX_ROUNDS) return analysis;
      await Promise.all(
        wanted.map(async (path) => this.#tell(scope, path, await textOf(uri.with({ path })))),
      );
    }
  }

  /** What the worker will be told of a file with the next analysis. */
  #tell(scope: string, path: string, text: string | null | undefined): void {
    const news = this.#news.get(scope) ?? new Map<string, string | null | undefined>();
    this.#news.set(scope, news.set(path, text));
  }

  #takeNews(scope: string): FileText[] {
    const news = this.#news.get(scope) ?? [];
    this.#news.delete(scope);
    return [...news].map(([path, text]) => ({ path, text }));
  }

  #changed(document: vscode.TextDocument): void {
    if (!LANGUAGES.includes(document.languageId)) return;
    this.#refresh(moduleOf(document));
    if (document.uri.scheme !== "vscode-notebook-cell") this.#fileChanged(document.uri);
  }

  /** Whoever imports the file sees its new text with its own next analysis. */
  #fileChanged(uri: vscode.Uri): void {
    this.#tell(scopeOf(uri), uri.path, undefined);
  }

  #forget(uri: vscode.Uri): void {
    if (this.#entries.delete(uri.toString())) this.#forgotten.fire(uri);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

/** Where a path belongs: the same path may name different files on different hosts. */
function scopeOf({ scheme, authority }: vscode.Uri): string {
  return `${scheme}://${authority}`;
}

/** The module as it is now: text may have changed while it waited. */
function newest(module: Module): Module {
  const notebook = vscode.workspace.notebookDocuments.find(
    ({ uri }) => uri.toString() === module.uri.toString(),
  );
  if (notebook) return notebookModule(notebook);
  const document = documentOf(module.uri, { file: "", line: 1, column: 1 });
  return (document && moduleOf(document)) ?? module;
}

/** The text of a file as the person sees it: unsaved where it is open, `null` where there is none. */
async function textOf(uri: vscode.Uri): Promise<string | null> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
