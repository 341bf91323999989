/** What Hydra 1.3 gives for the same expressions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./programs.js";

const PROGRAM = `
import hydra
from hydra import compose, initialize
from hydra.core.config_store import ConfigStore
from hydra.utils import instantiate, get_class
from omegaconf import OmegaConf
from dataclasses import dataclass

@dataclass
class Stored:
    size: int = 3

ConfigStore.instance().store(name="stored", node=Stored)
with initialize(version_base=None, config_path="conf"):
    base = compose(config_name="config")
    big = compose(config_name="config", overrides=["experiment=big", "optimizer.lr=2", "+extra.x=1"])
    picked = compose(config_name="config", overrides=["model=large"])
    stored = compose(config_name="stored", overrides=["size=4"])
net = instantiate(base.model)
wide = instantiate(big.model, width=100, name=object)
later = instantiate({"_target_": "nets.Net", "_partial_": True, "depth": 2})
listed = instantiate([{"_target_": "nets.pair", "_args_": [1, 2], "a": {"b": [3]}}, 5])
flat = instantiate({"_target_": "nets.Net", "_recursive_": False, "width": 1, "encoder": {"_target_": "nets.Net", "width": 2}})
`;

const FILES = {
  "conf/config.yaml": `
defaults:
  - model: small
  - optimizer: sgd
  - _self_
  - optional absent: none
  - experiment: null
steps: 10
width: \${model.width}
optimizer:
  lr: 0.5
`,
  "conf/experiment/big.yaml": `
# @package _global_
defaults:
  - override /model: large
steps: 20
model:
  depth: 7
`,
  "conf/model/encoder/deep.yaml": `
_target_: nets.Net
width: 3
depth: 5
`,
  "conf/model/encoder/plain.yaml": `
_target_: nets.Net
width: 2
`,
  "conf/model/large.yaml": `
defaults:
  - small
  - override encoder: deep
width: 64
`,
  "conf/model/small.yaml": `
defaults:
  - encoder: plain
_target_: nets.Net
width: 8
depth: \${steps}
`,
  "conf/optimizer/sgd.yaml": `
lr: 0.1
name: sgd
`,
  "nets.py": `
class Net:
    def __init__(self, width, depth=1, encoder=None, **more):
        self.width, self.depth, self.encoder, self.more = width, depth, encoder, more
    def __repr__(self):
        return f"Net({self.width}, {self.depth}, {self.encoder}, {self.more})"
def pair(*args, **kwargs):
    return args, sorted(kwargs)
`,
};

const CASES: readonly (readonly [expression: string, wanted: string])[] = [
  [`base.steps, base.width, base.optimizer.lr, base.optimizer.name`, `(10, 8, 0.5, 'sgd')`],
  [`base.model.encoder.width, 'experiment' in base, 'absent' in base`, `(2, False, False)`],
  [`picked.model.width, picked.model.encoder.width, picked.model.depth`, `(64, 3, 10)`],
  [
    `big.steps, big.model.width, big.model.depth, big.model.encoder.depth, big.optimizer.lr, big.extra.x`,
    `(20, 64, 7, 5, 2, 1)`,
  ],
  [`stored.size`, `4`],
  [`net`, `Net(8, 10, Net(2, 1, None, {}), {})`],
  [
    `wide.width, wide.depth, wide.encoder, wide.more == {'name': object}`,
    `(100, 7, Net(3, 5, None, {}), True)`,
  ],
  [`later(3)`, `Net(3, 2, None, {})`],
  [`list(listed)`, `[((1, 2), ['a']), 5]`],
  [`flat.encoder['_target_'], flat.encoder.width`, `('nets.Net', 2)`],
  [`get_class('nets.Net') is type(net)`, `True`],
];

test("configurations are composed of files, objects are made from them", () => {
  const { show, messages } = run(PROGRAM, FILES);
  assert.deepEqual(messages, []);
  for (const [expression, wanted] of CASES) assert.equal(show(expression), wanted, expression);
});

test("the program that Hydra starts gets the configuration beside it", () => {
  const { show } = run(
    `
import hydra
seen = []
@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(config):
    seen.append(config.model.width)
main()
`,
    FILES,
  );
  assert.equal(show("seen"), "[8]");
});

test("objects whose class is not there are unknown", () => {
  const { show } = run("from hydra.utils import instantiate\nx = instantiate({'_target_': 'nowhere.Net'})");
  assert.equal(show("x"), "?");
});
