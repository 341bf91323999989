import keras
from keras import layers


class Block(layers.Layer):
    def __init__(self, units, rate=0.1, **kwargs):
        super().__init__(**kwargs)
        self.norm = layers.LayerNormalization()
        self.wide = layers.Dense(4 * units, activation="gelu", kernel_initializer="he_normal")
        self.narrow = layers.Dense(units)
        self.drop = layers.Dropout(rate)

    def call(self, x, training=None):
        h = self.drop(self.narrow(self.wide(self.norm(x))), training=training)
        return x + h


class Classifier(keras.Model):
    def __init__(self, depth, units, classes):
        super().__init__()
        self.stem = layers.Dense(units)
        self.blocks = [Block(units) for _ in range(depth)]
        self.head = layers.Dense(classes, activation="softmax", name="head")

    def call(self, x, training=None):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x, training=training)
        return self.head(x)


model = Classifier(3, 32, 10)
model(keras.Input((20,)))
