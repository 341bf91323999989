"""Sizes of windows that slide: convolution, pooling, padding."""

import _lens
from _keras.openshape import last_of


def tuple_of(value, rank):
    """`3` and `(3, 3)` both as a tuple of `rank` numbers."""
    if _lens.is_unknown(value):
        return (_lens.unknown("size of a window"),) * rank
    if isinstance(value, (list, tuple)):
        return tuple(value)
    return (value,) * rank


def window_of(kernel_size, rank):
    """The sizes of a kernel; those nobody knows as the layer's own attribute has them, whether one number was given or several."""
    if _lens.is_unknown(kernel_size):
        return tuple([_lens.called(_lens.unknown("size of a window"), "kernel_size[%s]" % i) for i in range(rank)])
    return tuple_of(kernel_size, rank)


def free(d):
    return _lens.certain(d is None)


def conv_size(size, kernel, stride, padding, dilation=1):
    """Length after a window of `kernel` slides over `size`."""
    if free(size):
        return None
    reach = dilation * (kernel - 1) + 1
    if padding == "same" or padding == "causal":
        return (size + stride - 1) // stride
    out = (size - reach) // stride + 1
    # Sizes may be in another order than is assumed: Keras 1 kept that in a file of its user's.
    return _lens.unknown("a window that does not fit") if _lens.certain(out < 1) else out


def deconv_size(size, kernel, stride, padding, dilation=1, output_padding=None):
    """Length after a transposed convolution."""
    if free(size):
        return None
    reach = kernel + (kernel - 1) * (dilation - 1)
    if output_padding is None:
        if padding == "same":
            return size * stride
        gap = reach - stride
        return size * stride + (gap if _lens.certain(gap > 0) else 0)
    pad = reach // 2 if padding == "same" else 0
    return (size - 1) * stride + reach - 2 * pad + output_padding


def split_shape(shape, rank, data_format):
    """Batch, spatial sizes, channels of a shape; all unknown where the shape is."""
    if _lens.is_unknown(shape):
        hidden = _lens.unknown("input shape")
        return None, (hidden,) * rank, shape[1] if data_format == "channels_first" else last_of(shape)
    if len(shape) != rank + 2:
        raise ValueError("expected %s dimensions, got %s" % (rank + 2, len(shape)))
    if data_format == "channels_first":
        return shape[0], tuple(shape[2:]), shape[1]
    return shape[0], tuple(shape[1:-1]), last_of(shape)


def join_shape(batch, spatial, channels, data_format):
    if data_format == "channels_first":
        return (batch, channels) + tuple(spatial)
    return (batch,) + tuple(spatial) + (channels,)
