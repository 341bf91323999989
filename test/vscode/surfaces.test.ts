import assert from "node:assert/strict";
import * as vscode from "vscode";
import { file, next, type Test, window } from "./harness.js";

const LENS = ".codelens-decoration a";
/** The bars of a histogram, as the renderer drew them. */
const BARS = ".chart .mark-rect path";
const PAYLOAD = "application/vnd.init-lens.v1+json";

/** What the tests read of a saved notebook. */
interface SavedCell {
  readonly source: string[];
  readonly outputs?: readonly { readonly data?: Record<string, unknown> }[];
}

async function openNotebook(name: string): Promise<vscode.NotebookEditor> {
  await vscode.commands.executeCommand("vscode.openWith", file(name), "jupyter-notebook");
  const editor = vscode.window.activeNotebookEditor;
  assert.ok(editor, `${name} is not open as a notebook`);
  return editor;
}

function show({ notebook, revealRange }: vscode.NotebookEditor, text: string): void {
  const at = notebook.getCells().findIndex(({ document }) => document.getText().includes(text));
  assert.ok(at >= 0, `no cell contains ${text}`);
  revealRange(new vscode.NotebookRange(at, at + 1), vscode.NotebookEditorRevealType.AtTop);
}

async function savedCells(name: string): Promise<SavedCell[]> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file(name)));
  return (JSON.parse(text) as { cells: SavedCell[] }).cells;
}

const notebookChanged = (notebook: vscode.NotebookDocument) =>
  next(vscode.workspace.onDidChangeNotebookDocument, (event) => event.notebook === notebook);

