"""keras.ops: NumPy's functions on Keras tensors, and those of neural networks."""

import _lens
from _arrays import *
from _arrays.core import Array, as_array, close_dims, dims, make, open_dims, size_of
from _arrays.create import arange, array, created, eye, identity, linspace
from _arrays.elementwise import absolute, same_shape, where
from _arrays.products import (
    all_, amax, amin, any_, argmax, argmin, average, cumprod, cumsum, einsum_shape, logsumexp, max_, mean, median,
    min_, norm, prod, qr, std, sum_, svd, var,
)  # fmt: skip
from _keras.matrices import *
from _arrays.shaping import axis_of, concatenate, take
from _keras.activations import *
from _keras.spatial import conv_size, deconv_size, join_shape, split_shape, tuple_of
from _keras.state import session
from _keras.tensors import KerasTensor, Tensor, Variable, is_keras_tensor, is_tensor
import _laws

sum, max, min, any, all, abs = sum_, max_, min_, any_, all_, absolute
round = round_
identity_like = same_shape
normalize = log_softmax = cos_similarity = stop_gradient = same_shape
erfinv = sort = softmax_cross_entropy = batch_normalization = layer_normalization = same_shape
rms_normalization = dropout = same_shape


def shape(x):
    found = getattr(x, "shape", None)
    return dims(x) if found is None else found


def ndim(x):
    return len(as_array(x).shape)


def size(x):
    return as_array(x).size


def cast(x, dtype=None, *args, **kwargs):
    if _lens.is_unknown(x):
        return x
    return as_array(x).astype(dtype)


saturate_cast = cast


def convert_to_tensor(x, dtype=None, *args, **kwargs):
    x = as_array(x, dtype)
    if _lens.is_unknown(x) or isinstance(x, (KerasTensor, Tensor)):
        return x
    return Tensor._result([], x.shape, x._dtype, x.law, x._data)


def convert_to_numpy(x):
    return as_array(x).numpy()


def _filled(value):
    def fill(shape, dtype="float32", *args, **kwargs):
        return created(Tensor, shape, dtype or "float32", None if value is None else _laws.constant(value))

    return fill


zeros, ones, empty = _filled(0.0), _filled(1.0), _filled(None)


def full(shape, fill_value, dtype="float32"):
    return created(Tensor, shape, dtype or "float32", _laws.constant(fill_value))


def one_hot(x, num_classes, axis=-1, *args, **kwargs):
    x = as_array(x)
    if axis == -1:
        return make([] if _lens.is_unknown(x) else [x], extended(dims(x), num_classes), "float32")
    shape = list(dims(x))
    shape.insert(axis if axis >= 0 else len(shape) + 1 + axis, num_classes)
    return make([x], tuple(shape), "float32")


def multi_hot(x, num_classes=None, *args, **kwargs):
    x = as_array(x)
    return make([x], dims(x)[:-1] + (num_classes,), "float32")


class TopK(tuple):
    """Values and indices, by position and by name."""

    def __new__(cls, values, indices):
        return tuple.__new__(cls, (values, indices))

    @property
    def values(self):
        return self[0]

    @property
    def indices(self):
        return self[1]


def top_k(x, k, *args, **kwargs):
    x = as_array(x)
    shape = dims(x)[:-1] + (k,)
    return TopK(make([x], shape, x._dtype), make([x], shape, "int32"))


def moments(x, axes, keepdims=False, *args, **kwargs):
    return mean(x, axes, keepdims=keepdims), var(x, axes, keepdims=keepdims)


def relu(x, *args, **kwargs):
    return _lens.flow("relu", [x], same_shape(x))


def slice(inputs, start_indices, shape):
    inputs = as_array(inputs)
    return make([inputs], size_of(shape), inputs._dtype)


def slice_update(inputs, start_indices, updates):
    return same_shape(inputs)


scatter_update = slice_update


def scatter(indices, values, shape):
    return make([as_array(values)], size_of(shape))


def _only_last(images, data_format):
    """Images of unknown shape after a function that changes their sizes and keeps their channels."""
    known = [] if _lens.is_unknown(images) else [images]
    return make(known, _lens.ending_with(images.shape[-1] if data_format == "channels_last" else None))


def _pool(inputs, pool_size, strides=None, padding="valid", data_format=None):
    inputs = as_array(inputs)
    data_format = data_format or session.image_data_format
    if _lens.is_unknown(inputs.shape):
        return _only_last(inputs, data_format)
    rank = len(inputs.shape) - 2
    batch, sizes, channels = split_shape(dims(inputs), rank, data_format)
    windows = tuple_of(pool_size, rank)
    steps = windows if strides is None else tuple_of(strides, rank)
    sizes = [conv_size(n, k, s, padding.lower()) for n, k, s in zip(sizes, windows, steps)]
    return make([inputs], join_shape(batch, sizes, channels, data_format), inputs._dtype)


