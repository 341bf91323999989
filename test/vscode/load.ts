/** How the extension behaves under load, in the editor itself: figures for docs/benchmarks.md. */
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import * as vscode from "vscode";

/** A file of this many lines is typed into. */
const LINES = 5000;
/** Ten characters a second. */
const BETWEEN_KEYS = 100;
const KEYSTROKES = 150;
/** Every so many keystrokes it is asked how long the lens of the new text takes. */
const ASKED = 15;

/** Before a number: a digit typed there is another size, and the text stays a program. */
const SIZE = /(?<=nn\.Linear\()(?=\d)/;

const EXTENSION = "init-lens.init-lens";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function run(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const extension = vscode.extensions.getExtension(EXTENSION)!;
  const began = performance.now();
  await extension.activate();
  const activation = performance.now() - began;

  // The same text in a language that Init Lens does not read.
  const alone = await typedInto(vscode.Uri.joinPath(folder, "large.txt"));
  const typed = await typedInto(vscode.Uri.joinPath(folder, "large.py"));

  const before = process.memoryUsage().rss;
  const checking = performance.now();
  await vscode.commands.executeCommand("initLens.checkWorkspace");
  const check = performance.now() - checking;
  const memory = process.memoryUsage().rss - before;
  console.log(
    `LOAD ${JSON.stringify({ lines: LINES, activation, alone, ...typed, check, memory, whole: process.memoryUsage().rss })}`,
  );
}

async function typedInto(file: vscode.Uri) {
  const editor = await vscode.window.showTextDocument(file);
  await lenses(editor.document);
  // What else the editor does on opening a file has an end.
  await pause(3000);
  const typed = await type(editor);
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  return typed;
}

async function type(editor: vscode.TextEditor) {
  const { document } = editor;
  const busy: number[] = [];
  const stale: number[] = [];
  const middle = Math.floor(LINES / 2);
  const line = document
    .getText()
    .split("\n")
    .findIndex((text, at) => at > middle && SIZE.test(text));
  const at = new vscode.Position(line, document.lineAt(line).text.search(SIZE));
  for (let key = 0; key < KEYSTROKES; key++) {
    const since = performance.now();
    const worked = processorTime();
    // Digits typed into a size, each a new model; every tenth is taken back.
    if (key % 10 === 9) await editor.edit((edit) => edit.delete(new vscode.Range(at, at.translate(0, 9))));
    else await editor.edit((edit) => edit.insert(at, String(1 + (key % 9))));
    // Asking for all lenses is work of its own, which nobody who types asks for.
    const isAsked = key % ASKED === ASKED - 1;
    if (isAsked) {
      await lenses(document);
      stale.push(performance.now() - since);
    }
    await pause(Math.max(0, BETWEEN_KEYS - (performance.now() - since)));
    if (!isAsked) busy.push(processorTime() - worked);
  }
  return {
    busyMedian: share(busy, 0.5),
    busyP95: share(busy, 0.95),
    staleMedian: share(stale, 0.5),
    staleP95: share(stale, 0.95),
    staleMost: share(stale, 1),
  };
}

/**
 * Milliseconds that the thread of the extension host has worked, as Linux counts them: other work on the
 * machine changes them less than the clock.
 */
function processorTime(): number {
  const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ");
  return Number(nanoseconds) / 1e6;
}

const lenses = (document: vscode.TextDocument) =>
  vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri);

function share(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
}
