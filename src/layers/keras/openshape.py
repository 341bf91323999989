"""Shapes nobody knows, of which at most the last size is known, as a dense layer gives them."""

import _lens
from _arrays.core import size_of


def open_shape(shape):
    """A shape argument; of one that nobody knows the last size has a name."""
    return _lens.called(shape, "input_shape") if _lens.is_unknown(shape) else size_of(shape)


def last_of(shape):
    """The last size; where nobody knows it, as the layer's `build` would read it."""
    return _lens.called(_lens.called(shape, "input_shape")[-1], "input_shape[-1]")
