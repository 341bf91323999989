import type * as vscode from "vscode";
import { isPreview, weightPreview } from "../preview/preview.js";
import type { Layer } from "../types.js";
import type { ChartService } from "./chartService.js";
import { settings } from "./settings.js";

/** Lenses come first: the worker that makes charts starts this many milliseconds after them. */
const AFTER_LENSES = 100;

/** Told of layers on the screen. */
export type LayersShown = (document: vscode.TextDocument, layers: readonly Layer[]) => void;

/**
 * Makes one chart of the layers shown first, for nobody: the worker is started and has its programs ready
 * when somebody asks for a chart. Nothing happens in a window that shows no layer.
 */
export function chartsWarmedBy(charts: ChartService): LayersShown {
  let warmed = false;
  return (document, layers) => {
    if (warmed) return;
    for (const layer of layers) {
      const preview = weightPreview(layer);
      if (!isPreview(preview)) continue;
      warmed = true;
      // A failure is told when somebody asks.
      setTimeout(() => charts.bundle(layer, preview, settings(document)).catch(() => {}), AFTER_LENSES);
      return;
    }
  };
}
