import assert from "node:assert/strict";
import { test } from "node:test";
import { ignoreEdit, mergedEdits } from "../../../src/source/fixes.js";
import type { Finding, TextEdit } from "../../../src/types.js";

const edit = (line: number, column: number, endColumn: number, newText: string): TextEdit => ({
  file: "/a.py",
  line,
  column,
  endLine: line,
  endColumn,
  newText,
});

const finding = (...edits: TextEdit[]): Finding => ({
  code: "IL003",
  severity: "warning",
  message: "",
  site: { file: "/a.py", line: 1, column: 1 },
  fix: { title: "", edits },
});

test("an import that two fixes need is added once, and both fixes are made", () => {
  const [one, two] = [edit(3, 1, 5, "x"), edit(4, 1, 5, "y")];
  const importing = edit(1, 1, 1, "import numpy as np\n");
  assert.deepEqual(mergedEdits([finding(importing, one), finding(importing, two)]), [importing, one, two]);
});

test("a fix that would write over another's text is left out whole", () => {
  const first = edit(3, 5, 20, "x");
  assert.deepEqual(mergedEdits([finding(first), finding(edit(9, 1, 2, "z"), edit(3, 10, 12, "y"))]), [first]);
});

test("fixes side by side on one line are both made", () => {
  const [one, two] = [edit(3, 1, 5, "x"), edit(3, 5, 9, "y")];
  assert.deepEqual(mergedEdits([finding(one), finding(two)]), [one, two]);
});

function ignored(line: string, code: string): string {
  const { start, end, newText } = ignoreEdit(line, code);
  return line.slice(0, start) + newText + line.slice(end);
}

test("a line is left alone by a comment at its end, which grows with a second rule", () => {
  assert.equal(ignored("W = np.ones(3)  ", "IL002"), "W = np.ones(3)  # init-lens: ignore[IL002]");
  assert.equal(
    ignored("W = np.ones(3)  # init-lens: ignore[IL002] yes", "IL003"),
    "W = np.ones(3)  # init-lens: ignore[IL002, IL003] yes",
  );
});
