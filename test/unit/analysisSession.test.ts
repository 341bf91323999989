// After any edits, what a session answers is what the text alone would give.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { analyse } from "../../src/analysis.js";
import { AnalysisSession } from "../../src/analysisSession.js";
import { ProgramCache } from "../../src/python/evaluator.js";
import type { Analysis, FileReader } from "../../src/types.js";

const FOLDER = "test/fixtures/edits";
const sources = readdirSync(FOLDER).map((name) => readFileSync(`${FOLDER}/${name}`, "utf8"));
const [gpt] = sources as [string];

const NONE: FileReader = { read: () => null };
const document = (text: string) => ({ file: "/project/model.py", cells: [{ index: null, text }] });

/** A document being edited. */
class Editor {
  readonly session = new AnalysisSession();
  readonly cache = new ProgramCache();

  analyse(text: string, reader = NONE): Analysis {
    return analyse(document(text), reader, { session: this.session, cache: this.cache, roots: ["/project"] });
  }
}

const cold = (text: string, reader = NONE): Analysis =>
  analyse(document(text), reader, { roots: ["/project"] });

/** Edits as people type them: a number, a name, a comment, a line more or less or moved, a stray character. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  kind: fc.constantFrom("number", "name", "comment", "blank", "delete", "double", "insert", "cut"),
  text: fc.constantFrom(
    "(",
    ")",
    "\n",
    " ",
    "x",
    "1",
    ":",
    '"""',
    "self.",
    "# a",
    "return\n",
    "global count\n",
  ),
});

function apply(
  text: string,
  { at, kind, text: inserted }: typeof edit extends fc.Arbitrary<infer T> ? T : never,
) {
  const lines = text.split("\n");
  const index = Math.floor(at * lines.length);
  const line = lines[index]!;
  const column = Math.floor(at * 997) % (line.length + 1);
  if (kind === "number") lines[index] = line.replace(/\d+/, (found) => String(Number(found) + 1));
  else if (kind === "name") lines[index] = line.replace(/\b[a-z_]{3,}\b/, "renamed");
  else if (kind === "comment") lines[index] = `${line}  # said`;
  else if (kind === "blank") lines.splice(index, 0, "");
  else if (kind === "delete") lines.splice(index, 1);
  else if (kind === "double") lines.splice(index, 0, line);
  else if (kind === "insert") lines[index] = line.slice(0, column) + inserted + line.slice(column);
  else lines.splice(index, 2);
  return lines.join("\n");
}

test("after any edits the analysis is that of the text alone", () => {
  const property = fc.property(
    fc.constantFrom(...sources),
    fc.array(edit, { maxLength: 6 }),
    (first, edits) => {
      const editor = new Editor();
      let text = first;
      assert.deepEqual(editor.analyse(text), cold(text));
      for (const one of edits) {
        text = apply(text, one);
        assert.deepEqual(editor.analyse(text), cold(text));
        // Taken back again, as people do.
        if (one.at > 0.7) assert.deepEqual(editor.analyse(first), cold(first));
      }
    },
  );
  fc.assert(property, { seed: 11, numRuns: 10 });
});

/** How many parts of the text are evaluated again after an edit. */
function evaluatedAfter(first: string, from: string, to: string): number {
  const editor = new Editor();
  editor.analyse(first);
  assert.ok(first.includes(from));
  const edited = first.replace(from, to);
  assert.deepEqual(editor.analyse(edited), cold(edited));
  return editor.session.reading.evaluated;
}

test("what nothing runs is not evaluated again", () => {
  assert.equal(evaluatedAfter(gpt, "weight[:size]", "weight[1:size]"), 0);
  assert.equal(evaluatedAfter(gpt, "import math", "# numbers\nimport math"), 0);
  assert.equal(evaluatedAfter(gpt, "self.mlp = MLP(config)", "self.mlp = MLP(config)  # feed forward"), 0);
});

test("of several definitions only those are evaluated that ran what was edited", () => {
  assert.equal(evaluatedAfter(gpt, "nn.Linear(width, 2 * width)", "nn.Linear(width, 3 * width)"), 2);
});

