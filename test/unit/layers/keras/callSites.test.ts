import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../../src/analysis.js";
import { ModelReader } from "../../../../src/layers/reading/model.js";

const HEAD = "import tensorflow as tf\nfrom tensorflow import keras\nfrom tensorflow.keras import layers\n";

/** Name and shape of the first weight of each layer, in the order of the source. */
function layersOf(text: string) {
  const cells = [{ index: null, text: HEAD + text }];
  return analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] })
    .layers.filter(({ class: name }) => /^keras\.layers\.\w+$/.test(name))
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

test("layers of version 1 that no known input reaches have the sizes that a reshape gives", () => {
  const text = `
def net(features, classes):
    x = tf.reshape(features["images"], [-1, 28, 28, 1])
    x = tf.layers.conv2d(x, 32, 5)
    x = tf.layers.flatten(tf.layers.max_pooling2d(x, 2, 2))
    return tf.layers.dense(x, classes, name="last")

def dense(features):
    return tf.layers.dense(features["images"], 256, name="open")
`;
  assert.deepEqual(layersOf(text), [
    ["x", [5, 5, 1, 32]],
    ["last", [12 * 12 * 32, "classes"]],
    ["open", ["images.shape[-1]", 256]],
  ]);
});

test("a size that is a product of an argument is that product", () => {
  const text = `
def block(x, width):
    return layers.Dense(width, name="out")(layers.Dense(2 * width, name="into")(x))
`;
  assert.deepEqual(layersOf(text), [
    ["out", ["2*width", "width"]],
    ["into", ["x.shape[-1]", "2*width"]],
  ]);
});

test("build of a subclassed model tells sizes, and makes weights only before Keras 3", () => {
  const text = `
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = layers.Dense(4)
        self.last = layers.Dense(3)
    def call(self, x):
        return self.last(self.first(x))
net = Net()
net.build((None, 7))
`;
  assert.deepEqual(layersOf(text), [
    ["first", [7, 4]],
    ["last", [4, 3]],
  ]);
  const weights = (requirements: string | null) => {
    const cells = [{ index: null, text: HEAD + text }];
    const read = (path: string) => (path === "/w/requirements.txt" ? requirements : null);
    const options = { reader: { read }, roots: ["/w"], sitePackages: [], now: () => 0 };
    const report = new ModelReader({ file: "/w/m.py", cells }, options).read("net");
    return "error" in report ? report.error : report.parameters.map(({ name }) => name);
  };
  assert.deepEqual(weights(null), []);
  assert.deepEqual(weights("tensorflow==2.12.0\n"), [
    "net/dense/kernel",
    "net/dense/bias",
    "net/dense_1/kernel",
    "net/dense_1/bias",
  ]);
});

test("gathering takes rows of a table, and a maximum's place is looked for along the first axis", () => {
  const text = `
table = tf.constant([[0.0] * 64] * 5)
rows = tf.gather(table, keras.Input([], dtype="int32"))
layers.Dense(3)(rows)
layers.Dense(tf.argmax(table).shape[0])(rows)
`;
  assert.deepEqual(layersOf(text), [
    ["dense", [64, 3]],
    ["dense_1", [64, 64]],
  ]);
});

test("a model to which an unknown number of layers is added leaves what is known of the others", () => {
  const text = `
from data import rows
def head():
    return keras.Sequential([layers.Dense(30), layers.Dense(1)])
first = head()
grown = keras.Sequential()
for _ in rows:
    grown.add(layers.Dense(8))
`;
  const [, known] = layersOf(text);
  assert.deepEqual(known, ["dense_1", [30, 1]]);
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
  assert.equal(added!.class, "keras.layers.Layer.add_weight");
  assert.equal(added!.framework, "keras");
  assert.deepEqual(
    (added!.calls ?? []).filter(({ call }) => call.includes("*args")),
    [],
  );
});

