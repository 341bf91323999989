import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { KERNEL_SOURCE } from "../../../src/sample/generated/kernel.js";
import { kernel } from "../../../src/sample/kernel.js";

test("the kernel is made from its source: npm run kernel", () => {
  const source = readFileSync("src/sample/kernel/kernel.ts");
  assert.equal(KERNEL_SOURCE, createHash("sha256").update(source).digest("hex"));
});

test("one pass counts, adds up and finds the ends, of an even and of an odd number of values", () => {
  const { values, totals, cells, clear, tally } = kernel();
  const [low, density, centre] = [-2, 4, 0.5];
  for (const count of [1, 2, 7, 1024]) {
    const given = Array.from({ length: count }, (_, i) => ((i * 0.618_033_988_7 + 0.3) % 1) * 4 - 2);
    values.set(given);
    clear(16);
    tally(count, low, density, centre);
    tally(count, low, density, centre);
    const sum = (f: (z: number) => number) => 2 * given.reduce((total, z) => total + f(z), 0);
    const expected = [sum((z) => z - centre), sum((z) => (z - centre) ** 2)];
    for (const [i, value] of expected.entries()) assert.ok(Math.abs(totals[i]! - value) < 1e-9 * count);
    assert.deepEqual([...totals.subarray(2)], [Math.min(...given), Math.max(...given)]);
    for (let cell = 0; cell < 16; cell++) {
      assert.equal(cells[cell], 2 * given.filter((z) => Math.floor((z - low) * density) === cell).length);
    }
  }
});
