import assert from "node:assert/strict";
import { test } from "node:test";
import { mean, std } from "../../../src/init/distributions.js";
import * as make from "../../../src/init/make.js";
import { lengthLaw } from "../../../src/init/norms.js";

/** Means of the chi distribution: two in a row multiply to the number of values of the first. */
function chiMean(terms: number): number {
  let value = Math.sqrt(2 / Math.PI);
  for (let k = 1; k < terms; k++) value = k / value;
  return value;
}

for (const terms of [32, 100, 4608]) {
  test(`the length of ${terms} normal values is that of the chi distribution to the order of 1/n²`, () => {
    const law = lengthLaw(make.normal(0, 0.3), terms);
    const [centre, exact] = [mean(law)! / 0.3, chiMean(terms)];
    assert.ok(Math.abs(centre / exact - 1) < 1 / (20 * terms ** 2), `${centre} is not ${exact}`);
    const spread = Math.sqrt(terms - exact ** 2);
    assert.ok(Math.abs(std(law)! / 0.3 / spread - 1) < 1 / terms);
  });
}

test("the length of uniform values: mean and std of 20,000 lengths within 5 standard errors", () => {
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  const [count, terms] = [20_000, 48];
  const lengths = Array.from({ length: count }, () =>
    Math.sqrt(Array.from({ length: terms }, next).reduce((sum, x) => sum + x * x, 0)),
  );
  const centre = lengths.reduce((sum, x) => sum + x, 0) / count;
  const spread = Math.sqrt(lengths.reduce((sum, x) => sum + (x - centre) ** 2, 0) / count);
  const law = lengthLaw(make.symmetricUniform(1), terms);
  assert.ok(Math.abs(centre - mean(law)!) < (5 * spread) / Math.sqrt(count));
  assert.ok(Math.abs(spread - std(law)!) < (5 * spread) / Math.sqrt(2 * count));
});

test("a constant's length is known; that of few values, of other laws and of an unknown number is not", () => {
  assert.equal(mean(lengthLaw(make.constant(-0.5), 16)), 2);
  for (const law of [
    lengthLaw(make.normal(0, 1), 8),
    lengthLaw(make.normal(1, 1), 100),
    lengthLaw(make.uniform(0, 1), 100),
    lengthLaw(make.normal(0, 1), null),
    lengthLaw(make.unknown("loaded"), 100),
  ]) {
    assert.equal(law.kind, "unknown");
  }
});
