import * as vscode from "vscode";
import type { WorkerScript } from "../../sample/client.js";

/** The worker's program, the same in Node and in a browser. */
export function workerScript(extensionUri: vscode.Uri): WorkerScript {
  const uri = vscode.Uri.joinPath(extensionUri, "dist", "worker.js");
  return { path: uri.fsPath, read: () => textOf(uri) };
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
