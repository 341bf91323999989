import * as vscode from "vscode";

/** Folders that are never looked into, besides what the settings exclude. */
const EXCLUDED = [
  ".git",
  "node_modules",
  ".venv",
  "venv",
  "env",
  "site-packages",
  "__pycache__",
  ".ipynb_checkpoints",
];
/** No more files than a person would wait for. */
const MAX_FILES = 20_000;
/** Where VS Code itself can search; elsewhere a search may wait for ever for somebody who can. */
const SEARCHED = new Set(["file", "vscode-remote"]);

/** Every Python file, notebook and prototxt file of the workspace. */
export async function workspaceFiles(): Promise<readonly vscode.Uri[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.every(({ uri }) => SEARCHED.has(uri.scheme))) {
    const excluded = `**/{${EXCLUDED.join(",")}}/**`;
    return vscode.workspace.findFiles("**/*.{py,ipynb,prototxt}", excluded, MAX_FILES);
  }
  const found: vscode.Uri[] = [];
  const waiting = folders.map(({ uri }) => uri);
  for (let folder = waiting.pop(); folder && found.length < MAX_FILES; folder = waiting.pop()) {
    for (const [name, type] of await vscode.workspace.fs.readDirectory(folder)) {
      const uri = vscode.Uri.joinPath(folder, name);
      if (type === vscode.FileType.File && /\.(py|ipynb|prototxt)$/.test(name)) found.push(uri);
      else if (type === vscode.FileType.Directory && !EXCLUDED.includes(name)) waiting.push(uri);
    }
  }
  return found;
}
