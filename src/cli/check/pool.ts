import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import type { Finding } from "../../types.js";
import { type AnalyseFileOptions, analyseFile } from "../analyseFile.js";

/** What became of one file. */
export type Checked = { readonly findings: readonly Finding[] } | { readonly failure: string };

export interface CheckJob {
  readonly file: string;
  readonly options: AnalyseFileOptions;
}

/** A worker costs as long to start as this many files take. */
const FILES_A_WORKER = 12;
const MAX_WORKERS = 8;
/** Analysis bounds its own work; a file that takes longer than this, on however busy a machine, has found a way around. */
const MAX_MILLISECONDS = 600_000;

/** Checks one file; whatever goes wrong is told and loses no other file. */
export function checkFile({ file, options }: CheckJob): Checked {
  try {
    return { findings: analyseFile(file, options).findings };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

/** Checks every file, in several threads where there are many; the results are in the order of the files. */
export async function checkAll(jobs: readonly CheckJob[], script: string | null): Promise<Checked[]> {
  const threads = Math.min(availableParallelism(), MAX_WORKERS, Math.ceil(jobs.length / FILES_A_WORKER));
  if (threads < 2 || script === null) return jobs.map(checkFile);
  const results = new Array<Checked>(jobs.length);
  let next = 0;
  const take = (): number | null => (next < jobs.length ? next++ : null);
  const lane = async (): Promise<void> => {
    let thread = new Thread(script);
    for (let index = take(); index !== null; index = take()) {
      results[index] = await thread.check(jobs[index]!);
      if (!thread.isAlive) thread = new Thread(script);
    }
    await thread.end();
  };
  await Promise.all(Array.from({ length: threads }, lane));
  return results;
}

/** One worker thread; after a crash or an endless file it is dead and another takes its place. */
class Thread {
  readonly #worker: Worker;
  #settle: (result: Checked) => void = () => {};
  isAlive = true;

  constructor(script: string) {
    this.#worker = new Worker(script, { workerData: CHECKING });
    this.#worker.on("message", (result: Checked) => this.#settle(result));
    this.#worker.on("error", (error) => this.#die(error instanceof Error ? error.message : String(error)));
    this.#worker.on("exit", (code) => this.#die(`its thread ended with status ${code}`));
  }

  async check(job: CheckJob): Promise<Checked> {
    const timer = setTimeout(
      () => this.#die(`took more than ${MAX_MILLISECONDS / 1000} seconds`),
      MAX_MILLISECONDS,
    );
    const result = await new Promise<Checked>((resolve) => {
      this.#settle = resolve;
      this.#worker.postMessage(job);
    });
    clearTimeout(timer);
    return result;
  }

  #die(failure: string): void {
    this.isAlive = false;
    this.#settle({ failure });
    void this.#worker.terminate();
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

const CHECKING = "init-lens check";

/** In a thread that `checkAll` started: answers jobs. False in any other thread. */
export function serveChecks(): boolean {
  if (isMainThread || workerData !== CHECKING) return false;
  parentPort!.on("message", (job: CheckJob) => parentPort!.postMessage(checkFile(job)));
  return true;
}
