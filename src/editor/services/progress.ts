import * as vscode from "vscode";

/** Work done within this many milliseconds needs no notification, which would hold it up. */
const UNTOLD = 200;

/** Work in the workers, under a notification that can cancel it where it takes longer. */
export async function withProgress(
  title: string,
  work: (options: { signal: AbortSignal; onProgress: (done: number) => void }) => Promise<void>,
): Promise<void> {
  const abort = new AbortController();
  let done = 0;
  let report = () => {};
  const onProgress = (fraction: number) => {
    done = fraction;
    report();
  };
  const working = work({ signal: abort.signal, onProgress });
  const isLong = await Promise.race([
    working.then(() => false),
    new Promise<boolean>((resolve) => setTimeout(resolve, UNTOLD, true)),
  ]);
  if (!isLong) return;
  const location = vscode.ProgressLocation.Notification;
  await vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
    token.onCancellationRequested(() => abort.abort());
    let reported = 0;
    report = () => {
      progress.report({ increment: 100 * (done - reported) });
      reported = done;
    };
    report();
    return working;
  });
}
