import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { resultOf } from "./torchPrograms.js";

/** What a layer that a program makes as `layer` draws in the end: the kind of the law of its weight. */
function kindAfter(program: string): string | undefined {
  const text = `import torch\nfrom torch import nn\nlayer = nn.Linear(3, 4)\n${program}`;
  const { layers } = analyse(
    { file: "/project/main.py", cells: [{ index: null, text }] },
    { read: () => null },
  );
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
  'state = layer.state_dict()\nstate.update(torch.load("weights.pt"))\nlayer.load_state_dict(state)',
  'loaded = torch.load("weights.pt")\nstate = {}\nfor key in loaded:\n    state[key.replace("net.", "")] = loaded[key]\nlayer.load_state_dict(state, strict=False)',
  'own = layer.state_dict()\nkept = {k: v for k, v in torch.load("weights.pt").items() if k in own and v.size() == own[k].size()}\nown.update(kept)\nlayer.load_state_dict(own)',
];

for (const program of LOOKING) {
  test(`still drawn as it was made: ${program.split("\n").at(-1)?.trim()}`, () => {
    assert.equal(kindAfter(program), "uniform");
  });
}

/** Programs that train: what nobody knows changes weights then, and not what they start from. */
const TRAINING = [
  "optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)\ntrain(layer, optimizer)",
  'optimizer = torch.optim.Adam([{"params": layer.parameters(), "lr": 0.1}])\ntrain(layer)',
  "optimizer = torch.optim.AdamW(list(layer.named_parameters()))\ntrain(layer)",
  "trained = filter(lambda one: one.requires_grad, layer.parameters())\noptimizer = torch.optim.Adam(trained)\ntrain(layer)",
  "import sys\nname = sys.argv[1]\nif name == 'sgd':\n    optimizer = torch.optim.SGD(layer.parameters(), 0.1)\nelse:\n    optimizer = torch.optim.Adam(layer.parameters())\ntrain(layer)",
  "class Mine(torch.optim.Optimizer):\n    def __init__(self, params, lr):\n        super().__init__(params, dict(lr=lr))\noptimizer = Mine(layer.parameters(), 0.1)\ntrain(layer)",
  "optimizer = torch.optim.SGD(layer.parameters(), 0.1)\noptimizer.step()\nfor p in layer.parameters():\n    p.data.clamp_(-0.01, 0.01)",
  "from given import data\noptimizer = torch.optim.SGD(layer.parameters(), 0.1)\nfor x in data:\n    layer(x).sum().backward()\n    optimizer.step()\n    with torch.no_grad():\n        for p in layer.parameters():\n            p.clamp_(-0.01, 0.01)",
  "layer(torch.randn(2, 3)).sum().backward()\nwith torch.no_grad():\n    for p in layer.parameters():\n        p -= 0.1 * p.grad",
  "student = nn.Linear(3, 4)\noptimizer = torch.optim.SGD(student.parameters(), 0.1)\nfor _ in range(3):\n    optimizer.step()\n    for slow, fast in zip(layer.parameters(), student.parameters()):\n        slow.data.copy_(0.9 * slow.data + 0.1 * fast.data)",
  "optimizer = torch.optim.SGD(layer.parameters(), 0.1)\noptimizer.step()\nfor p in layer.parameters():\n    p.data = p.data * 0.5",
  "layer.requires_grad_(True)\nimport lion\noptimizer = torch.optim.Adam(layer.parameters())\nlion.train(model=layer)",
];

for (const program of TRAINING) {
  test(`what follows is training: ${program.split("\n").slice(-2).join(" ").trim()}`, () => {
    assert.equal(kindAfter(`from given import train\n${program}`), "uniform");
  });
}

test("an optimizer has its groups as torch has them", () => {
  const source = `
import torch
from torch import nn
layer = nn.Linear(3, 4)
optimizer = torch.optim.SGD(layer.parameters(), lr=0.5, momentum=0.9)
for group in optimizer.param_groups:
    group["lr"] *= 0.5
optimizer.add_param_group({"params": [nn.Parameter(torch.zeros(2))], "lr": 3})
`;
  const told = '[(len(group["params"]), group["lr"], group["momentum"]) for group in optimizer.param_groups]';
  assert.deepEqual(resultOf(source, told), [
    [2, 0.25, 0.9],
    [1, 3, 0.9],
  ]);
  assert.deepEqual(resultOf(source, 'torch.optim.Adam(layer.parameters()).defaults["lr"]'), 0.001);
});

/** Programs after which nobody knows what is drawn, or which draw something else. */
const CHANGING: readonly (readonly [program: string, kind: string])[] = [
  ["from given import change\nchange(layer)", "unknown"],
  ["from given import change\nother = torch.optim.SGD([layer.bias], 0.1)\nchange(layer)", "unknown"],
  ["optimizer = torch.optim.SGD(layer.parameters(), 0.1)\nnn.init.zeros_(layer.weight)", "constant"],
  [
    "other = nn.Linear(3, 4)\noptimizer = torch.optim.SGD(other.parameters(), 0.1)\noptimizer.step()\nnn.init.zeros_(layer.weight)",
    "constant",
  ],
  [
    "import sys\nfrom given import change\nif sys.argv[1:]:\n    optimizer = torch.optim.SGD(layer.parameters(), 0.1)\nchange(layer)",
    "unknown",
  ],
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

test("a target network that starts as a copy is drawn as its original", () => {
  const source = `
import torch
from torch import nn
def network():
    return nn.Linear(3, 4)
online, target = network(), network()
target.load_state_dict(online.state_dict())
import os
if os.path.exists("online.pt"):
    online.load_state_dict(torch.load("online.pt"))
    target.load_state_dict(online.state_dict())
`;
  const { layers } = analyse({ file: "/m.py", cells: [{ index: null, text: source }] }, { read: () => null });
  assert.deepEqual(
    layers[0]?.parameters.map(({ current }) => current.kind),
    ["uniform", "uniform"],
  );
});
