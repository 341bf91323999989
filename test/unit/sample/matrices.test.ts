import assert from "node:assert/strict";
import { test } from "node:test";
import { kolmogorovSmirnov } from "../../../src/init/fit.js";
import { drawKeras } from "../../../src/init/frameworks/keras.js";
import { normalCdf } from "../../../src/init/normal.js";
import { sample } from "../../../src/sample/sample.js";
import type { Distribution } from "../../../src/types.js";

const orthogonal = (gain = 1): Distribution => ({ kind: "orthogonal", gain });

/** Products of all pairs of rows, or of columns where there are fewer of these. */
function gram(values: Float64Array, rows: number, columns: number): number[][] {
  const at =
    rows <= columns ? (i: number, k: number) => i * columns + k : (i: number, k: number) => k * columns + i;
  const [short, long] = [Math.min(rows, columns), Math.max(rows, columns)];
  return Array.from({ length: short }, (_, i) =>
    Array.from({ length: short }, (_, j) => {
      let sum = 0;
      for (let k = 0; k < long; k++) sum += values[at(i, k)]! * values[at(j, k)]!;
      return sum;
    }),
  );
}

for (const [shape, gain] of [
  [[64, 32], 1],
  [[32, 64], Math.SQRT2],
  [[50, 50], -2],
  [[8, 3, 3, 2], 1],
  [[1, 7], 3],
  [[7, 1], 1],
] as const) {
  test(`an orthogonal matrix of shape ${shape.join(" × ")} times ${gain}`, () => {
    const { values, std, count } = sample({ distribution: orthogonal(gain), shape, values: "all" });
    const rows = shape[0];
    const columns = count / rows;
    gram(values!, rows, columns).forEach((row, i) => {
      row.forEach((product, j) => {
        assert.ok(
          Math.abs(product - (i === j ? gain * gain : 0)) < 1e-12 * gain * gain,
          `${i}, ${j}: ${product}`,
        );
      });
    });
    // All squares sum to gain² times the shorter side, exactly; the mean takes little off.
    assert.ok(std <= (Math.abs(gain) / Math.sqrt(Math.max(rows, columns))) * (1 + 1e-12));
  });
}

test("orthogonal matrices are uniform among all: an entry of 3 × 3 is uniform, reflections are half of them", () => {
  const SEEDS = 2000;
  let reflections = 0;
  const entries: [number[], number[]] = [[], []];
  for (let seed = 0; seed < SEEDS; seed++) {
    const m = sample({ distribution: orthogonal(), shape: [3, 3], seed, values: "all" }).values!;
    entries[0].push(m[0]!);
    entries[1].push(m[7]!);
    const [a, b, c, d, e, f, g, h, i] = m as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    if (a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g) < 0) reflections++;
  }
  for (const each of entries) {
    assert.ok(kolmogorovSmirnov(Float64Array.from(each).sort(), (x) => (x + 1) / 2).pValue > 1e-4);
  }
  assert.ok(Math.abs(reflections - SEEDS / 2) < 5 * Math.sqrt(SEEDS / 4));
});

test("a matrix up to 1024 × 1024 is whole; a larger one has independent entries, and says so", () => {
  const whole = sample({ distribution: orthogonal(), shape: [300, 200] });
  assert.equal(whole.note, undefined);
  // Its squares sum to the shorter side, which independent entries would miss by their standard error.
  assert.ok(Math.abs(Math.hypot(whole.std, whole.mean) - 1 / Math.sqrt(300)) < 1e-14);
  const large = sample({ distribution: orthogonal(), shape: [1025, 1024] });
  assert.match(large.note ?? "", /independently/);
  const error = (1 / Math.sqrt(1025)) * Math.sqrt(2 / (4 * large.count));
  assert.ok(Math.abs(large.std - 1 / Math.sqrt(1025)) < 5 * error);
  for (const { kolmogorovSmirnov: distance } of [whole, large]) assert.ok(distance!.pValue > 1e-6);
});

