import assert from "node:assert/strict";
import * as vscode from "vscode";
import { file, type Test, window } from "./harness.js";

const ROW = '.pane-body [role="treeitem"]';
const QUICK_ROW = ".quick-input-list .monaco-list-row";

const NET = `from torch import nn


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)

    def forward(self, x):
        return self.fc(x)


class Net(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.blocks = nn.ModuleList([Block(width) for _ in range(2)])
        self.head = nn.Linear(width, 10)
        nn.init.zeros_(self.head.bias)

    def forward(self, x):
        return self.head(x)
`;

/** Another file of the workspace, which builds Net in a way of its own. */
const TRAIN = `import torch
from net import Net

model = Net(width=32)
`;

export const modelViewTests: readonly Test[] = [
  {
    name: "the model view shows models, modules and parameters, opens their source and exports them",
    async run() {
      await vscode.workspace.fs.writeFile(file("net.py"), new TextEncoder().encode(NET));
      await vscode.window.showTextDocument(file("net.py"));
      await vscode.commands.executeCommand("initLens.models.focus");
      await window.waitFor(ROW, "Net()");
      await window.waitFor(ROW, "8,970 values");
      await window.click(ROW, "head");
      await window.waitFor(ROW, "10×64 · draws U(±0.125)");
      await window.screenshot("model-view");
      await window.click(ROW, "10×64 · draws U(±0.125)");
      await window.waitFor(".codelens-decoration a", "64→10");
      assert.equal(vscode.window.activeTextEditor?.selection.start.line, 16);

      const exported = vscode.commands.executeCommand("initLens.exportModel");
      await window.waitFor(QUICK_ROW, "CSV");
      await window.type("CSV");
      await window.press("Enter");
      await exported;
      const csv = vscode.window.activeTextEditor?.document.getText() ?? "";
      assert.match(csv, /^name,layer,shape,values,draws,std,initialisation,file,line\r?\n/);
      assert.match(csv, /head\.bias,Linear,10,10,0,0,set,/);
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
      await vscode.commands.executeCommand("workbench.view.explorer");
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await vscode.workspace.fs.delete(file("net.py"));
    },
  },
  {
    name: "the model view lists the workspace's models, and adds the one that a call in another file builds",
    async run() {
      await vscode.workspace.fs.writeFile(file("net.py"), new TextEncoder().encode(NET));
      await vscode.workspace.fs.writeFile(file("train.py"), new TextEncoder().encode(TRAIN));
      await vscode.window.showTextDocument(file("net.py"));
      await window.waitFor(".codelens-decoration a", "for Net(width=32) in train.py");
      await vscode.commands.executeCommand("initLens.models.focus");
      await window.waitFor(ROW, "8,970 values");

      const add = vscode.commands.executeCommand("initLens.addModel");
      await window.waitFor(QUICK_ROW, "line 4 in train.py");
      await window.type("Net(width=32)");
      await window.press("Enter");
      await add;
      await window.waitFor(ROW, "2,442 values · train.py");
      await window.hover(ROW, "2,442 values · train.py");
      await window.click(`${ROW} .action-label.codicon-close`);
      await window.waitForNone(ROW, "2,442 values · train.py");

      await vscode.commands.executeCommand("list.collapseAll");
      await window.click(ROW, "Workspace");
      await window.click(ROW, "train.py");
      await window.waitFor(ROW, "2,442 values");
      await window.screenshot("model-view-workspace");
      await vscode.commands.executeCommand("workbench.view.explorer");
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await vscode.workspace.fs.delete(file("train.py"));
      await vscode.workspace.fs.delete(file("net.py"));
    },
  },
];
