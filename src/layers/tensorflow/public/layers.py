"""tf.layers."""

from _tensorflow.layers import *
