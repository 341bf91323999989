import * as vscode from "vscode";

/** Quiet time after a change: a branch switch changes many files at once. In milliseconds. */
const QUIET = 150;

/**
 * Tells of files and folders that changed, came or went, on disk or in an editor, many at a time. A moved or
 * deleted folder counts as one change: what was below it is not told.
 */
export class FileChanges implements vscode.Disposable {
  readonly #told = new vscode.EventEmitter<readonly vscode.Uri[]>();
  readonly #disposables: vscode.Disposable[];
  #batch = new Map<string, vscode.Uri>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly onDidChange = this.#told.event;

  constructor() {
    const { workspace } = vscode;
    const texts = workspace.createFileSystemWatcher("**/*.py", true, false, true);
    // Folders have no ending to ask for: all that comes and goes is heard.
    const all = workspace.createFileSystemWatcher("**", false, true, false);
    const note = (uri: vscode.Uri) => this.note(uri);
    this.#disposables = [
      this.#told,
      texts,
      all,
      texts.onDidChange((uri) => {
        // Of an open file its editor has told already.
        if (!isOpen(uri)) this.note(uri);
      }),
      all.onDidCreate(note),
      all.onDidDelete(note),
      workspace.onDidRenameFiles(({ files }) =>
        files.flatMap((one) => [one.oldUri, one.newUri]).forEach(note),
      ),
      workspace.onDidDeleteFiles(({ files }) => files.forEach(note)),
      workspace.onDidCreateFiles(({ files }) => files.forEach(note)),
    ];
  }

  /** Adds a change: of a text that is not saved, say. */
  note(uri: vscode.Uri): void {
    this.#batch.set(uri.toString(), uri);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), QUIET);
  }

  #tell(): void {
    const uris = [...this.#batch.values()];
    this.#batch = new Map();
    this.#told.fire(uris);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

function isOpen(uri: vscode.Uri): boolean {
  const key = uri.toString();
  return vscode.workspace.textDocuments.some((document) => document.uri.toString() === key);
}
