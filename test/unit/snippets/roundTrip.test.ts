import assert from "node:assert/strict";
import { test } from "node:test";
import { type SnippetCase, snippetCases } from "../../../scripts/accuracy/snippets.js";
import { analyse } from "../../../src/analysis.js";
import { isRefusal } from "../../../src/init/refusal.js";
import { SCHEME_IDS } from "../../../src/init/schemes.js";
import { ProgramCache } from "../../../src/python/evaluator.js";
import { sameLaw } from "../../../src/snippets/sameLaw.js";
import { type Dialect, snippet } from "../../../src/snippets/snippet.js";
import type { Distribution, Layer } from "../../../src/types.js";

/** Stubs are parsed once for all programs. */
const cache = new ProgramCache();

const NO_FILES = { read: () => null };

type Weight = Layer["parameters"][number];

/** The weight of the program's one layer; a helper's own arrays and biases are none. */
function readBack(text: string, file = "round_trip.py"): Weight | string {
  const { layers } = analyse({ file, cells: [{ index: null, text }] }, NO_FILES, { cache });
  const outer = layers.filter(({ site }) => !/^\s/.test(text.split("\n")[site.line - 1]!));
  const made = outer.flatMap(({ parameters }) => parameters).filter(({ name }) => !/bias$/.test(name));
  return made.length === 1 ? made[0]! : `${made.length} weights`;
}

/** Kernels whose entries follow no law of their own: written by hand, they must stay unknown. */
const STRUCTURED = /^(dirac|delta_orthogonal|bilinear|sparse)$/;

/** Why the weight is not what was asked for. */
function difference(
  weight: Weight | string,
  scheme: string,
  shape: readonly number[],
  wanted: Distribution,
): string | null {
  if (typeof weight === "string") return STRUCTURED.test(scheme) && weight === "0 weights" ? null : weight;
  if (weight.shape.join("×") !== shape.join("×")) return `shape ${weight.shape.join("×")}`;
  const { current } = weight;
  if (sameLaw(current, wanted) || (STRUCTURED.test(scheme) && current.kind === "unknown")) return null;
  return `${JSON.stringify(current)} for ${JSON.stringify(wanted)}`;
}

/** Statements that precede the argument on the last line, and that argument. */
function argument(code: string): { readonly before: string; readonly last: string } {
  const end = code.lastIndexOf("\n") + 1;
  return { before: code.slice(0, end), last: code.slice(end) };
}

type Program = (code: string, shape: readonly number[]) => string;

const isKernel = (shape: readonly number[]) => shape.length > 2;

/** The program around a snippet, as its user would have it; shapes in the framework's own layout. */
const PROGRAMS: Readonly<Record<Exclude<Dialect, "caffe">, Program>> = {
  numpy: (code) => `import math\n${code}\n`,
  tensorflow: (code) => `${code}\n`,
  jax: (code) => `import jax\nimport math\nkey = jax.random.key(0)\n${code}\n`,
  torch: (code, shape) => {
    const [outputs, inputs, ...taps] = shape;
    const layer = isKernel(shape)
      ? `Conv${taps.length}d(${inputs}, ${outputs}, (${taps}))`
      : `Linear(${inputs}, ${outputs})`;
    return `import math\nimport torch\nlayer = torch.nn.${layer}\n${code}\n`;
  },
  keras: (code, shape) => {
    const { before, last } = argument(code);
    const layer = isKernel(shape)
      ? `Conv2D(${shape.at(-1)}, (${shape.slice(0, -2)}), ${last})`
      : `Dense(${shape[1]}, ${last})`;
    const input = isKernel(shape) ? `(32, 32, ${shape.at(-2)})` : `(${shape[0]},)`;
    return `import keras\n${before}model = keras.Sequential([keras.Input(${input}), keras.layers.${layer}])\n`;
  },
  linen: (code, shape) => {
    const { before, last } = argument(code);
    const layer = isKernel(shape)
      ? `Conv(${shape.at(-1)}, (${shape.slice(0, -2)}), ${last})`
      : `Dense(${shape[1]}, ${last})`;
    const input = isKernel(shape) ? `(1, 32, 32, ${shape.at(-2)})` : `(1, ${shape[0]})`;
    return [
      "import flax.linen as nn",
      "import jax",
      "import jax.numpy as jnp",
      `${before}variables = nn.${layer}.init(jax.random.key(0), jnp.ones(${input}))\n`,
    ].join("\n");
  },
  nnx: (code, shape) => {
    const { before, last } = argument(code);
    const layer = isKernel(shape)
      ? `Conv(${shape.at(-2)}, ${shape.at(-1)}, (${shape.slice(0, -2)}), ${last}, rngs=nnx.Rngs(0))`
      : `Linear(${shape[0]}, ${shape[1]}, ${last}, rngs=nnx.Rngs(0))`;
    return `from flax import nnx\n${before}layer = nnx.${layer}\n`;
  },
};

const { cases } = snippetCases();

for (const dialect of Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[]) {
  test(`${dialect}: every snippet reads back to the distribution it was written for`, () => {
    const mine = cases.filter((one) => one.dialect === dialect);
    assert.ok(new Set(mine.map(({ scheme }) => scheme)).size > 12);
    assert.deepEqual(
      mine.map((one) => failure(one, PROGRAMS[dialect])).filter((one) => one !== null),
      [],
    );
  });
}

function failure(one: SnippetCase, program: Program): string | null {
  const why = difference(readBack(program(one.code, one.shape)), one.scheme, one.shape, one.distribution);
  return why === null ? null : `${one.id}: ${why}\n${one.code}`;
}

test("Caffe: every filler reads back to the distribution it was written for", () => {
  const failures: string[] = [];
  let written = 0;
  for (const scheme of SCHEME_IDS) {
    const result = snippet({ scheme, dialect: "caffe", options: { shape: [48, 60] } });
    if (isRefusal(result)) continue;
    written++;
    const net = [
      'layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 60 } } }',
      'layer { name: "ip" type: "InnerProduct" bottom: "data" top: "ip"',
      `  inner_product_param { num_output: 48 bias_term: false ${result.code} } }`,
    ].join("\n");
    const why = difference(readBack(net, "net.prototxt"), scheme, [48, 60], result.distribution);
    if (why !== null) failures.push(`${scheme}: ${why}\n${result.code}`);
  }
  assert.ok(written > 8);
  assert.deepEqual(failures, []);
});
