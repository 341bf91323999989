import assert from "node:assert/strict";
import { test } from "node:test";
import { type Axes, keptAxes, plainAxes, reshaped } from "../../../src/signal/axes.js";

/** `s2 | u3·p4`: samples 2, units 3 with places 4. */
const text = (axes: Axes | null) =>
  axes?.map((axis) => axis.map(({ role, size }) => `${role[0]}${size}`).join("·")).join(" | ") ?? null;

const image = plainAxes([2, 6, 4, 5], ["sample", "unit", "place", "place"]);

test("a reshape joins and cuts axes where factors end", () => {
  assert.equal(text(reshaped(image, [2, 120])), "s2 | u6·p4·p5");
  assert.equal(text(reshaped(image, [2, 2, 3, 20])), "s2 | u2 | u3 | p4·p5");
  assert.equal(text(reshaped(image, [12, 20])), "s2·u6 | p4·p5");
  assert.equal(reshaped(image, [2, 4, 30]), null);
});

test("axes that are left are those whose sizes are left", () => {
  assert.equal(text(keptAxes(image, [2, 6])), "s2 | u6");
  assert.equal(text(keptAxes(image, [2, 4, 5])), "s2 | p4 | p5");
  assert.equal(text(keptAxes(image, [2, 3, 4, 5])), "s2 | u3 | p4 | p5");
});
