import type { PoolHost, WorkerScript } from "./client.js";
import type { FromWorker } from "./protocol.js";

/**
 * Workers for a pool in a browser; `startWorker.ts` is the same in Node. A page may start workers only
 * from its own origin, which an extension's files are not: so from a blob with the program's text.
 */
export function workerHost(script: WorkerScript): PoolHost {
  return {
    startWorker(listeners) {
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
    },
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  };
}
