import assert from "node:assert/strict";
import test from "node:test";
import { analyse } from "../../../src/analysis.js";

const HEAD = "import tensorflow as tf\nimport keras\nfrom keras import layers\n";

/** What follows each kernel, in the order of the source. */
function activations(source: string): (string | null)[] {
  const document = { file: "/model.py", cells: [{ index: null, text: HEAD + source }] };
  return analyse(document, { read: () => null })
    .layers.filter(({ parameters }) => (parameters[0]?.shape.length ?? 0) > 1)
    .map(({ activation }) => activation);
}

const CASES: readonly (readonly [string, string, readonly (string | null)[]])[] = [
  [
    "a stack: arguments, layers of their own, norms and dropout between",
    `model = keras.Sequential([
    layers.Input((28, 28, 1)), layers.Conv2D(32, 3, activation="relu"), layers.Conv2D(64, 3),
    layers.BatchNormalization(), layers.LeakyReLU(negative_slope=0.2), layers.Flatten(), layers.Dropout(0.5),
    layers.Dense(128, activation=tf.nn.gelu), layers.Dense(10),
])`,
    ["relu", "leaky_relu", "gelu", "linear"],
  ],
  [
    "a stack whose input is not known",
    `model = keras.Sequential()
model.add(layers.Dense(64, activation="tanh"))
model.add(layers.Dense(32))
model.add(layers.Activation("elu"))
model.add(layers.Dense(1, activation="sigmoid"))`,
    ["tanh", "elu", "sigmoid"],
  ],
  [
    "a graph of functions with sums",
    `inputs = keras.Input((32, 32, 8))
x = layers.Conv2D(8, 3, padding="same")(inputs)
x = layers.Activation("swish")(layers.Add()([inputs, x]))
x = layers.GlobalAveragePooling2D()(x)
x = x + layers.Dense(8)(tf.nn.relu(layers.Dense(16)(x)))
model = keras.Model(inputs, layers.Dense(5, activation="softmax")(x))`,
    ["silu", "linear", "relu", "softmax"],
  ],
  [
    "a leaky ReLU that the program writes itself",
    `def lrelu(x, leak=0.2):
    return tf.maximum(x, leak * x)
x = keras.Input((5,))
y = lrelu(layers.Dense(4)(x))
model = keras.Model(x, layers.Dense(3)(y))`,
    ["leaky_relu", "linear"],
  ],
  [
    "a subclass",
    `class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = layers.Dense(30), layers.Dense(10), layers.Dense(4)
        self.act = layers.ReLU(max_value=6)
    def call(self, inputs, training=False):
        return self.c(tf.math.tanh(self.b(self.act(self.a(inputs)))))
net = Net()`,
    ["relu6", "tanh", "linear"],
  ],
  [
    "a function of the user's is not known",
    `model = keras.Sequential([layers.Input((4,)), layers.Dense(8, activation=lambda t: t ** 3), layers.Dense(2)])`,
    [null, "linear"],
  ],
];

for (const [name, source, expected] of CASES) {
  test(`the activation after each Keras layer: ${name}`, () => {
    assert.deepEqual(activations(source), expected);
  });
}
