import * as vscode from "vscode";
import { callChoices } from "../../views/callChoices.js";
import type { FoundLayer } from "../lenses/layerReference.js";
import type { AnalysisService } from "../services/analysisService.js";
import { moduleOf } from "../services/documents.js";

/** Lets the reader choose the call that a module's layers are shown for, or write one that stands nowhere. */
export async function chooseCall(analyses: AnalysisService, { layer, document }: FoundLayer): Promise<void> {
  const uri = moduleOf(document)?.uri;
  if (!uri) return;
  const all = { label: vscode.l10n.t("All calls"), description: "", key: "all" as const };
  const other = { label: vscode.l10n.t("Another call…"), description: "", key: "other" as const };
  const calls = callChoices(layer).map(({ label, description, key, isShown }) => ({
    label: isShown ? `$(check) ${label}` : label,
    description,
    key: { call: key },
  }));
  const title = vscode.l10n.t("Show the layers for");
  const picked = await vscode.window.showQuickPick([...calls, all, other], {
    title,
    matchOnDescription: true,
  });
  if (!picked) return;
  if (picked.key === "all") analyses.choose(uri, undefined);
  else if (picked.key === "other") await writeCall(analyses, uri);
  else analyses.choose(uri, { chosen: [picked.key.call], expressions: [] });
}

async function writeCall(analyses: AnalysisService, uri: vscode.Uri): Promise<void> {
  const written = await vscode.window.showInputBox({
    title: vscode.l10n.t("Show the layers for"),
    prompt: vscode.l10n.t("A call as it could stand at the end of this file"),
    placeHolder: "GPT(GPTConfig(n_layer=24))",
  });
  const expression = written?.trim();
  if (expression) analyses.choose(uri, { chosen: [], expressions: [expression] });
}
