"""tf.contrib.slim."""

from _tensorflow.argscope import add_arg_scope, arg_scope
from tensorflow.contrib.layers import *
