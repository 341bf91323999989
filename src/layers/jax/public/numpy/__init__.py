"""jax.numpy."""

import _lens
import _laws
from _arrays import create as _create
from _arrays.create import created as _created
from _arrays.core import Array as ndarray
from _arrays.core import dtype_name as _dtype_name
from _arrays.core import size_of as _size_of
from _jax.array import JaxArray, converted, jax_array
from numpy import *
from numpy import abs, all, any, bool_, float32, max, min, round, sum
from jax.numpy import fft, linalg

bfloat16 = float16


def _filled(value, what):
    def fill(shape, dtype=None, *args, **kwargs):
        law = None if value is None else _laws.constant(value)
        return _created(JaxArray, shape, dtype or "float32", law, None, what)

    return fill


zeros, ones, empty = _filled(0.0, "zeros"), _filled(1.0, "ones"), _filled(None, "empty")


def full(shape, fill_value, dtype=None, *args, **kwargs):
    value = fill_value.item() if isinstance(fill_value, ndarray) else fill_value
    return _created(JaxArray, shape, dtype or "float32", _laws.constant(value), None, "full")


def eye(N, M=None, k=0, dtype=None, *args, **kwargs):
    shape = (N, N if M is None else M)
    law = _laws.identity(1.0, shape) if k == 0 else None
    return _created(JaxArray, shape, dtype or "float32", law, None, "eye")


def identity(n, dtype=None):
    return eye(n, dtype=dtype)


def array(x, dtype=None, *args, **kwargs):
    return jax_array(x, dtype)


asarray = array
mgrid, ogrid = _create.Grid(False, jax_array), _create.Grid(True, jax_array)
arange, linspace = converted(_create.arange), converted(_create.linspace)
zeros_like, ones_like = converted(_create.zeros_like), converted(_create.ones_like)
full_like, empty_like = converted(_create.full_like), converted(_create.empty_like)
tri, tril, triu = converted(tri), converted(tril), converted(triu)
