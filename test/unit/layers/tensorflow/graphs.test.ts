/** Programs for TensorFlow 1: its graph's variables, and what they import from inside TensorFlow. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../../src/analysis.js";
import { describe } from "../../../../src/init/describe.js";

const weightsOf = (text: string) =>
  analyse({ file: "/w/m.py", cells: [{ index: null, text }] }, { read: () => null }).layers.map(
    ({ parameters: [weight] }) => `${weight!.shape.join("x")} ${describe(weight!.current)}`,
  );

const ORTHOGONAL = `
import numpy as np, tensorflow as tf
def ortho(scale=1.0):
    def draw(shape, dtype, partition_info=None):
        shape = tuple(shape)
        flat = shape if len(shape) == 2 else (np.prod(shape[:-1]), shape[-1])
        u, _, v = np.linalg.svd(np.random.normal(0.0, 1.0, flat), full_matrices=False)
        q = u if u.shape == flat else v
        q = q.reshape(shape)
        return (scale * q[:shape[0], :shape[1]]).astype(np.float32)
    return draw
`;

test("an initializer that a program wrote draws a variable of the shape that was asked for", () => {
  const known = `${ORTHOGONAL}
w = tf.get_variable("w", [6, 4], initializer=ortho(2.0))
`;
  assert.deepEqual(weightsOf(known), ["6x4 orthogonal × 2"]);
  const asked = `${ORTHOGONAL}
def fc(x, units):
    return tf.get_variable("w", [x.get_shape()[1].value, units], initializer=ortho())
`;
  assert.match(weightsOf(asked).join(), /^x.get_shape\(\)\[1\].value,?x?units /);
});

test("layers, initializers and cells from inside TensorFlow are those of its public modules", () => {
  const text = `
import tensorflow as tf
from tensorflow.python.layers import core as layers_core
from tensorflow.python.layers.core import Dense
from tensorflow.python.ops import init_ops, variable_scope as vs
from tensorflow.python.ops.init_ops import TruncatedNormal
from tensorflow.python.ops.init_ops_v2 import RandomNormal
x = tf.placeholder(tf.float32, [None, 5])
y = layers_core.Dense(3, kernel_initializer="zeros")(Dense(4, kernel_initializer="ones")(x))
one = vs.get_variable("one", [3, 4], initializer=TruncatedNormal(seed=1))
two = tf.get_variable("two", [3, 4], initializer=init_ops.RandomUniform())
new = tf.get_variable("new", [3, 4], initializer=RandomNormal())
`;
  assert.deepEqual(weightsOf(text), [
    "4x3 0",
    "5x4 1",
    "3x4 N(0, 1²) within ±2",
    "3x4 U(0, 1)",
    "3x4 N(0, 0.05²)",
  ]);
});
