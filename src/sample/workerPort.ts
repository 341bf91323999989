import type { ToWorker } from "./protocol.js";
import type { WorkerPort } from "./scheduler.js";

/** Who started this worker: one program serves threads of Node and a browser's workers. */
const starter =
  globalThis.process?.getBuiltinModule?.("node:worker_threads").parentPort ??
  (globalThis as unknown as DedicatedWorkerGlobalScope);

/** The worker's end of the line. */
export const port: WorkerPort = {
  post: (message, transfer) => starter.postMessage(message, transfer),
  later: globalThis.setImmediate ?? afterMessages(),
  now: () => performance.now(),
};

export function listen(receive: (message: ToWorker) => void): void {
  starter.addEventListener("message", (event) => receive((event as MessageEvent<ToWorker>).data));
}

/** A browser's `setImmediate`: waits in the same queue as messages from outside, without a timer's 4 ms. */
function afterMessages(): (run: () => void) => void {
  const queue = new MessageChannel();
  const waiting: (() => void)[] = [];
  queue.port1.onmessage = () => waiting.shift()?.();
  return (run) => {
    waiting.push(run);
    queue.port2.postMessage(null);
  };
}
