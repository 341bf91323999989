import * as vscode from "vscode";
import { isRefusal } from "../../init/refusal.js";
import { snippetForLayer } from "../../snippets/layer.js";
import { type Placement, placeAll } from "../../snippets/placeAll.js";
import { enclosingClass } from "../../source/enclosingClass.js";
import { importedNames } from "../../source/importedNames.js";
import type { Layer } from "../../types.js";
import { fits, mainParameter, scaleText, schemeName } from "../../views/layerText.js";
import type { FoundLayer } from "../lenses/layerReference.js";
import type { AnalysisService } from "../services/analysisService.js";
import { rangeOf } from "../services/documents.js";
import { assignedTo, moduleText } from "./snippetInsertion.js";

/** Asks how far to go, where there is more than the one layer, and writes what is recommended. */
export async function applyRecommended(
  analyses: AnalysisService,
  { document, layer }: FoundLayer,
  isCertain: boolean,
): Promise<void> {
  const layers = isCertain ? [layer] : await chooseLayers(await analyses.layersIn(document), layer, document);
  if (!layers) return;
  const { edits, placed, left } = placeAll(
    document.getText(),
    layers.flatMap((one) => placementOf(one, document) ?? []),
  );
  if (placed.length === 0) {
    throw new Error(
      left.length > 0 || layers.length === 0 ? nowhere() : vscode.l10n.t("Nothing is to be changed."),
    );
  }
  const edit = new vscode.WorkspaceEdit();
  for (const one of edits) edit.replace(document.uri, rangeOf({ file: "", ...one }), one.newText);
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new Error(vscode.l10n.t("The file cannot be changed."));
  }
  const count = layers.length - placed.length;
  if (count > 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("{0} layers are initialised as recommended; {1} are left for you.", placed.length, count),
    );
  }
}

const nowhere = (): string =>
  vscode.l10n.t("The recommended initialisation cannot be written where this layer is made.");

/** The layer, those of its class, or those of its document that are not as recommended. */
async function chooseLayers(
  all: readonly Layer[],
  layer: Layer,
  document: vscode.TextDocument,
): Promise<readonly Layer[] | undefined> {
  const around = enclosingClass(document.getText(), layer.site.line);
  const inClass = around
    ? all.filter(({ site }) => site.line >= around.line && site.line <= around.endLine)
    : [];
  const items = [
    { label: vscode.l10n.t("This layer"), description: adviceText(layer), layers: [layer] },
    ...(around ? [several(vscode.l10n.t("All layers of {0}", around.name), inClass)] : []),
    several(vscode.l10n.t("All layers of this file"), all),
  ].filter(({ layers }, index) => index === 0 || layers.length > 1);
  if (items.length === 1) return [layer];
  const title = vscode.l10n.t("Apply recommended initialisation to");
  return (await vscode.window.showQuickPick(items, { title }))?.layers;
}

/** Without being asked about each, only what is certainly off is changed. */
function several(label: string, layers: readonly Layer[]) {
  const off = layers.filter((layer) => {
    const weight = mainParameter(layer);
    const { recommended } = layer;
    return weight && recommended && recommended.assumes === undefined && !fits(recommended, weight.current);
  });
  const description = vscode.l10n.t("{0} of {1} differ from what is recommended", off.length, layers.length);
  return { label, description, layers: off };
}

function adviceText({ name, recommended }: Layer): string {
  const advice = recommended && `${schemeName(recommended.scheme)} ${scaleText(recommended.distribution)}`;
  return [name, advice].filter(Boolean).join(": ");
}

function placementOf(layer: Layer, document: vscode.TextDocument): Placement | undefined {
  const { recommended, site } = layer;
  const weight = mainParameter(layer);
  if (!recommended || !weight) return undefined;
  const owner = assignedTo(document.lineAt(site.line - 1).text.slice(0, site.column - 1));
  const style = { aliases: importedNames(moduleText(document)), ...(owner === null ? {} : { owner }) };
  const snippet = snippetForLayer(layer, weight, recommended.scheme, style, recommended.distribution);
  return snippet && !isRefusal(snippet) ? { site, snippet } : undefined;
}
