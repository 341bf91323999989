import { parentPort } from "node:worker_threads";
import type { ToWorker } from "./protocol.js";
import type { WorkerPort } from "./scheduler.js";

/** The worker's end of the line in Node; `workerPort.web.ts` is the same in a browser. */
export const port: WorkerPort = {
  post: (message, transfer) => parentPort?.postMessage(message, transfer),
  later: setImmediate,
  now: () => performance.now(),
};

export function listen(receive: (message: ToWorker) => void): void {
  parentPort?.on("message", receive);
}
