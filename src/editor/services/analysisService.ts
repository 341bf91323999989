import * as vscode from "vscode";
import { changed } from "../../analysisChange.js";
import { isTouched } from "../../fileStore.js";
import type { SamplerPool } from "../../sample/client.js";
import type { ShownCalls } from "../../sample/protocol.js";
import type { Analysis, Layer, SourceDocument } from "../../types.js";
import {
  cellIndex,
  documentOf,
  LANGUAGES,
  type Module,
  moduleAt,
  moduleOf,
  notebookModule,
  rangeOf,
} from "./documents.js";
import type { FileChanges } from "./fileChanges.js";
import { hostOf, ImportedFiles, scopeOf } from "./importedFiles.js";
import { decidesPaths, type SearchPathFinder } from "./searchPaths.js";
import { pause, Turns } from "./turns.js";
import type { WorkspaceIndex } from "./workspaceIndex.js";

/** Most quiet time after a change before it is analysed, in milliseconds: shorter than a lens may be stale. */
const DEBOUNCE = 120;
/** How often an analysis may ask for more files before it is taken as it is. */
const MAX_ROUNDS = 32;

/** An analysis and the module it is of. */
export interface Analysed {
  readonly uri: vscode.Uri;
  readonly analysis: Analysis;
}

interface Entry {
  readonly uri: vscode.Uri;
  /** Grows with every change of what the module imports, and of the calls its layers are shown for. */
  surroundings: number;
  shown: ShownCalls | undefined;
  /** Files that called the module when it was last analysed. */
  callers: readonly string[];
  /** The version that was last tried, whether or not it succeeded. */
  tried: string | undefined;
  failed: string | undefined;
  pending: Promise<void> | undefined;
  /** How long its last analysis took, in milliseconds: typing keeps the worker busy half of the time at most. */
  took: number;
  latest: (Answer & { readonly version: string }) | undefined;
}

/** What the worker answered, and the number it knows the answer by. */
interface Answer {
  readonly number: number;
  readonly analysis: Analysis;
  readonly asked: readonly string[];
}

/** What a service of analyses works with. */
export interface AnalysisSources {
  readonly pool: SamplerPool;
  readonly files: FileChanges;
  readonly paths: SearchPathFinder;
  readonly index: WorkspaceIndex;
  readonly log: vscode.LogOutputChannel;
}

/**
 * The analyses of all open modules of a window: one at a time, those on screen first, each of its newest
 * text. While one is made the one before it stays `latest`; surfaces that can wait ask for `current`.
 */
export class AnalysisService implements vscode.Disposable {
  readonly #entries = new Map<string, Entry>();
  readonly #sources: AnalysisSources;
  readonly #imported = new ImportedFiles();
  readonly #turns = new Turns();
  readonly #analysed = new vscode.EventEmitter<Analysed>();
  readonly #outdated = new vscode.EventEmitter<void>();
  readonly #forgotten = new vscode.EventEmitter<vscode.Uri>();
  readonly #disposables: vscode.Disposable[] = [this.#analysed, this.#outdated, this.#forgotten];

  /** A module has a new analysis. */
  readonly onDidAnalyse = this.#analysed.event;
  /** What modules import has changed: who shows an analysis asks for `current` again. */
  readonly onDidOutdate = this.#outdated.event;
  /** A module was closed. */
  readonly onDidForget = this.#forgotten.event;

