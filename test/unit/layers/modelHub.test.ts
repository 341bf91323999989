/** Mixins of huggingface_hub, where the package is not there to be read and where it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { modelOf } from "./torchPrograms.js";

const NET = `
from torch import nn
from huggingface_hub import PyTorchModelHubMixin

class Net(nn.Module, PyTorchModelHubMixin, library_name="nets", tags=["vision"]):
    def __init__(self, config: dict):
        super().__init__()
        self.head = nn.Linear(config["width"], 3, bias=False)
`;

/** A package that imports what it has when it is asked for. */
const INSTALLED = {
  "huggingface_hub/__init__.py": `
import importlib
def __getattr__(name):
    return getattr(importlib.import_module("huggingface_hub.hub_mixin"), name)
`,
  "huggingface_hub/hub_mixin.py": "raise RuntimeError('stood in for')\n",
};

for (const [where, files] of [
  ["absent", {}],
  ["installed", INSTALLED],
] as const) {
  test(`a model with a mixin and what its card says: huggingface_hub ${where}`, () => {
    const { parameters, complete } = modelOf(NET, 'Net({"width": 5})', files);
    assert.deepEqual(
      parameters.map(({ name, shape }) => [name, shape]),
      [["head.weight", [3, 5]]],
    );
    assert.equal(complete, true);
  });
}
