import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  cdf,
  describe,
  kurtosis,
  law,
  mean,
  pdf,
  quantile,
  std,
  support,
} from "../../../src/init/distributions.js";
import { kolmogorovSmirnov, kolmogorovTail, momentsTest } from "../../../src/init/fit.js";
import * as make from "../../../src/init/make.js";
import { normalCdf, normalPdf, normalQuantile } from "../../../src/init/normal.js";
import { integrate } from "../../../src/init/quadrature.js";
import { sphereCdf, spherePdf } from "../../../src/init/sphere.js";
import { truncatedCdf, truncatedMoments } from "../../../src/init/truncated.js";
import type { Distribution } from "../../../src/types.js";
import { close, readFacts } from "./facts.js";

interface Tails {
  readonly normal: readonly { readonly x: number; readonly cdf: number; readonly pdf: number }[];
  readonly quantiles: readonly { readonly p: number; readonly x: number }[];
  readonly truncated: readonly {
    readonly low: number;
    readonly high: number;
    readonly mean: number;
    readonly std: number;
    readonly kurtosis: number;
    readonly x: number;
    readonly cdf: number;
  }[];
  readonly sphere: readonly {
    readonly n: number;
    readonly x: number;
    readonly cdf: number;
    readonly pdf: number;
  }[];
  readonly kolmogorov: readonly { readonly n: number; readonly d: number; readonly tail: number }[];
}

const tails = readFacts<Tails>("tails");
/** Relative accuracy claimed for the normal distribution at any depth of its tails. */
const UNITS = 1e-15;

function relative(actual: number, expected: number, tolerance: number, what: string) {
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.abs(expected),
    `${what}: ${actual}, exactly ${expected}`,
  );
}

test("the normal distribution keeps 15 digits down to 1e-308", () => {
  for (const row of tails.normal) {
    relative(normalCdf(row.x), row.cdf, UNITS, `Φ(${row.x})`);
    relative(normalPdf(row.x), row.pdf, UNITS, `φ(${row.x})`);
  }
  for (const { p, x } of tails.quantiles) relative(normalQuantile(p), x, UNITS, `quantile of ${p}`);
  assert.equal(normalQuantile(0), Number.NEGATIVE_INFINITY);
  assert.equal(normalQuantile(1), Number.POSITIVE_INFINITY);
  assert.ok(Number.isNaN(normalQuantile(1.1)));
});

test("truncated normals: moments and distribution function in every window, however narrow or far out", () => {
  for (const row of tails.truncated) {
    const what = `[${row.low}, ${row.high}]`;
    const moments = truncatedMoments(row.low, row.high);
    assert.ok(Math.abs(moments.mean - row.mean) <= 1e-14 * Math.max(1, Math.abs(row.mean)), `${what} mean`);
    relative(moments.std, row.std, 1e-13, `${what} std`);
    relative(moments.kurtosis, row.kurtosis, 1e-12, `${what} kurtosis`);
    // A window of relative width w loses log10(1/w) digits in the difference of two tails.
    relative(truncatedCdf(row.x, row.low, row.high), row.cdf, 1e-12, `${what} cdf`);
  }
});

test("entries of orthogonal matrices follow the beta law", () => {
  for (const { n, x, cdf: below, pdf: density } of tails.sphere) {
    relative(sphereCdf(-x, n), below, 5e-12, `P(X ≤ -${x}), n = ${n}`);
    relative(spherePdf(x, n), density, 1e-13, `density at ${x}, n = ${n}`);
  }
});

test("Kolmogorov's law: exact for small samples, to 1e-4 of the tail for large ones", () => {
  for (const { n, d, tail } of tails.kolmogorov) {
    relative(kolmogorovTail(n, d), tail, n <= 140 ? 1e-9 : 1e-4, `n = ${n}, d = ${d}`);
  }
  assert.equal(kolmogorovTail(10, 1), 0);
  assert.equal(kolmogorovTail(10, 0), 1);
});

test("a sample that follows is not rejected, one that does not is", () => {
  const n = 200;
  const quantiles = Float64Array.from({ length: n }, (_, k) => normalQuantile((k + 0.5) / n));
  const fits = kolmogorovSmirnov(quantiles, normalCdf);
  close(fits.statistic, 0.5 / n, "statistic", 1e-9);
  assert.equal(fits.pValue, 1);
  assert.ok(kolmogorovSmirnov(quantiles, (x) => normalCdf(x / 4)).pValue < 1e-6);
});

