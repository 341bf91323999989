"""tf.initializers: Keras's classes."""

from _keras.initializers import *
from _tensorflow.api import global_variables_initializer
