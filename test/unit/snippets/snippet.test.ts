import assert from "node:assert/strict";
import { test } from "node:test";
import { std } from "../../../src/init/distributions.js";
import { drawCaffe } from "../../../src/init/frameworks/caffe.js";
import { isRefusal } from "../../../src/init/refusal.js";
import { SCHEME_IDS } from "../../../src/init/schemes.js";
import { DIALECTS, type SnippetRequest, snippet, snippetText } from "../../../src/snippets/snippet.js";

function text(request: SnippetRequest): string {
  const result = snippet(request);
  assert.ok(!isRefusal(result), isRefusal(result) ? result.message : "");
  return snippetText(result);
}

const expected: readonly [SnippetRequest, string][] = [
  [
    { scheme: "he_normal", dialect: "torch", target: "self.conv1.weight" },
    'import torch.nn as nn\n\nnn.init.kaiming_normal_(self.conv1.weight, nonlinearity="relu")',
  ],
  [
    { scheme: "he_normal", dialect: "torch", options: { a: 0.2 } },
    "import torch.nn as nn\n\nnn.init.kaiming_normal_(layer.weight, a=0.2)",
  ],
  [
    { scheme: "torch_default", dialect: "torch" },
    "import torch.nn as nn\n\nnn.init.kaiming_uniform_(layer.weight, a=5 ** 0.5)",
  ],
  [
    { scheme: "he_normal", dialect: "torch", options: { gain: 2 } },
    "import torch.nn as nn\n\nnn.init.normal_(layer.weight, std=(4 / layer.weight[0].numel()) ** 0.5)",
  ],
  [
    { scheme: "he_normal", dialect: "keras" },
    "import keras\n\nkernel_initializer=keras.initializers.HeNormal()",
  ],
  [
    { scheme: "ones", dialect: "keras", argument: "bias_initializer" },
    "import keras\n\nbias_initializer=keras.initializers.Ones()",
  ],
  [
    { scheme: "he_normal", dialect: "linen" },
    "import flax.linen as nn\n\nkernel_init=nn.initializers.he_normal()",
  ],
  [
    { scheme: "normal", dialect: "nnx", options: { std: 0.02 } },
    "from flax import nnx\n\nkernel_init=nnx.initializers.normal(0.02)",
  ],
  [
    { scheme: "lecun_normal", dialect: "jax", options: { shape: [64, 32] } },
    "import jax\n\nW = jax.nn.initializers.lecun_normal()(key, (64, 32))",
  ],
  [
    { scheme: "he_normal", dialect: "numpy", options: { shape: [64, 32] } },
    "import numpy as np\n\nW = np.random.normal(0, (2 / 64) ** 0.5, size=(64, 32))",
  ],
  [
    { scheme: "glorot_uniform", dialect: "numpy" },
    "import numpy as np\n\nlimit = (6 / (fan_in + fan_out)) ** 0.5\nW = np.random.uniform(-limit, limit, size=(fan_in, fan_out))",
  ],
  [
    { scheme: "glorot_uniform", dialect: "tensorflow", options: { shape: [64, 32] } },
    "import tensorflow as tf\n\nW = tf.Variable(tf.keras.initializers.GlorotUniform()(shape=(64, 32)))",
  ],
  [{ scheme: "he_normal", dialect: "caffe" }, 'weight_filler { type: "msra" }'],
  [{ scheme: "glorot_uniform", dialect: "caffe" }, 'weight_filler { type: "xavier" variance_norm: AVERAGE }'],
];

test("each framework's habit", () => {
  for (const [request, code] of expected) assert.equal(text(request), code);
});

