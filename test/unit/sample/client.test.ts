import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Cancelled, SamplerPool, WorkerStopped } from "../../../src/sample/client.js";
import { SampleError, type SampleRequest } from "../../../src/sample/request.js";
import { sample } from "../../../src/sample/sample.js";
import { workerHost } from "../../../src/sample/startWorker.js";
import { callersAmong } from "../../../src/source/callers.js";
import { MentionedFiles } from "../../../src/source/mentionedFiles.js";

const script = {
  path: fileURLToPath(new URL("../worker.mjs", import.meta.url)),
  read: () => Promise.reject(new Error("not in Node")),
};
const NORMAL = { kind: "normal", mean: 0, std: 0.05 } as const;
/** Takes seconds: nobody waits for it in these tests. */
const LONG: SampleRequest = { distribution: NORMAL, shape: [2_000_000_000], method: "draws" };

/** Runs `use` with a pool that is closed afterwards. */
async function withPool(use: (pool: SamplerPool) => Promise<void>, options = {}): Promise<void> {
  const pool = new SamplerPool(workerHost(script), options);
  try {
    await use(pool);
  } finally {
    pool.close();
  }
}

/** Resolves at the first report of progress. */
function progress(pool: SamplerPool, request: SampleRequest): Promise<number> {
  return new Promise((resolve, reject) => {
    pool.sample(request, { onProgress: resolve }).catch(reject);
  });
}

test("a pool starts no worker before the first call", () =>
  withPool(async (pool) => {
    assert.equal(pool.size, 0);
    await pool.sample({ distribution: NORMAL, shape: [64, 32] });
    assert.equal(pool.size, 1);
  }));

for (const workers of [1, 2, 3]) {
  test(`${workers} workers give the same figures, bit by bit`, () =>
    withPool(
      async (pool) => {
        const request = {
          distribution: NORMAL,
          shape: [50, 65_000],
          seed: "layer",
          values: 200_000,
        } as const;
        const { milliseconds: _, ...here } = sample(request);
        const { milliseconds: __, ...there } = await pool.sample(request);
        assert.deepEqual(there, here);
      },
      { workers },
    ));
}

test("a bad request is refused with the engine's message", () =>
  withPool(async (pool) => {
    await assert.rejects(pool.sample({ distribution: NORMAL, shape: [0] }), SampleError);
    await assert.rejects(pool.call("sample", { distribution: NORMAL, shape: [0] }), {
      name: "SampleError",
      message: /sizes are whole numbers from 1, not 0/,
    });
  }));

test("a cancelled call is rejected, and the worker serves the next", () =>
  withPool(async (pool) => {
    const controller = new AbortController();
    const call = pool.sample(LONG, { signal: controller.signal, onProgress: () => controller.abort() });
    await assert.rejects(call, Cancelled);
    const { count } = await pool.sample({ distribution: NORMAL, shape: [3] });
    assert.equal(count, 3);
  }));

test("a call cancelled before it begins starts no worker", () =>
  withPool(async (pool) => {
    await assert.rejects(pool.sample(LONG, { signal: AbortSignal.abort() }), Cancelled);
    assert.equal(pool.size, 0);
  }));

test("short calls are answered while long ones are under way in every worker", () =>
  withPool(async (pool) => {
    await Promise.all([progress(pool, LONG), progress(pool, LONG)]);
    assert.equal((await pool.sample({ distribution: NORMAL, shape: [2048] })).count, 2048);
  }));

test("a worker that dies gives a clear error, and the next call works", async () => {
  const host = workerHost(script);
  const handles: ReturnType<typeof host.startWorker>[] = [];
  const pool = new SamplerPool(
    {
      ...host,
      startWorker(listeners) {
        const handle = host.startWorker(listeners);
        handles.push(handle);
        return handle;
      },
    },
    { workers: 1 },
  );
  try {
    const call = pool.sample(LONG, { onProgress: () => handles[0]?.terminate() });
    await assert.rejects(
      call,
      (error: Error) => error instanceof WorkerStopped && /Try again/.test(error.message),
    );
    assert.equal((await pool.sample({ distribution: NORMAL, shape: [5] })).count, 5);
    assert.equal(handles.length, 2);
  } finally {
    pool.close();
  }
});

test("a worker whose program is missing gives a clear error", async () => {
  const pool = new SamplerPool(workerHost({ ...script, path: `${script.path}.missing` }));
  await assert.rejects(pool.sample({ distribution: NORMAL, shape: [5] }), WorkerStopped);
  assert.equal(pool.size, 0);
});

test("an idle worker is ended", async () => {
  const pool = new SamplerPool(workerHost(script), { idleMilliseconds: 1 });
  await pool.sample({ distribution: NORMAL, shape: [5] });
  while (pool.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
});

test("closing a pool rejects what is under way", async () => {
  const pool = new SamplerPool(workerHost(script));
  const call = pool.sample(LONG, { onProgress: () => pool.close() });
  await assert.rejects(call, Cancelled);
});

test("an analysis is shown for the calls in files that the worker found to make them", () =>
  withPool(async (pool) => {
    const text =
      "from torch import nn\n\nclass Net(nn.Module):\n    def __init__(self, width):\n        super().__init__()\n        self.fc = nn.Linear(width, 10)\n";
    const files = [
      { path: "/project/net.py", text },
      { path: "/project/train.py", text: "from net import Net\nNet(96)\n" },
      { path: "/project/other.py", text: "print(1)\n" },
      { path: "/project/gone.py", text: null },
    ];
    const found = await pool.call("mentions", files);
    assert.equal(found.at(-1), null);
    const mentions = new MentionedFiles(
      files.flatMap(({ path }, i) => (found[i] ? [[path, found[i]] as const] : [])),
    );
    const callers = callersAmong(mentions, "/project/net.py", mentions.get("/project/net.py")!.defined);
    assert.deepEqual(callers, ["/project/train.py"]);
    const request = {
      scope: "file://",
      document: { file: "/project/net.py", cells: [{ index: null, text }] },
      roots: ["/project"],
      sitePackages: [],
      changed: [],
      files,
      callers,
    };
    const { analysis } = await pool.call("analyse", request);
    assert.deepEqual(analysis?.layers[0]?.parameters[0]?.shape, [10, 96]);
  }));
