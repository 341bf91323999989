/** What yacs 0.1.8, ml_collections 1.1.0, easydict 1.13, addict 2.4 and jsonmerge 1.9.2 give for the same expressions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./programs.js";

const YAML = "MODEL:\n  DEPTHS: [2, 2, 6, 2]\n  DILATION: (False, True)\n  SWIN:\n    EMBED_DIM: 128\n";

const PROGRAM = `
import copy
from dataclasses import dataclass, field

import ml_collections
from addict import Dict
from easydict import EasyDict as edict
from jsonmerge import merge
from ml_collections import config_dict
from yacs.config import CfgNode as CN

node = CN()
node.MODEL = CN()
node.MODEL.NAME = "x"
node.MODEL.DEPTHS = [1]
node.MODEL.DILATION = (True, True)
node.MODEL.SWIN = CN(new_allowed=True)
node.MODEL.SWIN.EMBED_DIM = 96
node.LR = 0.1
merged = node.clone()
merged.defrost()
merged.merge_from_file("net.yaml")
merged.merge_from_list(["MODEL.NAME", "y", "LR", "0.5", "MODEL.DEPTHS", "(3, 4)"])
merged.freeze()
written = node.clone()
written.merge_from_file("net.py")

config = ml_collections.ConfigDict({"a": {"b": 1}})
config.transformer = ml_collections.ConfigDict()
config.transformer.width = 3072
config.patches = ml_collections.ConfigDict({"size": (16, 16)})
config.left = config_dict.placeholder(int)
config.update({"a": {"c": 4}})
with config.unlocked():
    config.new = 5
frozen = ml_collections.FrozenConfigDict(config)

easy = edict(d={"a": [{"b": 1}]}, c=2)
easy.e = {"f": 3}

class Sized(edict):
    width = 8
    items_seen = None

sized = Sized({"width": 16})
sized.height = 2

@dataclass
class Net(edict):
    width: int = None
    depth: int = field(default=2)

net = Net(width=64)
other = copy.deepcopy(net)
other.depth = 5

added = Dict()
added.a.b.c = 1

base = {"model": {"width": 1, "depths": [1, 2]}, "lr": 0.1}
joined = merge(base, {"model": {"depths": [3], "type": None}, "lr": {"max": 1}})

def missing(config, name):
    try:
        return getattr(config, name)
    except AttributeError as error:
        return type(error).__name__
`;

const EXPECTED: Readonly<Record<string, string>> = {
  "(sized.width, sized.height, sorted(sized.keys()))": "(16, 2, ['height', 'items_seen', 'width'])",
  "(net.width, net['width'], net.depth, len(net))": "(64, 64, 2, 2)",
  "(other.depth, net.depth, type(other).__name__)": "(5, 2, 'Net')",
  "(easy.pop('c'), hasattr(easy, 'c'), 'c' in easy)": "(2, False, False)",
  "merged.MODEL.DEPTHS": "[3, 4]",
  "merged.MODEL.DILATION": "(False, True)",
  "written.MODEL.NAME, written.MODEL.SWIN.EMBED_DIM, node.MODEL.NAME": "('z', 96, 'x')",
  "merged.MODEL.SWIN.EMBED_DIM": "128",
  "node.MODEL.SWIN.EMBED_DIM": "96",
  "(merged.MODEL.NAME, merged.LR)": "('y', 0.5)",
  "type(merged.MODEL).__name__": "'CfgNode'",
  "sorted(merged.MODEL.keys())": "['DEPTHS', 'DILATION', 'NAME', 'SWIN']",
  "('LR' in merged, merged.get('NO', 3), missing(merged, 'NO'))": "(True, 3, 'AttributeError')",
  "(config.a.b, config.a.c)": "(1, 4)",
  "dict(**config.transformer)": "{'width': 3072}",
  "config.patches['size']": "(16, 16)",
  "(config.left, config.get('q', 7), missing(config, 'q'))": "(None, 7, 'AttributeError')",
  "config.to_dict()['transformer']": "{'width': 3072}",
  "(config.new, frozen.a.c)": "(5, 4)",
  "(easy.a[0].b, easy['c'], easy.e.f, missing(easy, 'x'))": "(1, 2, 3, 'AttributeError')",
  "(joined, base['lr'])": "({'model': {'width': 1, 'depths': [3], 'type': None}, 'lr': {'max': 1}}, 0.1)",
  "(added.a.b, added.x)": "({'c': 1}, {})",
};

test("configurations of yacs, ml_collections, easydict, addict and jsonmerge", async (t) => {
  const { show, messages } = run(PROGRAM, {
    "net.yaml": YAML,
    "net.py": "from yacs.config import CfgNode as CN\ncfg = CN()\ncfg.MODEL = CN()\ncfg.MODEL.NAME = 'z'\n",
  });
  assert.deepEqual(messages, []);
  for (const [expression, wanted] of Object.entries(EXPECTED)) {
    await t.test(expression, () => assert.equal(show(expression), wanted));
  }
});
