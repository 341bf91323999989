"""tf.contrib.framework."""

from _tensorflow.argscope import add_arg_scope, arg_scope
