"""tf.nn."""

import _lens
from _arrays.core import Array, as_array, close_dims, dims, make, open_dims, size_of
from _arrays.elementwise import binary, same_shape
from _arrays.products import reduced_shape
from _arrays.shaping import concatenate, take
from _keras import ops as _ops
from _keras.activations import *
from _keras.ops import moments, top_k
from _tensorflow.rnn import dynamic_rnn, bidirectional_dynamic_rnn, static_rnn, rnn_cell

conv2d_backprop_input = _lens.unknown("tf.nn.conv2d_backprop_input")


def crelu(features, axis=-1, name=None):
    return concatenate([relu(features), relu(-features)], axis)


def bias_add(value, bias, *args, **kwargs):
    return _lens.flow("add", [value, bias], same_shape(value))


def dropout(x, *args, **kwargs):
    return _lens.flow("dropout", [x], same_shape(x))


def local_response_normalization(x, *args, **kwargs):
    return _lens.flow("normalize", [x], same_shape(x))


lrn = l2_normalize = local_response_normalization


def batch_normalization(x, *args, **kwargs):
    return _lens.flow("batch_norm", [x], same_shape(x))


fused_batch_norm = batch_normalization


def _rearranged(x, data_format, sizes):
    """Places and channels change into each other; `sizes` gives the new ones of the old."""
    x = as_array(x)
    if _lens.is_unknown(x) or _lens.is_unknown(x.shape) or data_format not in ("NHWC", "NCHW"):
        return _lens.unknown("what is moved between places and channels")
    shape = open_dims(tuple(x.shape))
    last = data_format == "NHWC"
    high, wide, channels = sizes(*(shape[1:] if last else (shape[2], shape[3], shape[1])))
    return make([x], close_dims((shape[0],) + ((high, wide, channels) if last else (channels, high, wide))), x._dtype)


def depth_to_space(input, block_size, data_format="NHWC", name=None):
    n = block_size
    return _rearranged(input, data_format, lambda high, wide, channels: (high * n, wide * n, channels // (n * n)))


def space_to_depth(input, block_size, data_format="NHWC", name=None):
    n = block_size
    return _rearranged(input, data_format, lambda high, wide, channels: (high // n, wide // n, channels * n * n))


def _format(layout):
    """Keras's name for `NHWC` and `NCHW`."""
    return "channels_first" if _lens.certain(layout in ("NCW", "NCHW", "NCDHW")) else "channels_last"


def _spatial(value, rank, data_format):
    """`[1, h, w, 1]` and `h` as sizes of the spatial axes."""
    if isinstance(value, (list, tuple)):
        value = list(value)
        if len(value) == rank + 2:
            return tuple(value[2:] if data_format == "channels_first" else value[1:-1])
        return tuple(value)
    return value


def _named(function, rank):
    def conv(
        input=None, filters=None, strides=None, padding="VALID", *args, filter=None, x=None, value=None, stride=1,
        dilations=1, data_format=None, **kwargs
    ):  # fmt: skip
        inputs = next((one for one in (input, x, value) if one is not None), None)
        kernel = filter if filters is None else filters
        stride = stride if strides is None else strides
        rate = dilations if isinstance(dilations, int) else 1
        if not isinstance(padding, str):
            return _lens.unknown("a convolution with explicit padding")
        layout = _format(data_format)
        return function(inputs, kernel, _spatial(stride, rank, layout), padding.lower(), layout, rate)

    return conv


conv1d, conv2d, conv3d = [_named(_ops.conv, r) for r in (1, 2, 3)]
depthwise_conv2d = depthwise_conv2d_native = _named(_ops.depthwise_conv, 2)


def convolution(input, filters=None, strides=1, padding="VALID", *args, filter=None, **kwargs):
    return _ops.conv(input, filter if filters is None else filters, strides, padding.lower(), "channels_last")


def conv2d_transpose(input=None, filters=None, output_shape=None, *args, value=None, filter=None, **kwargs):
    source = value if input is None else input
    kernel = filter if filters is None else filters
    return _lens.flow("conv2d", [source, kernel], make([as_array(source)], size_of(output_shape), "float32"))


conv3d_transpose = conv1d_transpose = conv2d_transpose


def _pooling(rank):
    def pool(input=None, ksize=2, strides=None, padding="VALID", data_format=None, *args, value=None, **kwargs):
        source = value if input is None else input
        layout = _format(data_format)
        windows, steps = _spatial(ksize, rank, layout), _spatial(strides, rank, layout)
        return _ops.max_pool(source, windows, steps, padding.lower(), layout)

    return pool


max_pool = max_pool2d = avg_pool = avg_pool2d = _pooling(2)
max_pool1d = avg_pool1d = _pooling(1)
max_pool3d = avg_pool3d = _pooling(3)


def embedding_lookup(params, ids, *args, **kwargs):
    return take(params, ids, 0)


def xw_plus_b(x, weights, biases, *args, **kwargs):
    return _ops.matmul(x, weights)


def relu_layer(x, weights, biases, *args, **kwargs):
    return _ops.matmul(x, weights)


def softmax_cross_entropy_with_logits(*args, labels=None, logits=None, **kwargs):
    given = logits if logits is not None else (args[0] if args else labels)
    shape = dims(given)
    return make([as_array(given)], _lens.unknown("shape of losses") if _lens.is_unknown(shape) else shape[:-1], "float32")


softmax_cross_entropy_with_logits_v2 = sparse_softmax_cross_entropy_with_logits = softmax_cross_entropy_with_logits


def sigmoid_cross_entropy_with_logits(*args, labels=None, logits=None, **kwargs):
    return same_shape(logits if logits is not None else args[0])


weighted_cross_entropy_with_logits = sigmoid_cross_entropy_with_logits


def l2_loss(t, *args, **kwargs):
    return make([as_array(t)], (), "float32")


def nce_loss(*args, **kwargs):
    return _lens.unknown("a loss")


sampled_softmax_loss = in_top_k = ctc_loss = nce_loss
