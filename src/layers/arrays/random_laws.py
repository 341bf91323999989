"""Draws as TensorFlow, Keras and JAX spell them."""

import _lens
import _laws
from _arrays.core import Array
from _arrays.create import random_array


def _known(*parameters):
    return all([isinstance(p, (int, float)) and not _lens.is_unknown(p) for p in parameters])


def normal_array(cls, shape, mean, stddev, dtype, what="normal"):
    law = _laws.normal(mean, stddev) if _known(mean, stddev) else None
    return random_array(cls, shape, law, what, dtype)


def uniform_array(cls, shape, low, high, dtype, what="uniform"):
    law = _laws.uniform(low, high) if _known(low, high) and "int" not in str(dtype) else None
    return random_array(cls, shape, law, what, dtype)


def truncated_array(cls, shape, mean, stddev, dtype, what="truncated_normal"):
    """Redrawn beyond two standard deviations."""
    law = None
    if _known(mean, stddev):
        law = _laws.truncated_normal(mean, stddev, mean - 2 * stddev, mean + 2 * stddev)
    return random_array(cls, shape, law, what, dtype)
