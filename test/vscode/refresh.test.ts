import assert from "node:assert/strict";
import * as vscode from "vscode";
import { file, type Test, window } from "./harness.js";

const LENS = ".codelens-decoration a";
const { fs } = vscode.workspace;

const write = (name: string, text: string) => fs.writeFile(file(name), new TextEncoder().encode(text));

/** A layer whose output size another file says. */
const importer = (module: string, name: string) =>
  `from torch import nn\nfrom ${module} import ${name}\n\nfc = nn.Linear(64, ${name})\n`;

async function tidy(...names: string[]): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  for (const name of names) await fs.delete(file(name), { recursive: true });
}

/** What the layers after a file's changes are called by their lenses. */
export const refreshTests: readonly Test[] = [
  {
    name: "a lens follows a file it imports from: typed into, saved, written from outside, deleted, made again",
    async run() {
      await write("hidden.py", "HIDDEN = 128\n");
      await write("uses_hidden.py", importer("hidden", "HIDDEN"));
      await vscode.window.showTextDocument(file("uses_hidden.py"), { viewColumn: vscode.ViewColumn.One });
      await window.waitFor(LENS, "64→128");

      const hidden = await vscode.window.showTextDocument(file("hidden.py"), {
        viewColumn: vscode.ViewColumn.Two,
      });
      await hidden.edit((edit) => edit.replace(new vscode.Range(0, 9, 0, 12), "32"));
      await window.waitFor(LENS, "64→32");
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
      await window.waitFor(LENS, "64→128");

      await write("hidden.py", "HIDDEN = 256\n");
      await window.waitFor(LENS, "64→256");
      await fs.delete(file("hidden.py"));
      await window.waitFor(LENS, "64→HIDDEN");
      await write("hidden.py", "HIDDEN = 16\n");
      await window.waitFor(LENS, "64→16");
      await tidy("hidden.py", "uses_hidden.py");
    },
  },
  {
    name: "a lens shows a class for the call in another file: there, changed, deleted",
    async run() {
      const called = (width: number) =>
        `from called_net import Net\n\nif __name__ == "__main__":\n    net = Net(${width})\n`;
      await write(
        "called_net.py",
        "from torch import nn\n\n\nclass Net(nn.Module):\n    def __init__(self, width):\n        super().__init__()\n        self.fc = nn.Linear(width, 10)\n",
      );
      await write("calls_net.py", called(96));
      await vscode.window.showTextDocument(file("called_net.py"));
      await window.waitFor(LENS, "96→10");
      await write("calls_net.py", called(24));
      await window.waitFor(LENS, "24→10");
      await fs.delete(file("calls_net.py"));
      await window.waitFor(LENS, "width→10");
      await tidy("called_net.py");
    },
  },
  {
    name: "a lens follows a package that is moved away and back",
    async run() {
      await write("pkg/__init__.py", "");
      await write("pkg/sizes.py", "HIDDEN = 48\n");
      await write("uses_pkg.py", importer("pkg.sizes", "HIDDEN"));
      await vscode.window.showTextDocument(file("uses_pkg.py"));
      await window.waitFor(LENS, "64→48");
      await fs.rename(file("pkg"), file("other"));
      await window.waitFor(LENS, "64→HIDDEN");
      await fs.rename(file("other"), file("pkg"));
      await window.waitFor(LENS, "64→48");
      await tidy("pkg", "uses_pkg.py");
    },
  },
  {
    name: "imports resolve in the environment of the project and in the folders of the settings",
    async run() {
      await write(".venv/pyvenv.cfg", "home = /usr/bin\n");
      await write(".venv/lib/python3.11/site-packages/widths/__init__.py", "WIDE = 96\n");
      await write("vendored/narrow.py", "NARROW = 8\n");
      await write(
        "uses_widths.py",
        `${importer("widths", "WIDE")}from narrow import NARROW\nout = nn.Linear(WIDE, NARROW)\n`,
      );
      await vscode.window.showTextDocument(file("uses_widths.py"));
      await window.waitFor(LENS, "64→96");
      const configuration = vscode.workspace.getConfiguration("initLens", file("uses_widths.py"));
      await configuration.update("analysis.searchPaths", ["vendored"], vscode.ConfigurationTarget.Workspace);
      await window.waitFor(LENS, "96→8");
      await configuration.update("analysis.searchPaths", undefined, vscode.ConfigurationTarget.Workspace);
      await tidy(".venv", "vendored", "uses_widths.py");
    },
  },
  {
    name: "a lens keeps its place while its line is written, and goes when the cursor leaves",
    async run() {
      const editor = await vscode.window.showTextDocument(file("mlp.py"));
      await window.waitFor(LENS, "784→256");
      editor.selection = new vscode.Selection(2, 25, 2, 25);
      await editor.edit((edit) => edit.delete(new vscode.Range(2, 16, 2, 25)));
      await window.waitFor(".codelens-decoration", "…");
      await window.screenshot("lens-while-writing");
      await editor.edit((edit) => edit.insert(new vscode.Position(2, 16), "784, 64)"));
      await window.waitFor(LENS, "784→64");
      await editor.edit((edit) => edit.replace(editor.document.lineAt(2).range, "fc1 = None"));
      editor.selection = new vscode.Selection(0, 0, 0, 0);
      await window.waitForNone(".codelens-decoration", "784→64");
      await window.waitForNone(".codelens-decoration", "…");
    },
  },
  {
    name: "an unsaved file has lenses, and the setting that turns them off works at once",
    async run() {
      const text = "import numpy as np\n\nW = np.random.randn(20, 30)\n";
      await vscode.window.showTextDocument(
        await vscode.workspace.openTextDocument({ language: "python", content: text }),
      );
      await window.waitFor(LENS, "20→30 · draws N(0, 1²)");
      const configuration = vscode.workspace.getConfiguration("initLens");
      await configuration.update("codeLens", "off", vscode.ConfigurationTarget.Workspace);
      await window.waitForNone(LENS);
      await configuration.update("codeLens", undefined, vscode.ConfigurationTarget.Workspace);
      assert.match((await window.waitFor(LENS, "20→30"))[0]!, /He normal/);
    },
  },
];
