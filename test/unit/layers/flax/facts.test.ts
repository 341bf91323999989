import assert from "node:assert/strict";
import { test } from "node:test";
import type { FoundParameters } from "../../../../src/layers/framework.js";
import { assertMatches, type Fact, readFacts } from "../../init/facts.js";
import { parametersIn } from "../programs.js";

interface ParameterFact {
  readonly path: string;
  readonly shape: readonly number[];
  readonly fan: readonly [number, number] | null;
  readonly distribution: Fact;
}

interface FlaxFacts {
  readonly linen: readonly {
    readonly expr: string;
    readonly input_shapes: readonly (readonly number[])[];
    readonly parameters: readonly ParameterFact[];
  }[];
  readonly nnx: readonly { readonly expr: string; readonly parameters: readonly ParameterFact[] }[];
  readonly initializers: readonly {
    readonly expr: string;
    readonly shape: readonly number[];
    readonly fan: readonly [number, number];
    readonly distribution: Fact;
  }[];
}

const FACTS = readFacts<FlaxFacts>("flax");
const IMPORTS = "import jax\nimport jax.numpy as jnp\nimport flax.linen as nn\nfrom flax import nnx\n";

function assertParameters(
  { parameters, missing }: FoundParameters,
  facts: readonly ParameterFact[],
  what: string,
) {
  assert.deepEqual(missing, [], what);
  const byName = new Map(parameters.map((one) => [one.name, one]));
  assert.deepEqual([...byName.keys()].sort(), facts.map(({ path }) => path).sort(), what);
  for (const { path, shape, fan, distribution } of facts) {
    const found = byName.get(path)!;
    assert.deepEqual(found.shape, shape, `${what} ${path}`);
    if (fan !== null) assert.deepEqual([found.fanIn, found.fanOut], fan, `${what} ${path} fans`);
    assertMatches(found.current, distribution, `${what} ${path}`);
    assertMatches(found.default, distribution, `${what} ${path} default`);
  }
}

const isCell = (expr: string): boolean => /^nn\.\w+Cell\(/.test(expr);

test("every recorded linen layer, from its source", () => {
  for (const { expr, input_shapes, parameters } of FACTS.linen) {
    if (parameters.length === 0) continue;
    const inputs = input_shapes.map((shape) => `jnp.ones((${shape.map((d) => `${d},`).join("")}))`);
    const carry = isCell(expr) ? [`m.initialize_carry(key, (${input_shapes[0]!.join(", ")}))`] : [];
    const source = `${IMPORTS}key = jax.random.PRNGKey(0)\nm = ${expr}\nv = m.init(${["key", ...carry, ...inputs].join(", ")})\n`;
    assertParameters(parametersIn(source, "v"), parameters, expr);
  }
});

test("every recorded nnx layer, from its source", () => {
  for (const { expr, parameters } of FACTS.nnx) {
    if (parameters.length === 0) continue;
    assertParameters(parametersIn(`${IMPORTS}rngs = nnx.Rngs(0)\nm = ${expr}\n`, "m"), parameters, expr);
  }
});

test("every recorded initializer of jax.nn.initializers", () => {
  for (const { expr, shape, fan, distribution } of FACTS.initializers) {
    const source = `${IMPORTS}from jax.nn import initializers\nw = ${expr}(jax.random.PRNGKey(0), (${shape.map((d) => `${d},`).join("")}))\n`;
    const [found] = parametersIn(source, "[w]").parameters;
    assert.deepEqual(found?.shape, shape, expr);
    assert.deepEqual([found?.fanIn, found?.fanOut], fan, `${expr} fans`);
    assertMatches(found!.current, distribution, `${expr} on [${shape}]`);
  }
});

// ── fans ─────────────────────────────────────────────────────────────────────

const FANS: readonly (readonly [linen: string, nnx: string, flax: string, effective: string])[] = [
  [
    "nn.Conv(32, (3, 3), feature_group_count=4)",
    "nnx.Conv(16, 32, (3, 3), feature_group_count=4, rngs=nnx.Rngs(0))",
    "36, 288",
    "36, 72",
  ],
  [
    "nn.ConvTranspose(32, (4, 4), strides=(2, 2))",
    "nnx.ConvTranspose(16, 32, (4, 4), strides=(2, 2), rngs=nnx.Rngs(0))",
    "256, 512",
    "64, 512",
  ],
  [
    "nn.ConvTranspose(32, (4, 4), strides=2, transpose_kernel=True)",
    "nnx.ConvTranspose(16, 32, (4, 4), strides=2, transpose_kernel=True, rngs=nnx.Rngs(0))",
    "512, 256",
    "64, 512",
  ],
];

for (const [linen, nnx, flax, effective] of FANS) {
  test(`${linen}: Flax counts ${flax}, a unit really has ${effective}`, () => {
    const source = `${IMPORTS}m = ${nnx}\nv = ${linen}.init(jax.random.PRNGKey(0), jnp.ones((1, 8, 8, 16)))\n`;
    for (const name of ["v", "m"]) {
      const weight = parametersIn(source, name).parameters.find(({ shape }) => shape.length === 4)!;
      assert.equal(`${weight.fanIn}, ${weight.fanOut}`, flax, name);
      assert.equal(`${weight.effectiveFanIn}, ${weight.effectiveFanOut}`, effective, name);
    }
  });
}
