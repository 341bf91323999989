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