export const tests: readonly Test[] = [
  {
    name: "a lens stands above each layer of a .py file",
    async run() {
      await vscode.window.showTextDocument(file("mlp.py"));
      await window.waitFor(LENS, "256→10");
      const [first, second] = await window.waitFor(LENS, "784→256");
      assert.match(first!, /^784→256 · draws U\(±0\.03571\) · He normal σ 0\.0505 before a ReLU$/);
      assert.match(second!, /^256→10 · draws N\(0, 0\.08839²\) · fits He normal$/);
      await window.screenshot("py-lens");
    },
  },
  {
    name: "a lens stands above each layer of a Caffe net, and its chart opens beside it",
    async run() {
      await vscode.window.showTextDocument(file("net.prototxt"));
      await window.waitFor(LENS, "20×1×5×5");
      await window.click(LENS, "500→10");
      await window.waitFor(BARS);
    },
  },
  {
    name: "a lens follows what is typed",
    async run() {
      const editor = await vscode.window.showTextDocument(file("mlp.py"));
      await window.waitFor(LENS, "784→256");
      const sizes = new vscode.Range(2, 16, 2, 19);
      await editor.edit((edit) => edit.replace(sizes, "32"));
      await window.waitFor(LENS, "32→256");
    },
  },
  {
    name: "hovering a layer shows its parameters and a picture",
    async run() {
      await vscode.window.showTextDocument(file("mlp.py"));
      await window.waitFor(LENS, "784→256");
      await window.hover(".view-line span", "Linear");
      const [hover] = await window.waitFor(".monaco-hover .rendered-markdown", "fan-in");
      assert.match(hover!, /torch\.nn\.Linear.*256×784.*784 → 256.*U\(±0\.03571\).*He et al\., 2015/s);
      await window.waitFor('.monaco-hover img[src^="data:image/svg+xml"]');
      await window.screenshot("hover");
    },
  },
  {
    name: "the lens of a .py file opens the chart beside it",
    async run() {
      await vscode.window.showTextDocument(file("mlp.py"));
      await window.click(LENS, "784→256");
      const bars = await window.waitFor(BARS);
      assert.ok(bars.length >= 10, `${bars.length} bars`);
      assert.equal(vscode.window.activeTextEditor?.document.uri.path, file("mlp.py").path);
      await window.screenshot("py-panel");
    },
  },
  {
    name: "Compare Schemes draws the schemes of the layer under the cursor",
    async run() {
      const editor = await vscode.window.showTextDocument(file("mlp.py"));
      editor.selection = new vscode.Selection(2, 8, 2, 8);
      await vscode.commands.executeCommand("initLens.compareSchemes");
      await window.waitFor(".chart .role-legend-label text", "He normal");
      await window.screenshot("compare-schemes");
    },
  },
  {
    name: "Insert Init Snippet writes the chosen scheme below the layer",
    async run() {
      const editor = await vscode.window.showTextDocument(file("mlp.py"));
      editor.selection = new vscode.Selection(2, 8, 2, 8);
      const changed = next(
        vscode.workspace.onDidChangeTextDocument,
        (event) => event.document === editor.document,
      );
      const done = vscode.commands.executeCommand("initLens.insertSnippet");
      await window.waitFor(".quick-input-list .monaco-list-row", "He normal");
      await window.screenshot("pick-scheme");
      await window.type("He normal");
      await window.press("Enter");
      await Promise.all([done, changed]);
      assert.match(editor.document.lineAt(3).text, /^nn\.init\.kaiming_normal_\(fc1\.weight/);
    },
  },
  {
    name: "the lens of a notebook cell inserts its chart below, saved, reopened and undone",
    async run() {
      const editor = await openNotebook("tour.ipynb");
      const { notebook } = editor;
      const before = notebook.getCells().map(({ document }) => document.getText());
      show(editor, "W_uniform");
      await window.waitFor(LENS, "64→32 · draws U(±0.05)");
      await window.screenshot("notebook-lens");
      await window.click(LENS, "64→32 · draws U(±0.05)");
      const bars = await window.waitFor(BARS);
      assert.ok(bars.length >= 10, `${bars.length} bars`);
      await window.screenshot("notebook-preview");

      await notebook.save();
      const cells = await savedCells("tour.ipynb");
      const at = cells.findIndex(({ source }) => source.join("").includes("W_uniform")) + 1;
      assert.match(cells[at]!.source.join(""), /np\.random\.uniform\(-0\.05, 0\.05, size=\(64, 32\)\)/);
      const data = cells[at]!.outputs?.[0]?.data ?? {};
      const types = [
        "application/vnd.init-lens.v1+json",
        "application/vnd.vegalite.v5+json",
        "image/svg+xml",
      ];
      assert.deepEqual(Object.keys(data).sort(), [...types, "text/plain"]);

      const undone = notebookChanged(notebook);
      await vscode.commands.executeCommand("undo");
      await undone;
      assert.deepEqual(
        notebook.getCells().map(({ document }) => document.getText()),
        before,
      );
      await vscode.commands.executeCommand("redo");
      await notebook.save();
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      show(await openNotebook("tour.ipynb"), "W_uniform");
      await window.waitFor(BARS);
    },
  },
  {
    name: "a broken, an empty, a Markdown and another language's cell disturb no other cell",
    async run() {
      const editor = await openNotebook("mixed.ipynb");
      show(editor, "fc =");
      await window.click(LENS, "784→256 · draws U(±0.03571)");
      await window.waitFor(BARS);
      const cells = editor.notebook.getCells();
      assert.equal(cells.length, 8);
      const own = cells.find(({ document }) => document.getText() === "print('mine')");
      assert.equal(new TextDecoder().decode(own?.outputs[0]?.items[0]?.data), "mine\n");
      await window.screenshot("mixed-cells");
    },
  },
  {
    name: "a payload of another version and a broken one say so",
    async run() {
      const { notebook } = await openNotebook("payloads.ipynb");
      assert.equal(notebook.cellAt(0).outputs[0]?.items[0]?.mime, PAYLOAD);
      await window.waitFor(".notice", "it is of version 99, and this Init Lens reads version 1");
      await window.waitFor(".notice", "This chart cannot be shown: draws should be");
      await window.screenshot("payloads");
    },
  },
];
