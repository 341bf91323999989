"""The outputs of layers whose inputs nobody may know: of these at least the last size."""

import _lens
from _arrays.core import as_array, make, resized
from _jax.array import JaxArray


def last_size(x):
    return _lens.called(_lens.called(x.shape, "inputs.shape")[-1], "inputs.shape[-1]")


def with_last(x, *sizes):
    if _lens.is_unknown(x):
        return open_array(sizes[-1])
    x = as_array(x)
    return make([x], resized(x.shape, *sizes), x._dtype)


def shaped(inputs, shape, last):
    """A layer's output; of one whose input nobody knows at least the last size."""
    return open_array(last) if _lens.is_unknown(shape) else make([inputs], shape, inputs._dtype)


def of_sizes(sizes):
    """An array of these sizes, some of which nobody knows."""
    return JaxArray._result([], tuple(sizes), "float32", None, None)


def open_array(last):
    """An array of which only the last size is known."""
    return JaxArray._result([], _lens.ending_with(last), "float32", None, None)
