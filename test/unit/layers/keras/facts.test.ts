import assert from "node:assert/strict";
import { test } from "node:test";
import type { FoundParameter } from "../../../../src/layers/framework.js";
import { PyTuple, type Value } from "../../../../src/python/values.js";
import { assertMatches, type Fact, readFacts } from "../../init/facts.js";
import { evaluate, parametersIn, valueIn } from "../programs.js";

type Sizes = readonly (number | null)[];

interface WeightFact {
  readonly path: string;
  readonly shape: readonly number[];
  readonly fan: readonly [number, number];
  readonly distribution: Fact;
}

interface KerasFacts {
  readonly layers: readonly {
    readonly expr: string;
    readonly class: string;
    readonly input_shape: Sizes | readonly Sizes[];
    readonly output_shape: Sizes;
    readonly weights: readonly WeightFact[];
  }[];
  readonly models: readonly {
    readonly name: string;
    readonly source: string;
    readonly weights: readonly WeightFact[];
    readonly layers: readonly { readonly name: string }[];
  }[];
  readonly initializers: readonly {
    readonly expr: string;
    readonly shape: readonly number[];
    readonly fan: readonly [number, number];
    readonly distribution?: Fact;
    readonly error?: string;
  }[];
}

const FACTS = readFacts<KerasFacts>("keras");
const IMPORTS = "import keras\nfrom keras import initializers, layers\n";

const python = (shape: Sizes): string => `(${shape.map((d) => (d === null ? "None, " : `${d}, `)).join("")})`;
const several = (shape: Sizes | readonly Sizes[]): readonly Sizes[] | null =>
  Array.isArray(shape[0]) ? (shape as readonly Sizes[]) : null;

/** A program that makes the layer and calls it on symbolic inputs of the recorded shape. */
function program({ expr, class: name, input_shape }: (typeof FACTS.layers)[number]): string {
  const inputs = several(input_shape);
  const tensors = (inputs ?? [input_shape as Sizes]).map((shape) => `keras.KerasTensor(${python(shape)})`);
  const args = inputs && !/(MultiHead|Query)Attention/.test(name) ? `[${tensors}]` : tensors.join(", ");
  return `${IMPORTS}layer = ${expr}\nout = layer(${args})\n`;
}

const tuple = (value: Value): unknown => (value instanceof PyTuple ? value.items : value);

function assertWeight(found: FoundParameter | undefined, fact: WeightFact, what: string): void {
  assert.deepEqual(found?.shape, fact.shape, what);
  assert.deepEqual([found?.fanIn, found?.fanOut], fact.fan, `${what} fans`);
  assertMatches(found!.current, fact.distribution, what);
}

test("every recorded layer, from its source", () => {
  for (const fact of FACTS.layers) {
    const source = program(fact);
    const { value } = valueIn(source, "out.shape");
    assert.deepEqual(tuple(value), fact.output_shape, fact.expr);
    const { parameters, missing } = parametersIn(source, "layer");
    assert.deepEqual(missing, [], fact.expr);
    const paths = parameters.map(({ name }) => name.slice(name.indexOf("/") + 1));
    assert.deepEqual(
      paths,
      fact.weights.map(({ path }) => path),
      fact.expr,
    );
    for (const [i, weight] of fact.weights.entries())
      assertWeight(parameters[i], weight, `${fact.expr} ${weight.path}`);
  }
});

test("every recorded model, from its source", () => {
  for (const { name, source, weights, layers } of FACTS.models) {
    const program = `${IMPORTS}${source}`;
    const { parameters, missing } = parametersIn(program, "model");
    assert.deepEqual(missing, [], name);
    assert.deepEqual(
      parameters.map((one) => one.name),
      weights.map(({ path }) => path),
      name,
    );
    for (const [i, weight] of weights.entries())
      assertWeight(parameters[i], weight, `${name} ${weight.path}`);
    const names = valueIn(program, "' '.join([layer.name for layer in model.layers])").value;
    assert.equal(names, layers.map((one) => one.name).join(" "), name);
  }
});

test("every recorded initializer, as an argument of a layer's weight", () => {
  for (const { expr, shape, fan, distribution, error } of FACTS.initializers) {
    const source = `${IMPORTS}from keras.initializers import *
class Owner(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=${python(shape)}, initializer=${expr}, name="w")
    def call(self, x):
        return x
owner = Owner()
owner.build((None, 1))
`;
    if (distribution === undefined) {
      const outcome = evaluate(source, "owner.w.shape");
      assert.ok(outcome.error !== null || !outcome.complete, `${expr}: ${error}`);
      continue;
    }
    const [found] = parametersIn(source, "owner").parameters;
    assertWeight(found, { path: "w", shape, fan, distribution }, `${expr} on [${shape}]`);
  }
});