test("of more models than are run those are kept that are not edited", () => {
  const model = (index: number) =>
    `class Net${index}(nn.Module):
    def __init__(self, width=${index + 1}):
        super().__init__()
        self.first = nn.Linear(3, width)
        self.second = nn.Linear(width, 4)

    def forward(self, x):
        return self.second(self.first(x).relu())
`;
  const many = `from torch import nn\n${Array.from({ length: 130 }, (_, index) => model(index)).join("")}`;
  for (const edited of [5, 125]) {
    const [first, second] = [model(edited), model(edited).replace("nn.Linear(3,", "nn.Linear(5,")];
    assert.equal(evaluatedAfter(many, first, second), 2);
  }
  // One model less is run before all others.
  const unrun = model(0).replace(/def forward[\s\S]*/, "pass\n");
  assert.equal(evaluatedAfter(many, model(5), `${model(5)}\n`), 0);
  assert.ok(evaluatedAfter(many, model(0), unrun) > 2);
});

test("an edit outside of functions evaluates what can notice it", () => {
  const editor = new Editor();
  editor.analyse(gpt);
  const all = editor.session.reading.evaluated;
  assert.ok(all > 3);
  // Nobody who builds a Probe writes the name of the configuration.
  const evaluated = evaluatedAfter(gpt, "n_embd: int = 32", "n_embd: int = 48");
  assert.ok(evaluated > 1 && evaluated < all);
  assert.equal(evaluatedAfter(gpt, "classes=10", "classes=12"), 2);
});

const TABLE = `from torch import nn

WIDTHS = {}
HIDDEN = 8
WIDE = 16
WIDTHS["wide"] = WIDE


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(HIDDEN, WIDTHS["wide"])


class Plain:
    width = 4


class Other(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(5, Plain.width)
`;

test("what an edit outside of functions may do beyond its name evaluates everything", () => {
  const all = 4;
  assert.equal(evaluatedAfter(TABLE, "HIDDEN = 8", "HIDDEN = 9"), 2);
  assert.equal(evaluatedAfter(TABLE, "width = 4", "width = 5"), 3);
  // Net does not write this name, and is another all the same.
  assert.equal(evaluatedAfter(TABLE, "WIDE = 16", "WIDE = 17"), all);
  assert.equal(evaluatedAfter(TABLE, '["wide"] = WIDE', '["wide"] = 17'), all);
  // A statement that was a call and is none any more.
  const called = TABLE.replace("HIDDEN = 8", 'HIDDEN = WIDTHS.setdefault("narrow", 7)');
  assert.equal(evaluatedAfter(called, 'WIDTHS.setdefault("narrow", 7)', "8"), all);
  // Names that are put together when the program runs.
  const indirect = `${TABLE}\n\ndef width(name):\n    return globals()[name]\n`;
  assert.equal(evaluatedAfter(indirect, "HIDDEN = 8", "HIDDEN = 9"), all + 1);
});

test("another reading of the file between two analyses does no harm", () => {
  const editor = new Editor();
  editor.analyse(gpt);
  const edited = gpt.replace("import math", "import math\nimport re");
  editor.cache.program("/project/model.py", edited, false);
  const last = gpt.replace("weight[:size]", "weight[1:size]").replace("self.mlp = MLP", "self.mlp  =  MLP");
  assert.deepEqual(editor.analyse(last), cold(last));
  assert.equal(editor.session.reading.evaluated, 0);
});

test("another file that changed is read again", () => {
  const files = new Map([["/project/sizes.py", "WIDTH = 8\n"]]);
  const reader: FileReader = { read: (path) => files.get(path) ?? null };
  const editor = new Editor();
  const text = "from torch import nn\nfrom sizes import WIDTH\nfc = nn.Linear(WIDTH, 2)\n";
  assert.deepEqual(editor.analyse(text, reader).layers[0]?.parameters[0]?.shape, [2, 8]);
  files.set("/project/sizes.py", "WIDTH = 16\n");
  assert.deepEqual(editor.analyse(text, reader).layers[0]?.parameters[0]?.shape, [2, 16]);
});
