"""JAX's arrays never change; everything else is the shared array model."""

import _lens
from _arrays.core import Array, as_array


class JaxArray(Array):
    _rank = 3
    _mutable = False

    def addressable_data(self, index):
        return self

    @property
    def aval(self):
        return self


def jax_array(x, dtype=None):
    x = as_array(x, dtype)
    if isinstance(x, Array) and x._rank < 3:
        return JaxArray._result([], x.shape, x._dtype, x.law, x._data)
    return x


def converted(function):
    """A function of the shared model whose result is JAX's."""

    def wrapped(*args, **kwargs):
        out = function(*args, **kwargs)
        return _lens.flow_same(jax_array(out), out) if isinstance(out, Array) else out

    return wrapped
