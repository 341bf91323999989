/** The preview panel: the same view, in a webview of its own beside the editor. */
import { parsePayload } from "../charts/payload";
import type { Host } from "./host";
import { parseToRenderer, type ToRenderer } from "./protocol";
import { ChartView, showNotice } from "./view";

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The panel shows one chart at a time, under this name. */
const OUTPUT = "panel";

/** What survives a reload of the window. */
interface Saved {
  readonly payload?: unknown;
  readonly view?: unknown;
}

/** Makes the page the preview panel: what the extension tells it to show, and what was shown before a reload. */
export function showPanel(): void {
  const vscode = acquireVsCodeApi();
  const saved = (): Saved => (vscode.getState() ?? {}) as Saved;
  const element = document.getElementById("chart") ?? document.body;
  const listeners = new Set<(message: ToRenderer) => void>();
  const host: Host = {
    send: (message) => vscode.postMessage(message),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    remember: (_, view) => vscode.setState({ ...saved(), view }),
    recall: () => saved().view,
  };

  let current: { dispose(): void } | undefined;
  const show = (raw: unknown) => {
    const parsed = parsePayload(raw);
    if (parsed.ok && current instanceof ChartView) return current.show(parsed.value);
    current?.dispose();
    if (!parsed.ok) {
      current = showNotice(element, parsed.reason);
      return;
    }
    const view = new ChartView(element, OUTPUT, parsed.value, host);
    current = view;
    void view.draw();
  };

  window.addEventListener("message", ({ data }) => {
    const message = parseToRenderer(data);
    if (!message) return;
    if (message.type === "show") {
      // The extension answers each greeting; what is on screen already keeps what the reader changed.
      if (current && JSON.stringify(message.payload) === JSON.stringify(saved().payload)) return;
      // What the reader drew for the layer before does not belong to this one.
      vscode.setState({ ...saved(), payload: message.payload, view: undefined });
      show(message.payload);
    } else for (const listener of listeners) listener(message);
  });
  const { payload } = saved();
  if (payload !== undefined) show(payload);
  else host.send?.({ type: "hello", output: OUTPUT });
}
