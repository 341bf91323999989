import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { describe } from "../../../src/init/distributions.js";
import { modelOf, resultOf } from "./torchPrograms.js";

interface TensorRecord {
  readonly expr: string;
  readonly shape?: readonly number[];
  readonly dtype?: string;
  readonly values?: unknown;
  readonly value?: unknown;
}

const { records } = JSON.parse(readFileSync("test/facts/torch_tensors.json", "utf8")) as {
  records: TensorRecord[];
};

const PROGRAM = `
import torch
import torch.nn as nn
import torch.nn.functional as F

def described(value):
    if isinstance(value, torch.Tensor):
        return {"shape": list(value.shape), "dtype": str(value.dtype).split(".")[1], "values": value.tolist()}
    return {"value": list(value) if isinstance(value, tuple) else value}
`;

/** float32 functions differ in the last place between libraries. */
function close(actual: unknown, expected: unknown, where: string): void {
  if (typeof actual === "number" && typeof expected === "number") {
    assert.ok(
      Math.abs(actual - expected) <= 3e-7 * Math.max(1, Math.abs(expected)),
      `${where}: ${actual} is not ${expected}`,
    );
  } else if (Array.isArray(actual) && Array.isArray(expected)) {
    assert.equal(actual.length, expected.length, where);
    actual.forEach((item, i) => {
      close(item, expected[i], where);
    });
  } else assert.deepEqual(actual, expected, where);
}

for (const { expr, ...golden } of records) {
  test(`${expr} is what torch gives`, () => {
    const ours = resultOf(PROGRAM, `described(${expr})`) as TensorRecord;
    for (const [key, expected] of Object.entries(golden))
      close(ours[key as keyof TensorRecord], expected, key);
  });
}

/** What PyTorch 2.13 says of arrays of NumPy 2.4. */
const ARRAYS: readonly (readonly [expression: string, expected: unknown])[] = [
  ["torch.Tensor(np.linspace(0, 1, 3)).tolist()", [0, 0.5, 1]],
  [
    "[x.tolist() for x in torch.Tensor(np.linspace(0, 1, 5)).split([2, 3])]",
    [
      [0, 0.25],
      [0.5, 0.75, 1],
    ],
  ],
  ["str(torch.Tensor(np.arange(3)).dtype)", "torch.float32"],
  ["str(torch.from_numpy(np.zeros((2, 3))).dtype)", "torch.float64"],
  ["str(torch.tensor(np.arange(3)).dtype)", "torch.int64"],
  ["list(torch.from_numpy(np.random.randn(5, 2)).float().unsqueeze(0).shape)", [1, 5, 2]],
  ["torch.from_numpy(np.random.randn(1, 2)).tolist()", [[undefined, undefined]]],
  ["list(torch.FloatTensor(np.array([[1, 2], [3, 4]])).shape)", [2, 2]],
];

for (const [expression, expected] of ARRAYS) {
  test(`an array as a tensor: ${expression}`, () => {
    assert.deepEqual(resultOf("import numpy as np\nimport torch\n", expression), expected);
  });
}

test("a tensor has what torch gives it and what the program put there, and nothing else", () => {
  const program = `${PROGRAM}
weight = nn.Linear(2, 3).weight
weight.decays = False
found = [hasattr(weight, name) for name in ("num_embeddings", "decays", "histc", "reset_parameters")]
other = getattr(weight, "is_sharded", "no")
`;
  assert.deepEqual(resultOf(program, "found"), [false, true, true, false]);
  assert.equal(resultOf(program, "other"), "no");
});

test("what nobody modelled of the class of tensors is unknown, what writes in place too", () => {
  const { parameters } = modelOf(
    `import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.ways = [torch.Tensor.kthvalue, torch.Tensor.nanmedian]
        self.a, self.b = nn.Linear(2, 3), nn.Linear(2, 3)
        torch.Tensor.map_(self.a.weight.data, self.b.weight.data, max)
`,
    "Net()",
  );
  assert.deepEqual(
    parameters.map(({ name, current }) => [name, current.kind]),
    [
      ["a.weight", "unknown"],
      ["a.bias", "uniform"],
      ["b.weight", "uniform"],
      ["b.bias", "uniform"],
    ],
  );
});