test("a layer derived from a built-in one gives what its own call gives", () => {
  const text = `
class Table(layers.Embedding):
    def call(self, inputs):
        return [super().call(inputs), self.embeddings + 0]

rows, table = Table(20, 5)(keras.Input((8,)))
layers.Dense(3)(rows)
layers.Dense(table.shape[0])(rows)
`;
  assert.deepEqual(layersOf(text).slice(1), [
    ["dense", [5, 3]],
    ["dense_1", [5, 20]],
  ]);
});

test("one_hot is as wide as its depth, an array over a buffer as large as its shape", () => {
  const text = `
import numpy as np
codes = tf.one_hot(keras.Input((6,), dtype="int32"), depth=12)
header = np.ndarray(shape=(3,), dtype="int32", buffer=open("weights").read(12))
layers.Dense(header.shape[0])(codes)
`;
  assert.deepEqual(layersOf(text), [["dense", [12, 3]]]);
});

test("of an input that nobody knows the last size goes through layers of the program's own", () => {
  const text = `
from blocks import features
class Scale(layers.Layer):
    def build(self, input_shape):
        if len(input_shape) != 3:
            raise ValueError("three axes")
        self.w = self.add_weight(shape=(int(input_shape[-1]),), name="w")
    def call(self, x):
        return x * self.w

hidden = layers.Dense(6)(features())
scaled = Scale(name="scale")(hidden)
layers.Dense(scaled.shape[-1] * 2)(scaled)
layers.Dense(3)(layers.Permute((2, 1))(hidden))
`;
  assert.deepEqual(layersOf(text), [
    ["dense", ["features().shape[-1]", 6]],
    ["scale", [6]],
    ["dense_1", [6, 12]],
    ["dense_2", ["input_shape[-1]", 3]],
  ]);
});

test("whatever draws a weight, its shape is the one that is asked for", () => {
  const text = `
from blocks import start
layers.Dense(10, kernel_initializer=start)(keras.Input((3,)))
`;
  assert.deepEqual(layersOf(text), [["dense", [3, 10]]]);
});

test("a layer that is not modelled is unknown, and what follows it is read on", () => {
  const text = `
x = keras.Input((12, 16))
y = keras.layers.LocallyConnected1D(8, 3)(x)
layers.Dense(3)(x)
layers.Dense(4)(y)
`;
  assert.deepEqual(layersOf(text), [
    ["dense", [16, 3]],
    ["dense_1", ["y.shape[-1]", 4]],
  ]);
});

const ARGUMENTS = [
  "'w', (3, 4), tf.float32, 'zeros'",
  "'w', shape=(3, 4), initializer='zeros'",
  "'w', shape=[3, 4], dtype=tf.float32, initializer='zeros', trainable=True",
  "(3, 4), 'zeros', name='w'",
  "name='w', shape=(3, 4), initializer='zeros'",
  "some_name, shape=(3, 4), initializer='zeros'",
];

for (const given of ARGUMENTS) {
  test(`add_weight(${given}) is a weight of zeros`, () => {
    const text = `
from names import some_name

class Own(layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(${given})

Own().build((None, 3))
`;
    const cells = [{ index: null, text: HEAD + text }];
    const { layers } = analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] });
    const [weight] = layers.flatMap(({ parameters }) => parameters);
    assert.deepEqual(weight?.shape, [3, 4]);
    assert.ok(weight.current.kind === "constant" && weight.current.value === 0);
  });
}

test("a tensor's shape under the names that Keras 2 and TensorFlow 1 kept it", () => {
  const text = `
x = keras.Input((12, 16))
layers.Dense(x._keras_shape[-1] // 2)(x)
layers.Dense(getattr(x, "_shape_val")[1])(x)
`;
  assert.deepEqual(layersOf(text), [
    ["dense", [16, 8]],
    ["dense_1", [16, 12]],
  ]);
});

