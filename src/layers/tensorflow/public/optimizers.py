"""tf.optimizers."""

from keras.optimizers import *
