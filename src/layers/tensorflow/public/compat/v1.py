"""tf.compat.v1: the defaults of TensorFlow 1."""

from tensorflow import *
from tensorflow import (
    app, contrib, estimator, flags, initializers, keras, layers, logging, losses, metrics, nn, random, summary, train,
)  # fmt: skip
from _tensorflow.initializers import _initializer

zeros_initializer = _initializer("zeros_initializer", version=1)
ones_initializer = _initializer("ones_initializer", version=1)
constant_initializer = _initializer("constant_initializer", "value", version=1)
random_normal_initializer = _initializer("random_normal_initializer", "mean", "stddev", version=1)
random_uniform_initializer = _initializer("random_uniform_initializer", "minval", "maxval", version=1)
