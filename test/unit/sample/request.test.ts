import assert from "node:assert/strict";
import { test } from "node:test";
import { SampleError, type SampleRequest } from "../../../src/sample/request.js";
import { sample } from "../../../src/sample/sample.js";

const NORMAL = { kind: "normal", mean: 0, std: 1 } as const;
const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

/** Requests as they may come from outside, where types promise nothing. */
const REFUSED: readonly (readonly [request: object, message: RegExp])[] = [
  [{ shape: [0] }, /sizes are whole numbers from 1, not 0/],
  [{ shape: [64, -32] }, /not -32/],
  [{ shape: [1.5] }, /not 1.5/],
  [{ shape: [nan] }, /not NaN/],
  [{ shape: [infinity] }, /not Infinity/],
  [{ shape: ["64"] }, /not 64/],
  [{ shape: [1e18] }, /at most 9007199254740991/],
  [{ shape: [1e9, 1e9] }, /1000000000 × 1000000000 is 1000000000000000000 values/],
  [{ bins: 0 }, /bins must be a whole number from 1 to 4096, not 0/],
  [{ bins: 2.5 }, /not 2.5/],
  [{ bins: 1e9 }, /not 1000000000/],
  [{ method: "guess" }, /unknown method "guess"/],
  [{ method: "multinomial", values: 1 }, /draws no single values/],
  [{ values: -1 }, /values must be a whole number from 0, not -1/],
  [{ shape: [1e9], values: "all" }, /too many to keep/],
  [{ distribution: { kind: "normal", mean: 0, std: -1 } }, /std must not be negative, but is -1/],
  [{ distribution: { kind: "normal", mean: 0, std: nan } }, /std must be a finite number, not NaN/],
  [{ distribution: { kind: "normal", mean: 0, std: infinity } }, /std must be a finite number, not Infinity/],
  [{ distribution: { kind: "normal", mean: nan, std: 1 } }, /mean must be a finite number/],
  [{ distribution: { kind: "normal", mean: 0 } }, /std must be a finite number, not undefined/],
  [{ distribution: { kind: "uniform", low: 1, high: 0 } }, /low is 1 and high is 0/],
  [{ distribution: { kind: "uniform", low: -infinity, high: 0 } }, /low must be a finite number/],
  [{ distribution: { kind: "uniform", low: -1.5e308, high: 1.5e308 } }, /too far apart/],
  [{ distribution: { kind: "truncated_normal", mean: 0, scale: 1, low: 2, high: -2 } }, /low is 2/],
  [{ distribution: { kind: "truncated_normal", mean: 0, scale: 1, low: null, high: 2 } }, /low is null/],
  [
    { distribution: { kind: "truncated_normal", mean: 0, scale: 1, low: 50, high: 51 } },
    /too far from the mean/,
  ],
  [{ distribution: { kind: "constant", value: infinity } }, /value must be a finite number/],
  [{ distribution: { kind: "orthogonal", gain: nan }, shape: [2, 2] }, /gain must be a finite number/],
  [{ distribution: { kind: "orthogonal", gain: 1 }, shape: [4] }, /at least two dimensions/],
  [{ distribution: { kind: "identity", gain: 1 }, shape: [4] }, /at least two dimensions/],
  [
    { distribution: { kind: "sparse", sparsity: 1.5, std: 1 }, shape: [2, 2] },
    /sparsity must be from 0 to 1/,
  ],
  [{ distribution: { kind: "sparse", sparsity: 0.5, std: 1 } }, /two dimensions, not 1/],
  [{ distribution: { kind: "unknown" } }, /not known/],
  [{ distribution: { kind: "cauchy" } }, /unknown distribution/],
];

for (const [request, message] of REFUSED) {
  test(`refused: ${JSON.stringify(request)} (${message.source})`, () => {
    const whole = { distribution: NORMAL, shape: [10], ...request } as SampleRequest;
    assert.throws(
      () => sample(whole),
      (error: Error) => error instanceof SampleError && message.test(error.message),
    );
  });
}

/** What has no spread is a constant, whatever its kind. */
const DEGENERATE = [
  [{ kind: "normal", mean: 3, std: 0 }, 3],
  [{ kind: "uniform", low: -2, high: -2 }, -2],
  [{ kind: "truncated_normal", mean: 0.5, scale: 0, low: -1, high: 1 }, 0.5],
  [{ kind: "truncated_normal", mean: 5, scale: 0, low: -1, high: 1 }, 1],
  [{ kind: "truncated_normal", mean: 0, scale: 1, low: 7, high: 7 }, 7],
  [{ kind: "constant", value: -1.7e308 }, -1.7e308],
  [{ kind: "orthogonal", gain: 0 }, 0],
] as const;

for (const [distribution, value] of DEGENERATE) {
  test(`${JSON.stringify(distribution)} is ${value} everywhere`, () => {
    const { mean, std, min, max, histogram } = sample({ distribution, shape: [8, 4], bins: 10 });
    assert.deepEqual({ mean, std, min, max }, { mean: value, std: 0, min: value, max: value });
    assert.deepEqual(
      histogram.counts.filter((count) => count > 0),
      [32],
    );
    assert.ok(histogram.low < value && value < histogram.high);
  });
}

test("a window hardly wider than rounding is drawn as uniform", () => {
  const distribution = { kind: "truncated_normal", mean: 0, scale: 1, low: 5, high: 5 + 1e-12 } as const;
  const { min, max, kolmogorovSmirnov } = sample({ distribution, shape: [1000] });
  assert.ok(min >= 5 && max <= 5 + 1e-12);
  assert.ok(kolmogorovSmirnov!.pValue > 1e-6);
});

test("one value has no spread", () => {
  const { count, std, min, max, mean } = sample({ distribution: NORMAL, shape: [] });
  assert.deepEqual({ count, std }, { count: 1, std: 0 });
  assert.ok(min === max && Math.abs(mean - min) < 1e-15);
});

test("as many values as can be counted are drawn", () => {
  const count = 2 ** 53 - 1;
  for (const distribution of [NORMAL, { kind: "uniform", low: 0, high: 1 } as const]) {
    const result = sample({ distribution, shape: [count] });
    assert.equal(
      result.histogram.counts.reduce((sum, bar) => sum + BigInt(bar), 0n),
      BigInt(count),
    );
    assert.equal(result.method, "multinomial");
  }
});
