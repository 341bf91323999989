import assert from "node:assert/strict";
import { test } from "node:test";
import { PyList } from "../../../src/python/values.js";
import { run } from "./programs.js";

const SMALL = { steps: 200_000, milliseconds: 1e9, elements: 1_000_000 };

/** Programs that would never end, or take all memory. Each must end with one of these words. */
const ENDLESS: readonly (readonly [name: string, program: string, message: RegExp])[] = [
  ["while True", "while True: pass", /steps/],
  ["a billion iterations", "x = 0\nfor i in range(10**9):\n    x += i", /steps/],
  ["a list of a billion", "x = [0] * 10**9", /memory/],
  ["a text of a billion", "x = 'ab' * 10**9", /memory/],
  ["a doubling text", "x = 'a'\nfor i in range(100):\n    x = x + x", /memory|steps/],
  ["a doubling list", "x = [1]\nwhile True: x += x", /memory|steps/],
  ["a materialised range", "x = list(range(10**9))", /memory/],
  ["a wide format", "x = f'{1:>1000000000}'", /memory/],
  ["an infinite generator", "def g():\n    while True: yield 1\nx = sum(g())", /steps/],
  ["a list growing while iterated", "x = [1]\nfor y in x: x.append(y)", /steps/],
  ["repeated multiplication", "x = 3\nfor i in range(10**6): x = x * x", /memory|steps/],
];

for (const [name, program, message] of ENDLESS) {
  test(`${name} ends with a diagnostic`, () => {
    const { complete, messages } = run(program, {}, { budgets: SMALL });
    assert.equal(complete, false);
    assert.match(messages.at(-1) ?? "", message);
  });
}

test("a statement that does not end costs the others nothing", () => {
  const program = "a = 1\nfor i in range(10**9):\n    b = i\nwhile True: pass\nc = 3";
  const { show, complete, messages } = run(program, {}, { budgets: SMALL });
  assert.equal(complete, false);
  assert.deepEqual(messages, Array(2).fill("Evaluation stopped: one statement takes too many steps"));
  assert.deepEqual([show("a"), show("c")], ["1", "3"]);
});

test("the clock ends an evaluation too", () => {
  let time = 0;
  const { messages } = run(
    "while True: pass",
    {},
    { budgets: { milliseconds: 100 }, now: () => (time += 10) },
  );
  assert.match(messages.at(-1) ?? "", /seconds/);
});

test("deep recursion is Python's own error", () => {
  const { show, messages } = run(`
def f(n): return f(n + 1)
try:
    f(0)
except RecursionError as e:
    x = "caught"
class A:
    def __getattr__(self, name): return getattr(self, name + "x")
try:
    A().y
except RecursionError:
    y = "caught"
`);
  assert.deepEqual(messages, []);
  assert.equal(show("x"), "'caught'");
  assert.equal(show("y"), "'caught'");
});

test("values too large to compute are unknown, not an end", () => {
  const { show, messages } = run("a = 2 ** 10**6\nb = 1 << 10**9\nc = 10 ** 100 // 10 ** 99\n");
  assert.deepEqual(messages, []);
  assert.deepEqual([show("a"), show("b"), show("c")], ["?", "?", "10"]);
});

test("a formula that doubles with every turn of a loop is unknown, not an end", () => {
  const { show, messages } = run(`
from given import named
n, m = named("n"), named("m")
short = 2 * n - 1
for i in range(40):
    n = n * n + 1
    m = (m + 1) // 3 * (m - 1)
`);
  assert.deepEqual(messages, []);
  assert.deepEqual([show("short"), show("n"), show("m")], ["2*n - 1", "?", "?"]);
});

test("a pattern that backtracks without end is unknown", () => {
  const { show } = run(`
import re
a = re.match(r"(a+)+$", "a" * 40 + "b") is None
b = re.match(r"(x+x+)+y", "x" * 100) is None
c = re.match(r"a*b", "aaab") is None
`);
  assert.deepEqual([show("a"), show("b"), show("c")], ["?", "?", "False"]);
});

test("nothing is left over from an evaluation that was stopped", () => {
  const { evaluator, module, program } = run(
    "def f():\n    while True: pass\nx = [1]",
    {},
    { budgets: SMALL },
  );
  const stopped = evaluator.evaluate("f()", { module, program });
  assert.match(stopped.error ?? "", /steps/);
  const after = evaluator.evaluate("x + [2]", { module, program });
  assert.equal(after.error, null);
  assert.equal(evaluator.machine.repr(after.value), "[1, 2]");
});

test("after an evaluation that was stopped there is enough left to look at what it made", () => {
  const { evaluator, module, program } = run("def f():\n    while True: pass", {}, { budgets: SMALL });
  const looked = (): number => {
    evaluator.machine.spend(SMALL.steps / 2);
    return 7;
  };
  evaluator.evaluate("f()", { module, program });
  assert.equal(evaluator.look(looked), 7);
  assert.equal(
    evaluator.look(() => [looked(), looked(), looked()]),
    undefined,
  );
});

test("what is no expression says so", () => {
  const { evaluator, module, program } = run("x = 1");
  for (const text of ["", "x =", "x; y", "import os", "(", "1 +"]) {
    const { error, complete } = evaluator.evaluate(text, { module, program });
    assert.match(error ?? "", /not a Python expression/);
    assert.equal(complete, false);
  }
});

test("a second attempt with whole modules ends where a package has more of them than a registry needs", () => {
  const names = Array.from({ length: 120 }, (_, i) => `part${i}`);
  const files = new Map([
    ["/project/zoo/__init__.py", names.map((name) => `from . import ${name}`).join("\n")],
    ...names.map((name) => [`/project/zoo/${name}.py`, `x = 1\n#${"-".repeat(400_000)}`] as const),
  ]);
  const read = new Set<string>();
  const reader = {
    read(path: string) {
      const text = files.get(path) ?? null;
      if (text !== null) read.add(path);
      return text;
    },
  };
  const { show } = run("import zoo\nknown = {}\ndef create(name): return known[name]", {}, { reader });
  assert.equal(show("create('cat')"), "?");
  assert.ok(read.size > 10 && read.size < 80, `${read.size} files`);
});

test("a loop at the top of a module may take less than a statement that makes something", () => {
  const { messages, show } = run(
    "made = sum(1 for i in range(4_000_000))\nfor i in range(4_000_000):\n    last = i\n",
  );
  assert.deepEqual(messages, ["Evaluation stopped: one statement takes too many steps"]);
  assert.equal(show("made"), "4000000");
});

test("a list that a loop nobody knows the length of fills does not double at each turn", () => {
  const { evaluator, module } = run(`
from given import unknown
waiting = []
for row in range(50):
    while unknown:
        while len(waiting) < 1000:
            waiting.append(unknown + row)
        waiting.pop(unknown)
`);
  const waiting = module.attributes.get("waiting");
  assert.ok(waiting instanceof PyList && waiting.uncertain !== null);
  assert.ok(waiting.items.length < 10, String(waiting.items.length));
  assert.equal(evaluator.machine.repr(waiting) === "[]", false);
});
