import assert from "node:assert/strict";
import { test } from "node:test";
import { type LocalEdit, placeSnippet } from "../../../src/snippets/placing.js";
import type { Dialect, Snippet } from "../../../src/snippets/snippet.js";
import { readMarked } from "../markedPython.js";

/** The text of a fixture after the call that it marks has been given the code. */
function placed(fixture: string, dialect: Dialect, code: string, more: Partial<Snippet> = {}): string {
  const { source, marks } = readMarked(fixture);
  const { line, column, endColumn } = marks[0]!;
  const site = { file: "model.py", line, column, endLine: line, endColumn };
  const snippet: Snippet = {
    dialect,
    imports: [],
    setup: [],
    code,
    distribution: { kind: "unknown" },
    ...more,
  };
  const edits = placeSnippet(source, site, snippet);
  return "reason" in edits ? edits.reason : edited(source, edits);
}

/** Applies edits from the last to the first, as an editor does. */
function edited(source: string, edits: readonly LocalEdit[]): string {
  const lines = source.split("\n");
  const offset = (line: number, column: number) =>
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, column - 1);
  return [...edits]
    .reverse()
    .sort((a, b) => b.line - a.line || b.column - a.column)
    .reduce(
      (text, { line, column, endLine, endColumn, newText }) =>
        text.slice(0, offset(line, column)) + newText + text.slice(offset(endLine, endColumn)),
      source,
    );
}

const HE = 'nn.init.kaiming_normal_(self.fc.weight, nonlinearity="relu")';

test("torch: a statement below the layer, indented as it is", () => {
  const before = [
    "class Net(nn.Module):",
    "    def __init__(self):",
    "        self.fc = nn.Linear(8, 4)  # first",
  ];
  const mark = "        #         ^^^^^^^^^^^^^^^";
  const after = ["        self.act = nn.ReLU()"];
  assert.equal(
    placed([...before, mark, ...after].join("\n"), "torch", HE),
    [...before, `        ${HE}`, ...after].join("\n"),
  );
});

test("torch: the initialisation of the same weight on the next line is replaced, another's is not", () => {
  const fixture = (next: string) => `self.fc = nn.Linear(8, 4)\n#         ^^^^^^^^^^^^^^^\n${next}`;
  const first = "self.fc = nn.Linear(8, 4)\n";
  assert.equal(placed(fixture("nn.init.zeros_(self.fc.weight)"), "torch", HE), first + HE);
  for (const other of ["nn.init.zeros_(self.fc.bias)", "nn.init.zeros_(self.fc.weight); go()"]) {
    assert.equal(placed(fixture(other), "torch", HE), `${first}${HE}\n${other}`);
  }
});

test("torch: a layer inside a larger expression is left alone", () => {
  const fixture = "net = nn.Sequential(nn.Linear(8, 4), nn.ReLU())\n#                   ^^^^^^^^^^^^^^^";
  assert.match(placed(fixture, "torch", HE), /part of a larger expression/);
});

test("an argument is added to the call, or set where it is given", () => {
  const he = 'kernel_initializer="he_normal"';
  const at = (call: string) => placed(`layer = ${call}\n#       ${"^".repeat(call.length)}`, "keras", he);
  assert.equal(at("Dense(32)"), `layer = Dense(32, ${he})`);
  assert.equal(at("Dense()"), `layer = Dense(${he})`);
  assert.equal(at('Dense(32, activation="relu",)'), `layer = Dense(32, activation="relu", ${he},)`);
  assert.equal(at('Dense(32, kernel_initializer="zeros", name="d")'), `layer = Dense(32, ${he}, name="d")`);
  assert.equal(at('Dense(units(")"), **more)'), `layer = Dense(units(")"), **more, ${he})`);
});

test("NumPy: the whole statement is replaced, and only where the weights are all of it", () => {
  const code = "limit = np.sqrt(6 / 96)\nW = np.random.uniform(-limit, limit, size=(64, 32))";
  const simple = "W = np.zeros((64, 32))\n#   ^^^^^^^^^^^^^^^^^^";
  assert.equal(placed(simple, "numpy", code), code);
  const scaled = "W = np.ones((64, 32)) * C\n#   ^^^^^^^^^^^^^^^^^";
  assert.match(placed(scaled, "numpy", code), /part of a larger expression/);
});

test("imports go below the last import before the call, else below the docstring, else on top", () => {
  const more = { imports: ["import numpy as np"] };
  const call = "W = np.zeros(4)\n#   ^^^^^^^^^^^";
  const at = (head: string) => placed(`${head}${call}\nimport late`, "numpy", "W = np.ones(4)", more);
  const rest = "W = np.ones(4)\nimport late";
  assert.equal(at("import os\n\n"), `import os\nimport numpy as np\n\n${rest}`);
  assert.equal(at('"""Text."""\n'), `"""Text."""\nimport numpy as np\n${rest}`);
  assert.equal(at(""), `import numpy as np\n${rest}`);
});
