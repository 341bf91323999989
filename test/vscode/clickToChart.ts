import { writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { file, next, runAll, window } from "./harness.js";

const LENS = ".codelens-decoration a";
const LAYER = "64→32 · draws U(±0.05)";
const BARS = ".chart .mark-rect path";
const WARM_CLICKS = 9;
/** The window is at rest again after this many milliseconds. */
const SETTLE = 500;

/** Clicks the lens of the tutorial's layer in a notebook and tells how long its chart took. */
async function clickInNotebook(): Promise<{ cold: number; warm: number[] }> {
  await vscode.commands.executeCommand("vscode.openWith", file("tour.ipynb"), "jupyter-notebook");
  const editor = vscode.window.activeNotebookEditor!;
  const at = editor.notebook.getCells().findIndex(({ document }) => document.getText().includes("W_uniform"));
  editor.revealRange(new vscode.NotebookRange(at, at + 1), vscode.NotebookEditorRevealType.AtTop);
  await window.waitFor(LENS, LAYER);
  const cold = await window.stopwatch(LENS, LAYER, BARS);
  const warm: number[] = [];
  for (let click = 0; click < WARM_CLICKS; click++) {
    const undone = next(
      vscode.workspace.onDidChangeNotebookDocument,
      ({ notebook }) => notebook === editor.notebook,
    );
    await vscode.commands.executeCommand("undo");
    await undone;
    await new Promise((resolve) => setTimeout(resolve, SETTLE));
    warm.push(await window.stopwatch(LENS, LAYER, BARS));
  }
  return { cold, warm };
}

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
