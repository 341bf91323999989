import assert from "node:assert/strict";
import { test } from "node:test";
import { kerasFans } from "../../../src/init/fans.js";
import { drawKeras, drawKerasByName, unitForgetBias } from "../../../src/init/frameworks/keras.js";
import type { Arguments } from "../../../src/init/frameworks/table.js";
import { isRefusal } from "../../../src/init/refusal.js";
import { assertMatches, type Fact, readFacts } from "./facts.js";
import { readCall } from "./pythonCall.js";

interface Initializer {
  readonly class: string;
  readonly config: Arguments & {
    readonly input_axes?: readonly number[];
    readonly output_axes?: readonly number[];
  };
}

interface KerasFacts {
  readonly initializers: readonly {
    readonly expr: string;
    readonly shape: readonly number[];
    readonly fan: readonly number[];
    readonly initializer: Initializer;
    readonly distribution: Fact;
    readonly error?: string;
  }[];
  readonly layers: readonly {
    readonly expr: string;
    readonly weights: readonly {
      readonly path: string;
      readonly shape: readonly number[];
      readonly fan: readonly number[];
      readonly initializer: Initializer;
      readonly distribution: Fact;
      readonly fan_without_axes?: readonly number[];
    }[];
  }[];
  readonly models: KerasFacts["layers"];
}

const facts = readFacts<KerasFacts>("keras");

const fansOf = (shape: readonly number[], { config }: Initializer) => {
  const { fanIn, fanOut } = kerasFans(shape, config.input_axes, config.output_axes);
  return [fanIn, fanOut];
};

test("every recorded Keras initializer draws what Keras drew, and refuses what it refused", () => {
  for (const { expr, shape, fan, distribution, error } of facts.initializers) {
    const what = `${expr} on [${shape}]`;
    const name = /^'(.*)'$/.exec(expr)?.[1];
    const { name: className, positional, named } = readCall(name ?? expr);
    const draw =
      name === undefined
        ? drawKeras(className, shape, positional.length ? { value: positional[0], ...named } : named)
        : drawKerasByName(name, shape);
    if (error) {
      assert.ok(isRefusal(draw), what);
      assert.ok(error.startsWith(draw.error), what);
      continue;
    }
    assertMatches(draw, distribution, what);
    const { fanIn, fanOut } = kerasFans(
      shape,
      named.input_axes as number[] | undefined,
      named.output_axes as number[] | undefined,
    );
    assert.deepEqual([fanIn, fanOut], fan, what);
  }
});

test("every weight of every recorded Keras layer and model, from its initializer and shape", () => {
  let count = 0;
  for (const { expr, weights } of [...facts.layers, ...facts.models]) {
    for (const { path, shape, fan, initializer, distribution, fan_without_axes } of weights) {
      const what = `${expr} ${path}`;
      const draw =
        initializer.class === "unit_forget_bias"
          ? unitForgetBias()
          : drawKeras(initializer.class, shape, initializer.config);
      const { std, ...rest } = distribution;
      assertMatches(
        draw,
        distribution.kind === "segments" ? rest : { ...rest, ...(std === undefined ? {} : { std }) },
        what,
      );
      assert.deepEqual(fansOf(shape, initializer), fan, what);
      if (fan_without_axes) assert.deepEqual(Object.values(kerasFans(shape)), fan_without_axes, what);
      count++;
    }
  }
  assert.ok(count > 340, `${count} weights`);
});

test("what Keras refuses is refused", () => {
  const refused = (name: string, shape: number[], given = {}) => {
    const draw = drawKeras(name, shape, given);
    return isRefusal(draw) ? draw.error : draw.kind;
  };
  assert.equal(refused("Orthogonal", [8]), "ValueError");
  assert.equal(refused("Identity", [3, 3, 8]), "ValueError");
  assert.equal(refused("VarianceScaling", [8, 8], { scale: 0 }), "ValueError");
  assert.equal(refused("VarianceScaling", [8, 8], { mode: "fan_max" }), "ValueError");
  assert.equal(refused("VarianceScaling", [8, 8], { distribution: "cauchy" }), "ValueError");
  assert.equal(refused("HeNormal", [8, 8], { gain: 2 }), "TypeError");
  assert.equal(refused("KaimingNormal", [8, 8]), "AttributeError");
});
