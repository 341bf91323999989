import { writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { file, next, runAll, type Times, window } from "./harness.js";

const LENS = ".codelens-decoration a";
const LAYER = "64→32 · draws U(±0.05)";
const BARS = ".chart .mark-rect path";
const WARM_CLICKS = 9;
/** A person reads a lens before clicking it, for this many milliseconds at least. */
const READ = 1000;
/** A cell that only shows a text: what VS Code itself takes. */
const PLAIN_LENS = "A cell with a text";
const PLAIN = ".output_container .output-plaintext, .output_container .output-stream";
const PLAIN_COMMAND = "initLensTest.plainCell";
/** The window is at rest again after this many milliseconds. */
const SETTLE = 500;

/** Clicks the lens of the tutorial's layer in a notebook and tells how long its chart took. */
async function clickInNotebook(): Promise<{ cold: Times; warm: Times[]; plain: Times[] }> {
  await vscode.commands.executeCommand("vscode.openWith", file("tour.ipynb"), "jupyter-notebook");
  const editor = vscode.window.activeNotebookEditor!;
  const at = editor.notebook.getCells().findIndex(({ document }) => document.getText().includes("W_uniform"));
  editor.revealRange(new vscode.NotebookRange(at, at + 1), vscode.NotebookEditorRevealType.AtTop);
  await window.waitFor(LENS, LAYER);
  await pause(READ);
  const cold = await window.stopwatch(LENS, LAYER, BARS);
  const warm = await clicks(editor.notebook, () => window.stopwatch(LENS, LAYER, BARS));
  const lens = offerPlainCell(editor.notebook, at);
  editor.revealRange(new vscode.NotebookRange(at, at + 1), vscode.NotebookEditorRevealType.AtTop);
  await window.waitFor(LENS, PLAIN_LENS);
  await window.stopwatch(LENS, PLAIN_LENS, PLAIN);
  const plain = await clicks(editor.notebook, () => window.stopwatch(LENS, PLAIN_LENS, PLAIN));
  lens.dispose();
  return { cold, warm, plain };
}

/** Several clicks, each after the one before it was undone. */
async function clicks(notebook: vscode.NotebookDocument, click: () => Promise<Times>): Promise<Times[]> {
  const times: Times[] = [];
  while (times.length < WARM_CLICKS) {
    const undone = next(vscode.workspace.onDidChangeNotebookDocument, (event) => event.notebook === notebook);
    await vscode.commands.executeCommand("undo");
    await undone;
    await pause(SETTLE);
    times.push(await click());
  }
  return times;
}

/** A lens in the cell at `index` whose command puts a cell with a text below it, and does nothing else. */
function offerPlainCell(notebook: vscode.NotebookDocument, index: number): vscode.Disposable {
  const { document } = notebook.cellAt(index);
  const range = new vscode.Range(0, 0, 0, 0);
  const lens = new vscode.CodeLens(range, { title: PLAIN_LENS, command: PLAIN_COMMAND });
  return vscode.Disposable.from(
    vscode.commands.registerCommand(PLAIN_COMMAND, async () => {
      const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, "", "python");
      cell.outputs = [
        new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.text("text", "text/plain")]),
      ];
      const edit = new vscode.WorkspaceEdit();
      edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(index + 1, [cell])]);
      await vscode.workspace.applyEdit(edit);
      const below = new vscode.NotebookRange(index + 1, index + 2);
      vscode.window.activeNotebookEditor!.selection = below;
      await vscode.commands.executeCommand("notebook.cell.quitEdit");
    }),
    vscode.languages.registerCodeLensProvider(
      { language: "python" },
      { provideCodeLenses: (asked) => (asked === document ? [lens] : []) },
    ),
  );
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What VS Code calls; the figures go to the file that `initLensTest.figures` names. */
export const run = (): Promise<void> =>
  runAll([
    {
      name: "from click to chart",
      async run() {
        const figures = await clickInNotebook();
        const path = vscode.workspace.getConfiguration("initLensTest").get<string>("figures")!;
        writeFileSync(path, JSON.stringify(figures));
      },
    },
  ]);
