import * as vscode from "vscode";
import type { FoundLayer } from "../editor/lenses/layerReference.js";
import { cellIn, notebookOf } from "../editor/services/documents.js";
import { layerFacts } from "../preview/preview.js";
import { actualWeightsCode } from "../snippets/actualWeights.js";
import { mainParameter } from "../views/layerText.js";

/**
 * Puts a cell below a layer's that, run in the reader's own Python, draws the weights the layer holds by
 * then. It is not run: that is the reader's to do, when the weights are what they should be.
 */
export async function insertActualWeights({ layer, document }: FoundLayer): Promise<void> {
  const notebook = notebookOf(document);
  const cell = notebook && cellIn(notebook, document);
  if (!notebook || !cell)
    throw new Error(vscode.l10n.t("Actual weights are read in a notebook, by a cell of it."));
  const parameter = mainParameter(layer);
  const expression = parameter && (await expressionOf({ layer, document }));
  if (!parameter || expression === undefined) return;
  const { framework } = layer;
  const code = actualWeightsCode({
    expression,
    framework,
    layer: layerFacts(layer),
    expected: parameter.current,
  });
  if (code === null) {
    throw new Error(
      vscode.l10n.t("Layers of this framework do not hold their weights, so they cannot be read."),
    );
  }
  const inserted = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, code, "python");
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(cell.index + 1, [inserted])]);
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new Error(vscode.l10n.t("The notebook cannot be changed."));
}

/** A variable of the notebook names its layer; any other the reader has to name. */
async function expressionOf({ layer, document }: FoundLayer): Promise<string | undefined> {
  const { line, column } = layer.site;
  const variable = /^(\w+)\s*=\s*$/.exec(document.lineAt(line - 1).text.slice(0, column - 1))?.[1];
  if (variable) return variable;
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Which layer is it in the running notebook?"),
    prompt: vscode.l10n.t("A Python expression"),
    value: layer.name === "" ? "model[0]" : `model.${layer.name}`,
  });
}
