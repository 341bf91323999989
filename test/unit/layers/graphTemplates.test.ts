/** Layers of PyTorch Geometric, which writes faster copies of their methods when it makes one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { modelOf } from "./torchPrograms.js";

const PACKAGE = {
  "torch_geometric/__init__.py": "",
  "torch_geometric/template.py": "raise RuntimeError('stood in for')\n",
  "torch_geometric/nn.py": `
from torch import nn
from torch_geometric.template import module_from_template

class Passing(nn.Module):
    def __init__(self):
        super().__init__()
        try:
            self.__class__.propagate = module_from_template("copy", "copy.jinja", "copies").propagate
        except Exception:
            self.keeps = nn.Linear(3, 2)

    def propagate(self, x):
        return x
`,
};

test("no template is filled in: the methods stay what they are", () => {
  const { parameters, complete } = modelOf("from torch_geometric.nn import Passing", "Passing()", PACKAGE);
  assert.deepEqual(
    parameters.map(({ name, shape }) => [name, shape]),
    [
      ["keeps.weight", [2, 3]],
      ["keeps.bias", [2]],
    ],
  );
  assert.equal(complete, true);
});
