import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { notebookCells } from "../../../src/python/documents/notebook.js";

const NO_FILES = { read: () => null };

const IMPORTS = "import tensorflow as tf\nfrom tensorflow import keras\nfrom tensorflow.keras import layers";

/** Every layer of a notebook's cells as `cell:line name shape…`. */
function layersOf(...texts: readonly string[]): string[] {
  const cells = [IMPORTS, ...texts].map((text, index) => ({ index, text }));
  return analyse({ file: "/n.ipynb", cells }, NO_FILES).layers.map(({ site, parameters }) => {
    const shapes = parameters.map(({ shape }) => `[${shape.join(",")}]`).join(" ");
    return `${site.cell}:${site.line} ${shapes}`;
  });
}

/** Each clause of what real notebooks hold: cells after the imports, and the layers they make. */
const NOTEBOOKS: readonly (readonly [name: string, cells: readonly string[], layers: readonly string[]])[] = [
  [
    "the last definition before its use counts",
    [
      "n = 8\ndef block():\n    return layers.Dense(n)",
      "a = keras.Sequential([keras.Input((4,)), block()])",
      "n = 16\ndef block():\n    return layers.Dense(2 * n)",
      "b = keras.Sequential([keras.Input((4,)), block()])",
    ],
    ["1:3 [4,8] [8]", "3:3 [4,32] [32]"],
  ],
  [
    "a cell that names what only a later one makes fails, and changes nothing of the order",
    [
      "image = decoder(latent)",
      "x = layers.Dense(32)(keras.Input((9,)))\ncode = layers.Dense(2)(x)",
      "latent = keras.Input((2,))\nx = layers.Dense(7)(latent)\ndecoder = keras.Model(latent, x)",
    ],
    ["2:1 [9,32] [32]", "2:2 [32,2] [2]", "3:2 [2,7] [7]"],
  ],
  [
    "a model that is made again is the new one",
    [
      "model = keras.Sequential([keras.Input((4,))])\nmodel.add(layers.Dense(8))",
      "model = keras.Sequential([keras.Input((6,))])",
      "model.add(layers.Dense(3))",
    ],
    ["1:2 [4,8] [8]", "3:1 [6,3] [3]"],
  ],
  [
    "cells of another language and files written by a cell say nothing",
    [
      "n = 5",
      "%%writefile net.py\nn = 7\nx = layers.Dense(1)",
      "%%bash\nn=9",
      "%%html\n<b>n = 11</b>",
      "%%javascript\nvar n = 3;",
      "m = keras.Sequential([keras.Input((n,)), layers.Dense(1)])",
    ],
    ["6:1 [5,1] [1]"],
  ],
  [
    "magics, shell lines and questions for help stand between",
    [
      "%matplotlib inline\n!pip install -q keras\nlayers.Dense?\n??keras\n%load_ext autoreload\nn = !nproc",
      "%%time\nm = keras.Sequential([keras.Input((3,)), layers.Dense(2)])\nm.summary()",
    ],
    ["2:2 [3,2] [2]"],
  ],
  [
    "a cell that is no Python costs the others nothing",
    ["n = 5", "def broken(:\n    return (", "m = keras.Sequential([keras.Input((n,)), layers.Dense(1)])"],
    ["3:1 [5,1] [1]"],
  ],
  [
    "a cell that fails, and packages nobody has, cost the others nothing",
    [
      "import keras_tuner as kt\nfrom no.such import thing",
      "history = undefined_name.fit()\nthing(history)",
      "m = keras.Sequential([keras.Input((5,)), layers.Dense(1)])",
    ],
    ["3:1 [5,1] [1]"],
  ],
  [
    "a cell may await",
    [
      "import asyncio\nresult = await asyncio.sleep(1)\nm = keras.Sequential([keras.Input((5,)), layers.Dense(1)])",
    ],
    ["1:3 [5,1] [1]"],
  ],
  [
    "data that nobody knows gives its name to what hangs on it",
    [
      "import pandas as pd\ndf = pd.read_csv('x.csv')\nX = df.values\nn_classes = df.y.nunique()",
      "m = keras.Sequential([layers.Dense(7, input_shape=X.shape[1:]),\n  layers.Dense(n_classes)])",
    ],
    ["2:1 [df.values.shape[-1],7] [7]", "2:2 [7,n_classes] [n_classes]"],
  ],
  [
    "what is used before its cell has run is found where a function is called later",
    [
      "def build():\n    return keras.Sequential([keras.Input((width,)), layers.Dense(1)])",
      "width = 12",
      "m = build()",
    ],
    ["1:2 [12,1] [1]"],
  ],
  [
    "an earlier definition that nobody calls is told with its own layers",
    [
      "from torch import nn\nclass Net(nn.Module):\n    def __init__(self, n=3):\n        super().__init__()\n        self.one = nn.Linear(4, n)",
      "def build():\n    return keras.Sequential([keras.Input((3,)), layers.Dense(4)])",
      "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.two = nn.Linear(5, 6)",
      "def build(k):\n    return keras.Sequential([keras.Input((5,)), layers.Dense(k)])",
      "net = Net()\nm = build(9)",
    ],
    ["1:5 [3,4] [3]", "2:2 [3,4] [4]", "3:4 [6,5] [6]", "4:2 [5,9] [9]"],
  ],
];

for (const [name, cells, layers] of NOTEBOOKS) {
  test(`notebooks: ${name}`, () => assert.deepEqual(layersOf(...cells), layers));
}

test("a file with # %% cells is one module", () => {
  const text = `# %% [markdown]\n# # Title\n# %%\n${IMPORTS}\n# %%\nn = 3\n# %% make\nm = keras.Sequential([keras.Input((n,)), layers.Dense(2)])\n`;
  const { layers } = analyse({ file: "/n.py", cells: [{ index: null, text }] }, NO_FILES);
  assert.deepEqual(
    layers.map(({ site, parameters }) => [site.line, site.cell, parameters[0]?.shape]),
    [[10, undefined, [3, 2]]],
  );
});

test("Markdown between cells counts as a cell; a corrupt notebook says what is wrong", () => {
  const code = (source: string) => ({ cell_type: "code", source, metadata: {} });
  const cells = [
    { cell_type: "markdown", source: "# a title, `layers.Dense(3)`" },
    code(IMPORTS),
    { cell_type: "raw", source: "layers.Dense(3)" },
    code("m = keras.Sequential([keras.Input((4,)), layers.Dense(2)])"),
  ];
  const found = notebookCells(JSON.stringify({ cells, nbformat: 4 }));
  assert.ok(Array.isArray(found));
  const { layers } = analyse({ file: "/n.ipynb", cells: found }, NO_FILES);
  assert.deepEqual(
    layers.map(({ site }) => site.cell),
    [3],
  );
  assert.match(String(notebookCells('{"cells": [{"cell_type": "code", "sou')), /is not valid JSON/);
});
