import * as vscode from "vscode";

/** One test: its name, which says what holds, and what it does. */
export interface Test {
  readonly name: string;
  /** Milliseconds it may take, where that is more than usual. */
  readonly timeout?: number;
  run(): Promise<void>;
}

/** How long one test may take, in milliseconds: a test that waits for what never comes must end. */
const TEST_TIMEOUT = 60_000;

/** Runs tests one after the other, from an orderly window each; throws where one failed. */
export async function runAll(tests: readonly Test[]): Promise<void> {
  const failures: string[] = [];
  const wanted = tests.filter(isWanted);
  for (const { name, run, timeout } of wanted) {
    const start = Date.now();
    try {
      await withTimeout(run(), name, timeout);
      console.log(`✔ ${name} (${Date.now() - start} ms)`);
    } catch (error) {
      failures.push(name);
      console.log(`✖ ${name}\n${error instanceof Error ? error.stack : String(error)}`);
      await window.screenshot(`failed-${failures.length}`).catch(() => {});
    }
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  }
  await ask("report", { passed: wanted.length - failures.length, failed: failures.length });
  if (failures.length > 0) throw new Error(`${failures.length} tests failed`);
}

/** `--only TEXT` runs the tests whose names contain it. */
function isWanted({ name }: Test): boolean {
  return name.includes(vscode.workspace.getConfiguration("initLensTest").get("only", ""));
}

function withTimeout(work: Promise<void>, name: string, timeout = TEST_TIMEOUT): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${name}: not done after ${timeout} ms`)), timeout);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function ask<T>(method: string, ...args: unknown[]): Promise<T> {
  const address = vscode.workspace.getConfiguration("initLensTest").get<string>("driver");
  if (!address) throw new Error("the workspace does not tell where the driver is");
  const response = await fetch(address, { method: "POST", body: JSON.stringify({ method, args }) });
  const { result, error } = (await response.json()) as { result: T; error?: string };
  if (error !== undefined) throw new Error(error);
  return result;
}

/** Milliseconds: in all, and those since a notebook's output arrived in the webview, where one did. */
export interface Times {
  readonly whole: number;
  readonly drawing: number | null;
}

/** What a person sees of the window and does with it; selectors reach into webviews too. */
export const window = {
  /** The texts of all elements that match, as soon as there is one that contains `text`. */
  waitFor: (selector: string, text = "") => ask<string[]>("waitFor", selector, text),
  waitForNone: (selector: string, text = "") => ask<null>("waitForNone", selector, text),
  click: (selector: string, text = "") => ask<null>("click", selector, text),
  hover: (selector: string, text = "") => ask<null>("hover", selector, text),
  /** Chooses a value in the field whose label contains `text`. */
  select: (selector: string, text: string, value: string) => ask<null>("select", selector, text, value),
  /** From the press of the pointer on one element until another that is new is on the screen. */
  stopwatch: (selector: string, text: string, until: string) =>
    ask<Times>("stopwatch", selector, text, until),
  press: (keys: string) => ask<null>("press", keys),
  type: (text: string) => ask<null>("type", text),
  screenshot: (name: string) => ask<null>("screenshot", name),
};

/** The first event for which `wanted` holds; ask before doing what causes it. */
export function next<T>(event: vscode.Event<T>, wanted: (value: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve) => {
    const listener = event((value) => {
      if (!wanted(value)) return;
      listener.dispose();
      resolve(value);
    });
  });
}

/** A file of the workspace. */
export function file(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error("no folder is open");
  return vscode.Uri.joinPath(folder.uri, name);
}
