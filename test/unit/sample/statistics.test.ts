import assert from "node:assert/strict";
import { test } from "node:test";
import { normalBetween } from "../../../src/init/normal.js";
import type { SampleRequest } from "../../../src/sample/request.js";
import { flatActivations, statisticsSteps, type WeightStatistics } from "../../../src/sample/statistics.js";

function statistics(request: SampleRequest, fanIn: number | null = null, activation: string | null = null) {
  const steps = statisticsSteps({ request, fanIn, activation });
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value as WeightStatistics;
  }
}

test("singular values of an orthogonal matrix are all its gain", () => {
  const distribution = { kind: "orthogonal", gain: 3 } as const;
  const { singularValues, marchenkoPastur } = statistics({ distribution, shape: [20, 50] });
  assert.equal(singularValues!.length, 20);
  for (const value of singularValues!) assert.ok(Math.abs(value - 3) < 1e-12);
  assert.equal(marchenkoPastur, null);
});

test("singular values of independent entries keep the law of random matrices", () => {
  const [rows, columns, std] = [200, 100, 0.1];
  for (const distribution of [
    { kind: "normal", mean: 0, std },
    { kind: "uniform", low: -std * Math.sqrt(3), high: std * Math.sqrt(3) },
  ] as const) {
    const { singularValues, marchenkoPastur } = statistics({ distribution, shape: [rows, columns] });
    const { low, high } = marchenkoPastur!;
    assert.ok(Math.abs(high - std * (Math.sqrt(rows) + Math.sqrt(columns))) < 0.01 * high);
    // The largest is off the limit by the order of n^(−2/3) of it.
    assert.ok(Math.abs(singularValues![0]! - high) < 3 * high * rows ** (-2 / 3));
    assert.ok(Math.abs(singularValues!.at(-1)! - low) < 3 * high * rows ** (-2 / 3));
    const squares = singularValues!.reduce((sum, value) => sum + value * value, 0);
    const expected = rows * columns * std * std;
    assert.ok(Math.abs(squares - expected) < 5 * expected * Math.sqrt(2 / (rows * columns)));
  }
});

test("equal columns are seen, and a single column is not equal to others", () => {
  const constant = { kind: "constant", value: 0.5 } as const;
  assert.equal(statistics({ distribution: constant, shape: [3, 4] }).equalColumns, true);
  assert.equal(statistics({ distribution: constant, shape: [3, 1] }).equalColumns, false);
  assert.equal(
    statistics({ distribution: { kind: "identity", gain: 1 }, shape: [3, 3] }).equalColumns,
    false,
  );
  assert.equal(
    statistics({ distribution: { kind: "normal", mean: 0, std: 1 }, shape: [3, 3] }).equalColumns,
    false,
  );
});

test("nothing is said of what was not looked at", () => {
  const normal = { kind: "normal", mean: 0, std: 1 } as const;
  for (const shape of [[5], [2, 2, 2], [1025, 2]]) {
    const { singularValues, equalColumns, activations } = statistics(
      { distribution: normal, shape },
      10,
      "no such",
    );
    assert.deepEqual([singularValues, equalColumns, activations], [null, null, null]);
  }
});

test("flat shares of activations", () => {
  assert.deepEqual(flatActivations("linear", 3), { dead: 0, saturated: 0 });
  assert.deepEqual(flatActivations("relu", 0.1), { dead: 0.5, saturated: 0.5 });
  const near = (share: number, expected: number) => assert.ok(Math.abs(share - expected) < 1e-3, `${share}`);
  near(flatActivations("hardtanh", 2)!.dead, 1 - normalBetween(-0.5, 0.5));
  // 1 − tanh² is 1/20 at atanh √0.95.
  const edge = Math.atanh(Math.sqrt(0.95));
  near(flatActivations("tanh", 3)!.saturated, 1 - normalBetween(-edge / 3, edge / 3));
  assert.equal(flatActivations("tanh", 3)!.dead, 0);
});

test("spread of pre-activations is the weight's size times the root of the fan", () => {
  const distribution = { kind: "constant", value: 0.5 } as const;
  const { activations } = statistics({ distribution, shape: [16, 4] }, 16, "hardtanh");
  assert.deepEqual(activations, flatActivations("hardtanh", 2));
});
