import * as vscode from "vscode";
import { insertPreviewCell } from "../notebook/insertPreview.js";
import { isPreview, type NoPreview, type Preview, schemesPreview, weightPreview } from "../preview.js";
import { previewCode } from "../previewCode.js";
import type { Layer } from "../types.js";
import type { AnalysisService } from "./analysisService.js";
import type { ChartService } from "./chartService.js";
import { cellIn, notebookOf } from "./documents.js";
import { type FoundLayer, findLayer, type LayerReference } from "./layerReference.js";
import type { PreviewPanel } from "./previewPanel.js";
import { settings } from "./settings.js";
import { insertSnippet, insertSnippetAtCursor } from "./snippetInsertion.js";

/** What commands work with. */
export interface Services {
  readonly analyses: AnalysisService;
  readonly charts: ChartService;
  readonly panel: PreviewPanel;
  readonly log: vscode.LogOutputChannel;
}

/** What a command does with the layer it is about. */
type LayerCommand = (services: Services, found: FoundLayer) => Promise<void>;

/** Where no layer is, the code of a weight of unknown size is written instead. */
const insertSnippetHere: LayerCommand = (_services, found) => insertSnippet(found);

/** The commands on a layer: the one a link names, else the one under the cursor. */
const LAYER_COMMANDS: ReadonlyMap<string, LayerCommand> = new Map<string, LayerCommand>([
  ["initLens.previewWeights", (services, found) => showPreview(services, found, weightPreview(found.layer))],
  ["initLens.compareSchemes", (services, found) => showPreview(services, found, schemesPreview(found.layer))],
  ["initLens.insertSnippet", insertSnippetHere],
]);

export function registerCommands(services: Services): vscode.Disposable {
  const registered = [...LAYER_COMMANDS].map(([id, run]) =>
    vscode.commands.registerCommand(id, (reference?: LayerReference) => onLayer(services, reference, run)),
  );
  return vscode.Disposable.from(...registered);
}

async function onLayer(
  services: Services,
  reference: LayerReference | undefined,
  run: LayerCommand,
): Promise<void> {
  const { analyses, log } = services;
  try {
    const found = await findLayer(analyses, reference);
    const editor = vscode.window.activeTextEditor;
    if (found) await run(services, found);
    else if (run === insertSnippetHere && editor) await insertSnippetAtCursor(editor);
    else {
      const advice = vscode.l10n.t("There is no layer at the cursor. Place it on a line that makes one.");
      void vscode.window.showInformationMessage(advice);
    }
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return;
    const message = error instanceof Error ? error.message : String(error);
    log.error(message);
    void vscode.window.showErrorMessage(`Init Lens: ${message}`);
  }
}

/** Shows a chart where its layer is: below the cell, or in a panel beside the file. */
async function showPreview(
  { charts, panel }: Services,
  { layer, document }: FoundLayer,
  preview: Preview | NoPreview,
): Promise<void> {
  if (!isPreview(preview)) {
    void vscode.window.showInformationMessage(`Init Lens: ${preview.reason}`);
    return;
  }
  const choice = settings(document);
  const notebook = notebookOf(document);
  const cell = notebook && cellIn(notebook, document);
  await withProgress(previewTitle(layer), async (options) => {
    if (notebook && cell) {
      const bundle = await charts.bundle(layer, preview, choice, options);
      await insertPreviewCell(notebook, cell, previewCode(preview, layer.framework), bundle);
    } else {
      panel.show(await charts.payload(layer, preview, choice, options), previewTitle(layer));
    }
  });
}

function previewTitle(layer: Layer): string {
  return layer.name === "" ? layer.class : layer.name;
}

/** Work in the workers under a notification that can cancel it. */
function withProgress(
  title: string,
  work: (options: { signal: AbortSignal; onProgress: (done: number) => void }) => Promise<void>,
): Thenable<void> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    let reported = 0;
    const onProgress = (done: number) => {
      progress.report({ increment: 100 * (done - reported) });
      reported = done;
    };
    return work({ signal: abort.signal, onProgress });
  });
}
