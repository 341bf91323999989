import assert from "node:assert/strict";
import * as vscode from "vscode";
import { file, next, type Test, window } from "./harness.js";

const LENS = ".codelens-decoration a";
const ROW = ".quick-input-list .monaco-list-row";
const HOVER = ".monaco-hover .rendered-markdown";

async function open(name: string, line: number, character: number): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(file(name));
  editor.selection = new vscode.Selection(line, character, line, character);
  await window.waitFor(LENS);
  return editor;
}

/** Picks in a quick pick that a command shows. */
async function pick(command: string, choice: string, screenshot?: string): Promise<void> {
  const done = vscode.commands.executeCommand(command);
  await window.waitFor(ROW, choice);
  if (screenshot) await window.screenshot(screenshot);
  await window.type(choice);
  await window.press("Enter");
  await done;
}

export const editingTests: readonly Test[] = [
  {
    name: "hovering a layer's name in forward shows the layer",
    async run() {
      const editor = await open("pytorch_mlp.py", 0, 0);
      const { document } = editor;
      const line = document
        .getText()
        .split("\n")
        .findIndex((text) => text.includes("self.fc1(x"));
      assert.ok(line > 0, "the example calls self.fc1 in forward");
      const at = new vscode.Position(line, document.lineAt(line).text.indexOf("fc1") + 1);
      editor.selection = new vscode.Selection(at, at);
      await vscode.commands.executeCommand("editor.action.showHover");
      const [hover] = await window.waitFor(HOVER, "torch.nn.Linear");
      assert.match(hover!, /fc1.*256×784.*784 → 256/s);
      await window.waitFor(".monaco-hover a", "Apply recommended");
      await window.screenshot("hover-name");
    },
  },
  {
    name: "Apply Recommended Initialisation changes one layer or all of a file, undone at once",
    async run() {
      const editor = await open("keras_mlp.py", 8, 12);
      const before = editor.document.getText();
      const changed = next(
        vscode.workspace.onDidChangeTextDocument,
        (event) => event.document === editor.document,
      );
      await pick("initLens.applyRecommended", "This layer", "apply-recommended");
      await changed;
      const after = editor.document.getText();
      assert.match(after, /kernel_initializer=.*HeNormal\(\)/);
      const undone = next(
        vscode.workspace.onDidChangeTextDocument,
        (event) => event.document === editor.document,
      );
      await vscode.commands.executeCommand("undo");
      await undone;
      assert.equal(editor.document.getText(), before);
    },
  },
  {
    name: "Translate Initialisation and Copy Report put text on the clipboard",
    async run() {
      await open("mlp.py", 2, 8);
      await pick("initLens.translate", "Keras", "translate");
      assert.match(
        await vscode.env.clipboard.readText(),
        /kernel_initializer=keras\.initializers\.VarianceScaling/,
      );
      await vscode.commands.executeCommand("initLens.copyReport");
      assert.match(await vscode.env.clipboard.readText(), /\| 3 \| fc1 \| torch\.nn\.Linear \| 256×784 \|/);
    },
  },
  {
    name: "a finding can be ignored by a comment, and a layer initialised from its light bulb",
    async run() {
      const text = "import torch\nfrom torch import nn\n\nW = torch.empty(3, 4)\nfc = nn.Linear(4, 5)\n";
      await vscode.workspace.fs.writeFile(file("found.py"), new TextEncoder().encode(text));
      const editor = await open("found.py", 3, 6);
      const { document } = editor;
      const actionsAt = (line: number) =>
        vscode.commands.executeCommand<vscode.CodeAction[]>(
          "vscode.executeCodeActionProvider",
          document.uri,
          new vscode.Range(line, 6, line, 6),
        );
      const ignore = (await actionsAt(3)).find(({ title }) => title.includes("ignore IL001"));
      assert.ok(ignore?.edit, "there is a fix that ignores the finding");
      await vscode.workspace.applyEdit(ignore.edit);
      assert.equal(document.lineAt(3).text, "W = torch.empty(3, 4)  # init-lens: ignore[IL001]");
      const apply = (await actionsAt(4)).find(({ title }) => /^Initialise fc with He normal/.test(title));
      assert.ok(apply?.command, "there is an action on the layer");
      await vscode.commands.executeCommand("workbench.action.files.revert");
      await vscode.workspace.fs.delete(file("found.py"));
    },
  },
  {
    name: "Check Workspace lists findings of files that are not open",
    async run() {
      const text = "import torch\n\nW = torch.empty(3, 4)\n";
      await vscode.workspace.fs.writeFile(file("closed.py"), new TextEncoder().encode(text));
      await vscode.commands.executeCommand("initLens.checkWorkspace");
      const found = vscode.languages.getDiagnostics(file("closed.py"));
      assert.deepEqual(
        found.map(({ code }) => code),
        ["IL001"],
      );
      await window.screenshot("check-workspace");
      await vscode.commands.executeCommand("workbench.action.closePanel");
      await vscode.workspace.fs.delete(file("closed.py"));
    },
  },
];
