import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isEqual, keptItems, spliceBetween, spliced } from "../../src/sameness.js";

const items = fc.array(
  fc.record({ key: fc.constantFrom("a", "b", "c", "d"), value: fc.nat(2) }, { noNullPrototype: true }),
);

test("a splice between two lists turns one into the other", () => {
  const property = fc.property(items, items, (before, after) => {
    const splice = spliceBetween(before, after);
    assert.deepEqual(spliced(before, splice), after);
    assert.ok(splice.removed >= 0 && splice.from + splice.removed <= before.length);
  });
  fc.assert(property, { seed: 3 });
});

test("of a list with one change only that is in the splice, and the rest stays the same objects", () => {
  const before = [{ n: 1 }, { n: 2 }, { n: 3 }];
  const after = [{ n: 1 }, { n: 5 }, { n: 6 }, { n: 3 }];
  const splice = spliceBetween(before, after);
  assert.deepEqual(splice, { from: 1, removed: 1, items: [{ n: 5 }, { n: 6 }] });
  const made = spliced(before, splice);
  assert.equal(made[0], before[0]);
  assert.equal(made[3], before[2]);
});

test("a list without a change stays the same list", () => {
  const before = [{ n: 1 }];
  assert.equal(spliced(before, spliceBetween(before, [{ n: 1 }])), before);
});

test("plain data is equal exactly where it is deeply equal", () => {
  const data = fc.object({ withNullPrototype: false, maxDepth: 3 });
  const property = fc.property(data, data, (one, other) => {
    assert.ok(isEqual(one, structuredClone(one)));
    let isDeeplyEqual = true;
    try {
      assert.deepStrictEqual(one, other);
    } catch {
      isDeeplyEqual = false;
    }
    assert.equal(isEqual(one, other), isDeeplyEqual);
  });
  fc.assert(property, { seed: 5 });
  assert.ok(!isEqual({ a: undefined }, { b: undefined }));
  assert.ok(!isEqual([1], { 0: 1 }));
});

test("kept items are the earlier objects where these are equal", () => {
  const [a, b] = [
    { at: "1", size: 4 },
    { at: "2", size: 8 },
  ];
  const before = new Map([a, b].map((one) => [one.at, one]));
  const [first, second] = keptItems(before, [{ ...a }, { ...b, size: 9 }], ({ at }) => at);
  assert.equal(first, a);
  assert.deepEqual(second, { at: "2", size: 9 });
});
