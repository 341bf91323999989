import assert from "node:assert/strict";
import test from "node:test";
import { analyse } from "../../../src/analysis.js";
import { inputShapes } from "../../../src/layers/reading/exampleInputs.js";
import type { Analysis, ShapePair } from "../../../src/types.js";

const HEAD = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n";

function analysisOf(source: string, inputs?: string): Analysis {
  const document = { file: "/model.py", cells: [{ index: null, text: HEAD + source }] };
  return analyse(
    document,
    { read: () => null },
    { inputs: inputs === undefined ? null : inputShapes(inputs) },
  );
}

const NET = `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 64, 3, stride=2)
        self.fc = nn.Linear(9216, 10)

    def forward(self, x):
        x = F.relu(self.conv(x))
        return self.fc(torch.flatten(x, 1))
`;

/** What the layer bound to that name is given and gives. */
function shapesAt(analysis: Analysis, name: string): readonly ShapePair[] {
  const { site } = analysis.layers.find((layer) => layer.name === name)!;
  const note = analysis.flow?.notes.find(
    (one) => one.kind === "layer" && one.site.line === site.line && one.site.column === site.column,
  );
  return note?.shapes ?? [];
}

const SHAPES: readonly (readonly [string, string, readonly (readonly (number | string)[])[] | null])[] = [
  ["a size that is only named", "(N, 3, 224, 224)", [["N", 3, 224, 224]]],
  ["an option", "1,3,32,32", [[1, 3, 32, 32]]],
  [
    "several tensors",
    "(N, 10), (N, T, 4)",
    [
      ["N", 10],
      ["N", "T", 4],
    ],
  ],
  ["one size", "(5,)", [[5]]],
  ["words", "whatever you like", null],
  ["a bracket left open", "(1, 2", null],
  ["a size that is no number", "1,-3", null],
];
for (const [name, text, expected] of SHAPES) {
  test(`an example input as it is written: ${name}`, () => {
    const found = inputShapes(text);
    assert.deepEqual(
      found?.map((shape) => shape.map((size) => (typeof size === "number" ? size : String(size)))),
      expected ?? undefined,
    );
  });
}

const WAYS: readonly (readonly [string, string, string | number])[] = [
  ["a call of the program", `${NET}model = Net()\nmodel(torch.randn(2, 1, 25, 25))`, 2],
  [
    "a comment above the class",
    NET.replace("class Net", "# init-lens: input (B, 1, 25, 25)\nclass Net"),
    "B",
  ],
  [
    "a comment in the class",
    NET.replace("        super", "        # init-lens: input (B, 1, 25, 25)\n        super"),
    "B",
  ],
  ["a comment where the model is made", `${NET}model = Net()  # init-lens: input (B, 1, 25, 25)`, "B"],
  ["a comment for the whole file", `# init-lens: input (B, 1, 25, 25)\n\n${NET}`, "B"],
  ["torchsummary", `from torchsummary import summary\n${NET}summary(Net().cuda(), (1, 25, 25))`, "N"],
  ["torchinfo", `from torchinfo import summary\n${NET}summary(Net(), input_size=(4, 1, 25, 25))`, 4],
  ["an export", `${NET}torch.onnx.export(Net().eval(), torch.zeros(1, 1, 25, 25), "net.onnx")`, 1],
  ["a trace", `${NET}traced = torch.jit.trace(Net(), torch.rand(3, 1, 25, 25))`, 3],
  [
    "thop",
    `from thop import profile\n${NET}macs, params = profile(Net(), inputs=(torch.randn(1, 1, 25, 25),))`,
    1,
  ],
];
for (const [name, source, batch] of WAYS) {
  test(`an example input from ${name}`, () => {
    const analysis = analysisOf(source);
    assert.deepEqual(shapesAt(analysis, "conv"), [
      { input: [batch, 1, 25, 25], output: [batch, 64, 12, 12] },
    ]);
    assert.deepEqual(analysis.flow?.misfits, []);
  });
}

test("shapes of the lines of forward: what is assigned, and each call", () => {
  const notes = analysisOf(`${NET}Net()(torch.randn(2, 1, 25, 25))`).flow?.notes ?? [];
  const told = notes
    .filter(({ kind }) => kind !== "layer")
    .map(({ kind, site, shapes }) => [kind, site.line, site.column, shapes[0]!.input, shapes[0]!.output]);
  const [image, maps] = [
    [2, 1, 25, 25],
    [2, 64, 12, 12],
  ];
  assert.deepEqual(told, [
    ["call", 12, 20, image, maps],
    ["call", 12, 13, maps, maps],
    ["assigned", 12, 13, null, maps],
    ["call", 13, 24, maps, [2, 9216]],
    ["call", 13, 16, [2, 9216], [2, 10]],
    ["call", 14, 1, image, [2, 10]],
  ]);
});

test("without an example input no shape is told", () => {
  assert.equal(analysisOf(NET).flow, undefined);
});

test("an option speaks of every model that no comment speaks of", () => {
  const other = NET.replace("class Net", "# init-lens: input (B, 1, 25, 25)\nclass Other").replaceAll(
    "conv",
    "first",
  );
  const analysis = analysisOf(NET + other, "7,1,25,25");
  assert.deepEqual(shapesAt(analysis, "conv")[0]!.output, [7, 64, 12, 12]);
  assert.deepEqual(shapesAt(analysis, "first")[0]!.output, ["B", 64, 12, 12]);
});

test("lazy layers get their sizes from the example input", () => {
  const { layers } = analysisOf(
    "# init-lens: input (N, 3, 8, 8)\nnet = nn.Sequential(nn.LazyConv2d(4, 3), nn.Flatten(), nn.LazyLinear(5))",
  );
  assert.deepEqual(
    layers.map(({ class: name, parameters }) => [name, parameters[0]!.shape]),
    [
      ["torch.nn.LazyConv2d", [4, 3, 3, 3]],
      ["torch.nn.LazyLinear", [5, 144]],
    ],
  );
  assert.deepEqual(
    layers.map(({ parameters }) => parameters[0]!.current.kind),
    ["uniform", "uniform"],
  );
});

function misfits(source: string): (readonly [string, number, string | undefined])[] {
  const { findings } = analysisOf(source);
  return findings
    .filter(({ code }) => code === "IL012")
    .map(({ message, site, fix }) => [message, site.line, fix?.edits[0]?.newText]);
}

test("sizes that do not fit are found where the layer is made, with both numbers and a fix", () => {
  assert.deepEqual(misfits(`${NET}Net()(torch.randn(1, 1, 23, 23))`), [
    [
      "This layer takes 9216 features, but is given 7744 (64 × 11 × 11, flattened): the input is [1, 7744] (line 13).",
      9,
      "7744",
    ],
  ]);
});

test("layers that cannot follow each other are found without an example input", () => {
  const source = "model = nn.Sequential(nn.Linear(10, 20), nn.ReLU(), nn.Linear(30, 5))";
  assert.match(misfits(source)[0]![0], /takes 30 features, but is given 20/);
  assert.deepEqual(misfits("model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Linear(16, 5))"), []);
});

test("nothing is found where the program waits for the error, or where it may never come there", () => {
  const call = "Net()(torch.randn(1, 1, 24, 24))";
  assert.deepEqual(
    misfits(`import pytest\n${NET}def test_it():\n    with pytest.raises(RuntimeError):\n        ${call}`),
    [],
  );
  assert.deepEqual(misfits(`import sys\n${NET}if len(sys.argv) > unknown:\n    ${call}`), []);
});
