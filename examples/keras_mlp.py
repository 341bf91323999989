"""The same network in Keras: glorot_uniform is the default, he_normal suits ReLU."""

import keras
from keras import layers

default = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        layers.Dense(256, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]
)

initialised = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        layers.Dense(256, activation="relu", kernel_initializer="he_normal"),
        layers.Dense(10, activation="softmax", kernel_initializer=keras.initializers.GlorotUniform(seed=1)),
    ]
)