  constructor(sources: AnalysisSources) {
    this.#sources = sources;
    const { workspace } = vscode;
    this.#disposables.push(
      workspace.onDidOpenTextDocument((document) => this.#refresh(moduleOf(document))),
      workspace.onDidChangeTextDocument(({ document }) => this.#changed(document)),
      workspace.onDidCloseTextDocument((document) => this.#closed(document)),
      workspace.onDidOpenNotebookDocument((notebook) => this.#refresh(notebookModule(notebook))),
      workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
        if (contentChanges.length > 0) this.#refresh(notebookModule(notebook));
      }),
      workspace.onDidCloseNotebookDocument((notebook) => this.#forget(notebook.uri)),
      sources.files.onDidChange((uris) => this.#filesChanged(uris)),
      sources.index.onDidLearn(() => this.#outdate(this.#otherwiseCalled())),
    );
    for (const document of workspace.textDocuments) this.#refresh(moduleOf(document));
  }

  /** The analysis of a document's present text; `undefined` where it is not read, closed, or failed. */
  async current(document: vscode.TextDocument): Promise<Analysis | undefined> {
    for (;;) {
      const module = moduleOf(document);
      if (!module || document.isClosed) return undefined;
      const entry = this.#entry(module);
      const version = versionOf(module, entry);
      if (entry.latest?.version === version) return entry.latest.analysis;
      if (entry.failed === version) return undefined;
      // A document that changes its language is closed and opened meanwhile: then it is asked again.
      await this.#refresh(module);
    }
  }

  /** The newest analysis there is, possibly of an earlier text. */
  latest(uri: vscode.Uri): Analysis | undefined {
    return this.#entries.get(uri.toString())?.latest?.analysis;
  }

  /** The layers whose call sites stand in a document, from the analysis of its present text. */
  async layersIn(document: vscode.TextDocument): Promise<readonly Layer[]> {
    const analysis = await this.current(document);
    return analysis ? layersOf(analysis, document) : [];
  }

  /** The layer at a position: the innermost call around it, else the first on its line. */
  async layerAt(document: vscode.TextDocument, position: vscode.Position): Promise<Layer | undefined> {
    const layers = await this.layersIn(document);
    const around = layers.filter(({ site }) => rangeOf(site).contains(position));
    return around.at(-1) ?? layers.find(({ site }) => site.line === position.line + 1);
  }

  /** Reads and analyses a file that need not be open, behind those on screen; `undefined` where it fails. */
  async analyseFile(uri: vscode.Uri): Promise<Analysis | undefined> {
    try {
      const document = (await moduleAt(uri)).source();
      const never = () => false;
      return (await this.#turns.run(never, () => this.#withFiles(uri, document))).analysis;
    } catch (error) {
      this.#sources.log.warn(`${uri.toString()}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  /** Shows a module's layers for these calls; undefined for what the module says by itself. */
  choose(uri: vscode.Uri, shown: ShownCalls | undefined): void {
    const entry = this.#entries.get(uri.toString());
    if (!entry) return;
    entry.shown = shown;
    this.#outdate([entry]);
  }

  /** Analyses every open module again: a setting or the interpreter has changed. */
  refreshAll(): void {
    this.#sources.paths.forget();
    this.#outdate([...this.#entries.values()]);
  }

  #entry({ uri }: Module): Entry {
    const key = uri.toString();
    const entry = this.#entries.get(key) ?? {
      uri,
      surroundings: 0,
      shown: undefined,
      callers: [],
      tried: undefined,
      failed: undefined,
      pending: undefined,
      took: 0,
      latest: undefined,
    };
    this.#entries.set(key, entry);
    return entry;
  }

  /** Analyses a module unless that is under way; newer text that arrives meanwhile follows at once. */
  #refresh(module: Module | undefined): Promise<void> | undefined {
    if (!module) return undefined;
    const entry = this.#entry(module);
    entry.pending ??= this.#analyse(module, entry).finally(() => {
      entry.pending = undefined;
      if (this.#entries.get(module.uri.toString()) !== entry) return;
      const now = newest(module);
      if (versionOf(now, entry) !== entry.tried) this.#refresh(now);
    });
    return entry.pending;
  }

  async #analyse(module: Module, entry: Entry): Promise<void> {
    try {
      if (entry.latest) await pause(Math.min(entry.took, DEBOUNCE));
      const isUrgent = () => isOnScreen(module.uri);
      await this.#turns.run(isUrgent, () => this.#analyseNewest(module, entry));
    } catch (error) {
      entry.failed = entry.tried;
      const message = error instanceof Error ? error.message : String(error);
      this.#sources.log.error(`${module.uri.toString()}: ${message}`);
    }
  }

  async #analyseNewest(module: Module, entry: Entry): Promise<void> {
    const now = newest(module);
    const version = versionOf(now, entry);
    entry.tried = version;
    if (entry.latest?.version === version) return;
    const began = Date.now();
    entry.callers = this.#sources.index.callersOf(now.uri);
    const answer = await this.#withFiles(now.uri, now.source(), entry);
    entry.took = Date.now() - began;
    if (this.#entries.get(now.uri.toString()) !== entry) return;
    entry.latest = { ...answer, version };
    this.#analysed.fire({ uri: now.uri, analysis: answer.analysis });
  }

  /** Analyses, reads the files that were missed, and analyses again until none is. */
  async #withFiles(
    uri: vscode.Uri,
    document: SourceDocument,
    { latest, shown, callers }: Partial<Pick<Entry, "latest" | "shown" | "callers">> = {},
  ): Promise<Answer> {
    const { pool, paths } = this.#sources;
    const host = hostOf(uri);
    const scope = scopeOf(host);
    const folders = await paths.of(host);
    let held: Answer | undefined = latest;
    for (let round = 0; ; round++) {
      const news = this.#imported.take(scope);
      const request = {
        scope,
        document,
        ...folders,
        ...news,
        ...(shown && { shown }),
        ...(callers && { callers }),
      };
      const answer = await pool.call("analyse", { ...request, ...(held && { held: held.number }) });
      const { number, asked, wanted, change } = answer;
      const analysis = held && change ? changed(held.analysis, change) : answer.analysis;
      if (analysis === null) throw new Error("the worker answered for an analysis that is not held");
      held = { number, analysis, asked };
      if (wanted.length === 0 || round === MAX_ROUNDS) return held;
      await this.#imported.load(host, wanted);
    }
  }

  #changed(document: vscode.TextDocument): void {
    if (!LANGUAGES.includes(document.languageId)) return;
    this.#refresh(moduleOf(document));
    if (document.uri.scheme !== "vscode-notebook-cell") this.#sources.files.note(document.uri);
  }

