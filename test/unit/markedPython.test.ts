import assert from "node:assert/strict";
import { test } from "node:test";
import { assertMarked, readMarked, writeMarked } from "./markedPython.js";

const FIXTURE = `class Net:
    def __init__(self):
        self.a, self.b = Linear(2, 3), Con$0v(4)
        #                ^^^^^^^^^^^^ weight [3, 2]
        #                              ^^^^^^^ weight ["?"]
        # no mark
x = 1
# ^`;

test("marks and cursor are taken out and told with their places", () => {
  const { source, cursor, marks } = readMarked(FIXTURE);
  assert.equal(source.split("\n").length, 5);
  assert.deepEqual(cursor, { offset: source.indexOf("v(4)"), line: 3, column: 43 });
  assert.deepEqual(marks, [
    { line: 3, column: 26, endColumn: 38, text: "weight [3, 2]" },
    { line: 3, column: 40, endColumn: 47, text: 'weight ["?"]' },
    { line: 5, column: 3, endColumn: 4, text: "" },
  ]);
  assert.equal(source.split("\n")[2]!.slice(25, 37), "Linear(2, 3)");
});

test("written marks are read again", () => {
  const { source, marks } = readMarked(FIXTURE);
  const { source: again, marks: same } = readMarked(writeMarked(source, marks));
  assert.deepEqual([again, same], [source, marks]);
});

test("what is found elsewhere, or says something else, fails", () => {
  assertMarked(FIXTURE, ({ marks }) => marks);
  assert.throws(() => assertMarked(FIXTURE, ({ marks }) => marks.slice(1)));
  assert.throws(() =>
    assertMarked(FIXTURE, ({ marks }) => marks.map((mark) => ({ ...mark, text: "other" }))),
  );
  assert.throws(() =>
    assertMarked(FIXTURE, ({ marks }) => [...marks, { line: 1, column: 1, endColumn: 2, text: "x" }]),
  );
});
