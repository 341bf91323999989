import * as vscode from "vscode";
import type { Payload } from "../../charts/payload.js";
import type { ToRenderer } from "../../renderer/protocol.js";
import type { ChartMessages } from "./chartMessages.js";

const VIEW_TYPE = "initLens.preview";

function panelTitle({ chart }: Payload, of: string): string {
  switch (chart) {
    case "model":
      return vscode.l10n.t("Layers of {0}", of);
    case "signal":
      return vscode.l10n.t("Signal through {0}", of);
    default:
      return vscode.l10n.t("Weights of {0}", of);
  }
}

/** The chart of a layer beside its file, drawn by the notebook renderer's code. One for each window. */
export class PreviewPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #messages: ChartMessages;
  readonly #restoring: vscode.Disposable;
  readonly #closed = new vscode.EventEmitter<void>();
  #panel: vscode.WebviewPanel | undefined;
  /** Shown, but perhaps before the page could listen. */
  #unheard: Payload | undefined;

  /** The person closed the panel. */
  readonly onDidClose = this.#closed.event;

  constructor(extensionUri: vscode.Uri, messages: ChartMessages) {
    this.#extensionUri = extensionUri;
    this.#messages = messages;
    this.#restoring = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this);
  }

  /** Shows a chart, opening the panel beside the editor where it is closed. The editor keeps the focus. */
  show(payload: Payload, title: string): void {
    this.#unheard = payload;
    this.#panel ??= this.#adopt(
      vscode.window.createWebviewPanel(VIEW_TYPE, "Init Lens", {
        viewColumn: vscode.ViewColumn.Beside,
        preserveFocus: true,
      }),
    );
    this.#panel.title = panelTitle(payload, title);
    this.#panel.reveal(undefined, true);
    this.#send(payload);
  }

  /** After a reload of the window: the page remembers what it showed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#panel = this.#adopt(panel);
  }

  #adopt(panel: vscode.WebviewPanel): vscode.WebviewPanel {
    const { webview } = panel;
    const dist = vscode.Uri.joinPath(this.#extensionUri, "dist");
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.iconPath = vscode.Uri.joinPath(this.#extensionUri, "media", "icon.png");
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#unheard = undefined;
      this.#closed.fire();
    });
    webview.onDidReceiveMessage((message: unknown) => {
      if (this.#unheard && isGreeting(message)) {
        this.#send(this.#unheard);
        this.#unheard = undefined;
      }
      void this.#messages.receive(message, (reply) => void webview.postMessage(reply));
    });
    webview.html = page(webview, vscode.Uri.joinPath(dist, "renderer.js"));
    return panel;
  }

  #send(payload: Payload): void {
    const message: ToRenderer = { type: "show", payload };
    void this.#panel?.webview.postMessage(message);
  }

  dispose(): void {
    this.#restoring.dispose();
    this.#panel?.dispose();
    this.#closed.dispose();
  }
}

/** The page greets when it is ready, and again for each chart it draws. */
function isGreeting(message: unknown): boolean {
  return (message as { type?: unknown } | null)?.type === "hello";
}

/** Runs one script of this extension and nothing else; loads nothing. */
function page(webview: vscode.Webview, script: vscode.Uri): string {
  const nonce = crypto.randomUUID();
  const policy = `default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src ${webview.cspSource} 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Init Lens</title>
</head>
<body>
<main id="chart"></main>
<script type="module" nonce="${nonce}">
import { showPanel } from "${webview.asWebviewUri(script)}";
showPanel();
</script>
</body>
</html>`;
}
