import { Worker } from "node:worker_threads";
import type { PoolHost, WorkerScript } from "./client.js";
import type { FromWorker } from "./protocol.js";

/**
 * Workers for a pool in Node; `startWorker.web.ts` is the same in a browser, and takes this file's place
 * there where it is imported without an extension: `./sample/startWorker`.
 */
export function workerHost(script: WorkerScript): PoolHost {
  return {
    startWorker(listeners) {
      const worker = new Worker(script.path);
      worker.on("message", (message: FromWorker) => listeners.message(message));
      worker.on("error", (error) => listeners.stopped(error.message));
      worker.on("exit", (code) => listeners.stopped(`exit code ${code}`));
      return {
        post: (message, transfer) => worker.postMessage(message, transfer),
        terminate: () => void worker.terminate(),
      };
    },
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  };
}
