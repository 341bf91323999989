import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { SampleRequest } from "../../src/sample/request";
import { sample } from "../../src/sample/sample";
import { openWorkers, type TestPage } from "./page";
import type { Workers } from "./workers";

declare const workers: Workers;

const NORMAL = { kind: "normal", mean: 0, std: 0.05 } as const;

describe("workers in a browser", () => {
  let test: TestPage;
  before(async () => {
    test = await openWorkers();
  });
  after(() => test.close());

  it("one or two give the figures of Node, to the last bit", async () => {
    const request: SampleRequest = { distribution: NORMAL, shape: [50, 65_000], seed: "layer" };
    const here = { ...sample(request), milliseconds: 0 };
    for (const count of [1, 2]) {
      const drawn = await test.page.evaluate(([each, n]) => workers.draw(each, n), [request, count] as const);
      const { kolmogorovSmirnov: there, ...figures } = drawn.result;
      const { kolmogorovSmirnov, ...expected } = here;
      assert.deepEqual(plain(figures), plain(expected));
      // The exact distribution is computed with the engine's own `exp`.
      assert.ok(Math.abs(there!.statistic - kolmogorovSmirnov!.statistic) < 1e-12);
      assert.equal(drawn.size, count);
    }
  });

  it("tell how far they are, and hear of a cancellation", async () => {
    const request: SampleRequest = { distribution: NORMAL, shape: [500_000_000], method: "draws" };
    const told = await test.page.evaluate((each) => workers.cancel(each), request);
    assert.deepEqual(told, { error: "AbortError", count: 3 });
  });

  it("one that crashes is told of, and the next call is served", async () => {
    const request: SampleRequest = { distribution: NORMAL, shape: [64, 32] };
    const told = await test.page.evaluate((each) => workers.crash(each), request);
    assert.ok(told.stopped, told.message);
    assert.match(told.message, /broken program/);
    assert.equal(told.count, 2048);
  });

  it("ask for nothing but their own program", () => {
    assert.deepEqual(test.refused, []);
  });
});

/** As it crosses from a page: typed arrays become plain. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, each) => (ArrayBuffer.isView(each) ? Object.values(each) : each)));
