"""Windows as Flax's convolutions and pooling count them."""

import _lens
from _arrays.core import as_array, make


def sizes_of(value):
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


def _each(value, rank, default=1):
    if value is None:
        return (default,) * rank
    if isinstance(value, (list, tuple)):
        return tuple(value) * rank if len(value) == 1 and rank > 1 else tuple(value)
    return (value,) * rank


def _pads(padding, rank):
    """A word, or (low, high) an axis."""
    if isinstance(padding, str):
        return padding
    if isinstance(padding, int):
        return [(padding, padding)] * rank
    pairs = [tuple(p) if isinstance(p, (list, tuple)) else (p, p) for p in padding]
    return pairs * rank if len(pairs) == 1 and rank > 1 else pairs


def _slid(size, kernel, stride, padding, dilation, i):
    reach = (kernel - 1) * dilation + 1
    if isinstance(padding, str):
        if padding.upper() in ("SAME", "CIRCULAR", "CAUSAL", "REFLECT"):
            return -(-size // stride)
        return (size - reach) // stride + 1
    return (size + padding[i][0] + padding[i][1] - reach) // stride + 1


def conv_shape(shape, kernel, strides, padding, dilation, features, input_dilation=1):
    if _lens.is_unknown(shape):
        return shape
    rank = len(kernel)
    strides, dilation, pads = _each(strides, rank), _each(dilation, rank), _pads(padding, rank)
    spread = _each(input_dilation, rank)
    sizes = [(n - 1) * s + 1 for n, s in zip(shape[-1 - rank : -1], spread)]
    sizes = [_slid(n, kernel[i], strides[i], pads, dilation[i], i) for i, n in enumerate(sizes)]
    return tuple(shape[: -1 - rank]) + tuple(sizes) + (features,)


def conv_transpose_shape(shape, kernel, strides, padding, dilation, features):
    if _lens.is_unknown(shape):
        return shape
    rank = len(kernel)
    strides, dilation, pads = _each(strides, rank), _each(dilation, rank), _pads(padding, rank)
    sizes = []
    for i, n in enumerate(shape[-1 - rank : -1]):
        reach = (kernel[i] - 1) * dilation[i] + 1
        if not isinstance(pads, str):
            sizes.append((n - 1) * strides[i] + 1 + pads[i][0] + pads[i][1] - reach + 1)
        elif pads.upper() == "VALID":
            gap = reach - strides[i]
            sizes.append(n * strides[i] + (gap if _lens.certain(gap > 0) else 0))
        else:
            sizes.append(n * strides[i])
    return tuple(shape[: -1 - rank]) + tuple(sizes) + (features,)


def pool_shape(x, window, strides, padding):
    x = as_array(x)
    if _lens.is_unknown(x.shape):
        return make([] if _lens.is_unknown(x) else [x], _lens.ending_with(x.shape[-1]))
    rank = len(window)
    strides, pads = _each(strides, rank), _pads(padding, rank)
    sizes = [_slid(n, window[i], strides[i], pads, 1, i) for i, n in enumerate(x.shape[-1 - rank : -1])]
    return make([x], tuple(x.shape[: -1 - rank]) + tuple(sizes) + tuple(x.shape[-1:]), x._dtype)


def pool(inputs, window_shape, strides=None, padding="VALID", *args, **kwargs):
    return pool_shape(inputs, tuple(window_shape), strides, padding)
