import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { parseModule } from "../../../src/python/parse/parse.js";
import { treeText } from "./treeText.js";

// ── cases as text: a title, source, ==>, the tree ────────────────────────────

const CASES = "test/fixtures/parse/traps.txt";

interface Case {
  readonly title: string;
  readonly source: string;
  readonly tree: string;
}

function readCases(): Case[] {
  const blocks = readFileSync(CASES, "utf8").split(/\n(?=# )/);
  return blocks.map((block) => {
    const [title = "", ...lines] = block.split("\n");
    const [source = "", tree = ""] = lines.join("\n").split("\n==>\n");
    return { title: title.slice(2), source, tree: tree.trimEnd() };
  });
}

const treeOf = (source: string): string =>
  parseModule(source).module.body.statements.map(treeText).join("\n");

if (process.env.UPDATE_CASES) {
  const blocks = readCases().map(({ title, source }) => `# ${title}\n${source}\n==>\n${treeOf(source)}\n`);
  writeFileSync(CASES, blocks.join("\n"));
}

for (const { title, source, tree } of readCases()) {
  test(`tree: ${title}`, () => {
    assert.deepEqual(parseModule(source).module.errors, []);
    assert.equal(treeOf(source), tree);
  });
}

// ── what is broken ───────────────────────────────────────────────────────────

/** A source, what it says is wrong, and the kinds of its statements, `-` for an error. */
const BROKEN: [source: string, message: RegExp, kinds: string][] = [
  ["a = 1\nb = f(\nc = 2\nd = 3", /'\(' is never closed/, "Assign - Assign Assign"],
  ["x = [1,\n  2\ndef f(): pass", /'\[' is never closed/, "- FunctionDef"],
  ["x = (1]\ny", /'\]' does not close '\('/, "- Expr"],
  ["x)\ny", /'\)' closes nothing/, "- Expr"],
  ["x = 'a\ny", /not closed on its line/, "- Expr"],
  ['y\nx = """a\nb', /triple-quoted string is never closed/, "Expr -"],
  ["print 'a'\ny", /print is a function since Python 3/, "- Expr"],
  ["exec code\ny", /exec is a function since Python 3/, "- Expr"],
  ["raise E, 'a'\ny", /does not continue/, "- Expr"],
  ["x = \ny", /an expression is missing at the end/, "- Expr"],
  ["x +\ny", /an expression is missing/, "- Expr"],
  ["self.\ny", /a name is missing/, "- Expr"],
  ["f() = 1\ny", /cannot assign to a call/, "- Expr"],
  ["x + 1 += 1\ny", /only a single name/, "- Expr"],
  ["del f()\ny", /cannot delete a call/, "- Expr"],
  ["else:\n  x\ny", /before 'else'/, "- Expr"],
  ["  x\ny", /indented for no reason/, "Expr Expr"],
  ["if a\n  b\ny", /':' is missing/, "If Expr"],
  ["if a:\ny", /indented block is missing/, "If Expr"],
  ["if a:\n    b\n  c\ny", /does not match any block/, "If - Expr Expr"],
  ["def f(a=1, b): pass\ny", /without a default cannot follow/, "- Expr"],
  ["def f(*): pass\ny", /must follow a bare/, "- Expr"],
  ["f(a=1, 2)\ny", /positional argument cannot follow/, "- Expr"],
  ["f(x for x in y, 1)\ny", /./, "- Expr"],
  ["(*a)\ny", /starred expression cannot stand alone/, "- Expr"],
  ["[*a for a in b]\ny", /cannot unpack/, "- Expr"],
  ["@d\nx = 1\ny", /must follow a decorator/, "- Assign Expr"],
  ["@d\n  x\ny", /must follow a decorator/, "- Expr"],
  ["try:\n  a\ny", /'except' or 'finally' is missing/, "Try Expr"],
  ["match a:\n  case b:\n    c\n  d = 1\n  case e: f\ny", /'case' is missing/, "Match Expr"],
  ["x = 012\ny", /cannot begin with 0/, "- Expr"],
  ["x = 1abc\ny", /not a valid number/, "- Expr"],
  ["x = '\\xZ'\ny", /escape in this string is malformed/, "- Expr"],
  ["x = b'é'\ny", /ASCII/, "- Expr"],
  ["x = 'a' b'b'\ny", /cannot be joined/, "- Expr"],
  ["x = f'}'\ny", /closes nothing/, "- Expr"],
  ["x = f'{a b}'\ny", /no expression/, "Assign Expr"],
  ["x = f'{lambda: 1}'\ny", /missing/, "Assign Expr"],
  ["x = a ? b\ny", /no meaning in Python/, "- Expr"],
  ["x = \0\ny", /no meaning in Python/, "- Expr"],
  ["x = a \\ b\ny", /after a backslash|follow a backslash/, "- Expr"],
  [`${"(".repeat(300)}${")".repeat(300)}\ny`, /too many nested/, "- Expr"],
  [`${"not ".repeat(300)}a\ny`, /nested too deeply/, "- Expr"],
  [`a${" + a".repeat(2000)}\ny`, /too many operators/, "- Expr"],
  [`x = ${"9".repeat(5000)}\ny`, /too many digits/, "- Expr"],
];
for (const [source, message, kinds] of BROKEN) {
  test(`broken: ${JSON.stringify(source.slice(0, 50))}`, () => {
    const { errors, body } = parseModule(source).module;
    assert.match(errors[0]?.message ?? "", message);
    const actual = body.statements.map(({ kind }) => (kind === "ErrorStatement" ? "-" : kind));
    assert.equal(actual.join(" "), kinds);
    for (const { start, end } of errors) assert.ok(0 <= start && start <= end && end <= source.length);
  });
}

test("a method half written leaves the class and the methods after it", () => {
  const source =
    "class A(B):\n    def f(self):\n        self.x = g(\n        self.y = 1\n    def h(self): pass\nz = 1\n";
  const [cls, after] = parseModule(source).module.body.statements;
  assert.ok(cls?.kind === "ClassDef" && after?.kind === "Assign");
  assert.deepEqual(treeText(cls.body).match(/FunctionDef|ErrorStatement|Assign/g), [
    "FunctionDef",
    "ErrorStatement",
    "Assign",
    "FunctionDef",
  ]);
});

// ── the text itself ──────────────────────────────────────────────────────────

test("a byte order mark and every kind of line break are read as Python reads them", () => {
  const expected = treeOf('if a:\n  b = """x\ny"""\nc\n');
  for (const lineBreak of ["\r\n", "\r"]) {
    assert.equal(treeOf('if a:\n  b = """x\ny"""\nc\n'.replaceAll("\n", lineBreak)), expected);
  }
  assert.equal(treeOf("\ufeffif a:\n  b = '''x\ny'''\nc"), expected);
  assert.equal(parseModule("\ufeffa").module.body.statements[0]?.start, 1);
});

test("names are compared in their compatibility form", () => {
  assert.equal(treeOf("ﬁ = é"), treeOf("fi = é"));
});

test("an unknown value is no problem and has no value", () => {
  const { errors, body } = parseModule("x = \ufdd1  \ny").module;
  assert.deepEqual(errors, []);
  assert.equal(
    body.statements.map(treeText).join(),
    'Assign(targets:[Name(id:"x")] value:Error()),Expr(value:Name(id:"y"))',
  );
});
