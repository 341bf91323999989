import { splitRequest } from "./parts.js";
import type { Argument, Call, FromWorker, Method, Result, ToWorker } from "./protocol.js";
import type { SampleRequest, SampleResult } from "./request.js";

/** Where the worker's program is: Node starts the file, a browser its text. */
export interface WorkerScript {
  readonly path: string;
  read(): Promise<string>;
}

/** One running worker. */
export interface WorkerHandle {
  post(message: ToWorker, transfer: ArrayBuffer[]): void;
  terminate(): void;
}

/** What a pool needs of the platform: `workerHost` in `startWorker.ts`. */
export interface PoolHost {
  startWorker(listeners: {
    message(message: FromWorker): void;
    /** The worker is gone; the reason is for people. May be told more than once. */
    stopped(reason: string): void;
  }): WorkerHandle;
  /** Runs once after some time; returns what calls it off. */
  after(milliseconds: number, run: () => void): () => void;
}

/** What a pool needs of an `AbortSignal`. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

export interface CallOptions {
  readonly signal?: CancelSignal;
  /** Told the fraction done at least every 100 ms. */
  readonly onProgress?: (done: number) => void;
}

export interface PoolOptions {
  /** Most workers at a time. Default 2. */
  readonly workers?: number;
  /** A worker without work ends after this time. Default 30 s. */
  readonly idleMilliseconds?: number;
}

/** The worker crashed or was killed; the next call gets a new one. */
export class WorkerStopped extends Error {
  override readonly name = "WorkerStopped";
}

/** The caller cancelled. */
export class Cancelled extends Error {
  override readonly name = "AbortError";
}

/** A worker in the middle of one long library call cannot hear of a cancellation: it is replaced. */
const CANCEL_GRACE_MS = 500;

interface Task {
  readonly id: number;
  readonly call: Call;
  readonly resolve: (result: Result<Method>) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: (done: number) => void;
}

interface Member {
  readonly handle: WorkerHandle;
  readonly tasks: Map<number, Task>;
  /** Calls off the idle timer. */
  keep: () => void;
}

/** Workers for heavy calls, started when first needed and ended when idle. */
export class SamplerPool {
  readonly #host: PoolHost;
  readonly #workers: number;
  readonly #idleMilliseconds: number;
  readonly #members = new Set<Member>();
  #lastId = 0;

  constructor(host: PoolHost, { workers = 2, idleMilliseconds = 30_000 }: PoolOptions = {}) {
    this.#host = host;
    this.#workers = workers;
    this.#idleMilliseconds = idleMilliseconds;
  }

  /** How many workers run now. */
  get size(): number {
    return this.#members.size;
  }

  /**
   * Draws, sharing a long request among all workers. Rejects with `SampleError` for a request that
   * cannot be answered, `WorkerStopped` and `Cancelled`.
   */
  async sample(request: SampleRequest, options: CallOptions = {}): Promise<SampleResult> {
    const parts = splitRequest(request, this.#workers);
    if (parts.length === 1) return this.call("sample", request, options);
    const began = Date.now();
    const done = parts.map(() => 0);
    const drawn = await Promise.all(
      parts.map((part, index) =>
        this.call("drawPart", part, {
          ...options,
          onProgress: (fraction) => {
            done[index] = fraction;
            options.onProgress?.(done.reduce((sum, each) => sum + each, 0) / parts.length);
          },
        }),
      ),
    );
    const result = await this.call("joinParts", { request, parts: drawn }, options);
    return { ...result, milliseconds: Date.now() - began };
  }

  /** Runs one method in a worker. */
  call<M extends Method>(method: M, argument: Argument<M>, options: CallOptions = {}): Promise<Result<M>> {
    const { signal, onProgress = () => undefined } = options;
    return new Promise<Result<Method>>((resolve, reject) => {
      if (signal?.aborted) {
        reject(new Cancelled("cancelled"));
        return;
      }
      const id = ++this.#lastId;
      const cancel = () => this.#cancel(id);
      const settle = () => signal?.removeEventListener("abort", cancel);
      signal?.addEventListener("abort", cancel);
      this.#submit({
        id,
        call: { method, argument } as Call,
        resolve: (result) => {
          settle();
          resolve(result);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
        onProgress,
      });
    }) as Promise<Result<M>>;
  }

  /** Ends all workers; calls under way are rejected as cancelled. */
  close(): void {
    for (const member of this.#members) {
      this.#drop(member);
      for (const task of member.tasks.values()) task.reject(new Cancelled("the sampler was closed"));
    }
  }

  #submit(task: Task): void {
    const member = this.#leastBusy();
    member.keep();
    member.tasks.set(task.id, task);
    member.handle.post({ type: "call", id: task.id, call: task.call }, []);
  }

  /** An idle worker, a new one where more are allowed, or the one with the fewest calls. */
  #leastBusy(): Member {
    const [best] = [...this.#members].sort((a, b) => a.tasks.size - b.tasks.size);
    return best && (best.tasks.size === 0 || this.#members.size >= this.#workers) ? best : this.#start();
  }

  #start(): Member {
    const member: Member = {
      handle: this.#host.startWorker({
        message: (message) => this.#receive(member, message),
        stopped: (reason) => this.#stopped(member, reason),
      }),
      tasks: new Map(),
      keep: () => undefined,
    };
    this.#members.add(member);
    return member;
  }

  #receive(member: Member, message: FromWorker): void {
    const task = member.tasks.get(message.id);
    if (message.type === "progress") {
      task?.onProgress(message.done);
      return;
    }
    member.tasks.delete(message.id);
    if (message.type === "result") task?.resolve(message.result);
    if (message.type === "error")
      task?.reject(Object.assign(new Error(message.message), { name: message.name }));
    if (member.tasks.size === 0 && this.#members.has(member)) {
      member.keep();
      member.keep = this.#host.after(this.#idleMilliseconds, () => this.#drop(member));
    }
  }

  /** The caller has its answer at once; the worker's, that it heard, only decides whether it is kept. */
  #cancel(id: number): void {
    const member = [...this.#members].find(({ tasks }) => tasks.has(id));
    const task = member?.tasks.get(id);
    if (!member || !task) return;
    task.reject(new Cancelled("cancelled"));
    member.handle.post({ type: "cancel", id }, []);
    this.#host.after(CANCEL_GRACE_MS, () => {
      if (this.#members.has(member) && member.tasks.has(id)) this.#replace(member, id);
    });
  }

  /** Ends a worker that does not hear; its other calls begin anew elsewhere. */
  #replace(member: Member, deaf: number): void {
    this.#drop(member);
    for (const task of member.tasks.values()) if (task.id !== deaf) this.#submit(task);
  }

  #stopped(member: Member, reason: string): void {
    if (!this.#members.has(member)) return;
    this.#drop(member);
    const error = new WorkerStopped(`The sampling worker stopped unexpectedly (${reason}). Try again.`);
    for (const task of member.tasks.values()) task.reject(error);
  }

  #drop(member: Member): void {
    this.#members.delete(member);
    member.keep();
    member.handle.terminate();
  }
}
