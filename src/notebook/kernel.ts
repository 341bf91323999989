import * as vscode from "vscode";
import type { AnalysisService } from "../editor/services/analysisService.js";
import type { ChartService } from "../editor/services/chartService.js";
import { NOTEBOOK_TYPE } from "../editor/services/documents.js";
import { settings } from "../editor/services/settings.js";
import { isPreview, weightPreview } from "../preview/preview.js";
import type { Layer } from "../types.js";
import { outputItems } from "./insertPreview.js";

/** A kernel that runs nothing: a cell's output are the charts of the layers it makes. It needs no Python. */
export function registerKernel(analyses: AnalysisService, charts: ChartService): vscode.Disposable {
  const title = vscode.l10n.t("Init Lens (charts, no Python)");
  const kernel = vscode.notebooks.createNotebookController("init-lens-charts", NOTEBOOK_TYPE, title);
  kernel.supportedLanguages = ["python"];
  kernel.description = vscode.l10n.t("Draws the weights of each cell's layers without running any code");
  kernel.executeHandler = async (cells) => {
    for (const cell of cells) {
      if (cell.notebook.isClosed) return;
      await show(cell, kernel, { analyses, charts });
    }
  };
  return kernel;
}

/** Most charts below one cell; a cell of a whole network would make a very long page. */
const MOST_CHARTS = 12;

async function show(
  cell: vscode.NotebookCell,
  kernel: vscode.NotebookController,
  { analyses, charts }: { readonly analyses: AnalysisService; readonly charts: ChartService },
): Promise<void> {
  const execution = kernel.createNotebookCellExecution(cell);
  const abort = new AbortController();
  execution.token.onCancellationRequested(() => abort.abort());
  execution.start(Date.now());
  try {
    await execution.clearOutput();
    const layers = await analyses.layersIn(cell.document);
    for (const layer of layers.slice(0, MOST_CHARTS)) {
      await execution.appendOutput(await output(layer, charts, cell.document, abort.signal));
    }
    const more = layers.length - MOST_CHARTS;
    if (more > 0) await execution.appendOutput(textOutput(vscode.l10n.t("{0} more layers", more)));
    execution.end(true, Date.now());
  } catch (error) {
    // Its execution went with it.
    if (cell.notebook.isClosed) return;
    if (!abort.signal.aborted) {
      await execution.appendOutput(textOutput(error instanceof Error ? error.message : String(error)));
    }
    execution.end(false, Date.now());
  }
}

async function output(
  layer: Layer,
  charts: ChartService,
  document: vscode.TextDocument,
  signal: AbortSignal,
): Promise<vscode.NotebookCellOutput> {
  const preview = weightPreview(layer);
  if (!isPreview(preview)) return textOutput(`${layer.name || layer.class}: ${preview.reason}`);
  const bundle = await charts.bundle(layer, preview, settings(document), { signal });
  return new vscode.NotebookCellOutput(outputItems(bundle));
}

function textOutput(text: string): vscode.NotebookCellOutput {
  return new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.text(text)]);
}
