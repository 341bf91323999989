import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bins, outline } from "../../../src/charts/bins";
import { type CurvePoint, densityCurve } from "../../../src/charts/density";
import { logTicks } from "../../../src/charts/logTicks";
import { lawEdges, marchenkoPastur } from "../../../src/charts/singular";
import type { Distribution } from "../../../src/types";
import { normal, truncated, uniform } from "../../charts/payloads";

/** ∫ g(x)·density over a curve, by trapezoids. */
function integral(curve: readonly CurvePoint[], g: (x: number) => number = () => 1): number {
  return curve.slice(1).reduce((sum, b, i) => {
    const a = curve[i]!;
    return sum + ((g(a.value) * a.density + g(b.value) * b.density) / 2) * (b.value - a.value);
  }, 0);
}

const within = (actual: number, expected: number, relative: number) =>
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual}, expected ${expected}`);

describe("density curves", () => {
  for (const [name, distribution, low, high] of [
    ["uniform", uniform(0.125), -0.125, 0.125],
    ["normal", normal(0.05), -0.4, 0.4],
    ["truncated normal", truncated(0.125), -0.4, 0.4],
    ["orthogonal", { kind: "orthogonal", gain: 1, std: 1 / 8 }, -1, 1],
  ] as const satisfies readonly (readonly [string, Distribution, number, number])[]) {
    it(`of a ${name} distribution have area 1 and the variance of the law`, () => {
      const curve = densityCurve(distribution, low, high)!;
      within(integral(curve), 1, 1e-3);
      if (distribution.kind !== "uniform")
        within(
          integral(curve, (x) => x * x),
          distribution.std! ** 2,
          5e-3,
        );
      assert.equal(
        curve[0]!.value,
        low === -0.4 && distribution.kind === "truncated_normal" ? distribution.low : low,
      );
    });
  }

  it("show only the part that is asked for, at its true height", () => {
    const curve = densityCurve(normal(1), 0, 1)!;
    within(curve[0]!.density, 1 / Math.sqrt(2 * Math.PI), 1e-12);
    within(integral(curve), 0.341344746, 1e-4);
  });

  for (const distribution of [
    { kind: "constant", value: 1 },
    { kind: "identity", gain: 1, std: 0.1 },
    { kind: "unknown" },
    { kind: "normal", mean: 0, std: 0 },
    { kind: "orthogonal", gain: 1 },
  ] as const) {
    it(`do not exist for ${JSON.stringify(distribution)}`, () =>
      assert.equal(densityCurve(distribution, -1, 1), null));
  }
});

describe("the law of Marchenko and Pastur", () => {
  for (const shape of [
    [256, 512],
    [512, 256],
    [1000, 10],
    [64, 64],
  ] as const) {
    it(`for ${shape.join(" × ")} has area 1 and E[s²] = σ²·(longer side)`, () => {
      const sigma = 0.05;
      const curve = marchenkoPastur(shape, sigma);
      within(integral(curve), 1, 2e-3);
      within(
        integral(curve, (s) => s * s),
        sigma ** 2 * Math.max(...shape),
        2e-3,
      );
    });
  }

  it("ends where the paper says", () => {
    assert.deepEqual(lawEdges([100, 400], 0.1), [0.1 * (20 - 10), 0.1 * (20 + 10)]);
  });

  it("is nothing without a spread or a side", () => {
    assert.deepEqual(marchenkoPastur([0, 5], 1), []);
    assert.deepEqual(marchenkoPastur([5, 5], 0), []);
  });
});

describe("outlines and ticks", () => {
  it("an outline holds the histogram's area", () => {
    within(integral(outline({ low: -1, high: 3, counts: [1, 0, 7, 2] })), 1, 1e-12);
    const uneven = { low: 0, high: 7, counts: [1, 2, 3, 4, 5, 6, 7] };
    within(integral(outline(uneven, 3)), 1, 1e-12);
    assert.deepEqual(
      bins(uneven, 3).map(({ from, to, count }) => [from, to, count]),
      [
        [0, 3, 6],
        [3, 6, 15],
        [6, 7, 7],
      ],
    );
    assert.deepEqual(outline({ low: 1, high: 1, counts: [5] }), []);
    assert.deepEqual(outline({ low: 0, high: 1, counts: [] }), []);
  });

  for (const [values, ticks] of [
    [
      [0.01, 1],
      [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2],
    ],
    [
      [1e-6, 1],
      [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1],
    ],
    [[0, -1], [1]],
    [[], [1]],
  ] as const) {
    it(`log ticks for ${JSON.stringify(values)}`, () => assert.deepEqual(logTicks(values), ticks));
  }

  it("log ticks between values that lie close", () => {
    for (const [low, high] of [
      [0.0202, 0.0446],
      [0.5, 0.61],
      [0.0102, 0.0141],
      [0.9, 1.1],
    ] as const) {
      const inside = logTicks([low, high]).filter((tick) => tick >= low && tick <= high);
      assert.ok(inside.length >= 2 && inside.length <= 8, `${low} to ${high}: ${inside}`);
    }
  });

  it("log ticks stay few over any range", () => assert.ok(logTicks([1e-300, 1e300]).length <= 10));
});
