import assert from "node:assert/strict";
import { test } from "node:test";
import { resultOf } from "../torchPrograms.js";

/** What NumPy 2.4 gives for the same expressions. */
const EXPECTED: readonly (readonly [string, unknown])[] = [
  ["put(slice(1, None), [8, 9])", [1, 8, 9]],
  ["put(slice(None, None, 2), 7)", [7, 2, 7]],
  ["put(slice(1, None), 2.7)", [1, 2, 2]],
  ["put(-1, np.int64(5))", [1, 2, 5]],
  ["scaled()", [64, 256, 512]],
  ["np.argsort([8, 32, 16]).tolist()", [0, 2, 1]],
  ["[np.lcm(4, 6), np.gcd(4, 6), np.lcm.reduce([2, 3, 4]), np.maximum.reduce([1, 3])]", [12, 2, 12, 3]],
];

const PROGRAM = `
import numpy as np
def put(index, value):
    entries = np.array([1, 2, 3])
    entries[index] = value
    return entries.tolist()
def scaled():
    widths = np.array([64, 64, 128])
    widths[1:] *= 4
    return widths.tolist()
`;

for (const [expression, wanted] of EXPECTED) {
  test(`entries of an array: ${expression}`, () => assert.deepEqual(resultOf(PROGRAM, expression), wanted));
}

test("entries that are put at places nobody knows leave none known", () => {
  const program = `${PROGRAM}
import somewhere
def hidden():
    entries = np.array([1, 2, 3])
    entries[somewhere.start:] = 5
    return entries.tolist()
`;
  assert.notDeepEqual(resultOf(program, "hidden()"), [1, 2, 3]);
  assert.equal(resultOf(program, "sum(hidden())"), undefined);
});
