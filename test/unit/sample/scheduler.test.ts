import assert from "node:assert/strict";
import { test } from "node:test";
import { type PoolHost, SamplerPool } from "../../../src/sample/client.js";
import type { FromWorker, ToWorker } from "../../../src/sample/protocol.js";
import type { SampleRequest } from "../../../src/sample/request.js";
import { Scheduler } from "../../../src/sample/scheduler.js";

const LONG: SampleRequest = {
  distribution: { kind: "uniform", low: 0, high: 1 },
  shape: [100_000_000],
  method: "draws",
};

/** A worker's thread on a clock on which each step of work takes 1.5 ms. */
function fakeThread() {
  const posted: { readonly at: number; readonly message: FromWorker }[] = [];
  const waiting: (() => void)[] = [];
  let time = 0;
  const scheduler = new Scheduler({
    post: (message) => posted.push({ at: time, message }),
    later: (run) => waiting.push(run),
    now: () => {
      time += 0.75;
      return time;
    },
  });
  const turn = () => waiting.shift()?.();
  return { scheduler, posted, turn, now: () => time };
}

const start = (scheduler: Scheduler, id: number, request = LONG) =>
  scheduler.receive({ type: "call", id, call: { method: "sample", argument: request } });

for (const calls of [1, 5, 20]) {
  test(`each of ${calls} calls at once reports at least every 100 ms, and all get on alike`, () => {
    const { scheduler, posted, turn, now } = fakeThread();
    for (let id = 0; id < calls; id++) start(scheduler, id);
    while (now() < 1000) turn();
    const last: number[] = [];
    for (let id = 0; id < calls; id++) {
      const reports = posted.filter(({ message }) => message.type === "progress" && message.id === id);
      const times = [0, ...reports.map(({ at }) => at)];
      const gaps = times.slice(1).map((at, i) => at - times[i]!);
      assert.ok(reports.length > 0 && Math.max(...gaps) <= 100, `call ${id}: ${Math.max(...gaps)} ms`);
      const report = reports.at(-1)!.message;
      last.push(report.type === "progress" ? report.done : 0);
    }
    assert.ok(Math.max(...last) <= 1.5 * Math.min(...last));
  });
}

test("a cancellation is heard between two turns of at most 50 ms, and ends the work", () => {
  const { scheduler, posted, turn, now } = fakeThread();
  start(scheduler, 1);
  start(scheduler, 2);
  const before = now();
  turn();
  assert.ok(now() - before < 50);
  scheduler.receive({ type: "cancel", id: 1 });
  assert.deepEqual(posted.at(-1)!.message, { type: "cancelled", id: 1 });
  const cancelledAt = posted.length;
  for (let i = 0; i < 50; i++) turn();
  assert.ok(posted.slice(cancelledAt).every(({ message }) => message.id === 2));
});

test("an error ends its own call only", () => {
  const { scheduler, posted, turn } = fakeThread();
  start(scheduler, 1, { ...LONG, shape: [-1] });
  start(scheduler, 2, { ...LONG, shape: [10] });
  for (let i = 0; i < 4; i++) turn();
  assert.deepEqual(
    posted.map(({ message }) => [message.type, message.id]),
    [
      ["error", 1],
      ["result", 2],
    ],
  );
});

/** A pool whose workers only note what they are sent, on a clock that is turned by hand. */
function fakePool() {
  const workers: { sent: ToWorker[]; ended: boolean; say: (message: FromWorker) => void }[] = [];
  const timers: { readonly at: number; readonly run: () => void }[] = [];
  const host: PoolHost = {
    startWorker(listeners) {
      const worker = { sent: [] as ToWorker[], ended: false, say: listeners.message };
      workers.push(worker);
      return {
        post: (message) => worker.sent.push(message),
        terminate: () => {
          worker.ended = true;
        },
      };
    },
    after(milliseconds, run) {
      const timer = { at: milliseconds, run };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    },
  };
  const wait = (milliseconds: number) => {
    for (const timer of timers.splice(0)) if (timer.at <= milliseconds) timer.run();
  };
  return { pool: new SamplerPool(host, { workers: 1 }), workers, wait };
}

test("a worker that does not hear a cancellation is replaced, and its other calls begin anew", async () => {
  const { pool, workers, wait } = fakePool();
  const controller = new AbortController();
  const deaf = pool.call("sample", LONG, { signal: controller.signal });
  const other = pool.call("sample", { ...LONG, seed: "other" });
  controller.abort();
  await assert.rejects(deaf, { name: "AbortError" });
  assert.equal(workers.length, 1);
  wait(500);
  assert.ok(workers[0]!.ended);
  const [again] = workers[1]!.sent;
  assert.ok(again?.type === "call" && again.call.method === "sample" && again.call.argument.seed === "other");
  workers[1]!.say({ type: "error", id: again.id, name: "SampleError", message: "enough" });
  await assert.rejects(other, { name: "SampleError", message: "enough" });
});

test("a worker that hears a cancellation is kept", async () => {
  const { pool, workers, wait } = fakePool();
  const controller = new AbortController();
  const call = pool.call("sample", LONG, { signal: controller.signal });
  controller.abort();
  await assert.rejects(call, { name: "AbortError" });
  workers[0]!.say({ type: "cancelled", id: 1 });
  wait(500);
  assert.equal(workers[0]!.ended, false);
  wait(30_000);
  assert.equal(pool.size, 1);
});
