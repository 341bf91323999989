import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../../src/analysis.js";

/** Class and activation by the name of the weight. */
function weights(text: string) {
  const { layers } = analyse({ file: "/w/m.py", cells: [{ index: null, text }] }, { read: () => null });
  return Object.fromEntries(layers.map((layer) => [layer.name, layer]));
}

const followedBy = (text: string) =>
  Object.fromEntries(Object.entries(weights(text)).map(([name, { activation }]) => [name, activation]));

test("the activation after each weight of a NumPy network that is trained by hand", () => {
  const text = `
import numpy as np
X = np.random.randn(64, 784)
y = np.load("labels.npy")
W1 = 0.01 * np.random.randn(784, 100)
b1 = np.zeros((1, 100))
W2 = 0.01 * np.random.randn(100, 50)
W3 = 0.01 * np.random.randn(50, 20)
W4 = 0.01 * np.random.randn(20, 10)
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
for step in range(3):
    h1 = np.maximum(0, X.dot(W1) + b1)
    h2 = np.tanh(np.dot(h1, W2))
    h3 = h2 @ W3
    h3[h3 < 0] = 0
    out = sigmoid(h3.dot(W4))
    d4 = out - y
    d3 = d4.dot(W4.T)
    d3[h3 <= 0] = 0
    d2 = d3.dot(W3.T) * (1 - h2 ** 2)
    d1 = d2.dot(W2.T)
    d1[h1 <= 0] = 0
    W1 -= 0.1 * X.T.dot(d1)
    W4 += -0.1 * h3.T.dot(d4)
`;
  const { b1, ...found } = followedBy(text);
  assert.equal(b1, null);
  assert.deepEqual(found, { W1: "relu", W2: "tanh", W3: "relu", W4: "sigmoid" });
  assert.deepEqual(weights(text).W1?.parameters[0]?.current, {
    kind: "normal",
    mean: 0,
    std: 0.01,
    source: "normal",
  });
});

test("a class of its own is applied once, to inputs nobody knows", () => {
  const text = `
import numpy as np
class Net:
    def __init__(self, hidden=20):
        self.params = {"W1": np.random.randn(8, hidden), "W2": np.random.randn(hidden, 3)}
    def loss(self, X, y=None):
        h = np.maximum(0, X.dot(self.params["W1"]))
        return np.tanh(h.dot(self.params["W2"]))
`;
  assert.deepEqual(followedBy(text), { W1: "relu", W2: "tanh" });
});

test("weights that functions of JAX return in a list are shown where they are drawn", () => {
  const text = `
import jax, jax.numpy as jnp
def layer(m, n, key):
    return 0.1 * jax.random.normal(key, (n, m)), jnp.zeros((n,))
sizes = [784, 512, 10]
params = [layer(m, n, jax.random.key(0)) for m, n in zip(sizes[:-1], sizes[1:])]
def predict(params, x):
    for w, b in params:
        x = jax.nn.relu(jnp.dot(w, x) + b)
    return x
predict(params, jnp.ones((784,)))
`;
  const { layers } = analyse({ file: "/w/m.py", cells: [{ index: null, text }] }, { read: () => null });
  const found = layers.map(({ class: name, activation, variants }) => [
    name,
    activation,
    variants?.map(({ shape }) => shape),
  ]);
  assert.deepEqual(found, [
    [
      "jax.normal",
      "relu",
      [
        [512, 784],
        [10, 512],
      ],
    ],
    ["jax.zeros", null, [[512], [10]]],
  ]);
});

test("variables of TensorFlow 1, of Keras and of Flax are called after what made them", () => {
  const text = `
import tensorflow as tf, keras, flax.linen as nn
W = tf.Variable(tf.truncated_normal([784, 500], stddev=0.1))
v = tf.get_variable("v", shape=[500, 10])
h = tf.nn.relu(tf.matmul(tf.placeholder(tf.float32, [None, 784]), W))
class Own(keras.layers.Layer):
    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], 5))
    def call(self, x):
        return x @ self.kernel
Own()(keras.Input((4,)))
class Module(nn.Module):
    @nn.compact
    def __call__(self, x):
        theta = self.param("theta", nn.initializers.ones, (3, 4))
        return nn.relu(x @ theta)
`;
  const found = Object.entries(weights(text)).map(([name, layer]) => [name, layer.class, layer.activation]);
  assert.deepEqual(found, [
    ["W", "tensorflow.Variable", "relu"],
    ["v", "tensorflow.get_variable", null],
    ["kernel", "keras.layers.Layer.add_weight", null],
    ["own", "keras.layers.Own", null],
    ["theta", "flax.linen.Module.param", "relu"],
  ]);
});

test("Theano's shared variables are the weights that they were made of; one step of a scan stands for all", () => {
  const text = `
import numpy, theano, theano.tensor as T
rng = numpy.random.RandomState(0)
x = T.matrix("x")
W_values = numpy.asarray(rng.uniform(low=-0.1, high=0.1, size=(20, 30)))
W = theano.shared(value=W_values, name="W", borrow=True)
h = T.tanh(T.dot(x, W))
U = theano.shared(numpy.random.randn(30, 30))
def step(row, state):
    return T.nnet.sigmoid(T.dot(row, U) + state)
states, updates = theano.scan(step, sequences=h, outputs_info=[T.zeros((30,))])
`;
  assert.deepEqual(followedBy(text), { W_values: "tanh", U: "sigmoid" });
});

test("products say which axis of a matrix is summed over", () => {
  const text = `
import numpy as np
W1 = 0.1 * np.random.randn(30, 20)
W2 = 0.1 * np.random.randn(10, 20)
W3 = 0.1 * np.random.randn(10, 5)
W4 = 0.1 * np.random.randn(6, 7)
def forward(x):
    h = np.tanh(x @ W1)
    g = np.tanh(np.dot(W2, h.T))
    return W3.T @ g, np.einsum("oi,bi->bo", W4, np.ones((2, 7)))
forward(np.random.randn(4, 30))
`;
  const fans = Object.fromEntries(
    Object.entries(weights(text)).map(([name, { parameters }]) => [name, parameters[0]?.fanIn]),
  );
  assert.deepEqual(fans, { W1: 30, W2: 20, W3: 10, W4: 6 });
});

test("weights that a function returns which nobody calls: by its name", () => {
  const text = `
import jax, jax.numpy as jnp
def layer_params(m, n, key):
    return 0.1 * jax.random.normal(key, (n, m)), jnp.zeros((n,))
def init_network_params(sizes, key):
    return [layer_params(m, n, key) for m, n in zip(sizes[:-1], sizes[1:])]
def rows_of_params(sizes, key):
    params = []
    for i in range(len(sizes) - 1):
        params.append(jax.random.normal(key, (sizes[i], sizes[i + 1])))
    return params
def some_data(n, key):
    return [jax.random.normal(key, (n, 2))]
`;
  const { layers } = analyse({ file: "/w/m.py", cells: [{ index: null, text }] }, { read: () => null });
  assert.deepEqual(
    layers.map(({ parameters: [one] }) => one!.shape),
    [["n", "m"], ["n"], ["sizes[i]", "sizes[i + 1]"]],
  );
});