test("sizes to broadcast to, as several arguments or as one", () => {
  const program = `${PROGRAM}\nx = torch.zeros(1, 3)\n`;
  assert.deepEqual(resultOf(program, "list(x.broadcast_to(4, 3).shape)"), [4, 3]);
  assert.deepEqual(resultOf(program, "list(torch.broadcast_to(x, (2, 4, 3)).shape)"), [2, 4, 3]);
  assert.deepEqual(resultOf(program, "list(torch.broadcast_to(x, size=(5, 3)).shape)"), [5, 3]);
});

/** What PyTorch 2.15 says. */
const NUMPY_NAMES: readonly (readonly [expression: string, expected: unknown])[] = [
  ["list(x.sum(axis=0).shape)", [3]],
  ["list(torch.sum(x, axis=0).shape)", [3]],
  ["list(x.mean(axis=0, keepdims=True).shape)", [1, 3]],
  ["list(torch.max(x, axis=1)[0].shape)", [2]],
  ["torch.cumprod(2 * x, axis=1).tolist()", Array(2).fill([2, 4, 8])],
  ["list(torch.cat([x, x], axis=1).shape)", [2, 6]],
  ["list(torch.stack([x, x], axis=-1).shape)", [2, 3, 2]],
  ["list(torch.linalg.norm(x, axis=1).shape)", [2]],
];

for (const [expression, expected] of NUMPY_NAMES) {
  test(`torch's functions take NumPy's names of arguments: ${expression}`, () => {
    assert.deepEqual(resultOf(`${PROGRAM}\nx = torch.ones(2, 3)\n`, expression), expected);
  });
}

const FROM_ARRAYS: readonly (readonly [made: string, law: string])[] = [
  ["torch.from_numpy(np.random.randn(3, 4).astype(np.float32) * 0.05)", "N(0, 0.05²)"],
  ["torch.tensor(np.random.uniform(-0.1, 0.1, (3, 4)))", "U(±0.1)"],
  ["torch.as_tensor(np.ones((3, 4)))", "1"],
  ["torch.Tensor(np.random.rand(3, 4)) - 0.5", "U(±0.5)"],
  ["torch.from_numpy(np.random.randn(3, 4) @ np.random.randn(4, 4))", "unknown"],
];

for (const [made, law] of FROM_ARRAYS) {
  test(`a parameter made of an array is drawn as the array was: ${made}`, () => {
    const source = `import numpy as np
import torch
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(${made})
`;
    assert.equal(describe(modelOf(source, "Net()").parameters[0]!.current), law);
  });
}

/** Of many elements: computed when they are asked for, as they were when it was made. */
const LATE: readonly (readonly [what: string, program: string, asked: string, answer: unknown])[] = [
  [
    "a source written later",
    "x = torch.arange(5000.)\ny = x * 2\nx.fill_(7.)\nx[3] = 1.",
    "[y[3].item(), x[3].item(), x[4].item()]",
    [6, 1, 7],
  ],
  [
    "a result written",
    "x = torch.arange(5000.)\ny = x + 1\ny[0] = 9.\nz = y * x",
    "[y[0].item(), y[1].item(), x[0].item(), z[2].item()]",
    [9, 2, 0, 6],
  ],
  [
    "a result of which two are made",
    "x = torch.arange(5000.) + 1\ny = x.bool()\nx.zero_()\nz = x + y",
    "[y[4].item(), x[4].item(), z[4].item()]",
    [true, 0, 1],
  ],
  [
    "in place of itself",
    "x = torch.arange(5000.)\nx += x * 2\nx *= x",
    "[x[2].item(), x[-1].item()]",
    [36, Math.fround(14997 ** 2)],
  ],
  [
    "a view of a part",
    "x = torch.arange(10000.).view(100, 100)\npart = (x > 150)[1:3, 49:52]\nx.zero_()",
    "part.tolist()",
    [
      [false, false, true],
      [true, true, true],
    ],
  ],
  [
    "over other shapes",
    "a = torch.arange(100.)\nb = a[:, None] * 2 - a\na.zero_()",
    "[b[3, 1].item(), b[99, 0].item()]",
    [5, 198],
  ],
  [
    "a half written, and what was written changed",
    "x = torch.arange(10000.).view(100, 100)\ny = torch.ones(100, 50)\nz = x.clone()\nx[:, :50] = y * 3\ny.fill_(8.)\nx[:, 50:] += 1\nz[0] = x[0]",
    "[x[9, 9].item(), x[9, 99].item(), z[0, 0].item(), z[9, 9].item(), x.sum(1)[0].item()]",
    [3, 1000, 3, 909, 3 * 50 + 3725 + 50],
  ],
  [
    "a half written in a branch nobody knows",
    "from given import flag\nx = torch.zeros(100, 100)\ny = x[:, :60]\nx[:, :50] = 1.\nif flag:\n    x[:, :70] = 2.",
    "[x[0, 80].item(), y[0, 55].item()]",
    [undefined, undefined],
  ],
  ["a long chain", "x = torch.arange(5000.)\nfor i in range(2000):\n    x = x + 1", "x[1].item()", 2001],
  [
    "only in a branch nobody knows",
    "from given import flag\nx = torch.arange(5000.)\ny = x + 1\nif flag:\n    y[0] = 5.",
    "[x[0].item(), y[0].item()]",
    [0, undefined],
  ],
];

