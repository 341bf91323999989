import * as vscode from "vscode";
import { PAYLOAD_MIME } from "../../charts/payload.js";
import { insertPreviewCell } from "../../notebook/insertPreview.js";
import { closerLooks } from "../../preview/closer.js";
import { isPreview, type NoPreview, type Preview } from "../../preview/preview.js";
import { previewCode } from "../../preview/previewCode.js";
import type { Layer } from "../../types.js";
import { modelRows } from "../../views/modelOverview.js";
import { chooseCall } from "../commands/chooseCall.js";
import type { FoundLayer } from "../lenses/layerReference.js";
import type { AnalysisService } from "../services/analysisService.js";
import type { ChartService } from "../services/chartService.js";
import { cellIn, isReadOnly, moduleOf, notebookOf } from "../services/documents.js";
import { withProgress } from "../services/progress.js";
import { settings } from "../services/settings.js";
import type { PreviewPanel } from "./previewPanel.js";

/** What shows a chart. */
interface Stage {
  readonly analyses: AnalysisService;
  readonly charts: ChartService;
  readonly panel: PreviewPanel;
}

/** Shows a chart where its layer is: below the cell, or in a panel beside what cannot take it. */
export async function showPreview(
  { analyses, charts, panel }: Stage,
  { layer, document }: FoundLayer,
  preview: Preview | NoPreview,
): Promise<void> {
  if (!isPreview(preview)) return refuse(analyses, { layer, document }, preview);
  const choice = settings(document);
  const notebook = notebookOf(document);
  const cell = notebook && cellIn(notebook, document);
  await withProgress(previewTitle(layer), async (options) => {
    if (!notebook || !cell) {
      return panel.show(await charts.payload(layer, preview, choice, options), previewTitle(layer));
    }
    const drawing = charts.bundle(layer, preview, choice, options);
    const [bundle, isFixed] = await Promise.all([drawing, isReadOnly(notebook.uri)]);
    if (isFixed) panel.show(bundle[PAYLOAD_MIME], previewTitle(layer));
    else await insertPreviewCell(notebook, cell, previewCode(preview, layer.framework), bundle);
  });
}

/** Says why nothing is drawn and, where a call of what makes the layer may say the sizes, offers to choose one. */
async function refuse(
  analyses: AnalysisService,
  found: FoundLayer,
  { reason, isOpen }: NoPreview,
): Promise<void> {
  const message = `Init Lens: ${reason}`;
  const choose = vscode.l10n.t("Choose Call…");
  const actions = isOpen && (found.layer.calls ?? []).length > 0 ? [choose] : [];
  const taken = await vscode.window.showInformationMessage(message, ...actions);
  if (taken === choose) await chooseCall(analyses, found);
}

/** Asks what to look at of a layer, and shows it in the panel beside the source. */
export async function lookCloser({ charts, panel }: Stage, { layer, document }: FoundLayer): Promise<void> {
  const title = previewTitle(layer);
  const looks = closerLooks(layer);
  if (looks.length === 0) {
    const advice = vscode.l10n.t("What this layer draws, or its size, is not known.");
    void vscode.window.showInformationMessage(`Init Lens: ${advice}`);
    return;
  }
  const items = looks.map((look) => ({ label: look.title, look }));
  const placeHolder = vscode.l10n.t("What to look at of {0}", title);
  const picked = await vscode.window.showQuickPick(items, { placeHolder });
  if (!picked) return;
  await withProgress(title, async (options) => {
    panel.show(await charts.closer(picked.look, settings(document), options), title);
  });
}

/** Shows every layer of the file or notebook in the editor, a row each, in the panel beside it. */
export async function showModel({ analyses, charts, panel }: Stage): Promise<void> {
  const document = vscode.window.activeTextEditor?.document ?? firstCell()?.document;
  const analysis = document && (await analyses.current(document));
  const rows = modelRows(analysis?.layers ?? []);
  if (!document || rows.length === 0) {
    const advice = vscode.l10n.t("No layer with weights of known size is made here.");
    void vscode.window.showInformationMessage(`Init Lens: ${advice}`);
    return;
  }
  const name = (moduleOf(document)?.uri ?? document.uri).path.replace(/.*\//, "");
  await withProgress(name, async (options) => {
    panel.show(await charts.model(rows, settings(document), options), name);
  });
}

function firstCell(): vscode.NotebookCell | undefined {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  return notebook?.getCells().find(({ kind }) => kind === vscode.NotebookCellKind.Code);
}

/** What a chart of a layer is called. */
export function previewTitle(layer: Layer): string {
  return layer.name === "" ? layer.class : layer.name;
}
