import * as vscode from "vscode";
import type { Payload } from "../charts/payload.js";

const VIEW_TYPE = "initLens.preview";

/** The chart of a layer beside its file, drawn by the notebook renderer's code. One for each window. */
export class PreviewPanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  #panel: vscode.WebviewPanel | undefined;
  #shown: Payload | undefined;

  constructor(extensionUri: vscode.Uri) {
    this.#extensionUri = extensionUri;
  }

  /** Shows a chart, opening the panel beside the editor where it is closed. The editor keeps the focus. */
  show(payload: Payload, title: string): void {
    this.#shown = payload;
    this.#panel ??= this.#open();
    this.#panel.title = vscode.l10n.t("Weights of {0}", title);
    this.#panel.reveal(undefined, true);
    this.#send();
  }

  #open(): vscode.WebviewPanel {
    const dist = vscode.Uri.joinPath(this.#extensionUri, "dist");
    const panel = vscode.window.createWebviewPanel(
      VIEW_TYPE,
      "Init Lens",
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [dist] },
    );
    panel.iconPath = vscode.Uri.joinPath(this.#extensionUri, "media", "icon.png");
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    // The page greets when it is ready, also after it was hidden and made anew.
    panel.webview.onDidReceiveMessage(() => this.#send());
    panel.webview.html = page(panel.webview, vscode.Uri.joinPath(dist, "panel.js"));
    return panel;
  }

  #send(): void {
    if (this.#shown) void this.#panel?.webview.postMessage({ type: "show", payload: this.#shown });
  }

  dispose(): void {
    this.#panel?.dispose();
  }
}

/** Runs one script of this extension and nothing else; loads nothing. */
function page(webview: vscode.Webview, script: vscode.Uri): string {
  const policy = `default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Init Lens</title>
</head>
<body>
<main id="chart"></main>
<script type="module" src="${webview.asWebviewUri(script)}"></script>
</body>
</html>`;
}
