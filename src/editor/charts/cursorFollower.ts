import * as vscode from "vscode";
import { isPreview, weightPreview } from "../../preview/preview.js";
import { referenceTo } from "../lenses/layerReference.js";
import type { AnalysisService } from "../services/analysisService.js";
import type { ChartService } from "../services/chartService.js";
import { moduleOf } from "../services/documents.js";
import { settings } from "../services/settings.js";
import type { PreviewPanel } from "./previewPanel.js";
import { previewTitle } from "./showChart.js";

/** A cursor that rests this long on a layer is meant to be there, in milliseconds. */
const REST = 150;
/** Tells the menus which of the two buttons to show. */
const CONTEXT = "initLens.followsCursor";

/** While on, the panel shows the layer under the cursor, wherever it goes. */
export class CursorFollower implements vscode.Disposable {
  readonly #analyses: AnalysisService;
  readonly #charts: ChartService;
  readonly #panel: PreviewPanel;
  #listening: vscode.Disposable | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #drawing: AbortController | undefined;
  /** What is on the panel: the place of a layer and what it draws. */
  #shown = "";

  constructor(analyses: AnalysisService, charts: ChartService, panel: PreviewPanel) {
    this.#analyses = analyses;
    this.#charts = charts;
    this.#panel = panel;
  }

  async start(): Promise<void> {
    this.#listening ??= vscode.Disposable.from(
      vscode.window.onDidChangeTextEditorSelection(() => this.#wait()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#wait()),
      this.#analyses.onDidAnalyse(() => this.#wait()),
      this.#panel.onDidClose(() => void this.stop()),
    );
    await vscode.commands.executeCommand("setContext", CONTEXT, true);
    await this.#follow();
  }

  async stop(): Promise<void> {
    this.dispose();
    this.#shown = "";
    await vscode.commands.executeCommand("setContext", CONTEXT, false);
  }

  #wait(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => void this.#follow(), REST);
  }

  /** Away from any layer the panel keeps what it shows. */
  async #follow(): Promise<void> {
    const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
    const uri = editor && moduleOf(editor.document)?.uri;
    if (!editor || !uri) return;
    const { document, selection } = editor;
    const layer = await this.#analyses.layerAt(document, selection.active);
    const preview = layer && weightPreview(layer);
    if (!layer || !preview || !isPreview(preview)) return;
    const wanted = JSON.stringify([referenceTo(uri, layer), preview]);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.#drawing?.abort();
    this.#drawing = new AbortController();
    const { signal } = this.#drawing;
    try {
      const payload = await this.#charts.payload(layer, preview, settings(document), { signal });
      this.#panel.show(payload, previewTitle(layer));
    } catch {
      // The cursor moved on; what cannot be drawn leaves the panel as it is.
    }
  }

  dispose(): void {
    clearTimeout(this.#resting);
    this.#drawing?.abort();
    this.#listening?.dispose();
    this.#listening = undefined;
  }
}
