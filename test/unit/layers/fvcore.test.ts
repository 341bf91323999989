/** fvcore's ways of filling a layer, with the package absent. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { modelOf } from "./torchPrograms.js";

for (const imported of ["import fvcore.nn.weight_init as weight_init", "from fvcore.nn import weight_init"]) {
  test(`layers filled as Caffe2 did: ${imported}`, () => {
    const { parameters, complete } = modelOf(
      `
from torch import nn
${imported}

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 32, 3, bias=False)
        self.fc = nn.Linear(48, 5)
        weight_init.c2_msra_fill(self.conv)
        weight_init.c2_xavier_fill(self.fc)
`,
      "Net()",
      {},
    );
    const drawn = Object.fromEntries(parameters.map(({ name, current }) => [name, current]));
    assert.equal(complete, true);
    // √(2 / fan-out), for 32 outputs of 9 places each.
    assert.ok(drawn["conv.weight"]?.kind === "normal" && Math.abs(drawn["conv.weight"].std - 1 / 12) < 1e-12);
    // √3 · gain / √fan-in, with the gain 1 that a slope of 1 gives.
    assert.ok(
      drawn["fc.weight"]?.kind === "uniform" && Math.abs(drawn["fc.weight"].high - Math.sqrt(3 / 48)) < 1e-12,
    );
    assert.equal(drawn["fc.bias"]?.kind === "constant" && drawn["fc.bias"].value, 0);
  });
}
