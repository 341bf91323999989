import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import type { Dialect } from "../../../src/snippets/snippet.js";
import { translation } from "../../../src/snippets/translation.js";
import { reportText } from "../../../src/views/report.js";

function analysed(text: string) {
  return analyse({ file: "/p/my_file.py", cells: [{ index: null, text }] }, { read: () => null });
}

/** The last line of what the first layer of a text is in another framework, or the refusal. */
function translated(text: string, dialect: Dialect): string {
  const written = translation(analysed(text).layers[0]!, dialect);
  return typeof written === "string" ? written.split("\n").at(-1)! : written.message;
}

test("what a layer draws is written for another framework with the same figures", () => {
  const torch = "from torch import nn\nfc = nn.Linear(784, 256)\n";
  assert.equal(
    translated(torch, "keras"),
    'kernel_initializer=keras.initializers.VarianceScaling(scale=0.3333333333, mode="fan_in", distribution="uniform")',
  );
  assert.equal(
    translated(`${torch}nn.init.xavier_normal_(fc.weight)`, "linen"),
    "kernel_init=nn.initializers.glorot_normal()",
  );
  const numpy = "import numpy as np\nW = np.random.uniform(-0.05, 0.05, size=(64, 32))\n";
  assert.equal(translated(numpy, "torch"), "nn.init.uniform_(layer.weight, a=-0.05, b=0.05)");
  const constant = "import numpy as np\nW = np.full((64, 32), 0.1)\n";
  assert.match(translated(constant, "torch"), /constant_\(layer\.weight, 0\.1\)/);
});

test("what is not known is not translated", () => {
  const unknown = "import mystery\nfrom torch import nn\nfc = nn.Linear(4, 5)\nmystery.fill(fc.weight)\n";
  assert.equal(translated(unknown, "keras"), "What this layer draws is not known.");
});

test("a report is a table that Markdown keeps as it is", () => {
  const text = reportText(analysed("import numpy as np\nW_1 = np.random.randn(64, 32)\n"));
  assert.match(text, /^# my\\_file\.py\n/);
  assert.match(
    text,
    /\| 2 \| W\\_1 \| numpy\.random\.randn \| 64×32 \| N\(0, 1²\) \| He normal, N\(0, 0\.1768²\)/,
  );
});
