import { METHODS, type Steps } from "./methods.js";
import type { Call, FromWorker, Method, Result, ToWorker } from "./protocol.js";

/** Longest time one call holds the worker: well below the 50 ms in which a cancellation is answered. */
const SLICE_MS = 10;
/** All calls together get round in this time, so that each reports progress at least every 100 ms. */
const ROUND_MS = 50;
const PROGRESS_MS = 50;

/** What the scheduler needs of the thread it runs in. */
export interface WorkerPort {
  post(message: FromWorker, transfer: ArrayBuffer[]): void;
  /** Runs after messages that have arrived were received. */
  later(run: () => void): void;
  now(): number;
}

interface Task {
  readonly id: number;
  readonly steps: Steps<Result<Method>>;
  reported: number;
}

/** Serves the calls of one worker in turn, a slice of time each. */
export class Scheduler {
  readonly #port: WorkerPort;
  readonly #tasks: Task[] = [];
  /** Calls that a library works on at its own pace. */
  readonly #pending = new Set<number>();
  #running = false;

  constructor(port: WorkerPort) {
    this.#port = port;
  }

  receive(message: ToWorker): void {
    if (message.type === "call") this.#start(message.id, message.call);
    else this.#cancel(message.id);
  }

  #start(id: number, call: Call): void {
    const work = begin(call);
    if (work instanceof Promise) {
      this.#pending.add(id);
      work.then(
        (result) => this.#pending.delete(id) && this.#succeed(id, result),
        (error: unknown) => this.#pending.delete(id) && this.#fail(id, error),
      );
      return;
    }
    this.#tasks.push({ id, steps: work, reported: this.#port.now() });
    if (!this.#running) this.#continue();
  }

  #cancel(id: number): void {
    const at = this.#tasks.findIndex((task) => task.id === id);
    if (at >= 0) this.#tasks.splice(at, 1);
    this.#pending.delete(id);
    this.#port.post({ type: "cancelled", id }, []);
  }

  #continue(): void {
    this.#running = this.#tasks.length > 0;
    if (this.#running) this.#port.later(() => this.#turn());
  }

  /** One slice for the call whose turn it is. */
  #turn(): void {
    const task = this.#tasks.shift();
    if (task && this.#advance(task)) this.#tasks.push(task);
    this.#continue();
  }

  /** Works on a call for one slice; false when it has ended. */
  #advance(task: Task): boolean {
    const { now, post } = this.#port;
    const began = now();
    const slice = Math.min(SLICE_MS, ROUND_MS / (this.#tasks.length + 1));
    try {
      for (;;) {
        const { done, value } = task.steps.next();
        if (done) {
          this.#succeed(task.id, value);
          return false;
        }
        const time = now();
        if (time - began < slice) continue;
        if (time - task.reported >= PROGRESS_MS) {
          task.reported = time;
          post({ type: "progress", id: task.id, done: value }, []);
        }
        return true;
      }
    } catch (error) {
      this.#fail(task.id, error);
      return false;
    }
  }

  #succeed(id: number, result: Result<Method>): void {
    this.#port.post({ type: "result", id, result }, buffersOf(result));
  }

  #fail(id: number, error: unknown): void {
    const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
    this.#port.post({ type: "error", id, name, message }, []);
  }
}

function begin({ method, argument }: Call): Steps<Result<Method>> | Promise<Result<Method>> {
  // The union of calls keeps each method with its argument; the compiler cannot follow that through the table.
  const run = METHODS[method] as (argument: Call["argument"]) => ReturnType<(typeof METHODS)[Method]>;
  return run(argument);
}

/** Buffers of the arrays in a result: they are handed over, not copied. */
function buffersOf(result: object): ArrayBuffer[] {
  return Object.values(result).flatMap((part: unknown) =>
    part instanceof Float64Array && part.buffer instanceof ArrayBuffer ? [part.buffer] : [],
  );
}
