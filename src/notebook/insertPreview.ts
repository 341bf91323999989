import * as vscode from "vscode";
import type { Bundle } from "../charts/bundle.js";

/**
 * Puts a chart into a new cell below another one: its code draws what its output shows. No kernel has a
 * part in it; one undo takes the cell away.
 */
export async function insertPreviewCell(
  notebook: vscode.NotebookDocument,
  below: vscode.NotebookCell,
  code: string,
  bundle: Bundle,
): Promise<void> {
  const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, code, "python");
  cell.outputs = [new vscode.NotebookCellOutput(outputItems(bundle))];
  const at = below.index + 1;
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(at, [cell])]);
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new Error(vscode.l10n.t("The notebook cannot be changed."));
  }
  await select(notebook, at);
}

/** An output item for each MIME type, richest first. */
export function outputItems(bundle: Bundle): vscode.NotebookCellOutputItem[] {
  return Object.entries(bundle).map(([mime, data]: [string, unknown]) =>
    typeof data === "string"
      ? vscode.NotebookCellOutputItem.text(data, mime)
      : vscode.NotebookCellOutputItem.json(data, mime),
  );
}

/** Shows the new cell, with the focus on the notebook's list of cells: there undo takes it away. */
async function select(notebook: vscode.NotebookDocument, at: number): Promise<void> {
  const editor = vscode.window.activeNotebookEditor;
  if (editor?.notebook !== notebook) return;
  const range = new vscode.NotebookRange(at, at + 1);
  editor.selection = range;
  editor.revealRange(range, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
  await vscode.commands.executeCommand("notebook.cell.quitEdit");
}