  /** What was not saved is gone: importers see the file as it is on disk. */
  #closed({ uri, languageId }: vscode.TextDocument): void {
    this.#forget(uri);
    if (languageId === "python" && uri.scheme !== "vscode-notebook-cell") this.#sources.files.note(uri);
  }

  /** Whoever imports one of the files, or would if it were there, is analysed again. */
  #filesChanged(uris: readonly vscode.Uri[]): void {
    this.#imported.forget(uris);
    const changed = new Set(uris.map(({ path }) => path));
    for (const { uri } of this.#entries.values()) {
      if (isTouched(uri.path, changed)) void this.#forgetIfGone(uri);
    }
    if (uris.some((uri) => decidesPaths(uri) && !openModule(uri))) this.refreshAll();
    else this.#outdate(this.#importersOf(uris));
  }

  /** The editor keeps a deleted file's document for a while after its tab is closed. */
  async #forgetIfGone(uri: vscode.Uri): Promise<void> {
    if (uri.scheme === "untitled" || isOnScreen(uri)) return;
    const isThere = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (!isThere) this.#forget(uri);
  }

  /** Those that other files call than when they were last analysed. */
  #otherwiseCalled(): Entry[] {
    return [...this.#entries.values()].filter(
      ({ uri, callers }) => this.#sources.index.callersOf(uri).join("\n") !== callers.join("\n"),
    );
  }

  #importersOf(uris: readonly vscode.Uri[]): Entry[] {
    const paths = new Map<string, Set<string>>();
    for (const uri of uris) {
      const scope = scopeOf(uri);
      paths.set(scope, (paths.get(scope) ?? new Set()).add(uri.path));
    }
    return [...this.#entries.values()].filter(({ uri, latest }) => {
      const changed = paths.get(scopeOf(hostOf(uri)));
      return changed && latest?.asked.some((path) => isTouched(path, changed));
    });
  }

  #outdate(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    for (const entry of entries) {
      entry.surroundings++;
      const module = openModule(entry.uri);
      if (module) void this.#refresh(module);
    }
    this.#outdated.fire();
  }

  #forget(uri: vscode.Uri): void {
    if (this.#entries.delete(uri.toString())) this.#forgotten.fire(uri);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

/** The layers of an analysis that stand in one document of its module. */
export function layersOf(analysis: Analysis, document: vscode.TextDocument): readonly Layer[] {
  const cell = cellIndex(document);
  return analysis.layers.filter(({ site }) => site.cell === cell && site.file === analysis.file);
}

function versionOf({ version }: Module, { surroundings }: Entry): string {
  return `${version}/${surroundings}`;
}

/** The module as it is now: text may have changed while it waited. */
function newest(module: Module): Module {
  return openModule(module.uri) ?? module;
}

function openModule(uri: vscode.Uri): Module | undefined {
  const key = uri.toString();
  const notebook = vscode.workspace.notebookDocuments.find((open) => open.uri.toString() === key);
  if (notebook) return notebookModule(notebook);
  const document = documentOf(uri, { file: "", line: 1, column: 1 });
  return document && moduleOf(document);
}

function isOnScreen(uri: vscode.Uri): boolean {
  const key = uri.toString();
  return (
    vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === key) ||
    vscode.window.visibleNotebookEditors.some(({ notebook }) => notebook.uri.toString() === key)
  );
}
