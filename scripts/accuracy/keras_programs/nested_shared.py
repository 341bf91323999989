import keras
from keras import layers

encoder = keras.Sequential(
    [keras.Input((28, 28, 1)), layers.Conv2D(16, 3, strides=2, padding="same"), layers.Flatten(), layers.Dense(64)],
    name="encoder",
)
head_inputs = keras.Input((128,))
head = keras.Model(head_inputs, layers.Dense(1)(layers.Dense(32, activation="relu")(head_inputs)), name="head")
left = keras.Input((28, 28, 1))
right = keras.Input((28, 28, 1))
joined = layers.Concatenate()([encoder(left), encoder(right)])
scale = layers.Dense(128, use_bias=False)
model = keras.Model([left, right], head(scale(scale(joined))))
