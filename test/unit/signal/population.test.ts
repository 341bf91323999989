import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { meanOverPlaces, meanSquare, partsOf, Source, square } from "../../../src/signal/population.js";

const variance = fc.double({ min: 0.05, max: 4, noNaN: true });
const parts = fc.record({ unit: variance, sample: variance, place: variance, single: variance });

test("the parts of what was drawn are found again", () => {
  fc.assert(
    fc.property(parts, (drawn) => {
      const found = partsOf(new Source().draw(drawn, true));
      // Of 32 units, 256 samples of units and 2,048 places of units: a few standard errors of a variance.
      const total = square(drawn);
      assert.ok(Math.abs(square(found) - total) < 0.15 * total);
      for (const part of ["unit", "sample", "place", "single"] as const)
        assert.ok(Math.abs(found[part] - drawn[part]) < 0.25 * total, part);
    }),
    { numRuns: 12 },
  );
});

test("a mean over many places keeps what is shared and divides the rest", () => {
  const drawn = { unit: 0.5, sample: 0, place: 0, single: 1 };
  const found = meanSquare(meanOverPlaces(new Source().draw(drawn, true), 400));
  assert.ok(Math.abs(found - (0.5 + 1 / 400)) < 0.02, String(found));
});

test("the same is drawn every time", () => {
  const drawn = { unit: 1, sample: 0, place: 0, single: 1 };
  assert.deepEqual(new Source().draw(drawn, true).values, new Source().draw(drawn, true).values);
});
