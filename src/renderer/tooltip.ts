/** A tooltip of text alone: nothing from a chart's data ever becomes HTML. */
import type { TooltipHandler } from "vega";
import { make } from "./elements";

const MAX_LINES = 12;
const MAX_TEXT = 120;

/** A handler for Vega that shows its tooltips inside `root`, and how to remove them. */
export function textTooltip(root: HTMLElement): { handler: TooltipHandler; dispose: () => void } {
  const box = make("div", { class: "tooltip", role: "tooltip", hidden: "" });
  root.append(box);
  const handler: TooltipHandler = (_, event, __, value) => {
    box.hidden = value === null || value === undefined || value === "";
    if (box.hidden) return;
    box.replaceChildren(...lines(value).map((line) => make("div", {}, line)));
    place(box, root, event);
  };
  return { handler, dispose: () => box.remove() };
}

function lines(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [short(value)];
  return Object.entries(value)
    .slice(0, MAX_LINES)
    .map(([name, text]) => `${short(name)}: ${short(text)}`);
}

function short(value: unknown): string {
  const text = typeof value === "object" ? "…" : String(value);
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

function place(box: HTMLElement, root: HTMLElement, event: MouseEvent): void {
  const frame = root.getBoundingClientRect();
  const left = Math.min(event.clientX - frame.left + 14, frame.width - box.offsetWidth - 4);
  const top = Math.max(4, event.clientY - frame.top - box.offsetHeight - 10);
  box.style.left = `${Math.max(4, left)}px`;
  box.style.top = `${top}px`;
}
