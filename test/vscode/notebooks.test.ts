import assert from "node:assert/strict";
import * as vscode from "vscode";
import { file, next, type Test, window } from "./harness.js";

const LENS = ".codelens-decoration a";
const BARS = ".chart .mark-rect path";
const TITLE = ".role-title-text";
const PAYLOAD = "application/vnd.init-lens.v1+json";

async function openNotebook(name: string): Promise<vscode.NotebookEditor> {
  await vscode.commands.executeCommand("vscode.openWith", file(name), "jupyter-notebook");
  const editor = vscode.window.activeNotebookEditor;
  assert.ok(editor, `${name} is not open as a notebook`);
  return editor;
}

/** Selects and shows the cell that contains a text; answers with its index. */
function select(editor: vscode.NotebookEditor, text: string): number {
  const at = editor.notebook.getCells().findIndex(({ document }) => document.getText().includes(text));
  assert.ok(at >= 0, `no cell contains ${text}`);
  editor.selection = new vscode.NotebookRange(at, at + 1);
  editor.revealRange(editor.selection, vscode.NotebookEditorRevealType.AtTop);
  return at;
}

const hasOutput = (notebook: vscode.NotebookDocument, at: number) =>
  next(vscode.workspace.onDidChangeNotebookDocument, (event) => {
    return event.notebook === notebook && notebook.cellAt(at).outputs.length > 0;
  });

/** A notebook of that many cells, each with an output of that many characters. */
function large(cells: number, output: number): Uint8Array {
  const outputs = [{ output_type: "stream", name: "stdout", text: ["x".repeat(output)] }];
  const rows = Array.from({ length: cells }, (_, i) => ({
    cell_type: "code",
    execution_count: i,
    metadata: {},
    outputs,
    source: [i === 0 ? "from torch import nn\n" : `fc${i} = nn.Linear(${i}, 32)\n`],
  }));
  const metadata = { language_info: { name: "python" } };
  return new TextEncoder().encode(JSON.stringify({ cells: rows, metadata, nbformat: 4, nbformat_minor: 4 }));
}

/** A file system of one file, under whatever name. */
function fixedFile(bytes: Uint8Array): vscode.FileSystemProvider {
  const refuse = () => {
    throw vscode.FileSystemError.NoPermissions();
  };
  return {
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => ({ dispose() {} }),
    stat: ({ path }) => {
      if (!path.endsWith(".ipynb")) throw vscode.FileSystemError.FileNotFound();
      return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: bytes.length };
    },
    readFile: () => bytes,
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}

