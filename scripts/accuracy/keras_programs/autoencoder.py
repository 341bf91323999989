import keras
from keras import layers


class Sampler(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seed = keras.random.SeedGenerator(1)

    def call(self, mean, log_variance):
        epsilon = keras.random.normal(shape=keras.ops.shape(mean), seed=self.seed)
        return mean + keras.ops.exp(0.5 * log_variance) * epsilon


class Autoencoder(keras.Model):
    def __init__(self, encoder, decoder, **kwargs):
        super().__init__(**kwargs)
        self.encoder = encoder
        self.decoder = decoder
        self.sampler = Sampler()
        self.tracker = keras.metrics.Mean(name="loss")

    def call(self, inputs):
        mean, log_variance = self.encoder(inputs)
        return self.decoder(self.sampler(mean, log_variance))


inputs = keras.Input(shape=(28, 28, 1))
x = layers.Conv2D(32, 3, activation="relu", strides=2, padding="same")(inputs)
x = layers.SeparableConv2D(64, 3, activation="relu", strides=2, padding="same")(x)
x = layers.Dense(16, activation="relu")(layers.Flatten()(x))
encoder = keras.Model(inputs, [layers.Dense(2, name="mean")(x), layers.Dense(2, name="log_variance")(x)], name="encoder")
decoder = keras.Sequential(
    [
        keras.Input((2,)),
        layers.Dense(7 * 7 * 64, activation="relu"),
        layers.Reshape((7, 7, 64)),
        layers.Conv2DTranspose(64, 3, activation="relu", strides=2, padding="same"),
        layers.DepthwiseConv2D(3, padding="same"),
        layers.UpSampling2D(2),
        layers.Conv2D(1, 3, activation="sigmoid", padding="same"),
    ]
)
model = Autoencoder(encoder, decoder)
model(keras.Input((28, 28, 1)))
