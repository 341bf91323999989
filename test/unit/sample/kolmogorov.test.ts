import assert from "node:assert/strict";
import { test } from "node:test";
import { kolmogorovOfCells, kolmogorovOfValues, kolmogorovPValue } from "../../../src/sample/kolmogorov.js";

/** Count, distance and p-value by scipy 1.17, scipy.stats.kstwo.sf(distance, count). */
const SCIPY = [
  [1, 0.7, 0.6000000000000001],
  [2, 0.5, 0.5],
  [5, 0.3, 0.664],
  [10, 0.2, 0.7487190399999999],
  [10, 0.4, 0.05898924519999926],
  [20, 0.1, 0.976255094592155],
  [50, 0.15, 0.19026366518248072],
  [100, 0.05, 0.9532159710635725],
  [120, 0.1, 0.16946138370670658],
  [121, 0.1, 0.16610391976255875],
  [150, 0.08, 0.27727372547869167],
  [500, 0.04, 0.3902508696049749],
  [2048, 0.02, 0.38074912417814],
  [2048, 0.03, 0.04911408403876716],
  [2048, 0.045, 0.00048367082513984464],
  [100000, 0.003, 0.3284563327726956],
  [1000000, 0.0015, 0.022195758430640866],
] as const;

for (const [count, distance, expected] of SCIPY) {
  test(`p-value of the distance ${distance} of ${count} values`, () => {
    const tolerance = count <= 120 ? 1e-12 : 1e-4;
    assert.ok(Math.abs(kolmogorovPValue(count, distance) - expected) <= tolerance);
  });
}

test("a p-value falls as the distance grows", () => {
  for (const count of [1, 2, 7, 120, 121, 5000]) {
    let last = 1;
    for (let i = 0; i <= 200; i++) {
      const p = kolmogorovPValue(count, i / 200);
      assert.ok(p <= last + 1e-12 && p >= 0, `${count} values, distance ${i / 200}: ${p} after ${last}`);
      last = p;
    }
  }
});

test("the distance of values counts steps from both sides", () => {
  const below = (z: number) => z;
  assert.equal(kolmogorovOfValues(Float64Array.of(0.5), below).statistic, 0.5);
  assert.equal(kolmogorovOfValues(Float64Array.of(0.25, 0.75), below).statistic, 0.25);
  assert.equal(kolmogorovOfValues(Float64Array.of(0.75, 0.75), below).statistic, 0.75);
});

test("the distance of cells is that at their ends", () => {
  const end = (cell: number) => (cell + 1) / 4;
  assert.equal(kolmogorovOfCells(Float64Array.of(1, 1, 1, 1), end, (z) => z).statistic, 0);
  assert.equal(kolmogorovOfCells(Float64Array.of(0, 0, 2, 2), end, (z) => z).statistic, 0.5);
});
