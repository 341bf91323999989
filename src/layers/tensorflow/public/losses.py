"""tf.losses."""

from keras.losses import *
