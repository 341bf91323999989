import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShapeNote } from "../../../src/types.js";
import { shapeHints } from "../../../src/views/shapeHints.js";

const note = (kind: ShapeNote["kind"], column: number, size: number): ShapeNote => ({
  site: { file: "model.py", line: 7, column },
  kind,
  shapes: [{ input: kind === "assigned" ? null : [1, 3], output: [1, size] }],
});

const textsOf = (...notes: ShapeNote[]): string[] =>
  shapeHints({ notes, misfits: [] }).map(({ text }) => text);

test("a line's hint is what it assigns, rather than its calls", () => {
  assert.deepEqual(textsOf(note("call", 9, 5), note("assigned", 5, 8)), ["1×8"]);
});

test("a line that assigns two values says neither's shape as the line's", () => {
  assert.deepEqual(textsOf(note("assigned", 12, 8), note("assigned", 20, 9)), []);
  assert.deepEqual(textsOf(note("assigned", 12, 8), note("call", 12, 8), note("assigned", 20, 9)), [
    "1×3 → 1×8",
  ]);
});
