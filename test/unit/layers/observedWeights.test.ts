import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { resultOf } from "./torchPrograms.js";

/** What a layer that a program makes as `layer` draws in the end: the kind of the law of its weight. */
function kindAfter(program: string): string | undefined {
  const text = `import torch\nfrom torch import nn\nlayer = nn.Linear(3, 4)\n${program}`;
  const { layers } = analyse({ file: "/work/main.py", cells: [{ index: null, text }] }, { read: () => null });
  return layers.find(({ name }) => name === "layer")?.parameters[0]?.current.kind;
}

/** Programs that only look at a model's weights. */
const LOOKING = [
  'torch.save(layer.state_dict(), "weights.pt")',
  'torch.save({"model": layer.state_dict(), "epoch": 3}, "weights.pt")',
  "import wandb\nwandb.init()\nwandb.watch(layer)",
  "import matplotlib.pyplot as plt\nplt.hist(layer.weight.detach().numpy())\nplt.show()",
  "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots(1, 2)\naxes[0].imshow(layer.weight.data)",
  'from torch.utils.tensorboard import SummaryWriter\nSummaryWriter().add_histogram("w", layer.weight, 0)',
  'import pickle\nwith open("w", "wb") as file:\n    pickle.dump(layer, file)',
  "if torch.accelerator.is_available():\n    change(layer)",
  'layer.load_state_dict(torch.load("weights.pt"))',
  'from given import sizes\nlayer.register_buffer("noise", torch.empty(sizes(3)))\nlayer.load_state_dict(layer.state_dict())',
  "import sys\nif len(sys.argv) > 1:\n    layer.load_state_dict(torch.load(sys.argv[1]))",
];

for (const program of LOOKING) {
  test(`still drawn as it was made: ${program.split("\n").at(-1)?.trim()}`, () => {
    assert.equal(kindAfter(program), "uniform");
  });
}

/** Programs after which nobody knows what is drawn, or which draw something else. */
const CHANGING: readonly (readonly [program: string, kind: string])[] = [
  ["from given import change\nchange(layer)", "unknown"],
  ["from given import bar\nfor one in bar(list(layer.parameters())):\n    one.data.fill_(0.5)", "unknown"],
  ["from given import wrap\nbar = wrap([layer])\nbar.iterable[0].reset()", "unknown"],
  ["from tqdm import tqdm\nfor one in tqdm(list(layer.parameters())):\n    one.data.fill_(0.5)", "constant"],
];

for (const [program, kind] of CHANGING) {
  test(`no longer what it was made with: ${program.split("\n").at(-1)?.trim()}`, () => {
    assert.equal(kindAfter(program), kind);
  });
}

test("naming a mapping that loads what it is asked for asks it nothing", () => {
  const source = `
class Late(dict):
    asked = []
    def __iter__(self):
        self.asked.append("keys")
        return super().__iter__()
    def __getitem__(self, key):
        self.asked.append(key)
        return super().__getitem__(key)
model_parts = Late(first=1)
`;
  assert.deepEqual(resultOf(source, "Late.asked"), []);
});