for (const [what, program, asked, answer] of LATE) {
  test(`many elements, ${what}`, () => {
    assert.deepEqual(resultOf(`import torch\n${program}`, asked), answer);
  });
}

test("a mask that is made anew at every turn of a loop takes no steps", () => {
  const program = `
import torch
mask = torch.triu(torch.ones(1024, 1024), diagonal=1)
def step(length):
    return mask.bool()[:length, :length].logical_not()
for turn in range(1000):
    last = step(3)
done = True
`;
  assert.deepEqual(resultOf(program, "[done, last.tolist()]"), [
    true,
    [
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ],
  ]);
});

test("positions in windows of three dimensions take no steps", () => {
  const program = `
import torch
def index(side):
    axes = torch.stack(torch.meshgrid([torch.arange(side)] * 3)).flatten(1)
    apart = (axes[:, :, None] - axes[:, None, :]).permute(1, 2, 0).contiguous()
    for axis in range(3):
        apart[:, :, axis] += side - 1
    apart[:, :, 0] *= (2 * side - 1) ** 2
    apart[:, :, 1] *= 2 * side - 1
    return apart.sum(-1)
for block in range(40):
    last = index(7)
done = True
`;
  assert.deepEqual(resultOf(program, "[done, list(last.shape), last[0, 1].item(), last[342, 0].item()]"), [
    true,
    [343, 343],
    1097,
    2196,
  ]);
});

test("what a mask selects", () => {
  const program = `${PROGRAM}\nx = torch.arange(6)\nmask = x.reshape(2, 3) % 2 > 0\n`;
  assert.deepEqual(resultOf(program, "x.masked_select(x > 2).tolist()"), [3, 4, 5]);
  assert.deepEqual(resultOf(program, "torch.masked_select(x[:3], mask).tolist()"), [1, 0, 2]);
});

test("a tensor without axes is formatted as its number, and what follows a line that prints it is run", () => {
  const source = `
import torch
from torch import nn
half = f"{torch.tensor([0.25, 0.75]).mean():.2f}"
losses = {"train": torch.zeros(10).mean() + torch.rand(1).mean()}
if half:
    print(f"loss {losses['train']:.4f}, {losses}")
    width = 3
try:
    f"{torch.zeros(2):.2f}"
except TypeError:
    width += 1
`;
  assert.deepEqual(resultOf(source, "(half, width)"), ["0.50", 4]);
});

test("rows and columns that differ, as torch finds them", () => {
  const source = `
import torch
t = torch.tensor([[3, 4], [1, 2], [3, 4], [1, 0]])
pairs = torch.tensor([[[1, 2], [1, 2]], [[0, 2], [0, 2]]])
def unique(x, dim):
    return [one.tolist() for one in torch.unique(x, dim=dim, return_inverse=True, return_counts=True)]
`;
  assert.deepEqual(resultOf(source, "unique(t, 0)"), [
    [
      [1, 0],
      [1, 2],
      [3, 4],
    ],
    [2, 1, 2, 0],
    [1, 1, 2],
  ]);
  assert.deepEqual(resultOf(source, "unique(t, 1)[1:]"), [
    [0, 1],
    [1, 1],
  ]);
  assert.deepEqual(resultOf(source, "unique(pairs, 1)[0]"), [[[1, 2]], [[0, 2]]]);
  assert.deepEqual(resultOf(source, "unique(t, None)"), [
    [0, 1, 2, 3, 4],
    [
      [3, 4],
      [1, 2],
      [3, 4],
      [1, 0],
    ],
    [1, 2, 1, 2, 2],
  ]);
  assert.deepEqual(resultOf(source, "list(torch.rand(3, 5).unique(dim=0).shape)[1]"), 5);
});

