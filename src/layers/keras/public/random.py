"""keras.random."""

import _lens
from _arrays.random_laws import normal_array, truncated_array, uniform_array
from _arrays.create import created
from _arrays.elementwise import same_shape
from _keras.tensors import Tensor


def normal(shape, mean=0.0, stddev=1.0, dtype="float32", seed=None):
    return normal_array(Tensor, shape, mean, stddev, dtype or "float32")


def uniform(shape, minval=0.0, maxval=1.0, dtype="float32", seed=None):
    return uniform_array(Tensor, shape, minval, maxval, dtype or "float32")


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype="float32", seed=None):
    return truncated_array(Tensor, shape, mean, stddev, dtype or "float32")


def randint(shape, minval, maxval, dtype="int32", seed=None):
    return created(Tensor, shape, dtype, None, None, "randint")


def categorical(logits, num_samples, dtype="int32", seed=None):
    return created(Tensor, tuple(logits.shape[:-1]) + (num_samples,), dtype, None, None, "categorical")


shuffle = dropout = same_shape


class SeedGenerator:
    def __init__(self, seed=None, **kwargs):
        self.seed = seed

    def next(self, *args):
        return _lens.unknown("a seed")
