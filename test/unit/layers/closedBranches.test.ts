import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import type { Layer } from "../../../src/types.js";

const layersOf = (text: string): readonly Layer[] =>
  analyse({ file: "/project/model.py", cells: [{ index: null, text }] }, { read: () => null }).layers;

/** `Dense_0 x.shape[-1],64` of every call site. */
const shapes = (text: string) =>
  layersOf(text).map(({ name, parameters: [weight] }) => `${name} ${weight?.shape}`);

const FLAX = "from typing import Any, Optional\nfrom flax import linen as nn\nimport jax.numpy as jnp\n";
const TORCH = "import torch.nn as nn\n";

const vit = (fields: string, body: string, call = "self, x") => `${FLAX}
class Net(nn.Module):
    width: int = 64
${fields.replace(/^/gm, "    ")}
    @nn.compact
    def __call__(${call}):
        x = nn.Dense(self.width, name="stem")(x)
${body.replace(/^/gm, "        ")}
        return x
`;

const HEADS: Readonly<Record<string, readonly [fields: string, body: string, head: string]>> = {
  None: [
    "classes: Optional[int] = None",
    'if self.classes:\n    x = nn.Dense(self.classes, name="head")(x)',
    "head 64,classes",
  ],
  False: ["rep: Any = False", 'if self.rep:\n    x = nn.Dense(self.rep, name="head")(x)', "head 64,rep"],
  "0": ["depth: int = 0", 'for i in range(self.depth):\n    x = nn.Dense(8, name="head")(x)', "head ?,8"],
  "a text": [
    'head: str = "none"',
    'if self.head == "linear":\n    x = nn.Dense(5, name="head")(x)',
    "head 64,5",
  ],
  "an empty tuple": ["extra: Any = ()", 'if self.extra:\n    x = nn.Dense(5, name="head")(x)', "head 64,5"],
};

for (const [name, [fields, body, head]] of Object.entries(HEADS)) {
  test(`a branch that the default ${name} closes is followed as well`, () => {
    const found = shapes(vit(fields, body));
    assert.equal(found[0], "stem x.shape[-1],64");
    if (head.includes("?")) assert.match(found[1] ?? "", /^head .*,8$/);
    else assert.equal(found[1], head);
  });
}

test("arguments by name that may be given or not leave the layer's sizes known and what it draws not", () => {
  const body = `
if self.classes:
    how = {"kernel_init": nn.initializers.zeros} if self.zero else {}
    x = nn.Dense(self.classes, name="head", **how)(x)`;
  const [, head] = layersOf(vit("classes: Optional[int] = None\nzero: bool = False", body));
  assert.deepEqual(head?.parameters[0]?.shape, [64, "classes"]);
  assert.equal(head.parameters[0].current.kind, "unknown");
});

test("so are those that an argument of the call closes", () => {
  const body = 'if text is not None:\n    x = x + nn.Embed(100, 64, name="words")(text)';
  assert.deepEqual(shapes(vit("", body, "self, x, text=None")), ["stem x.shape[-1],64", "words 100,64"]);
});

test("layers that are made anyway keep the sizes that the defaults give", () => {
  const text = `${TORCH}
class Net(nn.Module):
    def __init__(self, hidden=None, project=False):
        super().__init__()
        hidden = hidden or 32
        self.fc = nn.Linear(8, hidden)
        if project:
            self.out = nn.Linear(hidden, 4)
`;
  assert.deepEqual(shapes(text), ["fc 32,8", "out 4,hidden"]);
});

test("a class that the program builds in one way shows what the other would make", () => {
  const text = `${TORCH}
class Net(nn.Module):
    def __init__(self, n, project=False):
        super().__init__()
        self.fc = nn.Linear(n, 16)
        if project:
            self.out = nn.Linear(16, 4)

net = Net(3)
`;
  const [fc, out] = layersOf(text);
  assert.deepEqual(fc?.parameters[0]?.shape, [16, 3]);
  assert.equal(fc.shapes, 1);
  assert.deepEqual(out?.parameters[0]?.shape, [4, 16]);
  assert.equal(out.calls?.[0]?.call, "Net(n, …)");
});

test("what only another reading made gives no finding and no shapes of its own", () => {
  const text = `${TORCH}
import torch
class Net(nn.Module):
    def __init__(self, project=False):
        super().__init__()
        self.fc = nn.Linear(8, 16)
        self.out = nn.Linear(16 if project else 12, 4) if project else None
    def forward(self, x):
        return self.out(self.fc(x))

net = Net()
`;
  const document = { file: "/project/model.py", cells: [{ index: null, text }] };
  const { flow, findings } = analyse(document, { read: () => null });
  assert.deepEqual(flow?.misfits ?? [], []);
  assert.deepEqual(
    findings.filter(({ code }) => code === "IL012"),
    [],
  );
});

test("sizes that are there by default close the branch for none of them", () => {
  const text = `
import keras
def build(hidden=(8, 4)):
    inputs = keras.Input((3,))
    if len(hidden) > 1:
        return keras.layers.Dense(hidden[1], name="deep")(inputs)
    elif len(hidden) > 0:
        return keras.layers.Dense(1, name="flat")(inputs)
`;
  const { layers } = analyse({ file: "/w/m.py", cells: [{ index: null, text }] }, { read: () => null });
  assert.deepEqual(
    layers.map(({ name, parameters: [weight] }) => [name, weight?.shape]),
    [
      ["deep", [3, 4]],
      ["flat", [3, 1]],
    ],
  );
});