test("how wide several inputs are together nobody knows by the name of their list", () => {
  const text = `
def join(parts):
    return layers.Dense(8)(layers.Concatenate()(parts))
`;
  assert.deepEqual(layersOf(text), [["dense", ["input_shape[-1]", 8]]]);
});

test("an entry of a list, what is computed of a shape and a window that nobody knows have names", () => {
  const text = `
import numpy as np
def build(filters, kernels, env):
    x = layers.Conv2D(6, 3)(keras.Input((28, 28, 1)))
    for i in range(len(filters)):
        x = layers.Conv2D(filters[i], kernels[i])(x)
    return layers.Dense(np.prod(env.observation_space.shape))(layers.Dense(2)(x))
`;
  assert.deepEqual(layersOf(text).slice(1, 2), [
    ["conv2d_1", ["kernel_size[0]", "kernel_size[1]", "x.shape[-1]", "filters[i]"]],
  ]);
  assert.deepEqual(
    layersOf(text).find(([name]) => name === "dense"),
    ["dense", [2, "prod(observation_space.shape)"]],
  );
});

test("layers of Keras 1 say their trainable weights themselves", () => {
  const text = `
import keras.backend as K
class Normalise(layers.Layer):
    def build(self, shape):
        self.gamma = K.variable(20.0 * tf.ones((shape[-1],)), name="gamma")
        self.trainable_weights = [self.gamma]
    def call(self, x):
        return self.gamma * x
x = layers.Conv2D(4, 3)(keras.Input((8, 8, 3)))
layers.Conv2D(5, 3)(Normalise()(x))
`;
  assert.deepEqual(layersOf(text).at(-1), ["conv2d_1", [3, 3, 4, 5]]);
});

test("arg_scope gives the functions of its list their defaults, and nobody else", () => {
  const text = `
slim = tf.contrib.slim
def defaults():
    start = tf.truncated_normal_initializer(stddev=0.01)
    with slim.arg_scope([slim.conv2d, slim.fully_connected], weights_initializer=start):
        with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm) as scope:
            return scope
images = tf.placeholder(tf.float32, [None, 8, 8, 3])
with slim.arg_scope(defaults()):
    inside = slim.conv2d(images, 32, 3, scope="inside")
    last = slim.fully_connected(slim.flatten(inside), 10, scope="last")
after = slim.conv2d(images, 4, 3)
norm = slim.batch_norm(after)
`;
  const cells = [{ index: null, text: HEAD + text }];
  const { layers } = analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] });
  const said = layers.map(({ name, parameters }) => [
    name,
    parameters.map((one) => one.name).join(),
    parameters[0]!.current.kind,
  ]);
  assert.deepEqual(said, [
    ["inside", "kernel", "truncated_normal"],
    ["last", "kernel,bias", "truncated_normal"],
    ["after", "kernel,bias", "uniform"],
    ["norm", "beta,moving_mean,moving_variance", "constant"],
  ]);
});

test("variables of version 1 behind an argument that is False are told too", () => {
  const text = `
def conv(x, channels, kernel=3, sn=False):
    if sn:
        w = tf.get_variable("w", [kernel, kernel, x.get_shape()[-1], channels])
        return tf.nn.conv2d(x, w, [1, 1, 1, 1], "SAME")
    return tf.layers.conv2d(x, channels, kernel)
`;
  const cells = [{ index: null, text: HEAD + text }];
  const { layers } = analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] });
  assert.deepEqual(layers.find(({ class: name }) => name.endsWith("get_variable"))!.parameters[0]!.shape, [
    3,
    3,
    "x.get_shape()[-1]",
    "channels",
  ]);
});

