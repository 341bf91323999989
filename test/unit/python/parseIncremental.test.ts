import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CELL_BOUNDARY, type Parsed, parseModule } from "../../../src/python/parse/parse.js";
import { FlatTree } from "./flatTree.js";

/** Everything a tree says, positions and problems included. */
function content({ text, module }: Parsed): unknown {
  const flat = new FlatTree(text, 313);
  flat.statements(module.body.statements);
  return {
    items: flat.items,
    errors: module.errors.map(({ start, end, message }) => ({ start, end, message })),
  };
}

const FUNCTION = (name: string) =>
  `@wrap\ndef ${name}(x, *, y=1):\n    if x.a:\n        return f"{x!r:>{y}}"\n    return [i for i in (\n        x)]\n\n`;
const FILE = Array.from({ length: 40 }, (_, i) => FUNCTION(`f${i}`)).join("# between\n");

test("an edit leaves the statements around it the same objects, at their new places", () => {
  const before = parseModule(FILE);
  const statements = before.module.body.statements;
  void before.module.errors;
  const at = FILE.indexOf("def f20") + "def f20".length;
  const after = parseModule(`${FILE.slice(0, at)}_longer${FILE.slice(at)}`, before);
  const kept = after.module.body.statements.filter((statement) => statements.includes(statement));
  assert.ok(kept.length >= 34, `${kept.length} of 40 kept`);
  assert.equal(after.module.body.statements.length, 40);
  assert.deepEqual(content(after), content(parseModule(after.text)));
});

test("the same text gives the same value", () => {
  const parsed = parseModule(FILE);
  assert.equal(parseModule(FILE, parsed), parsed);
});

const PIECES = [
  "x = 1\n",
  "def f(a):\n    return a\n",
  "class A(B):\n\n    def g(self): pass\n\n\n",
  "if a:\n  b\n",
  "else:\n  c\n",
  "@d\n",
  "# comment\n",
  "'''text\n",
  '"""\n',
  "foo(\n",
  ")\n",
  "x = [1,\n",
  "]\n",
  "\\\n",
  "  y\n",
  "\r\n",
  "\r",
  "\n",
  "f'{a",
  "}'\n",
  "elif",
  "e",
  " ",
  "(",
  '"',
  CELL_BOUNDARY,
  "try:\n    pass\n",
  "except E as e: pass\n",
  "finally:\n",
  "z = 2; ",
  "import os\n",
  "match x:\n  case [a, *_]:\n    pass\n",
  "x".repeat(500),
  `long(${"a, ".repeat(200)})\n`,
];
const source = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(""));

test("after any edits the tree is that of the text alone", () => {
  const edit = fc.record({
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(40),
    insert: source,
  });
  const property = fc.property(
    source,
    fc.array(edit, { minLength: 1, maxLength: 4 }),
    fc.boolean(),
    (first, edits, whole) => {
      let parsed = parseModule(first);
      for (const { from, length, insert } of edits) {
        // Half of the time everything was lowered before the edit, else only what was needed.
        if (whole) void parsed.module.errors;
        const at = Math.floor(from * parsed.text.length);
        parsed = parseModule(parsed.text.slice(0, at) + insert + parsed.text.slice(at + length), parsed);
        if (!whole) void parsed.module.body.statements;
      }
      assert.deepEqual(content(parsed), content(parseModule(parsed.text)));
    },
  );
  fc.assert(property, { seed: 5, numRuns: 3_000 });
});
