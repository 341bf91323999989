import * as vscode from "vscode";
import { isRefusal } from "../../init/refusal.js";
import { snippetForLayer } from "../../snippets/layer.js";
import { snippetText } from "../../snippets/snippet.js";
import { translation } from "../../snippets/translation.js";
import { importedNames } from "../../source/importedNames.js";
import { mainParameter } from "../../views/layerText.js";
import { reportText } from "../../views/report.js";
import { DIALECT_CHOICES, moduleText } from "../commands/snippetInsertion.js";
import type { AnalysisService } from "../services/analysisService.js";
import type { FoundLayer } from "./layerReference.js";

/** Puts the code of the recommended initialisation onto the clipboard. */
export async function copySnippet({ layer, document }: FoundLayer): Promise<void> {
  const weight = mainParameter(layer);
  const { recommended } = layer;
  const aliases = importedNames(moduleText(document));
  const made =
    recommended && weight
      ? snippetForLayer(layer, weight, recommended.scheme, { aliases }, recommended.distribution)
      : null;
  if (!made) throw new Error(vscode.l10n.t("There is no snippet for this kind of layer."));
  if (isRefusal(made)) throw new Error(made.message);
  await copy(snippetText(made));
}

/** Asks for a framework, with the code in each, and puts what the layer draws onto the clipboard as its code. */
export async function translate({ layer }: FoundLayer): Promise<void> {
  const items = DIALECT_CHOICES.map(({ id, label }) => {
    const text = translation(layer, id);
    return typeof text === "string"
      ? { label, description: text.split("\n").at(-1) ?? "", text }
      : { label, description: text.message, text: null };
  });
  const title = vscode.l10n.t("What {0} draws, written for", layer.name || layer.class);
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  if (!picked) return;
  if (picked.text === null) throw new Error(picked.description);
  await copy(picked.text);
}

/** Puts a table of all layers of a document's module onto the clipboard. */
export async function copyReport(analyses: AnalysisService, document: vscode.TextDocument): Promise<void> {
  const analysis = await analyses.current(document);
  if (!analysis || analysis.layers.length === 0) throw new Error(vscode.l10n.t("This file makes no layers."));
  await copy(reportText(analysis));
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Init Lens: copied"), 3000);
}