test("the file's own imports, quotes and indentation are kept", () => {
  const aliases = new Map([
    ["torch.nn.init", "init"],
    ["torch", "th"],
  ]);
  assert.equal(
    text({ scheme: "he_normal", dialect: "torch", aliases, quote: "'" }),
    "init.kaiming_normal_(layer.weight, nonlinearity='relu')",
  );
  assert.equal(
    text({ scheme: "identity", dialect: "torch", aliases, indentation: "\t", options: { gain: 2 } }),
    "init.eye_(layer.weight)\nwith th.no_grad():\n\tlayer.weight.mul_(2)",
  );
  const inside = new Map([["tensorflow.keras", "keras"]]);
  assert.equal(
    text({ scheme: "he_normal", dialect: "keras", aliases: inside }),
    "kernel_initializer=keras.initializers.HeNormal()",
  );
  const star = new Map([["tensorflow.keras.initializers.HeNormal", "HeNormal"]]);
  assert.equal(
    text({ scheme: "he_normal", dialect: "keras", aliases: star }),
    "kernel_initializer=HeNormal()",
  );
});

test("where the framework would count other fans than the true ones, the numbers are written out", () => {
  const depthwise = { shape: [3, 3, 16, 1], fanIn: 9, fanOut: 9 };
  assert.match(
    text({ scheme: "he_normal", dialect: "keras", options: depthwise }),
    /TruncatedNormal\(stddev=\(2 \/ 9\) \*\* 0\.5 \/ 0\.8796/,
  );
  const transposed = { shape: [64, 32, 2, 2], fanIn: 64, fanOut: 32 };
  assert.match(
    text({ scheme: "he_normal", dialect: "torch", options: transposed }),
    /std=\(2 \/ 64\) \*\* 0\.5/,
  );
  const plain = { shape: [32, 16, 3, 3], fanIn: 144, fanOut: 288 };
  assert.match(text({ scheme: "he_normal", dialect: "torch", options: plain }), /kaiming_normal_/);
});

test("every scheme is written in every dialect on a kernel or a matrix, Caffe's few aside", () => {
  const caffe = new Set([
    "truncated_normal",
    "orthogonal",
    "identity",
    "dirac",
    "delta_orthogonal",
    "sparse",
  ]);
  for (const scheme of SCHEME_IDS) {
    for (const dialect of DIALECTS) {
      const written = [
        [4, 4, 8, 8],
        [8, 8],
      ].some((shape) => {
        const result = snippet({ scheme, dialect, options: { shape } });
        return !isRefusal(result) && !/undefined|NaN|null/.test(snippetText(result));
      });
      assert.equal(written, !(dialect === "caffe" && caffe.has(scheme)), `${scheme} in ${dialect}`);
    }
  }
});

test("what the framework refuses is not written", () => {
  const refused = (request: SnippetRequest) => isRefusal(snippet(request));
  assert.ok(refused({ scheme: "he_normal", dialect: "torch", options: { mode: "fan_avg" } }));
  assert.ok(refused({ scheme: "glorot_normal", dialect: "torch", options: { shape: [64] } }));
  assert.ok(refused({ scheme: "dirac", dialect: "torch", options: { shape: [8, 8] } }));
  assert.ok(refused({ scheme: "he_norml", dialect: "torch" }));
});

test("a prototxt filler reads back to the distribution it stands for", () => {
  const shape = [32, 16, 3, 3];
  for (const scheme of SCHEME_IDS) {
    const result = snippet({ scheme, dialect: "caffe", options: { shape } });
    if (isRefusal(result) || scheme === "bilinear") continue;
    const fields = [...result.code.matchAll(/(\w+): (?:"(\w+)"|(\S+))/g)].map(
      ([, name, text, bare]) => [name!, text ?? (Number.isNaN(Number(bare)) ? bare! : Number(bare))] as const,
    );
    const { type, ...given } = Object.fromEntries(fields);
    const drawn = drawCaffe(String(type), shape, given);
    assert.ok(!isRefusal(drawn), result.code);
    assert.equal(drawn.kind, result.distribution.kind, result.code);
    const [is, should] = [std(drawn)!, std(result.distribution)!];
    assert.ok(Math.abs(is - should) <= 1e-9 * should, `${result.code}: ${is}, not ${should}`);
  }
});
