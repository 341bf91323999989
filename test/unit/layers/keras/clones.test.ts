import assert from "node:assert/strict";
import { test } from "node:test";
import { parametersIn } from "../programs.js";

const namesOf = (source: string, expression: string) =>
  parametersIn(source, expression).parameters.map(({ name, shape }) => `${name} ${shape.join("x")}`);

const GRAPH = `
import keras
from keras import layers
image = keras.Input((4, 4, 3))
x = layers.Conv2D(2, 3, padding="same", name="stem")(image)
shared = layers.Conv2D(2, 3, padding="same", name="shared")
x = shared(shared(x)) + x
x = keras.ops.reshape(x, (-1, 32))
stack = keras.Sequential([keras.Input((32,)), layers.Dense(5, name="inner")], name="stack")
model = keras.Model(image, layers.Dense(2, name="top")(stack(x)))
`;

test("a clone has the graph's layers made anew; those of a nested stack lose its name, as in Keras 3", () => {
  const weights = [
    ["stem/kernel 3x3x3x2", "stem/bias 2", "shared/kernel 3x3x2x2", "shared/bias 2"],
    ["inner/kernel 32x5", "inner/bias 5", "top/kernel 5x2", "top/bias 2"],
  ];
  assert.deepEqual(namesOf(GRAPH, "keras.models.clone_model(model)"), weights.flat());
  assert.deepEqual(namesOf(GRAPH, "keras.models.clone_model(stack)"), [
    "stack/inner/kernel 32x5",
    "stack/inner/bias 5",
  ]);
});

test("a clone for inputs of other sizes is not known", () => {
  const other = "keras.models.clone_model(model, input_tensors=keras.Input((8, 8, 3)))";
  assert.throws(() => namesOf(GRAPH, other), /not known|no parameters/);
});

test("a class that names its ends is a functional model itself", () => {
  const source = `
import keras
class Base(keras.Model):
    def __init__(self, inputs):
        super().__init__(inputs=inputs, outputs=keras.layers.Dense(4)(inputs))
class Top(keras.Model):
    def __init__(self, inputs):
        base = Base(inputs)
        last = base.layers[-1].units
        super().__init__(inputs, keras.layers.Dense(last + 1)(base.output))
`;
  assert.deepEqual(namesOf(source, "Top(keras.Input((3,)))"), [
    "dense/kernel 3x4",
    "dense/bias 4",
    "dense_1/kernel 4x5",
    "dense_1/bias 5",
  ]);
});
