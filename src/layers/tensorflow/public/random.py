"""tf.random."""

from _keras.inert import nothing as set_seed
from _keras.inert import nothing as set_random_seed
from _arrays.elementwise import same_shape as shuffle
from _tensorflow.api import random_normal as normal
from _tensorflow.api import random_uniform as uniform
from _tensorflow.api import truncated_normal
from keras.random import categorical


class Generator:
    normal = staticmethod(normal)
    uniform = staticmethod(uniform)
    truncated_normal = staticmethod(truncated_normal)

    @classmethod
    def from_seed(cls, *args, **kwargs):
        return cls()

    from_non_deterministic_state = from_seed


def stateless_normal(shape, seed=None, mean=0.0, stddev=1.0, dtype="float32", **kwargs):
    return normal(shape, mean, stddev, dtype)


def stateless_uniform(shape, seed=None, minval=0, maxval=None, dtype="float32", **kwargs):
    return uniform(shape, minval, maxval, dtype)


def stateless_truncated_normal(shape, seed=None, mean=0.0, stddev=1.0, dtype="float32", **kwargs):
    return truncated_normal(shape, mean, stddev, dtype)
