"""haiku.initializers: called with a shape and a type; the key is the running function's own."""

import math

import _lens
from _arrays.core import make, product, size_of
from _haiku.module import next_rng_key
from _jax.array import jax_array
from jax import numpy as jnp
from jax import random
from jax.nn import initializers as _jax_initializers


class Initializer:
    pass


class Constant(Initializer):
    def __init__(self, constant):
        self.constant = constant

    def __call__(self, shape, dtype="float32"):
        return jnp.broadcast_to(self.constant, shape) if hasattr(self.constant, "shape") else jnp.full(shape, self.constant)


class RandomNormal(Initializer):
    def __init__(self, stddev=1.0, mean=0.0):
        self.stddev, self.mean = stddev, mean

    def __call__(self, shape, dtype="float32"):
        return random.normal(next_rng_key(), size_of(shape)) * self.stddev + self.mean


def _unscaled(lower, upper, shape):
    return random.truncated_normal(next_rng_key(), lower, upper, size_of(shape))


class TruncatedNormal(Initializer):
    """The standard deviation is that before the cut."""

    def __init__(self, stddev=1.0, mean=0.0, lower=-2.0, upper=2.0):
        self.stddev, self.mean, self.lower, self.upper = stddev, mean, lower, upper

    def __call__(self, shape, dtype="float32"):
        return _unscaled(self.lower, self.upper, shape) * self.stddev + self.mean


class RandomUniform(Initializer):
    def __init__(self, minval=0.0, maxval=1.0):
        self.minval, self.maxval = minval, maxval

    def __call__(self, shape, dtype="float32"):
        return random.uniform(next_rng_key(), size_of(shape), "float32", self.minval, self.maxval)


class UniformScaling(Initializer):
    def __init__(self, scale=1.0):
        self.scale = scale

    def __call__(self, shape, dtype="float32"):
        limit = math.sqrt(3 / product(size_of(shape)[:-1])) * self.scale
        return RandomUniform(-limit, limit)(shape)


class VarianceScaling(Initializer):
    def __init__(self, scale=1.0, mode="fan_in", distribution="truncated_normal", fan_in_axes=None):
        self.scale, self.mode, self.distribution, self.fan_in_axes = scale, mode, distribution, fan_in_axes

    def __call__(self, shape, dtype="float32"):
        shape = size_of(shape)
        axes = {}
        if not _lens.certain(self.fan_in_axes is None) and not _lens.is_unknown(shape):
            inputs = [axis % len(shape) for axis in self.fan_in_axes]
            axes = {"in_axis": tuple(inputs), "out_axis": tuple([i for i in range(len(shape)) if i not in inputs])}
        if not _lens.is_unknown(shape) and len(shape) < 2:
            flat = (shape[0] if shape else 1,) * 2  # a vector's only size is both of its fans
            square = _jax_initializers.variance_scaling(self.scale, self.mode, self.distribution)
            return jax_array(make([], shape, "float32", square(next_rng_key(), flat).law))
        draw = _jax_initializers.variance_scaling(self.scale, self.mode, self.distribution, **axes)
        return draw(next_rng_key(), shape)


class Orthogonal(Initializer):
    def __init__(self, scale=1.0, axis=-1):
        self.scale, self.axis = scale, axis

    def __call__(self, shape, dtype="float32"):
        return _jax_initializers.orthogonal(self.scale, self.axis)(next_rng_key(), size_of(shape))


class Identity(Initializer):
    def __init__(self, gain=1.0):
        self.gain = gain

    def __call__(self, shape, dtype="float32"):
        return jnp.eye(shape[-2], shape[-1]) * self.gain
