"""tf.compat."""

import tensorflow as v2
from tensorflow.compat import v1


def as_str(text):
    return text
