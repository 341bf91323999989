/**
 * A long working day in a few minutes: figures for docs/benchmarks.md. Text is typed and taken back, charts are
 * asked for and abandoned, workers are killed, notebooks are run, broken ones opened; in the end everything is
 * as it was, and the memory too.
 */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Worker } from "node:worker_threads";
import * as vscode from "vscode";
import { file, runAll } from "./harness.js";

const KERNEL = { id: "init-lens-charts", extension: "init-lens.init-lens" };
/** Rounds before the memory is first looked at: programs and caches are loaded by then. */
const WARM_UP = 10;
/** Most growth of the heap from then on. */
const GROWTH = 0.1;

const rejections: string[] = [];
const workers = new Set<Worker>();

/** Every worker thread of this extension host, as it is started. */
function watchWorkers(): void {
  const threads = createRequire(__filename)("node:worker_threads") as { Worker: typeof Worker };
  const Original = threads.Worker;
  threads.Worker = class extends Original {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      workers.add(this);
      this.once("exit", () => workers.delete(this));
    }
  };
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

async function heap(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    collectGarbage();
    await pause(200);
  }
  return process.memoryUsage().heapUsed;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const command = vscode.commands.executeCommand;

/** Types into a file, asks for charts while typing, and takes it all back. */
async function editFile(round: number): Promise<void> {
  const editor = await vscode.window.showTextDocument(file("pytorch_mlp.py"));
  const { document } = editor;
  const before = document.getText();
  const line = before.split("\n").findIndex((text) => text.includes("nn.Linear("));
  const at = new vscode.Position(
    line,
    document.lineAt(line).text.indexOf("nn.Linear(") + "nn.Linear(".length,
  );
  editor.selection = new vscode.Selection(at, at);
  for (const digit of "123") {
    await editor.edit((edit) => edit.insert(at, digit));
    await pause(30);
  }
  const asked = command("initLens.previewWeights");
  if (round % 3 === 0) await command("workbench.action.closeEditorsInOtherGroups");
  if (round % 4 === 0) for (const worker of workers) void worker.terminate();
  await Promise.race([asked, pause(5000)]);
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  for (let key = 0; key < 3; key++) await command("undo");
  assert.equal(document.getText(), before);
  await command("workbench.action.closeAllEditors");
}

/** Runs a notebook's cells with the extension's own kernel, puts a chart below one, and takes it away. */
async function runNotebook(): Promise<void> {
  await command("vscode.openWith", file("tour.ipynb"), "jupyter-notebook");
  const { notebook } = vscode.window.activeNotebookEditor!;
  const texts = () => notebook.getCells().map(({ document }) => document.getText());
  const before = texts();
  await command("notebook.selectKernel", KERNEL);
  await Promise.race([command("notebook.execute"), pause(5000)]);
  await command("notebook.cancelExecution");
  assert.deepEqual(texts(), before);
  await command("workbench.action.revertAndCloseActiveEditor");
}

const BROKEN = ["{", '{"cells": 3}', "", '{"cells": [], "nbformat": 99}', "\0".repeat(1000)];

/** Opens what is no notebook as one. */
async function openBroken(round: number): Promise<void> {
  const uri = file("broken.ipynb");
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(BROKEN[round % BROKEN.length]));
  await Promise.race([
    command("vscode.openWith", uri, "jupyter-notebook").then(undefined, () => {}),
    pause(2000),
  ]);
  await command("workbench.action.closeAllEditors");
}

async function soak(minutes: number): Promise<void> {
  const end = Date.now() + minutes * 60_000;
  let first = 0;
  let round = 0;
  for (; Date.now() < end || round <= WARM_UP; round++) {
    if (round === WARM_UP) first = await heap();
    await editFile(round);
    await runNotebook();
    await openBroken(round);
  }
  const last = await heap();
  const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);
  const figures = { minutes, rounds: round, first: megabytes(first), last: megabytes(last) };
  console.log(`SOAK ${JSON.stringify({ ...figures, rejections: rejections.length })}`);
  const target = vscode.workspace.getConfiguration("initLensTest").get<string>("figures");
  if (target) {
    const text = JSON.stringify({ ...figures, rejections });
    await vscode.workspace.fs.writeFile(vscode.Uri.file(target), new TextEncoder().encode(text));
  }
  assert.deepEqual(rejections, []);
  assert.ok(last <= first * (1 + GROWTH), `the heap grew from ${first} to ${last} bytes`);
}

const minutes = () => vscode.workspace.getConfiguration("initLensTest").get("minutes", 30);

export async function run(): Promise<void> {
  process.on("unhandledRejection", (reason) => {
    const stack = reason instanceof Error ? (reason.stack ?? "") : String(reason);
    // VS Code's own, of a notebook closed while it runs, pass through no line of the extension.
    if (/dist\/extension\.js/.test(stack) || !/extensionHostProcess/.test(stack)) rejections.push(stack);
  });
  watchWorkers();
  const name =
    "editing, previewing, cancelling, killing workers and opening broken notebooks leaves all as it was";
  await runAll([{ name, timeout: (minutes() + 5) * 60_000, run: () => soak(minutes()) }]);
}
