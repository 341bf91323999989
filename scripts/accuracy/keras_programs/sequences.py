import keras
from keras import layers

source = keras.Input((None,), dtype="int32")
target = keras.Input((None,), dtype="int32")
x = layers.Embedding(5000, 64, mask_zero=True)(source)
x = layers.Bidirectional(layers.LSTM(32), merge_mode="sum")(x)
y = layers.Embedding(6000, 64)(target)
y = layers.GRU(32, return_sequences=True)(y, initial_state=x)
y = layers.TimeDistributed(layers.Dense(16, activation="relu"))(y)
y = layers.Conv1D(8, 3, padding="causal")(y)
y = layers.RNN([layers.LSTMCell(8), layers.SimpleRNNCell(4)], return_sequences=True)(y)
model = keras.Model([source, target], layers.Dense(6000)(y))
