import assert from "node:assert/strict";
import { test } from "node:test";
import { product, quotient, sum, wrap } from "../../../src/init/dims.js";

test("brackets that already hold a whole term are not written again, whatever is in it", () => {
  const fan = product(["features", "(2*pad + 1)"]);
  assert.equal(fan, "features*(2*pad + 1)");
  assert.equal(product(["(a*(b + 1))"]), "a*(b + 1)");
  assert.equal(wrap("(a*(b + 1))"), "(a*(b + 1))");
  assert.equal(sum("(a + (b//4))", "a"), "a + (b//4) + a");
  assert.equal(product([3, "(a + (b//4))"]), "3*(a + (b//4))");
});

test("brackets that do not belong together are no brackets of the whole", () => {
  assert.equal(wrap("(a + b)*(c + d)", /[^\w.]/), "((a + b)*(c + d))");
  assert.equal(product(["(a + b)*(c + d)"]), "(a + b)*(c + d)");
});

test("a multiple of a term in brackets counts as often as it stands", () => {
  assert.equal(sum("3*(a + (b//4))", "(a + (b//4))"), "4*(a + (b//4))");
  assert.equal(quotient("4*(n//4)", 2), "2*(n//4)");
});
