import type * as vscode from "vscode";
import { isPreview, weightPreview } from "../../preview/preview.js";
import type { Layer } from "../../types.js";
import type { ChartService } from "../services/chartService.js";
import { settings } from "../services/settings.js";

/** Lenses come first: charts are prepared this many milliseconds after them. */
const AFTER_LENSES = 100;
/** Layers of one cell or file whose charts are prepared: a click is most often on one of the first. */
const FIRST = 3;

/** Told of layers on the screen. */
export type LayersShown = (document: vscode.TextDocument, layers: readonly Layer[]) => void;

/**
 * Prepares the charts of the layers shown, one after the other, so that a click finds its chart made, and the
 * worker with its programs ready. Nothing happens in a window that shows no layer.
 */
export function chartsWarmedBy(charts: ChartService): LayersShown {
  const shown = new Map<vscode.TextDocument, readonly Layer[]>();
  let working = false;

  async function prepare(): Promise<void> {
    for (const [document, layers] of shown) {
      shown.delete(document);
      for (const layer of layers) {
        const preview = weightPreview(layer);
        if (isPreview(preview)) await charts.prepare(layer, preview, settings(document));
      }
    }
    working = false;
  }

  return (document, layers) => {
    if (layers.length === 0) return;
    shown.set(document, layers.slice(0, FIRST));
    if (!working) setTimeout(() => void prepare(), AFTER_LENSES);
    working = true;
  };
}
