"""What is called Xavier or Kaiming, in Caffe, Keras and PyTorch, on 64 inputs and 32 outputs."""

import keras
import numpy as np
from keras import layers
from torch import nn

fan_in, fan_out = 64, 32


def caffe_xavier(n):
    """Caffe's filler: U(±√(3 / n)); n is the fan-in, the fan-out or their average."""
    limit = np.sqrt(3 / float(n))
    return np.random.uniform(-limit, limit, size=(fan_in, fan_out))


caffe_fan_in = caffe_xavier(fan_in)  # ±0.2165
caffe_fan_out = caffe_xavier(fan_out)  # ±0.3062
caffe_average = caffe_xavier((fan_in + fan_out) / 2)  # ±0.25, as Keras

# Keras: U(±√(6 / (fan-in + fan-out))) = ±0.25.
keras_default = keras.Sequential([keras.Input(shape=(64,)), layers.Dense(32, activation="tanh")])

# PyTorch: kaiming_uniform_(a=√5), which is U(±1 / √fan-in) = ±0.125.
torch_default = nn.Linear(64, 32)

# PyTorch's xavier_uniform_ is Keras' glorot_uniform.
torch_xavier = nn.Linear(64, 32)
nn.init.xavier_uniform_(torch_xavier.weight)
