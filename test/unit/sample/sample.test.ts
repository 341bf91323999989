import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { kurtosis, law } from "../../../src/init/distributions.js";
import { kolmogorovSmirnov } from "../../../src/init/fit.js";
import type { SampleMethod, SampleRequest, SampleResult } from "../../../src/sample/request.js";
import { sample } from "../../../src/sample/sample.js";
import type { Distribution } from "../../../src/types.js";
import { chiSquare, chiSquarePValue } from "./chiSquare.js";
import { RANDOM } from "./distributions.js";

/** A right sampler is off by more than this once in two million figures. */
const STANDARD_ERRORS = 5;
const LEVEL = 1e-6;
const METHODS: readonly SampleMethod[] = ["draws", "multinomial"];

/** Probability of each bar of a result's histogram. */
function barShares({ histogram: { low, high, counts } }: SampleResult, distribution: Distribution): number[] {
  const { cdf } = law(distribution)!;
  const edge = (bar: number) => low + ((high - low) * bar) / counts.length;
  return counts.map((_, bar) => cdf(edge(bar + 1)) - cdf(edge(bar)));
}

/** The p-value of the bars that can be expected to hold 10 values or more. */
function histogramPValue(result: SampleResult, distribution: Distribution): number {
  const shares = barShares(result, distribution);
  const bars = shares.map((_, bar) => bar).filter((bar) => shares[bar]! * result.count >= 10);
  const counts = bars.map((bar) => result.histogram.counts[bar]!);
  return chiSquarePValue(
    chiSquare(counts, (i) => shares[bars[i]!]! * result.count),
    bars.length - 1,
  );
}

for (const [name, distribution] of RANDOM) {
  for (const method of METHODS) {
    for (const count of [1000, 300_000]) {
      test(`${count} values by ${method} of ${name} follow it`, () => {
        const result = sample({ distribution, shape: [count], method, seed: "follow" });
        const exact = law(distribution)!;
        const error = exact.std / Math.sqrt(count);
        assert.ok(Math.abs(result.mean - exact.mean) < STANDARD_ERRORS * error, `mean ${result.mean}`);
        const stdError = exact.std * Math.sqrt((kurtosis(distribution)! - 1) / (4 * count));
        assert.ok(Math.abs(result.std - exact.std) < STANDARD_ERRORS * stdError, `std ${result.std}`);
        assert.ok(result.kolmogorovSmirnov!.pValue > LEVEL);
        assert.ok(histogramPValue(result, distribution) > LEVEL);
        // The smallest of n has probability (1 − F)ⁿ of being larger: neither too large nor too small.
        const lowest = 1 - (1 - exact.cdf(result.min)) ** count;
        const highest = exact.cdf(result.max) ** count;
        for (const p of [lowest, highest]) assert.ok(p > LEVEL && p < 1 - LEVEL, `extreme at ${p}`);
      });
    }
  }
}

for (const [name, distribution] of RANDOM) {
  test(`both methods agree over many seeds, from either side: ${name}`, () => {
    const SEEDS = 120;
    const COUNT = 1000;
    const results = METHODS.map((method) =>
      Array.from({ length: SEEDS }, (_, seed) =>
        sample({ distribution, shape: [COUNT], bins: 20, method, seed: `${method} ${seed}` }),
      ),
    );
    // Were the counts too even or too uneven, their p-values would not be uniform.
    for (const drawn of results) {
      const pValues = Float64Array.from(drawn, (result) => histogramPValue(result, distribution)).sort();
      assert.ok(kolmogorovSmirnov(pValues, (p) => p).pValue > 1e-4);
    }
    for (const figure of ["mean", "std", "min", "max"] as const) {
      const [draws, multinomial] = results.map((drawn) => drawn.map((result) => result[figure]));
      assert.ok(twoSamplePValue(draws!, multinomial!) > 1e-4, figure);
    }
  });
}

/** Kolmogorov and Smirnov's test of two samples of the same size, by its limit law. */
function twoSamplePValue(a: readonly number[], b: readonly number[]): number {
  const share = (values: readonly number[], x: number) => values.filter((v) => v <= x).length / values.length;
  const statistic = Math.max(...[...a, ...b].map((x) => Math.abs(share(a, x) - share(b, x))));
  return 2 * Math.exp(-statistic * statistic * a.length);
}

test("the moments of the multinomial vary as those of draws do, also of a great many values", () => {
  const distribution: Distribution = { kind: "normal", mean: 0, std: 1 };
  const SEEDS = 100;
  const count = 1_000_000_000;
  const results = Array.from({ length: SEEDS }, (_, seed) => sample({ distribution, shape: [count], seed }));
  const means = Float64Array.from(results, ({ mean }) => mean * Math.sqrt(count)).sort();
  const stds = Float64Array.from(results, ({ std }) => (std - 1) * Math.sqrt(2 * count)).sort();
  const { cdf } = law(distribution)!;
  for (const figures of [means, stds]) assert.ok(kolmogorovSmirnov(figures, cdf).pValue > 1e-3);
  const highest = Float64Array.from(results, ({ max }) => Math.exp(-count * cdf(-max))).sort();
  assert.ok(kolmogorovSmirnov(highest, (p) => p).pValue > 1e-3);
});

