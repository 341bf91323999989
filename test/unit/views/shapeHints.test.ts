import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShapeNote } from "../../../src/types.js";
import { shapeHints } from "../../../src/views/shapeHints.js";

const note = (kind: ShapeNote["kind"], column: number, size: number): ShapeNote => ({
  site: { file: "model.py", line: 7, column },
  kind,
  shapes: [{ input: kind === "assigned" ? null : [1, 3], output: [1, size] }],
});

const textsOf = (...notes: ShapeNote[]): string[] => shapeHints(notes, () => "").map(({ text }) => text);

test("a line's hint is what it assigns, rather than its calls", () => {
  assert.deepEqual(textsOf(note("call", 9, 5), note("assigned", 5, 8)), ["1×8"]);
});

test("a line that assigns two values says neither's shape as the line's", () => {
  assert.deepEqual(textsOf(note("assigned", 12, 8), note("assigned", 20, 9)), []);
  assert.deepEqual(textsOf(note("assigned", 12, 8), note("call", 12, 8), note("assigned", 20, 9)), [
    "1×3 → 1×8",
  ]);
});

/** The hint of one line of a program, where the call between the first pair of ⟨⟩ is known. */
function hintOf(marked: string): string[] {
  const site = { file: "model.py", line: 1, column: marked.indexOf("⟨") + 1, endColumn: marked.indexOf("⟩") };
  const known: ShapeNote = { site, kind: "call", shapes: [{ input: [1, 3], output: [1, 4] }] };
  return shapeHints([known], () => marked.replaceAll(/[⟨⟩]/g, "")).map(({ text }) => text);
}

test("a call tells a line's shapes only where it is all that the line gives", () => {
  for (const whole of [
    "    return ⟨self.fc(x)⟩",
    "    ⟨self.fc(x)⟩  # the last",
    "y, z = ⟨self.fc(x)⟩",
    "    return await ⟨f(x)⟩;",
  ])
    assert.deepEqual(hintOf(whole), ["1×3 → 1×4"], whole);
  for (const part of [
    "    return self.head(⟨self.fc(x)⟩)",
    "    return x + ⟨self.fc(x)⟩",
    "    return ⟨self.fc(x)⟩.relu()",
    "    return ⟨self.fc(x)⟩ if flag else x",
    "x += ⟨self.fc(x)⟩",
  ])
    assert.deepEqual(hintOf(part), [], part);
});
