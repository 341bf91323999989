"""tf.metrics."""

from keras.metrics import *
