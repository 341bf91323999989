import assert from "node:assert/strict";
import { test } from "node:test";
import { jaxFans } from "../../../src/init/fans.js";
import { drawJax } from "../../../src/init/frameworks/jax.js";
import { isRefusal } from "../../../src/init/refusal.js";
import { assertMatches, close, type Fact, readFacts } from "./facts.js";
import { readCall } from "./pythonCall.js";

interface FlaxParameter {
  readonly path: string;
  readonly shape: readonly number[];
  readonly initializer_shape?: readonly number[];
  readonly fan: readonly number[] | null;
  readonly initializer: string;
  readonly distribution: Fact;
}

interface FlaxFacts {
  readonly initializers: readonly {
    readonly expr: string;
    readonly shape: readonly number[];
    readonly fan: readonly number[];
    readonly distribution: Fact;
  }[];
  readonly linen: readonly { readonly expr: string; readonly parameters: readonly FlaxParameter[] }[];
  readonly nnx: FlaxFacts["linen"];
}

const facts = readFacts<FlaxFacts>("flax");

/** Names of the positional arguments, in JAX's order. */
const POSITIONAL = new Map([
  ["variance_scaling", ["scale", "mode", "distribution"]],
  ["normal", ["stddev"]],
  ["truncated_normal", ["stddev"]],
  ["constant", ["value"]],
]);

function drawCall(expr: string, shape: readonly number[]) {
  const { name, positional, named } = readCall(expr.replace("initializers.", ""));
  const names = POSITIONAL.get(name) ?? [];
  const given = { ...Object.fromEntries(positional.map((value, k) => [names[k]!, value])), ...named };
  return { draw: drawJax(name, shape, given), given };
}

test("every recorded jax.nn.initializers call draws what JAX drew", () => {
  for (const { expr, shape, fan, distribution } of facts.initializers) {
    const what = `${expr} on [${shape}]`;
    const { draw, given } = drawCall(expr, shape);
    assertMatches(draw, distribution, what);
    const fans = jaxFans(shape, {
      inAxis: (given.in_axis ?? -2) as number,
      outAxis: (given.out_axis ?? -1) as number,
      batchAxis: (given.batch_axis ?? []) as number[],
    });
    close(fans!.fanIn as number, fan[0]!, what);
    close(fans!.fanOut as number, fan[1]!, what);
  }
});

test("every parameter of every recorded Flax layer, from its initializer and the shape it gets", () => {
  for (const { expr, parameters } of [...facts.linen, ...facts.nnx]) {
    for (const { path, shape, initializer_shape, initializer, distribution } of parameters) {
      const given = initializer === "constant" ? "constant(0.01)" : initializer;
      const { draw } = drawCall(given, initializer_shape ?? shape);
      assertMatches(draw, distribution, `${expr} ${path}`);
    }
  }
});

test("what JAX refuses is refused", () => {
  const refused = (name: string, shape: number[], given = {}) => {
    const draw = drawJax(name, shape, given);
    return isRefusal(draw) ? draw.error : draw.kind;
  };
  assert.equal(refused("lecun_normal", [8]), "ValueError");
  assert.equal(refused("orthogonal", [8]), "ValueError");
  assert.equal(refused("delta_orthogonal", [8, 8]), "ValueError");
  assert.equal(refused("delta_orthogonal", [3, 3, 16, 8]), "ValueError");
  assert.equal(refused("he_normal", [8, 8], { in_axis: 3 }), "IndexError");
  const scaling = { scale: 1, mode: "fan_sum", distribution: "normal" };
  assert.equal(refused("variance_scaling", [8, 8], scaling), "ValueError");
  assert.equal(
    refused("variance_scaling", [8, 8], { ...scaling, mode: "fan_in", distribution: "x" }),
    "ValueError",
  );
});