/** Without numbers so small that they have fewer digits. */
const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => (Math.abs(x) < 1e-290 ? 0 : x));
const positive = fc.double({ min: 1e-9, max: 1e6, noNaN: true });
const anyDistribution: fc.Arbitrary<Distribution> = fc.oneof(
  fc.record({ kind: fc.constant("normal" as const), mean: finite, std: fc.oneof(positive, fc.constant(0)) }),
  fc
    .tuple(finite, finite)
    .map(([a, b]) => ({ kind: "uniform" as const, low: Math.min(a, b), high: Math.max(a, b) })),
  fc
    .record({
      mean: finite,
      scale: positive,
      from: fc.double({ min: -8, max: 8, noNaN: true }),
      width: positive,
    })
    .map(({ mean, scale, from, width }) => {
      const low = mean + from * scale;
      return {
        kind: "truncated_normal" as const,
        mean,
        scale,
        low,
        high: low + Math.min(width, 1e5) * scale,
      };
    }),
  fc.record({
    kind: fc.constant("constant" as const),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }),
  }),
);
const anyRequest: fc.Arbitrary<SampleRequest> = fc.record({
  distribution: anyDistribution,
  shape: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
  seed: fc.oneof(fc.string(), fc.double(), fc.integer()),
  bins: fc.integer({ min: 1, max: 300 }),
  method: fc.constantFrom(...METHODS),
});

test("figures of any request fit each other", () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const { count, min, max, mean, std, histogram } = sample(request);
      assert.equal(
        count,
        request.shape.reduce((product, size) => product * size, 1),
      );
      assert.equal(histogram.counts.length, request.bins);
      assert.equal(
        histogram.counts.reduce((sum, bar) => sum + bar, 0),
        count,
      );
      const slack = 1e-12 * Math.max(Math.abs(min), Math.abs(max));
      assert.ok(
        histogram.low <= min + slack && max <= histogram.high + slack && histogram.low < histogram.high,
      );
      assert.ok(min - slack <= mean && mean <= max + slack, `${min} ${mean} ${max}`);
      assert.ok(std >= 0 && std <= (max - min) / 2 + 1e-7 * (max - min) + slack, `std ${std}`);
      const { low = min, high = max } = request.distribution as { low?: number; high?: number };
      assert.ok(low <= min && max <= high);
    }),
    {
      numRuns: 500,
      // All bars of so small a std lie between two neighbouring numbers.
      examples: [
        [
          {
            distribution: { kind: "normal", mean: -262144.00000000006, std: 1e-9 },
            shape: [],
            seed: -20,
            bins: 1,
            method: "draws",
          },
        ],
      ],
    },
  );
});

test("values kept are those counted", () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const result = sample({ ...request, method: "draws", values: "all" });
      const values = result.values!;
      assert.equal(values.length, result.count);
      assert.equal(Math.min(...values), result.min);
      assert.equal(Math.max(...values), result.max);
      const { low, high, counts } = result.histogram;
      // At the very edge of a bar rounding decides: the values below an edge are within one of the count.
      let below = 0;
      counts.forEach((bar, i) => {
        below += bar;
        const edge = low + ((high - low) * (i + 1)) / counts.length;
        const slack = 1e-9 * (high - low) + 1e-12 * Math.abs(edge);
        const [least, most] = [edge - slack, edge + slack].map((x) => values.filter((v) => v < x).length);
        assert.ok(least! <= below && below <= most!, `bar ${i}`);
      });
    }),
    { numRuns: 200 },
  );
});

test("the first values do not depend on how many follow", () => {
  const distribution: Distribution = { kind: "normal", mean: 0, std: 1 };
  const long = sample({ distribution, shape: [200_000], values: 70_000 }).values!;
  const short = sample({ distribution, shape: [70_000], values: "all" }).values!;
  assert.deepEqual(long, short);
});

test("a seed is any text or number, the same as its text", () => {
  const draw = (seed: string | number) =>
    sample({ distribution: { kind: "normal", mean: 0, std: 1 }, shape: [10], seed }).mean;
  assert.equal(draw(7), draw("7"));
  assert.equal(draw("ab"), draw("ab"));
  const seeds = [
    "",
    "0",
    "1",
    "11",
    "a",
    "aa",
    "abab",
    "ab",
    "🎲",
    "\0",
    "a".repeat(10_000),
    7,
    -1,
    0.5,
    Number.NaN,
  ];
  assert.equal(new Set(seeds.map(draw)).size, seeds.length);
});
