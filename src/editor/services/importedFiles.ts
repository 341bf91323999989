import * as vscode from "vscode";
import { isTouched } from "../../fileStore.js";
import type { FileText } from "../../sample/protocol.js";

/** What the worker is told of a scope's files with the next analysis. */
interface News {
  readonly changed: Set<string>;
  readonly files: Map<string, string | null>;
}

/** The files that imports lead to, between the disk and the worker that reads them. */
export class ImportedFiles {
  readonly #news = new Map<string, News>();

  /** What the worker does not know yet of a scope; it is told once. */
  take(scope: string): { changed: readonly string[]; files: readonly FileText[] } {
    const { changed = [], files = [] } = this.#news.get(scope) ?? {};
    this.#news.delete(scope);
    return { changed: [...changed], files: [...files].map(([path, text]) => ({ path, text })) };
  }

  /** Reads what an analysis missed; `host` tells where the paths are. */
  async load(host: vscode.Uri, paths: readonly string[]): Promise<void> {
    const texts = await Promise.all(paths.map((path) => textOf(host.with({ path }))));
    const { files } = this.#newsOf(scopeOf(host));
    for (const [index, path] of paths.entries()) files.set(path, texts[index]!);
  }

  forget(changed: readonly vscode.Uri[]): void {
    for (const uri of changed) this.#newsOf(scopeOf(uri)).changed.add(uri.path);
    for (const { changed: paths, files } of this.#news.values()) {
      for (const path of files.keys()) if (isTouched(path, paths)) files.delete(path);
    }
  }

  #newsOf(scope: string): News {
    const news = this.#news.get(scope) ?? { changed: new Set<string>(), files: new Map() };
    this.#news.set(scope, news);
    return news;
  }
}

/** Where a path belongs: the same path may name different files on different hosts. */
export function scopeOf({ scheme, authority }: vscode.Uri): string {
  return `${scheme}://${authority}`;
}

/**
 * Where the imports of a document are read: a file that is not saved, and an earlier version of one, have
 * those of the folder that is open.
 */
export function hostOf(uri: vscode.Uri): vscode.Uri {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const own = vscode.workspace.getWorkspaceFolder(uri);
  if (own) return uri;
  const same = folders.find(({ uri: folder }) => uri.path.startsWith(`${folder.path}/`));
  if (same) return same.uri.with({ path: uri.path });
  const [first] = folders;
  if (uri.scheme === "untitled" && first) return vscode.Uri.joinPath(first.uri, "untitled.py");
  return uri.with({ query: "", fragment: "" });
}

/** The text of a file as the person sees it: unsaved where that is newer, `null` where there is none. */
export async function textOf(uri: vscode.Uri): Promise<string | null> {
  const key = uri.toString();
  const unsaved = vscode.workspace.textDocuments.find((open) => open.isDirty && open.uri.toString() === key);
  if (unsaved) return unsaved.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
