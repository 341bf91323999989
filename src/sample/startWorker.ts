import type { PoolHost, WorkerHandle, WorkerScript } from "./client.js";
import type { FromWorker } from "./protocol.js";

type Listeners = Parameters<PoolHost["startWorker"]>[0];
type Threads = typeof import("node:worker_threads");

/** Workers for a pool: threads where Node is, web workers in a browser. */
export function workerHost(script: WorkerScript): PoolHost {
  const threads = globalThis.process?.getBuiltinModule?.("node:worker_threads");
  return {
    startWorker: (listeners) =>
      threads === undefined ? startInPage(script, listeners) : startThread(threads, script, listeners),
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  };
}

function startThread({ Worker }: Threads, { path }: WorkerScript, listeners: Listeners): WorkerHandle {
  const worker = new Worker(path);
  worker.on("message", (message: FromWorker) => listeners.message(message));
  worker.on("error", (error) => listeners.stopped(error.message));
  worker.on("exit", (code) => listeners.stopped(`exit code ${code}`));
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    terminate: () => void worker.terminate(),
  };
}

/**
 * A page may start workers only from its own origin, which an extension's files are not: so from a blob with the
 * program's text.
 */
function startInPage(script: WorkerScript, listeners: Listeners): WorkerHandle {
  const started = script.read().then((text) => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    const worker = new Worker(url);
    // VS Code starts a small program of its own there, which loads this address when it gets to run.
    worker.addEventListener("message", () => URL.revokeObjectURL(url), { once: true });
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => listeners.message(data);
    worker.onerror = (event) => listeners.stopped(event.message);
    return worker;
  });
  started.catch((error: unknown) => listeners.stopped(String(error)));
  const use = (action: (worker: Worker) => void) => void started.then(action, () => undefined);
  return {
    post: (message, transfer) => use((worker) => worker.postMessage(message, transfer)),
    terminate: () => use((worker) => worker.terminate()),
  };
}
