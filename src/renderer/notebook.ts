/** The notebook renderer: one module for all outputs of a notebook, loaded when the first one is seen. */
import type { ActivationFunction, OutputItem } from "vscode-notebook-renderer";
import { MAX_PAYLOAD_BYTES, PAYLOAD_MIME, parsePayloadText, tooLarge } from "../charts/payload";
import { MAX_SPEC_BYTES, showVegaLite } from "./foreign";
import type { Host } from "./host";
import { Memory } from "./memory";
import { parseToRenderer } from "./protocol";
import { ChartView, showNotice } from "./view";

interface Shown {
  dispose(): void;
}

export const activate: ActivationFunction<unknown> = (context) => {
  const shown = new Map<string, Shown>();
  const memory = new Memory(context.getState(), (state) => context.setState(state));
  const host: Host = {
    send: context.postMessage ? (message) => context.postMessage?.(message) : undefined,
    listen: (listener) => {
      const subscription = context.onDidReceiveMessage?.((raw: unknown) => {
        const message = parseToRenderer(raw);
        if (message) listener(message);
      });
      return () => subscription?.dispose();
    },
    remember: (output, state) => memory.set(output, state),
    recall: (output) => memory.get(output),
  };
  const dispose = (id: string) => {
    shown.get(id)?.dispose();
    shown.delete(id);
  };
  return {
    async renderOutputItem(item, element) {
      dispose(item.id);
      const ours = item.mime === PAYLOAD_MIME;
      const view = ours ? openPayload(item, element, host) : openSpec(item, element);
      shown.set(item.id, view);
      await view.ready;
    },
    disposeOutputItem(id) {
      for (const each of id === undefined ? [...shown.keys()] : [id]) dispose(each);
    },
  };
};

function openPayload(item: OutputItem, element: HTMLElement, host: Host): Shown & { ready?: Promise<void> } {
  const bytes = item.data().byteLength;
  if (bytes > MAX_PAYLOAD_BYTES)
    return showNotice(element, `This chart cannot be shown: ${tooLarge(bytes)}.`);
  const parsed = parsePayloadText(item.text());
  if (!parsed.ok) return showNotice(element, parsed.reason);
  const view = new ChartView(element, item.id, parsed.value, host);
  return { dispose: () => view.dispose(), ready: view.draw() };
}

function openSpec(item: OutputItem, element: HTMLElement): Shown & { ready?: Promise<void> } {
  const bytes = item.data().byteLength;
  if (bytes > MAX_SPEC_BYTES) {
    return showNotice(
      element,
      `This chart cannot be shown: its data is too large: ${(bytes / 1e6).toFixed(1)} MB.`,
    );
  }
  return showVegaLite(element, item.text());
}