test("a framework's way to flatten a kernel is read from the std", () => {
  const shape = [3, 3, 16, 32];
  const distribution = drawKeras("Orthogonal", shape, {}) as Distribution;
  const { std } = sample({ distribution, shape });
  assert.ok(Math.abs(std - 1 / Math.sqrt(144)) < 1e-3, `${std}`);
});

test("the 1 × 1 orthogonal matrix is 1 or −1", () => {
  const drawn = new Set(
    Array.from({ length: 20 }, (_, seed) => sample({ distribution: orthogonal(), shape: [1, 1], seed }).mean),
  );
  assert.deepEqual([...drawn].sort(), [-1, 1]);
});

test("an identity matrix, and a kernel that passes its input on", () => {
  const distribution: Distribution = { kind: "identity", gain: 2 };
  const flat = sample({ distribution, shape: [2, 3], bins: 2, values: "all" });
  assert.deepEqual([...flat.values!], [2, 0, 0, 0, 2, 0]);
  assert.deepEqual(flat.histogram, { low: 0, high: 2, counts: [4, 2] });
  const kernel = sample({ distribution, shape: [2, 2, 3], values: "all" });
  assert.deepEqual([...kernel.values!], [0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0]);
  assert.equal(sample({ distribution, shape: [1, 1] }).mean, 2);
});

test("an identity repeated in groups has as many ones as its std says", () => {
  const [shape, ones] = [[8, 2, 3, 3], 8] as const;
  const count = 8 * 2 * 9;
  const share = ones / count;
  const distribution: Distribution = { kind: "identity", gain: 1, std: Math.sqrt(share * (1 - share)) };
  assert.ok(Math.abs(sample({ distribution, shape }).mean - share) < 1e-12);
  assert.throws(() => sample({ distribution, shape, values: "all" }), /places of the identity/);
});

test("a sparse matrix has its zeros in every column, and normal values elsewhere", () => {
  const [rows, columns, sparsity, std] = [40, 500, 0.31, 0.5];
  const distribution = { kind: "sparse", sparsity, std } as const;
  const result = sample({ distribution, shape: [rows, columns], values: "all" });
  const values = result.values!;
  for (let column = 0; column < columns; column++) {
    const zeros = Array.from({ length: rows }, (_, row) => values[row * columns + column]).filter(
      (v) => v === 0,
    );
    assert.equal(zeros.length, 13);
  }
  // Each row gets its share of the zeros: hypergeometric by columns, so binomial over them.
  const share = 13 / rows;
  for (let row = 0; row < rows; row++) {
    const zeros = values.subarray(row * columns, (row + 1) * columns).filter((v) => v === 0).length;
    assert.ok(Math.abs(zeros - columns * share) < 5 * Math.sqrt(columns * share * (1 - share)));
  }
  const rest = values.filter((v) => v !== 0).map((v) => v / std);
  assert.ok(kolmogorovSmirnov(rest.slice().sort(), normalCdf).pValue > 1e-6);
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const square = values.reduce((sum, v) => sum + v * v, 0) / values.length;
  assert.ok(Math.abs(result.mean - mean) < 1e-12);
  assert.ok(Math.abs(result.std - Math.sqrt(square - mean * mean)) < 1e-12);
  assert.equal(
    result.histogram.counts.reduce((a, b) => a + b),
    values.length,
  );
});

test("a sparse matrix too large to draw has the right figures too", () => {
  const distribution = { kind: "sparse", sparsity: 0.9, std: 1 } as const;
  const { count, std, method, histogram } = sample({ distribution, shape: [10_000, 10_000], bins: 51 });
  assert.deepEqual([count, method], [1e8, "multinomial"]);
  assert.ok(Math.abs(std - Math.sqrt(0.1)) < 1e-4);
  assert.ok(histogram.counts[25]! > 9e7);
  assert.equal(sample({ distribution: { ...distribution, sparsity: 1 }, shape: [5, 5] }).std, 0);
});
