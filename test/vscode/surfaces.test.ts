import assert from "node:assert/strict";
import * as vscode from "vscode";
import { file, type Test, window } from "./harness.js";

export const tests: readonly Test[] = [
  {
    name: "probe",
    async run() {
      await vscode.commands.executeCommand("vscode.open", file("tour.ipynb"));
      await vscode.commands.executeCommand("notebook.cell.collapseAllCellOutputs");
      const notebook = vscode.window.activeNotebookEditor!;
      const index = notebook.notebook.getCells().findIndex((c) => c.document.getText().includes("fc = nn.Linear"));
      notebook.revealRange(new vscode.NotebookRange(index, index + 1), vscode.NotebookEditorRevealType.AtTop);
      await window.waitFor(".codelens-decoration a", "32×64");
      await window.click(".codelens-decoration a", "32×64");
      console.log((await window.waitFor(".mark-rect path")).length, "bars");
      await window.screenshot("notebook-preview");
    },
  },
  {
    name: "probe py",
    async run() {
      await vscode.window.showTextDocument(file("mlp.py"));
      console.log(await window.waitFor(".codelens-decoration a", "256×784"));
      await window.click(".codelens-decoration a", "256×784");
      console.log((await window.waitFor(".mark-rect path")).length, "bars");
      await window.hover(".view-line span", "Linear");
      console.log(await window.waitFor(".monaco-hover", "kaiming"));
      await window.screenshot("py-panel");
    },
  },
];
assert.ok(tests.length);
