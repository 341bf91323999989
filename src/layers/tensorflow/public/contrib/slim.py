"""tf.contrib.slim."""

from tensorflow.contrib.layers import *


class arg_scope:
    """Defaults for the functions named; nobody follows them here."""

    def __init__(self, *args, **kwargs):
        import _lens

        _lens.incomplete("slim.arg_scope changes defaults")

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None
