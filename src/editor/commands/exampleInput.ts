import * as vscode from "vscode";
import { inputShapes } from "../../layers/reading/exampleInputs.js";
import { inputPlaceAt } from "../../source/exampleInput.js";

/** Asks what the model around the cursor is given, and writes it as a comment above its class. */
export async function setExampleInput(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const { document, selection } = editor;
  const place = inputPlaceAt(document.getText(), document.offsetAt(selection.active));
  const title =
    place.className === null
      ? vscode.l10n.t("What are the models of this file given?")
      : vscode.l10n.t("What is {0} given?", place.className);
  const shapes = await askInput(title, place.present);
  if (shapes === undefined) return;
  const { start, end, text } = place.edit(shapes);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new Error(vscode.l10n.t("The file cannot be changed."));
}

/** Shapes, one a tensor; undefined where nobody answers. */
export const askInput = (title: string, value: string | null): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      "The shape of an input, batch first; several one after the other. A name stands for any size.",
    ),
    placeHolder: "(N, 3, 224, 224)",
    value: value ?? "",
    validateInput: (text) =>
      inputShapes(text) === null ? vscode.l10n.t("A shape is such as (N, 3, 224, 224).") : undefined,
  });