test("variables in a dictionary are called by their keys, and named as the graph names them", () => {
  const text = `
weights = {
    "h1": tf.Variable(tf.random_normal([784, 256])),
    "deep": {"out": tf.Variable(tf.random_normal([256, 10]))},
}
biases = dict(b1=tf.Variable(tf.zeros([256])))
`;
  const cells = [{ index: null, text: HEAD + text }];
  const { layers } = analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] });
  assert.deepEqual(
    layers.map(({ name, parameters }) => [name, parameters[0]!.name]),
    [
      ["weights.h1", "Variable:0"],
      ["weights.deep.out", "Variable_1:0"],
      ["b1", "Variable_2:0"],
    ],
  );
});

test("functions of TensorFlow 1 that nobody calls: one that takes defaults from scopes, sizes of a shape of unknown rank", () => {
  const text = `
from tensorflow.contrib.framework.python.ops import add_arg_scope
@add_arg_scope
def conv(x, width, size=[3, 3]):
    return tf.get_variable("W", size + [int(x.get_shape()[3]), width])
def net(x):
    x = tf.nn.conv2d(x, tf.get_variable("w2", [1, 3, 2, 64]), [1, 1, 1, 1], "SAME")
    return tf.get_variable("w3", [1, 3, x.get_shape()[-1].value, 32])
`;
  const cells = [{ index: null, text: HEAD + text }];
  const { layers } = analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] });
  const shapes = layers.map(({ parameters: [one] }) => one!.shape);
  assert.deepEqual(shapes, [
    [3, 3, "x.get_shape()[3]", "width"],
    [1, 3, 2, 64],
    [1, 3, 64, 32],
  ]);
});

test("sizes of TensorFlow 1 have their number in value, whatever they were read from", () => {
  const text = `
def head(x):
    h = tf.layers.dense(x, 7)
    h = tf.layers.dense(h, h.shape[-1].value + 1)
    assert h.shape.is_compatible_with(x.shape)
    return tf.layers.dense(h, 2 * h.get_shape()[-1].value)
image = tf.placeholder(tf.float32, [None, 20])
batch = image.shape[0].value or -1
tf.layers.dense(tf.reshape(image, [batch, image.shape[1].value]), 3)
`;
  const cells = [{ index: null, text: HEAD + text }];
  const { layers } = analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] });
  assert.deepEqual(
    layers.map(({ parameters: [one] }) => one!.shape),
    [
      ["x.shape[-1]", 7],
      [7, 8],
      [8, 16],
      [20, 3],
    ],
  );
});

test("places and channels that change into each other keep the number of values", () => {
  const text = `
x = keras.Input((None, None, 12))
y = layers.Lambda(lambda t: tf.nn.depth_to_space(t, 2))(x)
z = layers.Conv2D(5, 3)(y)
layers.Conv2D(6, 3)(tf.nn.space_to_depth(z, 2))
`;
  assert.deepEqual(
    layersOf(text).map(([, shape]) => shape),
    [
      [3, 3, 3, 5],
      [3, 3, 20, 6],
    ],
  );
});

test("Keras 1: a function draws for a shape, rates and deviations under their old names", () => {
  const text = `
from keras import initializations
from keras.layers import Dense, Dropout, GaussianNoise, Input
def small(shape, name=None):
    return initializations.normal(shape, scale=0.01, name=name)
x = GaussianNoise(sigma=0.1)(Dropout(p=0.3)(Input((784,))))
Dense(output_dim=625, init=small)(x)
Dense(10, init=lambda shape: initializations.glorot_normal(shape))(x)
`;
  const cells = [{ index: null, text: HEAD + text }];
  const { layers } = analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] });
  assert.deepEqual(
    layers.map(({ parameters: [one] }) => [one!.shape, one!.current.kind, one!.current.std]),
    [
      [[784, 625], "normal", 0.01],
      [[784, 10], "normal", Math.sqrt(2 / 794)],
    ],
  );
});

