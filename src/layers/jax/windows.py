"""Slices, convolutions and pooling of jax.lax: shapes."""

import _lens
from _arrays.core import as_array, dims, make, size_of
from _flax.conv import conv_shape, pool_shape


def _resized(operand, axis, size):
    """`operand` with another size along one axis."""
    operand = as_array(operand)
    shape = list(dims(operand))
    shape[axis] = size
    return make([operand], tuple(shape), operand._dtype)


def dynamic_slice(operand, start_indices, slice_sizes, **kwargs):
    operand = as_array(operand)
    return make([operand], size_of(slice_sizes), operand._dtype)


def dynamic_slice_in_dim(operand, start_index, slice_size, axis=0, **kwargs):
    return _resized(operand, axis, slice_size)


def slice_in_dim(operand, start_index, limit_index, stride=1, axis=0):
    whole = dims(operand)[axis]
    start = 0 if start_index is None else start_index
    stop = whole if limit_index is None else limit_index
    start = start + whole if _lens.certain(start < 0) else start
    stop = stop + whole if _lens.certain(stop < 0) else stop
    return _resized(operand, axis, -(-(stop - start) // stride))


def slice(operand, start_indices, limit_indices, strides=None):
    operand = as_array(operand)
    steps = [1] * len(start_indices) if strides is None else strides
    sizes = [-(-(b - a) // s) for a, b, s in zip(start_indices, limit_indices, steps)]
    return make([operand], tuple(sizes), operand._dtype)


def dynamic_index_in_dim(operand, index, axis=0, keepdims=True, **kwargs):
    if keepdims:
        return _resized(operand, axis, 1)
    operand = as_array(operand)
    shape = list(dims(operand))
    shape.pop(axis)
    return make([operand], tuple(shape), operand._dtype)


index_in_dim = dynamic_index_in_dim


# Layout of input, kernel and output where none is named: batch and channels first, outputs first.
_LAYOUT = ("NC", "OI", "NC")


def conv_dimension_numbers(lhs_shape, rhs_shape, dimension_numbers):
    return dimension_numbers


def conv_general_dilated(lhs, rhs, *args, **kwargs):
    return _lens.flow("conv2d", [lhs, rhs], _convolved(lhs, rhs, *args, **kwargs))


def _convolved(lhs, rhs, window_strides=None, padding="VALID", lhs_dilation=None, rhs_dilation=None,
               dimension_numbers=None, *args, **kwargs):  # fmt: skip
    lhs, rhs = as_array(lhs), as_array(rhs)
    shape, kernel = dims(lhs), dims(rhs)
    if _lens.is_unknown(shape) or _lens.is_unknown(kernel):
        return make([lhs], _lens.unknown("shape of a convolution"), lhs._dtype)
    letters = "0123456789"[: len(kernel) - 2]
    layouts = dimension_numbers or [word + letters for word in _LAYOUT]
    if not isinstance(layouts, (tuple, list)) or not all([isinstance(word, str) for word in layouts]):
        return make([lhs], _lens.unknown("shape of a convolution"), lhs._dtype)
    before, weights, after = layouts
    spatial = [letter for letter in weights if letter not in "OI"]
    sizes = [shape[before.index(letter)] for letter in spatial]
    window = [kernel[weights.index(letter)] for letter in spatial]
    features = kernel[weights.index("O")]
    found = conv_shape((shape[before.index("N")],) + tuple(sizes) + (0,), window, window_strides, padding,
                       rhs_dilation, features, 1 if lhs_dilation is None else lhs_dilation)  # fmt: skip
    table = dict(zip(["N"] + spatial + ["C"], found))
    return make([lhs, rhs], tuple([table[letter] for letter in after]), lhs._dtype)


def conv_with_general_padding(lhs, rhs, window_strides, padding, lhs_dilation, rhs_dilation, **kwargs):
    return conv_general_dilated(lhs, rhs, window_strides, padding, lhs_dilation, rhs_dilation)


def conv(lhs, rhs, window_strides, padding, **kwargs):
    return conv_general_dilated(lhs, rhs, window_strides, padding)


def conv_transpose(lhs, *args, **kwargs):
    lhs = as_array(lhs)
    return make([lhs], _lens.unknown("shape of a transposed convolution"), lhs._dtype)


def reduce_window(operand, init_value, computation, window_dimensions, window_strides, padding, **kwargs):
    operand = as_array(operand)
    shape = dims(operand)
    if _lens.is_unknown(shape):
        kept = _lens.certain(window_dimensions[-1] == 1)
        return make([operand], _lens.ending_with(shape[-1] if kept else None), operand._dtype)
    wide = make([operand], (1,) + tuple(shape) + (1,), operand._dtype)
    pooled = pool_shape(wide, tuple(window_dimensions), window_strides, padding)
    return make([operand], tuple(pooled.shape[1:-1]), operand._dtype)