test("an array of NumPy's picks from a tensor as a tensor of indices does", () => {
  const source = `
import numpy as np
import torch
eye = torch.eye(8)
some = eye[np.random.choice(range(8), 3, replace=False)]
few = eye[:, np.array([1, 2])]
one = eye[np.int64(2)]
`;
  assert.deepEqual(resultOf(source, "[list(x.shape) for x in (some, few, one)]"), [[3, 8], [8, 2], [8]]);
  assert.deepEqual(resultOf(source, "few[1].tolist()"), [1, 0]);
});

/** What torch 2.13 gives. */
const SHAPES = `
torch.vstack([v, v]) -> [2, 3]
torch.row_stack([m, v]) -> [3, 3]
torch.column_stack([v, v]) -> [3, 2]
torch.atleast_3d(m) -> [2, 3, 1]
torch.atleast_2d(v) -> [1, 3]
torch.zeros(3).unsqueeze_(0) -> [1, 3]
torch.zeros(2, 3).t_() -> [3, 2]
torch.zeros(2, 1, 3).squeeze_(1) -> [2, 3]
torch.zeros(2, 3, 4).transpose_(0, 2) -> [4, 3, 2]
torch.zeros(2, 3).resize_(4, 5) -> [4, 5]
x.moveaxis(0, -1) -> [3, 4, 2]
torch.movedim(x, (0, 1), (2, 0)) -> [3, 4, 2]
x.mH -> [2, 4, 3]
m.H -> [3, 2]
m.adjoint() -> [3, 2]
m.conj() -> [2, 3]
torch.trace(m) -> []
m.scatter(1, torch.zeros(2, 1, dtype=torch.int64), 1.0) -> [2, 3]
m.index_add(0, torch.tensor([0]), torch.zeros(1, 3)) -> [2, 3]
torch.take_along_dim(m, torch.zeros(2, 1, dtype=torch.int64), dim=1) -> [2, 1]
torch.take_along_dim(m, torch.zeros(2, 2, dtype=torch.int64)) -> [4]
torch.lerp(v, m, 0.5) -> [2, 3]
torch.cross(m, m, dim=1) -> [2, 3]
torch.multinomial(torch.ones(2, 5), 3) -> [2, 3]
torch.searchsorted(v, m) -> [2, 3]
torch.bucketize(m, v) -> [2, 3]
torch.isin(m, v) -> [2, 3]
torch.tensordot(x, torch.zeros(3, 4, 5), 2) -> [2, 5]
torch.as_strided(x, (2, 2), (1, 2)) -> [2, 2]
m.asinh() -> [2, 3]
torch.arcsin(v) -> [3]
m.logaddexp(v) -> [2, 3]
torch.copysign(m, v) -> [2, 3]
torch.fliplr(m) -> [2, 3]
torch.angle(torch.zeros(2, dtype=torch.cfloat)) -> [2]
`;

test("functions beyond arithmetic give tensors of torch's shapes", () => {
  const source = `
import torch
x = torch.zeros(2, 3, 4)
v = torch.zeros(3)
m = torch.zeros(2, 3)
`;
  const [expressions, wanted] = [0, 1].map((side) =>
    SHAPES.trim()
      .split("\n")
      .map((line) => line.split(" -> ")[side]!),
  );
  const shapes = resultOf(
    source,
    `[str(list(one.shape)) for one in (${expressions!.join(", ")})]`,
  ) as string[];
  shapes.forEach((shape, i) => {
    assert.equal(shape, wanted![i], expressions![i]);
  });
});

test("a tensor that gets another shape in place keeps its elements", () => {
  const source = `
import torch
x = torch.arange(6).reshape(2, 3)
y = x[0]
x.t_()
y.unsqueeze_(0)
`;
  assert.deepEqual(resultOf(source, "[x.tolist(), y.tolist()]"), [
    [
      [0, 3],
      [1, 4],
      [2, 5],
    ],
    [[0, 1, 2]],
  ]);
});