test("parts of a shape answer what TensorFlow's shapes do", () => {
  const text = `
x = tf.placeholder(tf.float32, [None, 4, 5])
x.shape[1:].assert_is_fully_defined()
tf.layers.dense(x, sum(x.shape[1:].as_list()))
tf.get_variable("scale", tf.TensorShape([3]).concatenate(x.get_shape()[-1:]))
tf.get_variable("shift", [1 if x.shape[1:].is_compatible_with([4, 6]) else 2])
`;
  const cells = [{ index: null, text: HEAD + text }];
  const { layers } = analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] });
  assert.deepEqual(
    layers.map(({ parameters: [one] }) => one!.shape),
    [[5, 9], [3, 5], [2]],
  );
});

test("cells of TensorFlow 1: a program's own, a fused GRU, an LSTM with norms for its bias", () => {
  const text = `
class Cell(tf.nn.rnn_cell.RNNCell):
    def __init__(self, size, reuse=None):
        super(Cell, self).__init__(_reuse=reuse)
        self._size = size
    def __call__(self, inputs, state, scope=None):
        return tf.layers.dense(inputs, self._size), state

x = tf.zeros([1, 5])
Cell(7)(x, None)
tf.contrib.rnn.GRUBlockCell(3)(x, None)
tf.contrib.rnn.LayerNormBasicLSTMCell(2)(x, None)
`;
  const cells = [{ index: null, text: HEAD + text }];
  const { layers } = analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] });
  const all = layers.map(({ parameters }) => parameters.map(({ shape }) => shape.join("×")).join(" "));
  assert.deepEqual(all, ["5×7 7", "8×6 6 8×3 3", "7×8 2 2 2 2 2 2 2 2 2 2"]);
});

test("each definition that nobody calls begins with the names and variables that its module left", () => {
  const text = `
w = tf.get_variable("w", [2])
def first(x):
    return tf.get_variable("u", [3]) + tf.keras.layers.Dense(4)(x)
def second(x):
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        tf.get_variable("w")
    return tf.get_variable("u", [5])
def third():
    inputs = tf.keras.Input((6,))
    model = tf.keras.Model(inputs, tf.keras.layers.Dense(7)(inputs))
    return tf.keras.layers.Dense(8)(model.get_layer("dense").output)
`;
  const cells = [{ index: null, text: HEAD + text }];
  const { layers } = analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] });
  assert.deepEqual(
    layers.map(({ parameters: [one] }) => one!.shape),
    [[2], [3], ["x.shape[-1]", 4], [5], [6, 7], [7, 8]],
  );
});

test("convolutions by functions: what follows their weights, and channels that come first", () => {
  const text = `
def weight(shape):
    return tf.Variable(tf.truncated_normal(shape, stddev=0.1))
def net(x):
    w1 = weight([5, 5, 1, 32])
    b1 = tf.Variable(tf.zeros([32]))
    h = tf.nn.max_pool(tf.nn.relu(tf.nn.conv2d(x, w1, [1, 1, 1, 1], "SAME") + b1), 2, 2, "SAME")
    w2 = weight([5, 5, 32, 64])
    h = tf.nn.dropout(tf.nn.tanh(tf.nn.bias_add(tf.nn.conv2d(h, w2, 1, "SAME"), tf.zeros([64]))), 0.5)
    return h
image = tf.placeholder(tf.float32, [None, 3, 32, 32])
h = tf.nn.conv2d(image, weight([3, 3, 3, 8]), [1, 1, 2, 2], "VALID", data_format="NCHW")
h = tf.nn.max_pool(h, [1, 1, 3, 3], [1, 1, 3, 3], "VALID", data_format="NCHW")
tf.layers.dense(tf.reshape(h, [-1, h.shape[1] * h.shape[2] * h.shape[3]]), 10)
`;
  const cells = [{ index: null, text: HEAD + text }];
  const { layers } = analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] });
  const of = (...shape: number[]) =>
    layers.filter(({ parameters: [one] }) => String(one!.shape) === String(shape)).at(-1)?.activation;
  assert.equal(of(5, 5, 1, 32), "relu");
  assert.equal(of(5, 5, 32, 64), "tanh");
  assert.deepEqual(layers.at(-1)!.parameters[0]!.shape, [8 * 5 * 5, 10]);
});

