"""Shapes of unknown rank whose last size is known, as a dense layer gives them."""

import _lens


class OpenShape:
    """Any number of sizes nobody knows, then `last`."""

    def __init__(self, last):
        self.last = last

    def __getitem__(self, index):
        if not _lens.is_unknown(index) and index == -1:
            return self.last
        return _lens.unknown("size of a shape of unknown rank")


def opaque(shape):
    """Whether not even the rank of a shape is known."""
    return _lens.is_unknown(shape) or isinstance(shape, OpenShape)


def last_of(shape):
    if _lens.is_unknown(shape):
        return _lens.unknown("last size of an unknown shape")
    return shape[-1]


def shape_of_tensor(x):
    """The shape of a tensor, or what is known of its last size."""
    if _lens.is_unknown(x.shape) and x._last is not None:
        return OpenShape(x._last)
    return x.shape
