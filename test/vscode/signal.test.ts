import assert from "node:assert/strict";
import * as vscode from "vscode";
import { file, type Test, window } from "./harness.js";

const INPUT = ".quick-input-widget input";

const NET = `from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU())
        self.head = nn.Linear(256, 10)

    def forward(self, x):
        return self.head(self.body(x))
`;

export const signalTests: readonly Test[] = [
  {
    name: "an example input is written above its class, and the signal through the model is drawn",
    async run() {
      await vscode.workspace.fs.writeFile(file("signal.py"), new TextEncoder().encode(NET));
      const editor = await vscode.window.showTextDocument(file("signal.py"));
      editor.selection = new vscode.Selection(5, 0, 5, 0);
      const asking = vscode.commands.executeCommand("initLens.setExampleInput");
      await window.waitFor(INPUT);
      await window.type("N, 64");
      await window.press("Enter");
      await asking;
      assert.equal(editor.document.lineAt(3).text, "# init-lens: input (N, 64)");

      await vscode.commands.executeCommand("initLens.showSignal");
      await window.waitFor(".chart", "Does the signal survive the depth?");
      await window.screenshot("signal");
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await vscode.workspace.fs.delete(file("signal.py"));
    },
  },
];