test("moments are counted in standard errors", () => {
  const off = momentsTest(make.normal(1, 2), { count: 400, mean: 1.3, std: 2.1 })!;
  close(off.mean, 3, "mean");
  close(off.std, 0.05 * 20 * Math.SQRT2, "std");
  assert.equal(momentsTest(make.constant(1), { count: 4, mean: 1, std: 0 }), null);
});

const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const laws: fc.Arbitrary<Distribution> = fc.oneof(
  fc.tuple(finite(-5, 5), finite(1e-3, 10)).map(([low, width]) => make.uniform(low, low + width)),
  fc.tuple(finite(-5, 5), finite(1e-3, 10)).map(([centre, spread]) => make.normal(centre, spread)),
  fc
    .tuple(finite(-2, 2), finite(0.01, 5), finite(-4, 1), finite(0.1, 6))
    .map(([centre, scale, a, width]) =>
      make.truncatedNormal(centre, scale, centre + a * scale, centre + (a + width) * scale),
    ),
  finite(1e-3, 10).map((spread) => make.correctedTruncatedNormal(spread)),
  fc
    .tuple(finite(0.1, 3), fc.integer({ min: 4, max: 3000 }))
    .map(([gain, side]) => make.orthogonal(gain, side, 3)),
);

test("property: the distribution function undoes the quantile", () => {
  fc.assert(
    fc.property(laws, finite(1e-6, 1 - 1e-6), (d, p) => {
      assert.ok(Math.abs(cdf(d, quantile(d, p)!)! - p) < 1e-9, `${describe(d)} at ${p}`);
    }),
  );
});

test("property: mean and std are what integrating the quantile's square gives", () => {
  fc.assert(
    fc.property(laws, (d) => {
      const known = law(d)!;
      const [low, high] = known.support.map((end) =>
        Math.min(12, Math.max(-12, (end - known.mean) / known.std)),
      );
      const moment = (power: number) =>
        integrate((z) => z ** power * known.pdf(known.mean + z * known.std) * known.std, low!, high!, 0.05);
      assert.ok(Math.abs(moment(0) - 1) < 1e-6, `${describe(d)} has mass ${moment(0)}`);
      assert.ok(Math.abs(moment(1)) < 1e-6, `${describe(d)} mean`);
      assert.ok(Math.abs(moment(2) - 1) < 1e-6, `${describe(d)} variance ${moment(2)}`);
    }),
    { numRuns: 60 },
  );
});

test("atoms: constants and identity matrices", () => {
  const eye = make.identity(2, 8, 64);
  close(mean(eye), 0.25, "mean");
  close(std(eye), 2 * Math.sqrt((1 / 8) * (7 / 8)), "std");
  assert.equal(cdf(eye, 0), 0.875);
  assert.deepEqual(support(eye), [0, 2]);
  const one = make.constant(1);
  assert.equal(std(one), 0);
  assert.equal(quantile(one, 0.3), 1);
  assert.equal(cdf(one, 0.99), 0);
});

test("what is not known is null, never a number", () => {
  const unknowns = [make.unknown("copy_"), make.orthogonal(1, "n", 3), make.identity(1, null, null)];
  for (const d of unknowns) {
    for (const value of [mean(d), std(d), kurtosis(d), support(d), pdf(d, 0), cdf(d, 0), quantile(d, 0.5)]) {
      assert.equal(value, null);
    }
  }
  assert.equal(std(make.unknown("sparse_", undefined, 0.1)), 0.1);
});

test("short text", () => {
  const texts: [Distribution, string][] = [
    [make.symmetricUniform(0.125), "U(±0.125)"],
    [make.uniform(0, 0.1), "U(0, 0.1)"],
    [make.normal(0, 0.05), "N(0, 0.05²)"],
    [make.correctedTruncatedNormal(0.125), "N(0, 0.1421²) within ±0.2842"],
    [make.truncatedNormal(0.1, 0.05, 0, 0.2), "N(0.1, 0.05²) within [0, 0.2]"],
    [make.constant(0), "0"],
    [make.orthogonal(1, 3, 3), "orthogonal"],
    [make.orthogonal(Math.SQRT2, 3, 3), "orthogonal × 1.414"],
    [make.unknown("x", "U(±1/√n)"), "U(±1/√n)"],
    [make.unknown(), "unknown"],
  ];
  for (const [d, text] of texts) assert.equal(describe(d), text);
});
