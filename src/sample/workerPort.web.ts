import type { ToWorker } from "./protocol.js";
import type { WorkerPort } from "./scheduler.js";

/** Waits in the same queue as messages from outside, without the 4 ms of a timer. */
const queue = new MessageChannel();
const waiting: (() => void)[] = [];
queue.port1.onmessage = () => waiting.shift()?.();

/** The worker's end of the line in a browser; `workerPort.ts` is the same in Node. */
export const port: WorkerPort = {
  post: (message, transfer) => self.postMessage(message, { transfer }),
  later: (run) => {
    waiting.push(run);
    queue.port2.postMessage(null);
  },
  now: () => performance.now(),
};

export function listen(receive: (message: ToWorker) => void): void {
  self.addEventListener("message", (event: MessageEvent<ToWorker>) => receive(event.data));
}
