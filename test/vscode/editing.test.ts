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
    name: "Apply Recommended Initialisation changes all layers of a file, undone at once",
    async run() {
      const text = "import torch.nn as nn\n\ntoken = nn.Embedding(1000, 64)\nplace = nn.Embedding(128, 64)\n";
      await vscode.workspace.fs.writeFile(file("embeddings.py"), new TextEncoder().encode(text));
      const { document } = await open("embeddings.py", 2, 12);
      const changes = () =>
        next(vscode.workspace.onDidChangeTextDocument, (event) => event.document === document);
      const changed = changes();
      await pick("initLens.applyRecommended", "All layers of this file", "apply-recommended");
      await changed;
      assert.match(
        document.getText(),
        /normal_\(token\.weight, .*0\.02\)\n.*\nnn\.init\.normal_\(place\.weight, .*0\.02\)/,
      );
      await window.waitFor(LENS, "fits Normal");
      const undone = changes();
      await vscode.commands.executeCommand("undo");
      await undone;
      assert.equal(document.getText(), text);
      await vscode.commands.executeCommand("workbench.action.files.revert");
      await vscode.workspace.fs.delete(file("embeddings.py"));
    },
  },
  {
    name: "Apply Recommended Initialisation of a Keras layer sets its argument and imports what it needs",
    async run() {
      const { document } = await open("keras_mlp.py", 8, 12);
      await vscode.commands.executeCommand("initLens.applyRecommended");
      assert.match(document.getText(), /kernel_initializer=.*HeNormal\(\)/);
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
      const text =
        "import numpy as np\nfrom torch import nn\n\nW1 = np.zeros((3, 4))\nW2 = np.zeros((4, 5))\nfc = nn.Embedding(4, 5)\n";
      await vscode.workspace.fs.writeFile(file("found.py"), new TextEncoder().encode(text));
      const editor = await open("found.py", 3, 6);
      const { document } = editor;
      const actionsAt = (line: number) =>
        vscode.commands.executeCommand<vscode.CodeAction[]>(
          "vscode.executeCodeActionProvider",
          document.uri,
          new vscode.Range(line, 6, line, 6),
        );
      const ignore = (await actionsAt(3)).find(({ title }) => title.includes("ignore IL002"));
      assert.ok(ignore?.edit, "there is a fix that ignores the finding");
      await vscode.workspace.applyEdit(ignore.edit);
      assert.equal(document.lineAt(3).text, "W1 = np.zeros((3, 4))  # init-lens: ignore[IL002]");
      const apply = (await actionsAt(5)).find(({ title }) => /^Initialise fc with Normal/.test(title));
      assert.ok(apply?.command, "there is an action on the layer");
      await vscode.commands.executeCommand("workbench.action.files.revert");
      await vscode.workspace.fs.delete(file("found.py"));
    },
  },
  {
    name: "Check Workspace lists findings of files that are not open",
    async run() {
      const text = "import numpy as np\n\nW1 = np.zeros((3, 4))\nW2 = np.zeros((4, 5))\n";
      await vscode.workspace.fs.writeFile(file("closed.py"), new TextEncoder().encode(text));
      const cells = ["import numpy as np\n", "\nW1 = np.zeros((3, 4))\nW2 = np.zeros((4, 5))\n"];
      await vscode.workspace.fs.writeFile(file("closed.ipynb"), notebookFile(cells));
      await vscode.commands.executeCommand("initLens.checkWorkspace");
      const inNotebook = vscode.languages.getDiagnostics(file("closed.ipynb"));
      assert.deepEqual(
        inNotebook.map(({ message }) => message.slice(0, message.indexOf(":"))),
        ["Cell 2, line 2", "Cell 2, line 3"],
      );
      const found = vscode.languages.getDiagnostics(file("closed.py"));
      assert.deepEqual(
        found.map(({ code }) => {
          if (typeof code !== "object") return code;
          assert.match(code.target.path, new RegExp(`/docs/findings/${code.value}\\.md$`));
          return code.value;
        }),
        ["IL002", "IL002"],
      );
      await window.screenshot("check-workspace");
      await vscode.commands.executeCommand("workbench.action.closePanel");
      await vscode.workspace.fs.delete(file("closed.py"));
      await vscode.workspace.fs.delete(file("closed.ipynb"));
    },
  },
];

/** A notebook of code cells as it is on disk. */
function notebookFile(sources: readonly string[]): Uint8Array {
  const cells = sources.map((source) => ({
    cell_type: "code",
    execution_count: null,
    metadata: {},
    outputs: [],
    source,
  }));
  return new TextEncoder().encode(JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
}
