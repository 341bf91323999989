import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { ModuleText } from "../../../src/python/documents/moduleText.js";
import { layersAt } from "../../../src/source/mentions.js";
import { sizeOrigins } from "../../../src/source/sizeOrigins.js";
import { readMarked } from "../markedPython.js";

/** The names of the layers that the place of the cursor speaks of, and the text that does. */
function mentioned(fixture: string): string {
  const { source, cursor } = readMarked(fixture);
  const document = { file: "/m.py", cells: [{ index: null, text: source }] };
  const { layers } = analyse(document, { read: () => null });
  const found = layersAt(new ModuleText(document), layers, {
    file: "/m.py",
    line: cursor!.line,
    column: cursor!.column,
  });
  if (!found) return "nothing";
  const { line, column, endColumn } = found.site;
  const text = source.split("\n")[line - 1]!.slice(column - 1, endColumn! - 1);
  return `${found.layers.map(({ name, site }) => name || `line ${site.line}`).join(" and ")}: ${text}`;
}

const TWO_CLASSES = `
from torch import nn

class A(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(4, 5)
    def forward(self, x):
        return A_HERE

class B(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc2 = nn.Linear(7, 8)
        nn.init.zeros_(self.fc2.weight)
    def forward(self, x):
        return B_HERE

class C(B):
    def forward(self, x):
        return C_HERE
`;

const placed = (mark: "A_HERE" | "B_HERE" | "C_HERE", code: string) =>
  mentioned(TWO_CLASSES.replace(mark, code).replace(/[ABC]_HERE/g, "x"));

test("an attribute of self speaks of its own class's layer, anywhere in the class and in those that inherit", () => {
  assert.equal(placed("A_HERE", "self.f$0c1(x)"), "fc1: self.fc1");
  assert.equal(placed("B_HERE", "self.f$0c1(x)"), "nothing");
  assert.equal(placed("B_HERE", "nn.relu(self.fc2$0(x))"), "fc2: self.fc2");
  assert.equal(placed("C_HERE", "self.fc$02(x)"), "fc2: self.fc2");
  assert.equal(placed("A_HERE", "other.f$0c1(x)"), "nothing");
});

test("inside its call a layer is spoken of by every word", () => {
  assert.equal(
    mentioned("from torch import nn\nfc = nn.Linear(in_features=$04, out_features=5)"),
    "fc: nn.Linear(in_features=4, out_features=5)",
  );
});

test("a call that fills weights speaks of them, one or all of a loop", () => {
  const one = "from torch import nn\nfc = nn.Linear(4, 5)\nnn.init.kai$0ming_normal_(fc.weight)";
  assert.equal(mentioned(one), "fc: nn.init.kaiming_normal_(fc.weight)");
  const loop = `from torch import nn
a = nn.Linear(4, 5)
b = nn.Linear(5, 6)
for m in [a, b]:
    nn.init.xav$0ier_uniform_(m.weight)`;
  assert.equal(mentioned(loop), "a and b: nn.init.xavier_uniform_(m.weight)");
});

test("a plain name means what its own scope binds", () => {
  const text = `import numpy as np
W = np.random.randn(3, 4)
def f(W):
    return W HERE
def g():
    return W THERE
`;
  assert.equal(mentioned(text.replace("W HERE", "W$0").replace(" THERE", "")), "nothing");
  assert.equal(mentioned(text.replace(" HERE", "").replace("W THERE", "$0W")), "W: W");
});

test("the name of a Sequential speaks of the layers in it", () => {
  assert.equal(
    mentioned("from torch import nn\nnet = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 4))\nprint(n$0et)"),
    "line 2 and line 2: net",
  );
});

function origins(text: string): string[] {
  const document = { file: "/m.py", cells: [{ index: null, text }] };
  const { layers } = analyse(document, { read: () => null });
  return sizeOrigins(new ModuleText(document), layers.at(-1)!).map(
    ({ name, value, owner, line }) => `${name}=${value} ${owner}:${line}`,
  );
}

test("a size is traced to the one place that gives it, and to none where there are two", () => {
  const text = `from dataclasses import dataclass
from torch import nn

@dataclass
class Config:
    width: int = 768
    depth: int = 12

c = Config()
fc = nn.Linear(c.width, 4)
`;
  assert.deepEqual(origins(text), ["width=768 Config:6"]);
  assert.deepEqual(origins(text.replace("depth: int = 12", "width: int = 768")), []);
  assert.deepEqual(origins(text.replace("Config()", "Config(width=5)")), ["width=5 :9"]);
});

test("of several places that give a size it is the one in the function that the shown call names", () => {
  const text = `from torch import nn

class Net(nn.Module):
    def __init__(self, width=64, depth=2):
        super().__init__()
        self.fc = nn.Linear(width, 10)

def small(**kwargs):
    return Net(width=32, **kwargs)

def other():
    return {"width": 32}, dict(width=32)
`;
  assert.deepEqual(origins(`${text}\nnet = small()\n`), ["width=32 small:9"]);
  assert.deepEqual(origins(`${text}\nnet = Net()\n`), ["width=64 Net:4"]);
});
