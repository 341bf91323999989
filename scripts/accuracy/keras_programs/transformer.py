import keras
from keras import layers, ops


class PositionalEmbedding(layers.Layer):
    def __init__(self, length, vocabulary, width, **kwargs):
        super().__init__(**kwargs)
        self.tokens = layers.Embedding(vocabulary, width)
        self.positions = layers.Embedding(length, width)

    def call(self, inputs):
        positions = ops.arange(0, ops.shape(inputs)[-1], 1)
        return self.tokens(inputs) + self.positions(positions)


class Encoder(layers.Layer):
    def __init__(self, width, wide, heads, **kwargs):
        super().__init__(**kwargs)
        self.attention = layers.MultiHeadAttention(num_heads=heads, key_dim=width // heads)
        self.dense = keras.Sequential([layers.Dense(wide, activation="relu"), layers.Dense(width)])
        self.norm_1 = layers.LayerNormalization()
        self.norm_2 = layers.LayerNormalization()

    def call(self, inputs, mask=None):
        x = self.norm_1(inputs + self.attention(inputs, inputs))
        return self.norm_2(x + self.dense(x))


inputs = keras.Input((40,), dtype="int64")
x = PositionalEmbedding(40, 2000, 48)(inputs)
for _ in range(2):
    x = Encoder(48, 96, 4)(x)
x = layers.GlobalMaxPooling1D()(x)
model = keras.Model(inputs, layers.Dense(1, activation="sigmoid")(layers.Dropout(0.5)(x)))
