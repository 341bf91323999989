import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../src/analysis.js";
import { mainWeight } from "../../../src/init/advice.js";
import { isRefusal } from "../../../src/init/refusal.js";
import { SCHEME_IDS } from "../../../src/init/schemes.js";
import { ProgramCache } from "../../../src/python/evaluator.js";
import { snippetForLayer } from "../../../src/snippets/layer.js";
import { sameLaw } from "../../../src/snippets/sameLaw.js";
import type { Snippet } from "../../../src/snippets/snippet.js";
import type { Layer } from "../../../src/types.js";

/** Stubs are parsed once for all programs. */
const cache = new ProgramCache();

/** A program with one layer `made(…)`, further arguments in `more` and statements after it. */
type Program = (made: string, more: string, after: string, before: string) => string;

const call = (made: string, more: string) => (more === "" ? made : `${made.slice(0, -1)}, ${more})`);

const inKeras: Program = (made, more, _after, before) =>
  `import keras\n${before}\nmodel = keras.Sequential([keras.Input(INPUT), keras.layers.${call(made, more)}])\n`;

const LAYERS: readonly { readonly layer: string; readonly program: Program; readonly input?: string }[] = [
  ...[
    "Linear(64, 32)",
    "Linear(1, 1)",
    "Conv2d(16, 24, 3)",
    "Conv2d(16, 32, 3, groups=4)",
    "Conv2d(16, 16, 3, groups=16)",
    "Conv1d(8, 12, 5)",
    "ConvTranspose2d(16, 24, 4, stride=2)",
    "Embedding(100, 16)",
    "Bilinear(4, 5, 6)",
  ].map((layer) => ({
    layer,
    program: ((made, _more, after, before) =>
      [
        "import torch",
        "from torch import nn",
        before,
        "class Net(nn.Module):",
        "    def __init__(self):",
        "        super().__init__()",
        `        self.layer = nn.${made}`,
        ...after.split("\n").map((line) => `        ${line}`),
        "net = Net()",
      ].join("\n")) as Program,
  })),
  ...[
    { layer: "Dense(32)", input: "(64,)" },
    { layer: "Conv2D(24, 3)", input: "(32, 32, 16)" },
    { layer: "Conv2D(32, 3, groups=4)", input: "(32, 32, 16)" },
    { layer: "DepthwiseConv2D(3)", input: "(32, 32, 16)" },
    { layer: "Conv2DTranspose(24, 4, strides=2)", input: "(32, 32, 16)" },
    { layer: "Embedding(100, 16)", input: "(12,)" },
  ].map(({ layer, input }) => ({
    layer,
    program: ((made, more, after, before) =>
      inKeras(made, more, after, before).replace("INPUT", input)) as Program,
  })),
  ...["Linear(64, 32, rngs=rngs)", "Conv(16, 24, (3, 3), rngs=rngs)", "Embed(100, 16, rngs=rngs)"].map(
    (layer) => ({
      layer,
      program: ((made, more, _after, before) =>
        `from flax import nnx\n${before}\nrngs = nnx.Rngs(0)\nlayer = nnx.${call(made, more)}\n`) as Program,
    }),
  ),
];

function only(text: string): Layer {
  const { layers } = analyse(
    { file: "model.py", cells: [{ index: null, text }] },
    { read: () => null },
    { cache },
  );
  const found = layers.filter(({ class: path }) => /torch|keras|flax/.test(path));
  assert.equal(found.length, 1, text);
  return found[0]!;
}

function withSnippet(program: Program, layer: string, { dialect, imports, setup, code }: Snippet): string {
  const isArgument = dialect !== "torch";
  const before = [...imports, ...setup].join("\n");
  return program(layer, isArgument ? code : "", isArgument ? "" : code, before);
}

for (const { layer, program } of LAYERS) {
  const bare = only(program(layer, "", "", ""));
  const weight = mainWeight(bare.parameters)!;
  test(`${bare.class.split(".")[0]} ${layer}: a snippet put into the source reads back`, () => {
    let written = 0;
    for (const scheme of SCHEME_IDS) {
      const snippet = snippetForLayer(bare, weight, scheme);
      assert.ok(snippet, scheme);
      if (isRefusal(snippet)) continue;
      const text = withSnippet(program, layer, snippet);
      const read = mainWeight(only(text).parameters)!;
      assert.deepEqual(read.shape, weight.shape);
      if (snippet.distribution.kind === "unknown" || read.current.kind === "unknown") {
        // No law of the entries: dirac, sparse and the like written by hand.
        assert.match(scheme, /^(dirac|delta_orthogonal|bilinear|sparse)$/, text);
      } else {
        assert.ok(sameLaw(read.current, snippet.distribution), `${JSON.stringify(read.current)}\n${text}`);
      }
      written++;
    }
    assert.ok(written > 10);
  });
}
