import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../../src/analysis.js";

const HEAD = "import tensorflow as tf\nfrom tensorflow import keras\nfrom tensorflow.keras import layers\n";

/** Name and shape of the first weight of each layer, in the order of the source. */
function layersOf(text: string) {
  const cells = [{ index: null, text: HEAD + text }];
  return analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] })
    .layers.filter(({ class: name }) => name.startsWith("keras.layers."))
    .map(({ name, parameters }) => [name, parameters[0]?.shape] as const);
}

test("shapes answer what code asks of TensorFlow's TensorShape", () => {
  const text = `
class Product(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
    def build(self, input_shape):
        assert input_shape.rank == 2
        self.kernel = self.add_weight(name="kernel", shape=(input_shape.as_list()[-1], self.units))
    def call(self, x):
        return tf.matmul(x, self.kernel)
    def compute_output_shape(self, input_shape):
        return tf.TensorShape(input_shape.as_list()[:-1] + [self.units])

stack = keras.Sequential([keras.Input((5,)), Product(4), layers.Dense(3)])
image = keras.Input((8, 8, 3))
first = layers.Conv2D(4, 3)(image)
second = layers.Conv2D(2 * first.shape.as_list()[-1], 3)(first)
`;
  assert.deepEqual(layersOf(text), [
    ["product", [5, 4]],
    ["dense", [4, 3]],
    ["conv2d", [3, 3, 3, 4]],
    ["conv2d_1", [3, 3, 4, 8]],
  ]);
});

test("layers made before a budget ended are told with what needs no input", () => {
  const text = `
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.inner = layers.Dense(30)
        self.outer = layers.Dense(2)
    def call(self, x):
        return self.outer(self.inner(x))

net = Net()
step = 0
while step < 10 ** 9:
    step += 1
`;
  assert.deepEqual(layersOf(text), [
    ["inner", ["x.shape[-1]", 30]],
    ["outer", [30, 2]],
  ]);
});

test("a weight that a layer adds itself is Keras's, also where it is added", () => {
  const text = `
class Scale(layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], 32), initializer="he_normal")
scaled = Scale()(keras.Input((64,)))
`;
  const cells = [{ index: null, text: HEAD + text }];
  const [added] = analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] }).layers;
  assert.equal(added!.class, "keras.Layer.add_weight");
  assert.equal(added!.framework, "keras");
  assert.deepEqual(
    (added!.calls ?? []).filter(({ call }) => call.includes("*args")),
    [],
  );
});