export const notebookTests: readonly Test[] = [
  {
    name: "the kernel without Python shows the charts of the cells it runs",
    async run() {
      const editor = await openNotebook("tour.ipynb");
      const { notebook } = editor;
      const at = select(editor, "W_uniform");
      const code = notebook.cellAt(at).document.getText();
      const kernel = { id: "init-lens-charts", extension: "init-lens.init-lens", notebookEditor: editor };
      await vscode.commands.executeCommand("notebook.selectKernel", kernel);
      const done = hasOutput(notebook, at);
      await vscode.commands.executeCommand("notebook.cell.execute");
      await done;
      await window.waitFor(BARS);
      const [output] = notebook.cellAt(at).outputs;
      assert.equal(output?.items[0]?.mime, PAYLOAD);
      assert.equal(notebook.cellAt(at).document.getText(), code);
      await window.screenshot("kernel");
    },
  },
  {
    name: "weights that real torch, Keras and Flax held are drawn as their own Python wrote them",
    async run() {
      const editor = await openNotebook("actual.ipynb");
      for (const weights of ["fc.weight", "dense.kernel", "lin.kernel"]) {
        select(editor, `name="${weights}"`);
        await window.waitFor(".chart", `What values does ${weights.split(".")[0]}`);
      }
      assert.ok((await window.waitFor(BARS)).length >= 10);
      await window.screenshot("actual-weights");
    },
  },
  {
    name: "Show Actual Weights inserts a notebook cell that reads the layer's variable, to be run by its reader",
    async run() {
      const editor = await openNotebook("actual.ipynb");
      const { notebook } = editor;
      const at = select(editor, "dense = layers.Dense(32)");
      const line = notebook
        .cellAt(at)
        .document.getText()
        .split("\n")
        .findIndex((one) => one.startsWith("dense ="));
      const uri = notebook.uri.toString();
      const reference = { uri, cell: at, line: line + 1, column: 9 };
      await vscode.commands.executeCommand("initLens.showActualWeights", reference);
      const inserted = notebook.cellAt(at + 1);
      assert.match(inserted.document.getText(), /^# init-lens: skip\n# The weights that dense holds now/);
      assert.match(inserted.document.getText(), /weights=dense\.kernel\.numpy\(\)\.ravel\(\)/);
      assert.equal(inserted.outputs.length, 0);
    },
  },
  {
    name: "a notebook on a file system that cannot be written stays as it is; its chart opens beside it",
    async run() {
      const provider = await vscode.workspace.fs
        .readFile(file("mixed.ipynb"))
        .then((bytes) =>
          vscode.workspace.registerFileSystemProvider("fixed", fixedFile(bytes), { isReadonly: true }),
        );
      const uri = vscode.Uri.from({ scheme: "fixed", path: "/fixed.ipynb" });
      await vscode.commands.executeCommand("vscode.openWith", uri, "jupyter-notebook");
      const editor = vscode.window.activeNotebookEditor;
      assert.equal(editor?.notebook.uri.scheme, "fixed");
      select(editor, "fc =");
      await window.click(LENS, "draws U(±0.03571)");
      await window.waitFor(".tab-label", "Weights of fc");
      await window.waitFor(BARS);
      assert.equal(editor.notebook.cellCount, 7);
      assert.equal(editor.notebook.isDirty, false);
      provider.dispose();
    },
  },
  {
    name: "a notebook that was never saved has lenses and charts",
    async run() {
      const cell = new vscode.NotebookCellData(
        vscode.NotebookCellKind.Code,
        "from torch import nn\nfc = nn.Linear(64, 32)",
        "python",
      );
      const data = new vscode.NotebookData([cell]);
      const notebook = await vscode.workspace.openNotebookDocument("jupyter-notebook", data);
      await vscode.window.showNotebookDocument(notebook);
      await window.click(LENS, "draws U(±0.125)");
      await window.waitFor(BARS);
      assert.equal(notebook.cellCount, 2);
    },
  },
  {
    name: "a notebook of 500 cells and 50 MB of outputs has lenses, and a chart below its last cell",
    timeout: 180_000,
    async run() {
      await vscode.workspace.fs.writeFile(file("large.ipynb"), large(500, 100_000));
      const editor = await openNotebook("large.ipynb");
      const start = Date.now();
      select(editor, "fc499");
      await window.click(LENS, "draws U(±0.04477)");
      await window.waitFor(BARS);
      console.log(`lens and chart in ${Date.now() - start} ms`);
      assert.equal(editor.notebook.cellCount, 501);
      await vscode.workspace.fs.delete(file("large.ipynb"));
    },
  },
];

export const panelTests: readonly Test[] = [
  {
    name: "the overview has a row for each layer of a file",
    async run() {
      await vscode.window.showTextDocument(file("pytorch_mlp.py"));
      await window.waitFor(LENS, "draws");
      await vscode.commands.executeCommand("initLens.showModel");
      await window.waitFor(TITLE, "Which layers start off scale?");
      await window.waitFor(".chart .mark-text.role-axis-label text", "fc1 (line 11)");
      await window.screenshot("model-overview");
    },
  },
  {
    name: "default, present and recommended start stand on one axis",
    async run() {
      const editor = await vscode.window.showTextDocument(file("mlp.py"));
      editor.selection = new vscode.Selection(4, 8, 4, 8);
      await window.waitFor(LENS, "256→10");
      await vscode.commands.executeCommand("initLens.compareStarts");
      const legend = await window.waitFor(".chart .role-legend-label text", "recommended: He normal");
      assert.deepEqual(
        legend.map((text) => text.split(" ·")[0]),
        ["default", "current", "recommended: He normal"],
      );
      await window.screenshot("compare-starts");
    },
  },
  {
    name: "Look Closer draws the matrix of the layer under the cursor",
    async run() {
      const editor = await vscode.window.showTextDocument(file("mlp.py"));
      editor.selection = new vscode.Selection(4, 8, 4, 8);
      await window.waitFor(LENS, "256→10");
      const asked = vscode.commands.executeCommand("initLens.lookCloser");
      await window.waitFor(".quick-input-list .label-name", "Does every unit start different?");
      await window.press("Enter");
      await asked;
      await window.waitFor(TITLE, "Does every unit of fc2");
      await window.screenshot("look-closer");
    },
  },
  {
    name: "the panel follows the cursor while it is told to",
    async run() {
      const editor = await vscode.window.showTextDocument(file("mlp.py"));
      const at = (line: number) => {
        editor.selection = new vscode.Selection(line, 8, line, 8);
      };
      at(2);
      await window.waitFor(LENS, "784→256");
      await vscode.commands.executeCommand("initLens.followCursor");
      await window.waitFor(TITLE, "What values will fc1");
      at(4);
      await window.waitFor(TITLE, "What values will fc2");
      at(3);
      at(2);
      await window.waitFor(TITLE, "What values will fc1");
      await vscode.commands.executeCommand("initLens.stopFollowingCursor");
      at(4);
      await window.waitFor(TITLE, "What values will fc1");
    },
  },
];
