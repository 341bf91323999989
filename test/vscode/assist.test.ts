import assert from "node:assert/strict";
import * as vscode from "vscode";
import { file, type Test, window } from "./harness.js";

const LENS = ".codelens-decoration a";

/** What is suggested at the end of a line. */
async function suggested(editor: vscode.TextEditor, line: number): Promise<string[]> {
  const { document } = editor;
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    document.lineAt(line).range.end,
  );
  return list.items.map(
    ({ label, detail }) => `${typeof label === "string" ? label : label.label}: ${detail ?? ""}`,
  );
}

export const assistTests: readonly Test[] = [
  {
    name: "shapes stand at the ends of lines where the setting asks for them",
    async run() {
      const text = `import torch
from torch import nn

net = nn.Sequential(
    nn.Conv2d(3, 8, 3),
    nn.ReLU(),
)
y = net(torch.zeros(1, 3, 32, 32))
`;
      await vscode.workspace.fs.writeFile(file("flow.py"), new TextEncoder().encode(text));
      await vscode.window.showTextDocument(file("flow.py"));
      await window.waitFor(LENS, "8×3×3×3");
      const configuration = vscode.workspace.getConfiguration("initLens");
      await configuration.update("inlayHints.enabled", true, vscode.ConfigurationTarget.Workspace);
      await window.waitFor(".view-line span", "1×3×32×32 → 1×8×30×30");
      await window.screenshot("inlay-hints");
      await configuration.update("inlayHints.enabled", undefined, vscode.ConfigurationTarget.Workspace);
      await window.waitForNone(".view-line span", "1×3×32×32 → 1×8×30×30");
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await vscode.workspace.fs.delete(file("flow.py"));
    },
  },
  {
    name: "a sparkline follows the cursor from layer to layer",
    async run() {
      const editor = await vscode.window.showTextDocument(file("mlp.py"));
      await window.waitFor(LENS, "784→256");
      editor.selection = new vscode.Selection(2, 0, 2, 0);
      await window.waitFor(".view-lines span[class*='TextEditorDecorationType']");
      await window.screenshot("sparkline");
      editor.selection = new vscode.Selection(0, 0, 0, 0);
      await window.waitForNone(".view-lines span[class*='TextEditorDecorationType']");
    },
  },
  {
    name: "schemes are suggested with their figures after nn.init",
    async run() {
      const editor = await vscode.window.showTextDocument(file("mlp.py"));
      await window.waitFor(LENS, "784→256");
      const { lineCount } = editor.document;
      await editor.edit((edit) => edit.insert(new vscode.Position(lineCount - 1, 0), "nn.init."));
      const found = await suggested(editor, lineCount - 1);
      assert.ok(
        found.some((one) => /^xavier_uniform_\(fc1\.weight\): Glorot uniform ±0\.0759/.test(one)),
        found.join("\n"),
      );
    },
  },
  {
    name: "a chat assistant can ask for a file's layers",
    async run() {
      const input = { file: "mlp.py", line: 3 };
      const answer = await vscode.lm.invokeTool("initLens_layers", { input, toolInvocationToken: undefined });
      const [part] = answer.content;
      assert.ok(part instanceof vscode.LanguageModelTextPart);
      const { layers } = JSON.parse(part.value) as {
        layers: { name: string; parameters: { shape: number[] }[] }[];
      };
      assert.deepEqual(
        layers.map(({ name, parameters }) => [name, parameters[0]?.shape]),
        [["fc1", [256, 784]]],
      );
    },
  },
  {
    name: "the status bar tells what deserves a look, and is silent otherwise",
    async run() {
      const text = "from torch import nn\n\ntoken = nn.Embedding(1000, 64)\nnorm = nn.LayerNorm(64)\n";
      await vscode.workspace.fs.writeFile(file("look.py"), new TextEncoder().encode(text));
      await vscode.window.showTextDocument(file("look.py"));
      await window.waitFor('.statusbar-item[aria-label*="1 of 2 layers deserve a look"]');
      await window.screenshot("status-bar");
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await window.waitForNone('.statusbar-item[aria-label*="deserve a look"]');
      await vscode.workspace.fs.delete(file("look.py"));
    },
  },
];
