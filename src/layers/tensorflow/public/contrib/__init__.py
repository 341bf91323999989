"""tf.contrib of TensorFlow 1."""

from tensorflow.contrib import framework, layers, rnn, slim
