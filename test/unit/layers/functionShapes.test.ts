/** Shapes that functions of arrays give, as the frameworks themselves gave them (TensorFlow 2.21, Keras 3.15, JAX 0.10). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ModelReader } from "../../../src/layers/reading/model.js";

const ENDS = `
def shapes(value):
    if isinstance(value, (list, tuple)):
        return [shapes(one) for one in value]
    return tuple(value.shape)

def tell(value):
    raise ValueError(repr(shapes(value)))
`;

const readerOf = (text: string) =>
  new ModelReader(
    { file: "/w/m.py", cells: [{ index: null, text }] },
    { reader: { read: () => null }, roots: ["/w"], sitePackages: [], now: () => 0 },
  );

const PROGRAMS: readonly (readonly [
  head: string,
  rows: readonly (readonly [expression: string, shapes: string])[],
])[] = [
  [
    "import tensorflow as tf\nK = tf.keras.backend\nx = tf.zeros((4, 6, 8))\ny = tf.zeros((2, 16))\nimage = tf.zeros((2, 9, 9, 3))\nrow = tf.zeros((2, 10, 5))",
    [
      ["tf.split(y, [4, 4, 8], -1)", "[(2, 4), (2, 4), (2, 8)]"],
      ["tf.split(y, [4, -1], 1)", "[(2, 4), (2, 12)]"],
      ["tf.split(value=y, num_or_size_splits=2, axis=0)", "[(1, 16), (1, 16)]"],
      ["tf.split(1, 2, y)", "[(2, 8), (2, 8)]"],
      ["tf.cumsum(x)", "(4, 6, 8)"],
      ["tf.eye(3, batch_shape=[2])", "(2, 3, 3)"],
      ["tf.gather(x, tf.zeros((4, 3), tf.int32), axis=1, batch_dims=1)", "(4, 3, 8)"],
      ["tf.sequence_mask([1, 3, 2], 5)", "(3, 5)"],
      ["tf.norm(y, 2, 1)", "(2,)"],
      ["tf.nn.conv1d(row, tf.zeros((3, 5, 4)), stride=2, padding='VALID')", "(2, 4, 4)"],
      ["tf.nn.crelu(y)", "(2, 32)"],
      ["tf.linalg.trace(tf.zeros((2, 3, 3)))", "(2,)"],
      ["tf.map_fn(lambda one: tf.reduce_sum(one), y)", "(2,)"],
      ["K.argmax(x)", "(4, 6)"],
      ["K.repeat(y, 3)", "(2, 3, 16)"],
      ["K.repeat_elements(y, 2, axis=1)", "(2, 32)"],
      ["K.pool2d(image, (2, 2))", "(2, 8, 8, 3)"],
      ["K.batch_dot(x, tf.zeros((4, 8)), axes=[2, 1])", "(4, 6)"],
      ["K.batch_dot(x, x, axes=[2, 2])", "(4, 6, 6)"],
      ["K.batch_dot(y, y, axes=1)", "(2, 1)"],
      ["K.gather(y, [0, 1])", "(2, 16)"],
      ["K.spatial_2d_padding(image)", "(2, 11, 11, 3)"],
    ],
  ],
  [
    "from keras import layers, ops\nx = ops.zeros((4, 6, 8))\ny = ops.zeros((2, 16))\nimage = ops.zeros((2, 9, 9, 3))",
    [
      ["ops.cumsum(x)", "(192,)"],
      ["ops.append(y, y, axis=0)", "(4, 16)"],
      ["ops.take_along_axis(y, ops.zeros((2, 3), 'int32'), axis=1)", "(2, 3)"],
      ["ops.conv_transpose(image, ops.zeros((3, 3, 7, 3)), strides=2)", "(2, 19, 19, 7)"],
      [
        "ops.separable_conv(image, ops.zeros((3, 3, 3, 2)), ops.zeros((1, 1, 6, 5)), 1, 'same')",
        "(2, 9, 9, 5)",
      ],
      ["ops.map(lambda one: ops.sum(one), y)", "(2,)"],
      ["ops.diag(ops.zeros((3,)), 1)", "(4, 4)"],
      ["ops.trace(ops.zeros((3, 3)))", "()"],
      ["ops.tril(ops.zeros((3, 3)))", "(3, 3)"],
    ],
  ],
  [
    "import jax, numpy as np\nimport jax.numpy as jnp\nfrom jax import lax\nx = jnp.zeros((4, 6, 8))\ny = jnp.zeros((2, 16))\nkey = jax.random.PRNGKey(0)",
    [
      ["jnp.cumsum(x)", "(192,)"],
      ["jnp.diag(jnp.zeros(3), 1)", "(4, 4)"],
      ["jnp.diagonal(jnp.zeros((2, 3, 3)))", "(3, 2)"],
      ["jnp.linalg.norm(y, 2, axis=-1)", "(2,)"],
      ["jnp.quantile(y, 0.5, axis=1)", "(2,)"],
      ["jax.nn.one_hot(jnp.zeros((2, 3), int), 5, axis=0)", "(5, 2, 3)"],
      ["jax.random.choice(key, y, (3,))", "(3, 16)"],
      ["jax.random.bernoulli(key, y)", "(2, 16)"],
      ["jax.random.dirichlet(key, jnp.ones(3), (2,))", "(2, 3)"],
      ["jax.random.multivariate_normal(key, jnp.zeros(3), jnp.eye(3), (5,))", "(5, 3)"],
      ["jax.random.split(jax.random.key(0), 5)", "(5,)"],
      ["lax.pad(y, 0.0, ((1, 1, 0), (0, 0, 1)))", "(4, 31)"],
      ["lax.scan(lambda carry, _: (carry, carry), 0.0, None, length=5)[1]", "(5,)"],
      ["lax.map(lambda one: one.sum(), y)", "(2,)"],
      ["jax.vmap(lambda one: one * 2, in_axes=1, out_axes=1)(y)", "(2, 16)"],
      ["jax.jvp(lambda one: one.sum(0), (y,), (y,))", "[(16,), (16,)]"],
      ["jax.vjp(lambda one: one.sum(0), y)[1](y[0])", "[(2, 16)]"],
      ["np.cumsum(np.zeros((2, 3)))", "(6,)"],
      ["np.convolve(np.zeros(10), np.zeros(3), 'same')", "(10,)"],
    ],
  ],
];

for (const [head, rows] of PROGRAMS) {
  const text = head + ENDS;
  const reader = readerOf(text);
  for (const [expression, shapes] of rows) {
    test(`shapes: ${expression}`, () => {
      assert.deepEqual(reader.read(`tell(${expression})`), { error: `ValueError: ${shapes}` });
    });
  }
}

test("a function of Keras that nobody modelled gives what is unknown, and its program goes on", () => {
  const text = `
from keras import Input, Model, layers, ops
def build():
    x = Input((5,))
    h = layers.Dense(4)(x)
    ops.a_function_of_another_version(h)
    return Model(x, h)
`;
  const reader = readerOf(text);
  const found = reader.read("build()");
  assert.deepEqual("parameters" in found && found.parameters.map(({ shape }) => shape), [[5, 4], [4]]);
});

test("a layer whose build takes more than shapes is built with the first one", () => {
  const text = `
import keras
class Scale(keras.layers.Layer):
    def build(self, input_shape, **kwargs):
        self.scale = self.add_weight(name="scale", shape=(input_shape[-1],))
    def call(self, inputs, **kwargs):
        return inputs * self.scale
model = keras.Sequential([keras.Input((5,)), Scale()])
`;
  const reader = readerOf(text);
  const found = reader.read("model");
  assert.deepEqual("parameters" in found && found.parameters.map(({ shape }) => shape), [[5]]);
});
