import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { withoutMagics } from "../../../src/python/documents/magics.js";
import { ModuleText } from "../../../src/python/documents/moduleText.js";
import { notebookCells } from "../../../src/python/documents/notebook.js";
import { parseModule } from "../../../src/python/parse/parse.js";

const code = (source: unknown, metadata = {}) => ({ cell_type: "code", source, metadata });
const notebook = (cells: unknown[], metadata = {}) => JSON.stringify({ nbformat: 4, metadata, cells });

test("the code cells of format 4 come with their index among all cells", () => {
  const text = notebook([
    { cell_type: "markdown", source: "# title" },
    code(["a = 1\n", "b = 2"]),
    code("c = 3"),
    code([]),
    { cell_type: "raw", source: "d" },
  ]);
  assert.deepEqual(notebookCells(text), [
    { index: 1, text: "a = 1\nb = 2" },
    { index: 2, text: "c = 3" },
    { index: 3, text: "" },
  ]);
});

test("format 3 keeps its cells in worksheets and their text in input", () => {
  const cell = { cell_type: "code", language: "python", input: ["x = 1"] };
  const ruby = { cell_type: "code", language: "ruby", input: "puts 1" };
  const text = JSON.stringify({ nbformat: 3, worksheets: [{ cells: [cell] }, { cells: [ruby, cell] }] });
  assert.deepEqual(notebookCells(text), [
    { index: 0, text: "x = 1" },
    { index: 2, text: "x = 1" },
  ]);
});

test("cells and notebooks of other languages are left out", () => {
  const sql = code("select 1", { vscode: { languageId: "sql" } });
  const r = code("x <- 1", { language: "R" });
  assert.deepEqual(notebookCells(notebook([sql, r, code("x")])), [{ index: 2, text: "x" }]);
  assert.deepEqual(notebookCells(notebook([code("x = 1")], { kernelspec: { language: "julia" } })), []);
  const python3 = { kernelspec: { name: "x", language: "python" }, language_info: { name: "python" } };
  assert.equal(notebookCells(notebook([code("x")], python3)).length, 1);
});

test("what is no notebook is told, not thrown", () => {
  assert.match(notebookCells("{") as string, /^is not valid JSON/);
  for (const text of ["null", "[]", "{}", '{"cells": 3}', "1"]) {
    assert.equal(notebookCells(text), "is not a notebook: it has no list of cells", text);
  }
  assert.deepEqual(notebookCells(notebook([null, 1, {}, code(null), code([1])])), []);
  fc.assert(
    fc.property(fc.json(), (text) => {
      notebookCells(text);
      notebookCells(`{"cells": [${text}]}`);
    }),
    { seed: 5 },
  );
});

/** `·` stands for the value that nobody knows. */
const MAGICS: [name: string, cell: string, python: string][] = [
  ["a line magic", "%matplotlib inline\nx = 1", "pass              \nx = 1"],
  ["a shell command", "if a:\n    !pip install x\nelse:\n  !l", "if a:\n    pass          \nelse:\n  0 "],
  ["a command over two lines", "!pip install \\\n  a\nx", "pass          \n   \nx"],
  ["help", "?print\nx.y??\nlen?\n%time?", "pass  \npass \npass\npass  "],
  ["values", "a = !ls -l\nb, c = %magic 'x\nd.e[0] = %x", "a = ·     \nb, c = ·        \nd.e[0] = · "],
  [
    "a timed statement",
    "%time m = Net()\n%time\n%time for x in y: z",
    `pass; m = Net()\npass \n${"pass".padEnd(19)}`,
  ],
  ["a timed cell", "\n%%time\nx = 1\n!ls", "\n      \nx = 1\n0  "],
  ["a cell of another language", "%%bash\nfor x in y; do\r\ndone", "      \n              \r\n    "],
  ["a cell for a file", "%%writefile a.py\nimport b", "                \n        "],
  ["no magic in a string", 'x = """\n%time\n!ls\n"""', 'x = """\n%time\n!ls\n"""'],
  ["no magic in brackets", "x = (a\n% b\n)\ny = a \\\n% b", "x = (a\n% b\n)\ny = a \\\n% b"],
  ["no question", "x = 'what?'\ny = 1 # why?", "x = 'what?'\ny = 1 # why?"],
  ["an apostrophe", "!echo don't\nx = 1", "pass       \nx = 1"],
  ["comparisons", "a != b\na == b\na %= c", "a != b\na == b\na %= c"],
];
for (const [name, cell, python] of MAGICS) {
  test(`magics: ${name}`, () => {
    const result = withoutMagics(cell).replaceAll("\ufdd1", "·");
    assert.equal(result, python);
    assert.deepEqual(parseModule(withoutMagics(cell)).module.errors, []);
  });
}

test("no text changes its length or its line breaks", () => {
  const piece = fc.constantFrom(
    "%",
    "%%time\n",
    "!",
    "?",
    "x = ",
    "'",
    '"""',
    "\n",
    "\r\n",
    "\\",
    "(",
    ")",
    " ",
    "a",
    "#",
  );
  const cell = fc.array(piece).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(cell, (text) => {
      assert.equal(withoutMagics(text).replaceAll(/[^\r\n]/g, "·"), text.replaceAll(/[^\r\n]/g, "·"));
    }),
    { seed: 5, numRuns: 2_000 },
  );
});

const document = (...texts: string[]) =>
  new ModuleText({ file: "a.ipynb", cells: texts.map((text, i) => ({ index: 2 * i, text })) });

test("a broken cell leaves the cells after it as they are", () => {
  const broken = ["x = f(", '"""', "if a:", "class A(B", "'", "@d", "f'{", "    y", "try:"];
  for (const text of broken) {
    const { module } = parseModule(document("a = 1", text, "b = 2\nc = 3").text);
    const kinds = module.body.statements.map(({ kind }) => kind);
    assert.equal(kinds[0], "Assign", text);
    assert.deepEqual(kinds.slice(-2), ["Assign", "Assign"], text);
    assert.ok(module.errors.length > 0, text);
  }
});

test("places are told within their cell", () => {
  const source = document("a = 1\nb = 2", "", "x\r\n  y = f(é)");
  const start = source.text.indexOf("f(");
  assert.deepEqual(source.site({ start, end: start + 4 }), {
    file: "a.ipynb",
    line: 2,
    column: 7,
    endLine: 2,
    endColumn: 11,
    cell: 4,
  });
  assert.deepEqual(source.site({ start: 6, end: 7 }), {
    file: "a.ipynb",
    line: 2,
    column: 1,
    endLine: 2,
    endColumn: 2,
    cell: 0,
  });
});

test("a plain file keeps its text, magics and all, and its sites have no cell", () => {
  const source = new ModuleText({ file: "a.py", cells: [{ index: null, text: "%time\nx" }] });
  assert.equal(source.text, "%time\nx");
  assert.equal(source.site({ start: 6, end: 7 }).cell, undefined);
});

test("a cell that says so is skipped, and nothing else moves", () => {
  const skipped = "# init-lens: skip\nlooked_at = 1";
  const blank = skipped.replaceAll(/[^\n]/g, " ");
  assert.equal(withoutMagics(skipped), blank);
  assert.equal(withoutMagics(`\n  ${skipped}`), `\n  ${blank}`);
  for (const kept of ["x = 1  # init-lens: skip", "# init-lens: skipped", "# init-lens: ignore"]) {
    assert.equal(withoutMagics(kept), kept);
  }
});
