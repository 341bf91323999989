import assert from "node:assert/strict";
import { test } from "node:test";
import { kolmogorovOfCells } from "../../../src/sample/kolmogorov.js";

test("the distance of cells is that at their ends", () => {
  const end = (cell: number) => (cell + 1) / 4;
  const even = kolmogorovOfCells(Float64Array.of(1, 1, 1, 1), end, (z) => z);
  assert.deepEqual(even, { statistic: 0, pValue: 1 });
  assert.equal(kolmogorovOfCells(Float64Array.of(0, 0, 2, 2), end, (z) => z).statistic, 0.5);
  assert.equal(kolmogorovOfCells(Float64Array.of(4, 0, 0, 0), end, (z) => z).statistic, 0.75);
});
