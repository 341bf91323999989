import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { add, cast, clamp, multiply, negate, scale, shift } from "../../../src/init/arithmetic.js";
import { cdf, mean, std } from "../../../src/init/distributions.js";
import * as make from "../../../src/init/make.js";
import { close } from "./facts.js";

const figures = [
  make.uniform(-1, 3),
  make.normal(0.5, 2),
  make.truncatedNormal(0.5, 2, -1, 3),
  make.correctedTruncatedNormal(0.1),
  make.constant(0.3),
];

test("scaling and shifting move mean and std as algebra says, and the whole law with them", () => {
  const number = fc.double({ min: -4, max: 4, noNaN: true }).filter((value) => Math.abs(value) > 1e-3);
  fc.assert(
    fc.property(fc.constantFrom(...figures), number, number, (d, factor, offset) => {
      const moved = shift(scale(d, factor), offset);
      assert.ok(Math.abs(mean(moved)! - (mean(d)! * factor + offset)) < 1e-12);
      close(std(moved), std(d)! * Math.abs(factor), "std");
      const x = mean(d)! + 0.3 * (std(d)! || 1);
      const below = factor > 0 ? cdf(d, x)! : 1 - cdf(d, x)!;
      if (d.kind !== "constant") assert.ok(Math.abs(cdf(moved, x * factor + offset)! - below) < 1e-9);
    }),
  );
});

test("0.1 * randn(…), 2 * rand(…) - 1, randn(…) / √64", () => {
  assert.deepEqual(scale(make.normal(0, 1), 0.1, "s"), make.normal(0, 0.1, "s"));
  assert.deepEqual(shift(scale(make.uniform(0, 1), 2), -1, "s"), make.uniform(-1, 1, "s"));
  assert.deepEqual(multiply(make.normal(0, 1), make.constant(1 / 8), "s"), make.normal(0, 1 / 8, "s"));
  assert.deepEqual(negate(make.uniform(0, 1), "s"), make.uniform(-1, -0, "s"));
});

test("orthogonal and identity keep their kind when scaled, not when shifted", () => {
  assert.deepEqual(scale(make.orthogonal(1, 4, 4), 2, "s"), make.orthogonal(2, 4, 4, "s"));
  assert.equal(shift(make.identity(1, 4, 16), 1).kind, "unknown");
});

test("what has no exact law is unknown", () => {
  const [normal, uniform] = [make.normal(0, 1), make.uniform(0, 1)];
  assert.equal(add(uniform, uniform, true).kind, "unknown");
  assert.equal(add(normal, uniform, true).kind, "unknown");
  assert.equal(add(normal, normal, false).kind, "unknown");
  assert.equal(multiply(normal, normal).kind, "unknown");
  assert.equal(scale(normal, null).kind, "unknown");
  assert.equal(shift(normal, Number.NaN).kind, "unknown");
  assert.equal(cast(uniform, false).kind, "unknown");
  assert.equal(clamp(normal, -1, 1).kind, "unknown");
  close(std(add(make.normal(1, 3), make.normal(2, 4), true)), 5, "independent normals");
  assert.equal(clamp(uniform, -1, 2), uniform);
});
