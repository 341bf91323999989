"""tf.contrib of TensorFlow 1."""

from tensorflow.contrib import layers, rnn, slim
