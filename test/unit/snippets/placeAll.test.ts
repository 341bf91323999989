import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { isRefusal } from "../../../src/init/refusal.js";
import { LinePositions } from "../../../src/python/syntax/positions.js";
import { snippetForLayer } from "../../../src/snippets/layer.js";
import { placeAll } from "../../../src/snippets/placeAll.js";
import type { LocalEdit } from "../../../src/snippets/placing.js";
import { importedNames } from "../../../src/source/importedNames.js";
import type { Layer } from "../../../src/types.js";
import { fits, mainParameter } from "../../../src/views/layerText.js";

function layersOf(text: string): readonly Layer[] {
  return analyse({ file: "/m.py", cells: [{ index: null, text }] }, { read: () => null }).layers;
}

/** A text after edits that do not touch each other. */
function edited(text: string, edits: readonly LocalEdit[]): string {
  const positions = new LinePositions(text);
  const spans = edits.map(({ line, column, endLine, endColumn, newText }) => ({
    start: positions.offset({ line, column }),
    end: positions.offset({ line: endLine, column: endColumn }),
    newText,
  }));
  return spans
    .sort((a, b) => b.start - a.start)
    .reduce((whole, { start, end, newText }) => whole.slice(0, start) + newText + whole.slice(end), text);
}

/** The text with every layer that can be initialised as recommended. */
function applied(text: string): string {
  const wanted = layersOf(text).flatMap((layer) => {
    const { recommended, site } = layer;
    const weight = mainParameter(layer);
    if (!recommended || !weight) return [];
    const before = text.split("\n")[site.line - 1]!.slice(0, site.column - 1);
    const owner = /^\s*([\w.]+)\s*=\s*$/.exec(before)?.[1];
    const style = { aliases: importedNames(text), ...(owner === undefined ? {} : { owner }) };
    const snippet = snippetForLayer(layer, weight, recommended.scheme, style, recommended.distribution);
    return snippet && !isRefusal(snippet) ? [{ site, snippet }] : [];
  });
  return edited(text, placeAll(text, wanted).edits);
}

const FILES: Readonly<Record<string, string>> = {
  torch: `"""A model."""
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.token = nn.Embedding(1000, 64)
        self.fc = nn.Linear(64, 32)  # kept
        self.out = nn.Linear(
            32,
            10,
        )

    def forward(self, x):
        return self.out(self.fc(self.token(x)).relu())

net = Net()
`,
  keras: `from keras import Sequential, layers

model = Sequential([
    layers.Input((784,)),
    layers.Dense(64, activation="relu"),
    layers.Dense(10),
])
`,
  flax: `import flax.linen as nn
import jax, jax.numpy as jnp

class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = nn.relu(nn.Dense(64)(x))
        return nn.Dense(10)(x)

params = Net().init(jax.random.key(0), jnp.ones((1, 784)))
`,
  numpy: `import numpy as np

W1 = np.random.randn(784, 64) * 0.01
W2 = np.random.rand(64, 10)
`,
};

for (const [framework, text] of Object.entries(FILES)) {
  test(`${framework}: after all recommendations are applied every layer draws what was recommended`, () => {
    const before = layersOf(text).filter(({ recommended }) => recommended !== null);
    const mended = applied(text);
    const after = layersOf(mended).filter(({ recommended }) => recommended !== null);
    assert.ok(before.length >= 2, mended);
    assert.equal(after.length, before.length, mended);
    for (const layer of after) {
      assert.ok(
        fits(layer.recommended!, mainParameter(layer)!.current),
        `${layer.name || layer.class}\n${mended}`,
      );
    }
    assert.equal(applied(mended), mended, "a second time changes nothing");
  });
}

test("what several snippets import is added once, below the imports that are there", () => {
  const mended = applied(
    "import os\nfrom keras import layers\n\na = layers.Dense(3)\na.build((None, 2))\nb = layers.Dense(4)\nb.build((None, 3))\n",
  );
  assert.equal(mended.split("\n").filter((line) => line.includes("import")).length, 3, mended);
});

test("a factor that may be an array is not written over", () => {
  const text = "import numpy as np\n\nmask = np.zeros((784, 64))\nW = mask * np.random.randn(784, 64)\n";
  assert.equal(applied(text), text);
});
