import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./programs.js";

test("exec runs statements with the names it is given", () => {
  const { show, messages } = run(`
width = 1
exec("width = 2\\ndouble = width * 2\\ndef get(): return double")
names = {"k": 3}
exec("j = k * 2\\nclass A:\\n    def total(self): return j + k", names)
outer, inner = {"p": 1}, {}
exec(compile("q = p + 1", "config.py", "exec"), outer, inner)
def inside():
    depth = 5
    exec("depth = 6\\nwidth = 7")
    return depth
`);
  assert.deepEqual(messages, []);
  assert.equal(show("(width, double, get())"), "(2, 4, 4)");
  assert.equal(show("names['A']().total()"), "9");
  assert.equal(show("(outer, inner)"), "({'p': 1}, {'q': 2})");
  assert.equal(show("(inside(), width)"), "(5, 2)");
});

test("exec of a file that changes what the program set before", () => {
  const { show } = run(
    "layers = 12\nkeys = [k for k in globals() if not k.startswith('_')]\nexec(open('config.py').read())\nconfig = {k: globals()[k] for k in keys}",
    { "config.py": "import sys\nfor argument in sys.argv[1:]:\n    raise ValueError(argument)\nlayers = 4" },
  );
  assert.equal(show("config"), "{'layers': 4}");
});

test("what exec runs that is not known makes the answer incomplete", () => {
  const { complete } = run("from given import unknown\nexec(unknown)");
  assert.equal(complete, false);
  assert.equal(run("from given import unknown\nexec('x = 1', unknown)").complete, false);
  assert.deepEqual(run("exec('x = = 1')").messages.length, 1);
});