def max_pool(inputs, *args, **kwargs):
    return _lens.flow("max_pool2d", [inputs], _pool(inputs, *args, **kwargs))


average_pool = max_pool


def _conv(inputs, kernel, strides, padding, data_format, dilation_rate, channels_of):
    inputs, kernel = as_array(inputs), as_array(kernel)
    data_format = data_format or session.image_data_format
    if _lens.is_unknown(inputs) or _lens.is_unknown(inputs.shape):
        known = not _lens.is_unknown(kernel) and not _lens.is_unknown(kernel.shape) and data_format == "channels_last"
        return make([kernel] if known else [], _lens.ending_with(channels_of(kernel.shape) if known else None))
    rank = len(inputs.shape) - 2
    batch, sizes, channels = split_shape(dims(inputs), rank, data_format)
    rows = zip(sizes, kernel.shape, tuple_of(strides, rank), tuple_of(dilation_rate, rank))
    sizes = [conv_size(n, k, s, padding.lower(), d) for n, k, s, d in rows]
    return make([inputs, kernel], join_shape(batch, sizes, channels_of(kernel.shape), data_format), inputs._dtype)


def conv(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
    out = _conv(inputs, kernel, strides, padding, data_format, dilation_rate, lambda k: k[-1])
    return _lens.flow("conv2d", [inputs, kernel], out)


def depthwise_conv(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
    out = _conv(inputs, kernel, strides, padding, data_format, dilation_rate, lambda k: k[-1] * k[-2])
    return _lens.flow("conv2d", [inputs, kernel], out)


def conv_transpose(inputs, kernel, strides=1, padding="valid", output_padding=None, data_format=None, dilation_rate=1):
    inputs, kernel = as_array(inputs), as_array(kernel)
    data_format = data_format or session.image_data_format
    rank = len(dims(kernel)) - 2
    batch, sizes, channels = split_shape(dims(inputs), rank, data_format)
    extra = [None] * rank if output_padding is None else tuple_of(output_padding, rank)
    rows = zip(sizes, dims(kernel), tuple_of(strides, rank), extra, tuple_of(dilation_rate, rank))
    sizes = [deconv_size(n, k, s, padding.lower(), d, more) for n, k, s, more, d in rows]
    out = make([inputs, kernel], join_shape(batch, sizes, dims(kernel)[-2], data_format), inputs._dtype)
    return _lens.flow("conv2d", [inputs, kernel], out)


def separable_conv(inputs, depthwise_kernel, pointwise_kernel, *args, **kwargs):
    return conv(depthwise_conv(inputs, depthwise_kernel, *args, **kwargs), pointwise_kernel)


def dot_product_attention(query, key, value, *args, **kwargs):
    return same_shape(query)


def cond(pred, true_fn, false_fn):
    first = true_fn()
    false_fn()
    return first


def map(f, xs):
    xs = as_array(xs)
    step = f(xs[0])
    if isinstance(step, (list, tuple, dict)):
        return _lens.unknown("several results of a function for each of an array")
    step = as_array(step)
    return make([xs], dims(xs)[:1] + dims(step), step._dtype)


vectorized_map = map


def scan(f, init, xs=None, *args, **kwargs):
    return _lens.unknown("result of a scan")


while_loop = fori_loop = associative_scan = scan


def segment_sum(data, segment_ids, num_segments=None, *args, **kwargs):
    data = as_array(data)
    count = _lens.unknown("number of segments") if num_segments is None else num_segments
    return make([data], (count,) + dims(data)[1:], data._dtype)


segment_max = segment_mean = segment_sum


class _Image:
    """keras.ops.image and tf.image."""

    def resize(self, images, size, *args, data_format=None, **kwargs):
        images = as_array(images)
        size = size_of(size)
        if _lens.is_unknown(images.shape):
            return _only_last(images, data_format or session.image_data_format)
        return make([images], tuple(dims(images)[:-3]) + size + dims(images)[-1:], "float32")

    resize_bilinear = resize_images = resize_with_pad = resize

    def rgb_to_grayscale(self, images, *args, **kwargs):
        images = as_array(images)
        return make([images], dims(images)[:-1] + (1,), images._dtype)

    def grayscale_to_rgb(self, images, *args, **kwargs):
        images = as_array(images)
        return make([images], dims(images)[:-1] + (3,), images._dtype)

    def _same(self, images, *args, **kwargs):
        return same_shape(images)

    random_flip_left_right = random_flip_up_down = flip_left_right = flip_up_down = _same
    random_brightness = random_contrast = random_saturation = random_hue = per_image_standardization = _same
    adjust_brightness = adjust_contrast = rot90 = convert_image_dtype = _same

    def __getattr__(self, name):
        return _lens.unknown("an image operation")


image = _Image()


class _Namespace:
    """`ops.nn.relu`, `ops.numpy.sum`, `ops.linalg.norm` are the same functions."""

    def __getattr__(self, name):
        return globals().get(name, _lens.unknown("an operation"))


nn = numpy = linalg = math = core = _Namespace()
