import * as vscode from "vscode";
import { isTouched } from "../../fileStore.js";
import type { SamplerPool } from "../../sample/client.js";
import type { FileMentions } from "../../sample/protocol.js";
import { callersAmong } from "../../source/callers.js";
import { MentionedFiles } from "../../source/mentionedFiles.js";
import type { FileChanges } from "./fileChanges.js";
import { textOf } from "./importedFiles.js";
import { pause } from "./turns.js";
import { workspaceFiles } from "./workspaceFiles.js";

/** What is read and sent to the worker at a time. */
const BATCH = 32;
/** Between two batches, in milliseconds. */
const PAUSE = 20;
/** Whoever types comes first: no batch is read before nothing was typed for so many milliseconds. */
const REST = 500;
/** Changed files are looked through again when nothing has changed for so many milliseconds. */
const QUIET = 2000;
/** A workspace with more files is a collection of projects: what lies nearest the root is looked through. */
const MAX_FILES = 5000;

const isProgram = ({ path }: vscode.Uri): boolean => /\.(py|ipynb)$/.test(path);

/**
 * What the files of the workspace say of each other: which may call what a module defines, and which build
 * models. Their texts are looked through once, when somebody first asks, a few at a time behind other work, and
 * again where they change.
 */
export class WorkspaceIndex implements vscode.Disposable {
  readonly #pool: SamplerPool;
  /** By workspace folder. */
  readonly #known = new Map<string, MentionedFiles<FileMentions>>();
  readonly #learnt = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[];
  readonly #changedFiles = new Map<string, vscode.Uri>();
  #search: vscode.CancellationTokenSource | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  /** When a Python document was last changed, in milliseconds. */
  #lastTyped = 0;

  /** More is known than before: who asked may ask again. */
  readonly onDidLearn = this.#learnt.event;

  constructor(pool: SamplerPool, files: FileChanges) {
    this.#pool = pool;
    this.#disposables = [
      this.#learnt,
      files.onDidChange((uris) => this.#changed(uris)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === "python") this.#lastTyped = Date.now();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#forget()),
    ];
  }

  /** Paths of the files that may call a module, the nearest first; none before the workspace was looked through. */
  callersOf(uri: vscode.Uri): readonly string[] {
    const folder = folderOf(uri);
    if (folder === undefined || uri.path.endsWith(".ipynb")) return [];
    const known = this.#knownFiles().get(folder);
    const own = known?.get(uri.path);
    return known === undefined || own === undefined ? [] : callersAmong(known, uri.path, own.defined);
  }

  /** The files that may build models without arguments, by path; none before the workspace was looked through. */
  modelFiles(): readonly vscode.Uri[] {
    const found = [...this.#knownFiles()].flatMap(([folder, files]) => {
      const root = vscode.Uri.parse(folder);
      return [...files].flatMap(([path, { mayBuildModels }]) =>
        mayBuildModels ? [root.with({ path })] : [],
      );
    });
    return found.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  #knownFiles(): ReadonlyMap<string, MentionedFiles<FileMentions>> {
    if (this.#search === undefined) void this.#lookThrough();
    return this.#known;
  }

  async #lookThrough(): Promise<void> {
    const search = new vscode.CancellationTokenSource();
    this.#search = search;
    const files = (await workspaceFiles()).filter(isProgram);
    const depth = ({ path }: vscode.Uri) => path.split("/").length;
    const nearest = files.sort((a, b) => depth(a) - depth(b)).slice(0, MAX_FILES);
    await this.#readAll(nearest, search.token);
  }

  async #readAll(uris: readonly vscode.Uri[], token: vscode.CancellationToken): Promise<void> {
    for (let start = 0; start < uris.length && !token.isCancellationRequested; start += BATCH) {
      await this.#read(uris.slice(start, start + BATCH), token);
      await pause(PAUSE);
      await this.#rest(token);
    }
    if (!token.isCancellationRequested) this.#learnt.fire();
  }

  /** Waits while somebody types. */
  async #rest(token: vscode.CancellationToken): Promise<void> {
    const left = () => this.#lastTyped + REST - Date.now();
    while (left() > 0 && !token.isCancellationRequested) await pause(left());
  }

  async #read(uris: readonly vscode.Uri[], token: vscode.CancellationToken): Promise<void> {
    const texts = await Promise.all(uris.map(async (uri) => ({ path: uri.path, text: await textOf(uri) })));
    // A worker that stops takes one batch with it; the rest goes on.
    const found = await this.#pool.call("mentions", texts).catch(() => []);
    if (token.isCancellationRequested) return;
    for (const [index, uri] of uris.entries()) {
      const folder = folderOf(uri);
      if (folder === undefined) continue;
      const known = this.#known.get(folder) ?? new MentionedFiles<FileMentions>();
      this.#known.set(folder, known);
      const mentions = found[index];
      if (mentions) known.set(uri.path, mentions);
      else known.delete(uri.path);
    }
  }

  #changed(uris: readonly vscode.Uri[]): void {
    if (this.#search === undefined) return;
    for (const uri of uris) this.#changedFiles.set(uri.toString(), uri);
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => void this.#lookAgain(), QUIET);
  }

  async #lookAgain(): Promise<void> {
    const uris = [...this.#changedFiles.values()];
    this.#changedFiles.clear();
    const changed = new Set(uris.map(({ path }) => path));
    for (const known of this.#known.values()) {
      for (const path of [...known.paths()]) if (isTouched(path, changed)) known.delete(path);
    }
    if (this.#search) await this.#readAll(uris.filter(isProgram), this.#search.token);
  }

  #stop(): void {
    clearTimeout(this.#waiting);
    this.#search?.cancel();
    this.#search?.dispose();
    this.#search = undefined;
  }

  #forget(): void {
    this.#stop();
    this.#known.clear();
    this.#learnt.fire();
  }

  dispose(): void {
    this.#stop();
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

/** The workspace folder that a file is in. */
const folderOf = (uri: vscode.Uri): string | undefined =>
  vscode.workspace.getWorkspaceFolder(uri)?.uri.toString();
