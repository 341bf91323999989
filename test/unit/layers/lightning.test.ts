/** Models of PyTorch Lightning 2.x, whose shapes come from the arguments that they keep. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { modelOf } from "./torchPrograms.js";

const PROGRAM = `
from argparse import Namespace
from torch import nn
import pytorch_lightning as pl
from lightning.pytorch import LightningModule, Trainer, seed_everything
from pytorch_lightning.callbacks import ModelCheckpoint

class Base(pl.LightningModule):
    def __init__(self, width=32, *, depth=2, **kwargs):
        super().__init__()
        self.save_hyperparameters()
        self.first = nn.Linear(8, self.hparams.width)

class Net(Base):
    def __init__(self, size, width=16, rate=0.1):
        super().__init__(width=width, extra=5)
        self.save_hyperparameters(ignore=["rate"])
        self.second = nn.Linear(self.hparams.size, self.hparams["width"])

class Named(LightningModule):
    def __init__(self, a, b=3, c=4):
        super().__init__()
        self.save_hyperparameters("a", "b")
        self.layer = nn.Linear(self.hparams.a, self.hparams.b)

class Given(pl.core.LightningModule):
    def __init__(self, hparams):
        super().__init__()
        self.save_hyperparameters(hparams)
        self.layer = nn.Linear(self.hparams.width, self.hparams.width + 1)

class Deeper(Base):
    def __init__(self, size):
        super().__init__(depth=size)
        self.deep = nn.Linear(2, self.hparams.depth)

def trained():
    seed_everything(1)
    net = Net(4)
    Trainer(max_epochs=1, callbacks=[ModelCheckpoint()]).fit(net)
    return net
`;

/** As the same program prints them with pytorch_lightning 2.6. */
const SHAPES: readonly (readonly [call: string, shapes: readonly (readonly number[])[]])[] = [
  ["Net(4)", [[16, 8], [16], [16, 4], [16]]],
  ["Named(5)", [[3, 5], [3]]],
  ["Given(Namespace(width=6))", [[7, 6], [7]]],
  ["trained()", [[16, 8], [16], [16, 4], [16]]],
];

for (const [call, shapes] of SHAPES) {
  test(`${call} has the sizes of the arguments that it keeps`, () => {
    const { parameters, complete } = modelOf(PROGRAM, call);
    assert.deepEqual(
      parameters.map(({ shape }) => shape),
      shapes,
    );
    assert.ok(complete);
  });
}

test("what only a base class was given is not known", () => {
  const { parameters, complete } = modelOf(PROGRAM, "Deeper(3)");
  assert.equal(typeof parameters.find(({ name }) => name === "deep.bias")?.shape[0], "string");
  assert.ok(!complete);
});
