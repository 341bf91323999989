/** Models of transformers, whose decorators ask for sections that other decorators wrote. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { modelOf } from "./torchPrograms.js";

const PACKAGE = {
  "transformers/__init__.py": "",
  "transformers/utils/__init__.py": `
from transformers.utils.doc import add_start_docstrings, copy_func, replace_return_docstrings
`,
  "transformers/utils/doc.py": "raise RuntimeError('stood in for')\n",
  "transformers/models.py": `
from torch import nn
from transformers.utils import add_start_docstrings, copy_func, replace_return_docstrings

def widen(x, by=2):
    return x * by

widened = copy_func(widen)

@add_start_docstrings("A model.")
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(widened(3), 2)

    @replace_return_docstrings(output_type=dict, config_class="Config")
    def forward(self, x):
        return self.layer(x)
`,
};

test("no documentation is written: classes and functions stay what they are", () => {
  const { parameters, complete } = modelOf("from transformers.models import Model", "Model()", PACKAGE);
  assert.deepEqual(
    parameters.map(({ name, shape }) => [name, shape]),
    [
      ["layer.weight", [2, 6]],
      ["layer.bias", [2]],
    ],
  );
  assert.equal(complete, true);
});
