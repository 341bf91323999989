import * as vscode from "vscode";
import { enclosingClass } from "../../source/enclosingClass.js";

/** Asks for an expression that builds a model, begun with the class that the cursor is in. */
export async function askModel(title: string): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  const around = editor && enclosingClass(editor.document.getText(), editor.selection.active.line + 1);
  const value = around ? `${around.name}()` : "";
  const between = Math.max(0, value.length - 1);
  const written = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t("An expression that builds it, as it would stand at the end of the file"),
    placeHolder: "Net(hidden=128)",
    value,
    valueSelection: [between, between],
  });
  return written?.trim() || undefined;
}
