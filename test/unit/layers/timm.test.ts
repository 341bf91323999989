/** What timm 1.0.31 makes of the same lines, where timm is not there to be read. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { describe } from "../../../src/init/describe.js";
import { modelOf } from "./torchPrograms.js";

const told = (source: string, files: Readonly<Record<string, string>> = {}): string[] =>
  modelOf(source, "Net()", files).parameters.map(
    ({ name, shape, current }) => `${name} [${shape}] ${describe(current)}`,
  );

const net = (imports: string, ...body: readonly string[]): string =>
  `from torch import nn\n${imports}\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n${body
    .map((line) => `        ${line}\n`)
    .join("")}`;

test("a block of a vision transformer has timm's parameters", () => {
  const source = net(
    "from timm.models.vision_transformer import Block",
    "self.block = Block(8, 2, 4, qkv_bias=True, init_values=0.1)",
  );
  assert.deepEqual(
    told(source).map((line) => line.split(" ").slice(0, 2).join(" ")),
    [
      ...["block.norm1.weight [8]", "block.norm1.bias [8]"],
      ...["block.attn.qkv.weight [24,8]", "block.attn.qkv.bias [24]"],
      ...["block.attn.proj.weight [8,8]", "block.attn.proj.bias [8]"],
      "block.ls1.gamma [8]",
      ...["block.norm2.weight [8]", "block.norm2.bias [8]"],
      ...["block.mlp.fc1.weight [32,8]", "block.mlp.fc1.bias [32]"],
      ...["block.mlp.fc2.weight [8,32]", "block.mlp.fc2.bias [8]"],
      "block.ls2.gamma [8]",
    ],
  );
});

for (const folder of ["timm.layers", "timm.models.layers", "timm.models.layers.weight_init"]) {
  test(`initialisers of ${folder}`, () => {
    const source = net(
      `from ${folder} import lecun_normal_, trunc_normal_, trunc_normal_tf_`,
      "self.a = nn.Linear(4, 4, bias=False)",
      "trunc_normal_(self.a.weight, std=0.02)",
      "self.b = nn.Linear(4, 4, bias=False)",
      "trunc_normal_tf_(self.b.weight, std=0.02)",
      "self.c = nn.Linear(4, 4, bias=False)",
      "lecun_normal_(self.c.weight)",
    );
    assert.deepEqual(told(source), [
      "a.weight [4,4] N(0, 0.02²) within ±2",
      "b.weight [4,4] N(0, 0.02²) within ±0.04",
      "c.weight [4,4] N(0, 0.5684²) within ±1.137",
    ]);
  });
}

test("timm's own files come first", () => {
  const source = net("from timm.layers import DropPath", "self.path = DropPath()");
  assert.deepEqual(told(source), []);
  const files = {
    "timm/__init__.py": "",
    "timm/layers/__init__.py":
      "from torch import nn\nclass DropPath(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.w = nn.Linear(2, 1, bias=False)\n",
  };
  assert.deepEqual(told(source, files), ["path.w.weight [1,2] U(±0.7071)"]);
});

test("what of timm is not modelled is unknown, not missing", () => {
  const { complete } = modelOf(
    net("import timm", 'self.body = timm.create_model("resnet18")', "self.head = nn.Linear(4, 2)"),
    "Net()",
  );
  assert.equal(complete, false);
});
