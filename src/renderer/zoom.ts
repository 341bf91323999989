/** Which part of the horizontal axis is shown, and the keys that change it. */
import type { View } from "vega";
import { BRUSH } from "../charts/spec";

export type Range = readonly [low: number, high: number];

const STEP = 0.25;
/** A drag shorter than this part of the axis is a click. */
const LEAST_DRAG = 0.01;

/** The range after a key, `undefined` for the whole axis, `null` where the key means nothing here. */
export function zoomByKey(key: string, shown: Range): Range | undefined | null {
  const [low, high] = shown;
  const step = (high - low) * STEP;
  switch (key) {
    case "+":
    case "=":
      return [low + step, high - step];
    case "-":
      return [low - step, high + step];
    case "ArrowLeft":
      return [low - step, high - step];
    case "ArrowRight":
      return [low + step, high + step];
    case "0":
    case "Escape":
      return undefined;
    default:
      return null;
  }
}

/** The range that the horizontal axis of a drawn chart shows. */
export function shownRange(view: View): Range | null {
  try {
    const scale = view.scale("x") as { domain(): unknown[] };
    const [low, high] = scale.domain();
    return typeof low === "number" && typeof high === "number" ? [low, high] : null;
  } catch {
    return null;
  }
}

/** Calls back with the part of the axis that a drag has selected, once the drag ends. */
export function onBrush(view: View, selected: (range: Range) => void): () => void {
  let range: Range | null = null;
  const listener = (_: string, value: unknown) => {
    const [ends] = typeof value === "object" && value !== null ? Object.values(value) : [];
    range = Array.isArray(ends) && ends.length === 2 ? [Math.min(...ends), Math.max(...ends)] : null;
  };
  view.addSignalListener(BRUSH, listener);
  const done = () => {
    const shown = shownRange(view);
    const drawn = range;
    range = null;
    if (!drawn || !shown || drawn[1] - drawn[0] < (shown[1] - shown[0]) * LEAST_DRAG) return;
    selected(drawn);
  };
  // The pointer may be let go anywhere.
  window.addEventListener("pointerup", done);
  return () => {
    window.removeEventListener("pointerup", done);
    view.removeSignalListener(BRUSH, listener);
  };
}
