import keras
from keras import initializers, layers, ops


class Linear(layers.Layer):
    def __init__(self, units=32, scale=0.02, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.scale = scale

    def build(self, input_shape):
        self.w = self.add_weight(
            shape=(input_shape[-1], self.units),
            initializer=initializers.RandomNormal(stddev=self.scale),
            name="w",
        )
        self.b = self.add_weight(shape=(self.units,), initializer="zeros")
        self.steps = self.add_weight(shape=(), initializer="zeros", trainable=False, name="steps")

    def call(self, inputs):
        return ops.matmul(inputs, self.w) + self.b


class Pair(layers.Layer):
    def build(self, left_shape, right_shape):
        self.left = layers.Dense(8)
        self.left.build(left_shape)
        self.right = layers.Dense(8)
        self.right.build(right_shape)

    def call(self, left, right):
        return self.left(left) + self.right(right)


a = keras.Input((12,))
b = keras.Input((5,))
x = Linear(16)(a)
y = Linear(8, name="named")(x)
z = Pair()(x, b)
model = keras.Model([a, b], [y, z])
