"""Shapes of unknown rank whose last size is known, as a dense layer gives them."""

import _lens
from _arrays.core import size_of


class OpenShape:
    """Any number of sizes nobody knows, then `last`."""

    def __init__(self, last):
        self.last = last

    def __getitem__(self, index):
        if not _lens.is_unknown(index) and index == -1:
            return self.last
        return _lens.unknown("size of a shape of unknown rank")


def open_shape(shape):
    """A shape argument; of one that nobody knows the last size has a name."""
    if _lens.is_unknown(shape):
        return OpenShape(_lens.called(shape, "input_shape")[-1])
    return shape if isinstance(shape, OpenShape) else size_of(shape)


def opaque(shape):
    """Whether not even the rank of a shape is known."""
    return _lens.is_unknown(shape) or isinstance(shape, OpenShape)


def last_of(shape):
    """The last size; where nobody knows it, as the layer's `build` would read it."""
    return _lens.called(shape[-1], "input_shape[-1]")


def known_last(shape):
    """The last size; None where nobody knows it."""
    size = None if _lens.is_unknown(shape) else shape[-1]
    return None if _lens.is_unknown(size) else size


def shape_of_tensor(x):
    """The shape of a tensor, or what is known of its last size."""
    if _lens.is_unknown(x.shape) and not _lens.certain(x._last is None):
        return OpenShape(x._last)
    return x.shape
