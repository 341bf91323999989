import * as vscode from "vscode";
import type { SignalReport } from "../../types.js";
import { signalPayload } from "../../views/signalChart.js";
import { askInput } from "../commands/exampleInput.js";
import { askModel } from "../models/modelExpression.js";
import type { ChartService } from "../services/chartService.js";
import { type Module, moduleOf } from "../services/documents.js";
import type { ModelService } from "../services/modelService.js";
import { withProgress } from "../services/progress.js";
import type { PreviewPanel } from "./previewPanel.js";

/** What shows the signal. */
interface Stage {
  readonly models: ModelService;
  readonly charts: ChartService;
  readonly panel: PreviewPanel;
}

/** Draws how large activations and gradients are at each layer of a model of the file on screen. */
export async function showSignal(stage: Stage): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const module = document && moduleOf(document);
  if (!module) return;
  const call = await pickCall(stage.models, module);
  if (call === undefined) return;
  const report = await reportOf(stage.models, module, call);
  if (report === undefined) return;
  const payload = signalPayload(report);
  if (payload === null) {
    const reason =
      report.diagnostics[0]?.message ?? vscode.l10n.t("No layer with weights runs on the input.");
    void vscode.window.showInformationMessage(`Init Lens: ${reason}`);
    return;
  }
  await withProgress(call, async (options) => {
    stage.panel.show(await stage.charts.made(payload, options), call);
  });
  const notes = report.diagnostics.map(({ message }) => message);
  if (notes.length > 0) void vscode.window.showInformationMessage(`Init Lens: ${notes.join(". ")}.`);
}

/** The file's only model, or one of several, or an expression that builds one. */
async function pickCall(models: ModelService, module: Module): Promise<string | undefined> {
  const { reports } = await models.models(module, { withOwn: true, calls: [] });
  const other = vscode.l10n.t("Another expression…");
  if (reports.length > 0) {
    const items = [...reports.map(({ call }) => ({ label: call })), { label: other }];
    const title = vscode.l10n.t("Show the signal through");
    const picked = reports.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title });
    if (picked === undefined || picked.label !== other) return picked?.label;
  }
  return askModel(vscode.l10n.t("Which model?"));
}

/** Asks for an example input where the document declares none. */
async function reportOf(
  models: ModelService,
  module: Module,
  call: string,
): Promise<SignalReport | undefined> {
  const { outcome } = await models.signal(module, call, null);
  if (!("error" in outcome)) return outcome;
  if (!outcome.needsInput) throw new Error(outcome.error);
  const input = await askInput(vscode.l10n.t("What is {0} given?", call), null);
  if (input === undefined) return undefined;
  const again = await models.signal(module, call, input);
  if ("error" in again.outcome) throw new Error(again.outcome.error);
  return again.outcome;
}