test("a model that trains on several things nobody knows makes each of its weights once", () => {
  const text = `
from somewhere import load
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.inner = layers.Dense(30)
        self.outer = layers.Dense(2)
    def call(self, inputs):
        wide, deep = inputs
        return self.outer(self.inner(deep))
net = Net()
data = load()
net.fit((data[:, :5], data[:, 2:]), data)
net.evaluate((data[:, :5], data[:, 2:]), data)
`;
  const cells = [{ index: null, text: HEAD + text }];
  const { layers } = analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] });
  const weights = layers.filter(({ class: name }) => name === "keras.layers.Dense");
  assert.deepEqual(
    weights.map(({ parameters }) => parameters.map(({ shape }) => shape)),
    [
      [["deep.shape[-1]", 30], [30]],
      [[30, 2], [2]],
    ],
  );
});

test("what follows layers of a model that nobody knows does not see the data itself", () => {
  const text = `
import numpy as np
known = keras.models.load_model("first.keras")
model = keras.Sequential(known.layers[:-1])
model.add(layers.Dense(1))
images = np.zeros((10, 28, 28))
model.fit(images, images)
`;
  assert.deepEqual(layersOf(text), [["dense", ["input_shape[-1]", 1]]]);
});

test("channels that stand first are the second size of an input nobody knows", () => {
  const text = `
def stem(x):
    x = layers.Conv2D(8, 3, data_format="channels_first")(x)
    return layers.Conv2D(4, 3, data_format="channels_first")(x)
`;
  assert.deepEqual(layersOf(text), [
    ["conv2d", [3, 3, "x.shape[1]", 8]],
    ["conv2d_1", [3, 3, 8, 4]],
  ]);
});

test("a loop that may not run makes no weight twice", () => {
  const text = `
from data import batches
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.inner = layers.Dense(30)
    def call(self, x):
        return self.inner(tf.reshape(x, [-1, 7]))
net = Net()
net.build((4, 7))
for x in batches:
    net(x)
net(x)
`;
  const cells = [{ index: null, text: HEAD + text }];
  const [layer] = analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] }).layers;
  assert.deepEqual(
    layer?.parameters.map(({ shape }) => shape),
    [[7, 30], [30]],
  );
});

test("an attention that builds its projections itself is built for sequences, whatever it is given", () => {
  const text = `
class Own(layers.MultiHeadAttention):
    def build(self, query_shape, value_shape, key_shape=None):
        free = len(query_shape) - 1
        letters = "abc"[:free]
        self._query_dense = layers.EinsumDense(
            letters + "x,xhd->" + letters + "hd", output_shape=(None,) * (free - 1) + (self._num_heads, self._key_dim),
            **self._get_common_kwargs_for_sublayer(),
        )
        self._query_dense.build(query_shape)
    def call(self, query, value=None):
        return self._query_dense(query)
`;
  assert.deepEqual(layersOf(text), [["_query_dense", ["input_shape[-1]", "num_heads", "key_dim"]]]);
});

test("weights taken out of a layer are the layer's own, in whatever they are kept", () => {
  const text = `
model = keras.Sequential()
model.add(layers.Dense(units=3, input_dim=2))
weights = model.layers[0].get_weights()
params = {"W": model.layers[0].kernel.numpy()}
`;
  const cells = [{ index: null, text: HEAD + text }];
  const { layers } = analyse({ file: "/w/m.py", cells }, { read: () => null }, { roots: ["/w"] });
  const told = layers.map(({ class: name, parameters }) => [name, parameters.map(({ shape }) => shape)]);
  assert.deepEqual(told, [["keras.layers.Dense", [[2, 3], [3]]]]);
});
