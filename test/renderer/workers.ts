/** The extension's workers as a browser runs them, and counters of what a test wants to see. */
import { SamplerPool, WorkerStopped } from "../../src/sample/client";
import type { SampleRequest } from "../../src/sample/request";
import { workerHost } from "../../src/sample/startWorker.js";

const script = {
  path: "",
  read: async () => (await fetch("/worker.js")).text(),
};

/** The figures of a drawing, and how the wait for it went. */
async function draw(request: SampleRequest, workers: number) {
  const pool = new SamplerPool(workerHost(script), { workers });
  const reports: number[] = [];
  try {
    const result = await pool.sample(request, { onProgress: (done) => reports.push(done) });
    return { result: { ...result, milliseconds: 0 }, reports, size: pool.size };
  } finally {
    pool.close();
  }
}

/** Cancels at the first report of progress; the error's name, and what the next drawing counts. */
async function cancel(request: SampleRequest) {
  const pool = new SamplerPool(workerHost(script), { workers: 1 });
  const controller = new AbortController();
  const error = await pool
    .sample(request, { signal: controller.signal, onProgress: () => controller.abort() })
    .then(
      () => "none",
      ({ name }: Error) => name,
    );
  const { count } = await pool.sample({ ...request, shape: [3] });
  pool.close();
  return { error, count };
}

/** A worker whose program breaks: what is said, and whether a sound one serves the next call. */
async function crash(request: SampleRequest) {
  const programs = ["throw new Error('broken program')", await script.read()];
  const pool = new SamplerPool(workerHost({ path: "", read: async () => programs.shift() ?? "" }), {
    workers: 1,
  });
  const error: unknown = await pool.sample(request).catch((thrown: unknown) => thrown);
  const { count } = await pool.sample(request);
  pool.close();
  return { stopped: error instanceof WorkerStopped, message: String(error), count };
}

const workers = { draw, cancel, crash };
export type Workers = typeof workers;
Object.assign(globalThis, { workers });
