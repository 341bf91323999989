"""Functions that move, pick or gather entries, with the arguments that TensorFlow gives them."""

import _lens
from _arrays.core import Array, as_array, dims, make, size_of
from _arrays.shaping import axis_of, broadcast_to, parts_of_sizes, take
from _arrays.shaping import split as _equal_parts
from _keras.ops import map as _map


def split(value=None, num_or_size_splits=None, axis=0, num=None, name=None, split_dim=None, num_split=None):
    """A list says how large parts are; TensorFlow 0.x took the axis first and the tensor last."""
    if isinstance(value, int):
        value, axis = axis, value
    axis = axis if split_dim is None else split_dim
    sizes = num_or_size_splits if num_split is None else num_split
    if isinstance(sizes, Array):
        sizes = sizes.tolist()
    if isinstance(sizes, (list, tuple)):
        return parts_of_sizes(value, sizes, axis)
    return _equal_parts(value, sizes, axis)


def slice(input_, begin, size, *args, **kwargs):
    input_ = as_array(input_)
    sizes = [d - b if _lens.certain(s == -1) else s for d, b, s in zip(dims(input_), size_of(begin), size_of(size))]
    return make([input_], tuple(sizes), input_._dtype)


def not_known(*args, **kwargs):
    return _lens.unknown("entries that are found by their values")


def boolean_mask(tensor, mask, *args, **kwargs):
    tensor = as_array(tensor)
    return make([tensor], (_lens.unknown("entries a mask keeps"),) + tuple(dims(tensor)[len(dims(mask)) :]), tensor._dtype)


def sequence_mask(lengths, maxlen=None, *args, **kwargs):
    lengths = as_array(lengths)
    longest = _lens.unknown("the greatest length") if maxlen is None else maxlen
    return make([lengths], dims(lengths) + (longest,), "bool")


def gather(params, indices, validate_indices=None, axis=None, batch_dims=0, name=None):
    if _lens.certain(batch_dims == 0):
        return take(params, indices, 0 if axis is None else axis)
    params = as_array(params)
    shape, picked = dims(params), dims(indices)
    if _lens.is_unknown(shape) or _lens.is_unknown(picked) or not isinstance(batch_dims, int):
        return _lens.unknown("entries gathered for each of a batch")
    lead = axis_of(batch_dims, len(picked))
    axis = lead if axis is None else axis_of(axis, len(shape))
    return make([params], shape[:axis] + tuple(picked[lead:]) + shape[axis + 1 :], params._dtype)


def map_fn(fn, elems, *args, **kwargs):
    return _map(fn, elems) if isinstance(elems, Array) else _lens.unknown("results of a function for each of several")


def batched(square, batch_shape):
    """Equal matrices for each of a batch."""
    return square if batch_shape is None else broadcast_to(square, size_of(batch_shape) + square.shape)
