/** Stands in for the editor in a page of its own: loads the renderer as a module and passes messages. */
import type { OutputItem, RendererApi, RendererContext } from "vscode-notebook-renderer";

const elements = new Map<string, HTMLElement>();
const sent: unknown[] = [];
/** How often the text of an output was asked for. */
const reads = new Map<string, number>();
const listeners = new Set<(message: unknown) => void>();
let state: unknown;
let api: RendererApi | undefined;

/** Starts the renderer; `messaging` says whether an extension listens. */
async function start(messaging: boolean, saved?: unknown): Promise<void> {
  state = saved;
  const context = {
    getState: () => state,
    setState: (next: unknown) => {
      state = structuredClone(next);
    },
    getRenderer: () => Promise.resolve(undefined),
    workspace: { isTrusted: true },
    ...(messaging
      ? {
          postMessage: (message: unknown) => sent.push(structuredClone(message)),
          onDidReceiveMessage: (listener: (message: unknown) => void) => {
            listeners.add(listener);
            return { dispose: () => listeners.delete(listener) };
          },
        }
      : {}),
  } as unknown as RendererContext<unknown>;
  const url = "/renderer.js";
  api = await ((await import(url)) as { activate(c: typeof context): Promise<RendererApi> }).activate(
    context,
  );
}

function item(id: string, mime: string, data: Uint8Array): OutputItem {
  const text = () => {
    reads.set(id, (reads.get(id) ?? 0) + 1);
    return new TextDecoder().decode(data);
  };
  return {
    id,
    mime,
    metadata: {},
    text,
    json: () => JSON.parse(text()),
    data: () => data,
    blob: () => new Blob([text()], { type: mime }),
  };
}

/** Shows one output; answers with the milliseconds it took until the chart stood. */
async function render(id: string, mime: string, text: string, width?: number): Promise<number> {
  let element = elements.get(id);
  if (!element) {
    element = document.createElement("div");
    if (width) element.style.width = `${width}px`;
    elements.set(id, element);
    document.querySelector("main")!.append(element);
  }
  const output = item(id, mime, new TextEncoder().encode(text));
  const before = performance.now();
  await api!.renderOutputItem(output, element, new AbortController().signal);
  return performance.now() - before;
}

function dispose(id?: string): void {
  api!.disposeOutputItem?.(id);
  for (const [key, element] of elements) {
    if (id !== undefined && key !== id) continue;
    element.remove();
    elements.delete(key);
  }
}

function theme(kind: string, variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables))
    document.documentElement.style.setProperty(name, value);
  document.body.dataset.vscodeThemeKind = kind;
  document.body.className = kind;
}

const harness = {
  start,
  render,
  dispose,
  theme,
  sent,
  listeners,
  elements,
  reads: (id: string) => reads.get(id) ?? 0,
  state: () => state,
  deliver: (message: unknown) => {
    for (const listener of listeners) listener(message);
  },
  /** The view inside an output's shadow root. */
  view: (id: string) =>
    elements.get(id)!.querySelector(".init-lens")?.shadowRoot?.querySelector(".view") ?? null,
};

export type Harness = typeof harness;
(globalThis as unknown as { harness: Harness }).harness = harness;
