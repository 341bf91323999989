/** What programs for Keras 1 and 2 wrote, as Keras 2 took it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../../../src/analysis.js";
import type { Layer } from "../../../../src/types.js";

const layers = (text: string): readonly Layer[] =>
  analyse(
    { file: "/w/m.py", cells: [{ index: null, text: `from keras.layers import *\n${text}` }] },
    { read: () => null },
  ).layers;

const weights = (text: string) =>
  layers(text).map(({ parameters }) =>
    parameters.map(({ shape, current }) => `${shape.join("×")} ${current.kind}`),
  );

const SAME: readonly (readonly [old: string, now: string, input: string])[] = [
  [
    'Convolution2D(8, 3, 5, border_mode="same", subsample=(2, 2), init="he_normal", bias=False)',
    'Conv2D(8, (3, 5), padding="same", strides=(2, 2), kernel_initializer="he_normal", use_bias=False)',
    "(28, 28, 3)",
  ],
  ["Convolution2D(nb_filter=8, nb_row=5, nb_col=4)", "Conv2D(8, (5, 4))", "(28, 28, 3)"],
  ["Conv2D(8, 3, 3, border_mode='same')", "Conv2D(8, (3, 3), padding='same')", "(28, 28, 3)"],
  ["Conv2D(8, 3, 3)", "Conv2D(8, 3, strides=3)", "(28, 28, 3)"],
  ["Convolution1D(nb_filter=8, filter_length=5, subsample_length=2)", "Conv1D(8, 5, strides=2)", "(28, 3)"],
  [
    "Convolution2D(8, 3, 3, dim_ordering='th')",
    "Conv2D(8, (3, 3), data_format='channels_first')",
    "(3, 28, 28)",
  ],
  ["Dense(output_dim=5, init='uniform')", "Dense(5, kernel_initializer='uniform')", "(7,)"],
  [
    "LSTM(output_dim=5, init='he_normal', inner_init='glorot_uniform')",
    "LSTM(5, kernel_initializer='he_normal', recurrent_initializer='glorot_uniform')",
    "(9, 7)",
  ],
  [
    "Embedding(20, 5, init='glorot_uniform')",
    "Embedding(20, 5, embeddings_initializer='glorot_uniform')",
    "(9,)",
  ],
  ["BatchNormalization(mode=0, gamma_init='zero')", "BatchNormalization(gamma_initializer='zeros')", "(7,)"],
];

for (const [old, now, input] of SAME) {
  test(old, () => {
    const of = (call: string) => weights(`x = ${call}(Input(${input}))\ny = Dense(2)(Flatten()(x))\n`);
    assert.equal(of(old).length, 2);
    assert.deepEqual(of(old), of(now));
  });
}

test("one function merges, as its mode says", () => {
  const shapes = weights(`a, b = Input((3,)), Input((4,))
x = Dense(5)(merge([a, b], mode="concat", concat_axis=1))
y = Dense(2)(merge([x, x], mode="sum"))
z = Dense(1)(merge([x, y], mode=lambda inputs: inputs[1]))
`);
  assert.deepEqual(
    shapes.map(([kernel]) => kernel),
    ["7×5 uniform", "5×2 uniform", "2×1 uniform"],
  );
});

test("the backend comes with everything that is imported", () => {
  const [[gamma]] = weights(`axis = -1 if K.image_data_format() == "channels_last" else 1
x = BatchNormalization(axis=axis)(Input((3, 4)))
`) as [[string]];
  assert.equal(gamma, "4 constant");
});

test("what follows a layer that was taken out of a list depends on the version", () => {
  const built = layers(`from keras.models import Sequential
m = Sequential()
m.add(Dense(8, input_shape=(4,)))
m.add(Dense(6))
m.layers.pop()
m.outputs = [m.layers[-1].output]
m.add(Dense(3))
`);
  const [kernel] = built.at(-1)!.parameters;
  assert.equal(kernel!.shape[1], 3);
  assert.equal(typeof kernel!.shape[0], "string");
});

test("a norm over an axis nobody knows has a size with a name", () => {
  const [norm] = layers("def block(x, axis):\n    return BatchNormalization(axis=axis)(x)\n");
  assert.equal(typeof norm!.parameters[0]!.shape[0], "string");
});

test("a function that a function makes is called as well", () => {
  const shapes = layers(`def block(filters, stride=None):
    def f(x):
        y = Conv2D(filters, 3, strides=stride or 1, use_bias=False)(x)
        return Dense(4)(y)
    return f
`).map(({ parameters: [kernel] }) => kernel!.shape.at(-1));
  assert.deepEqual(shapes, ["filters", 4]);
});

test("sizes that do not fit in the order that is assumed end no model", () => {
  const kernels = layers(`from keras.models import Sequential
m = Sequential()
m.add(Convolution2D(8, 3, 3, border_mode="same", input_shape=(3, 32, 32)))
m.add(MaxPooling2D((2, 2)))
m.add(MaxPooling2D((2, 2)))
m.add(Convolution2D(4, 3, 3))
`).map(({ parameters: [kernel] }) => kernel!.shape);
  assert.deepEqual(kernels.at(-1), [3, 3, 8, 4]);
});

test("half of a number of units is a number of units", () => {
  const [first, second] = weights("h = Dense(64 / 2)(Input((5,)))\nh = Dense(2)(h)\n");
  assert.equal(first![0], "5×32 uniform");
  assert.equal(second![0], "32×2 uniform");
  const [, third, last] = weights(
    "def f(x, n):\n    h = Dense(n)(x)\n    h = Dense(n / 2)(h)\n    return Dense(2)(h)\n",
  );
  assert.equal(third![0], "n×n/2 unknown");
  assert.equal(last![0], "n/2×2 unknown");
});

test("the ends of a model under their names in Keras 1", () => {
  const found = weights(`
from keras.models import Model, Sequential
x = Input((5,))
inner = Model(input=x, output=Dense(3)(x))
m = Sequential([inner, Dense(2)])
`);
  assert.deepEqual(
    found.map(([kernel]) => kernel),
    ["5×3 uniform", "3×2 uniform"],
  );
});

test("an initializer is a function of a shape and a name", () => {
  const [{ parameters }] = layers(`from keras import initializations
def small(shape, name=None):
    return initializations.normal(shape, scale=0.01, name=name)
x = Convolution2D(8, 3, 3, init=small)(Input((28, 28, 3)))
`) as readonly [Layer];
  assert.deepEqual(parameters[0]!.shape, [3, 3, 3, 8]);
  const { kind, std } = parameters[0]!.current as { kind: string; std: number };
  assert.deepEqual([kind, std], ["normal", 0.01]);
});

test("the initializers of Keras 1", () => {
  const draw = (call: string) => {
    const [{ parameters }] = layers(`from keras import initializations
x = Dense(50, init=${call})(Input((100,)))
`) as readonly [Layer];
    const { kind, std } = parameters[0]!.current as { kind: string; std: number | null };
    return [kind, std];
  };
  assert.deepEqual(draw("initializations.glorot_normal"), ["normal", Math.sqrt(2 / 150)]);
  assert.deepEqual(draw("initializations.get('he_normal')"), ["normal", Math.sqrt(2 / 100)]);
  assert.deepEqual(draw("lambda shape, name: initializations.uniform(shape, 0.5, name=name)"), [
    "uniform",
    1 / Math.sqrt(12),
  ]);
});
