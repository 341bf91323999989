"""keras.backend: the functions of Keras 2 and 3."""

from _keras.layer import InputSpec
from _keras.state import clear_session, get_uid, name_scope, reset_uids, session
from _keras.tensors import KerasTensor, Variable, is_keras_tensor, is_tensor
from _keras.core import Input as placeholder
from _keras.inert import nothing
from _keras.ops import *
from _keras.ops import conv as conv1d
from _keras.ops import conv as conv2d
from _keras.ops import conv as conv3d
from _keras.ops import take as _take
from _arrays.shaping import flip as reverse
from _arrays.shaping import ravel as flatten
from _arrays.shaping import repeat as _repeated
from _keras.ops import argmax as _argmax
from _keras.ops import argmin as _argmin
from _keras.ops import same_shape as l2_normalize
from _keras import ops as _ops
from _arrays.shaping import axis_of as _axis_of
from _arrays.shaping import concatenate as _concatenate
from _arrays.shaping import transpose as permute_dimensions
from _arrays.shaping import expand_dims as _expand_dims
from _arrays.products import dot
from _arrays.random_laws import normal_array, truncated_array, uniform_array
import _lens


def image_data_format():
    return session.image_data_format


def set_image_data_format(data_format):
    session.image_data_format = data_format


def image_dim_ordering():
    return "tf" if session.image_data_format == "channels_last" else "th"


def set_image_dim_ordering(ordering):
    session.image_data_format = "channels_first" if ordering == "th" else "channels_last"


def standardize_data_format(data_format=None):
    return data_format or session.image_data_format


def floatx():
    return session.floatx


def set_floatx(name):
    session.floatx = name


def standardize_dtype(dtype):
    return getattr(dtype, "name", dtype) or session.floatx


def epsilon():
    return 1e-7


def backend():
    return "tensorflow"


def int_shape(x):
    return tuple(x.shape)


def variable(value, dtype=None, name=None, **kwargs):
    return Variable(value, dtype=dtype, name=name)


def constant(value, dtype=None, shape=None, name=None):
    return _ops.convert_to_tensor(value, dtype)


def batch_dot(x, y, axes=None):
    """Products along one axis of each, for each of a batch."""
    x, y = _ops.as_array(x), _ops.as_array(y)
    left, right = dims(x), dims(y)
    if _lens.is_unknown(left) or _lens.is_unknown(right) or len(left) < 2 or len(right) < 2:
        return _lens.unknown("shape of batch_dot")
    if axes is None:
        axes = (len(left) - 1, len(right) - 1 if len(right) == 2 else len(right) - 2)
    first, second = (axes, axes) if isinstance(axes, int) else axes
    first, second = _axis_of(first, len(left)), _axis_of(second, len(right))
    shape = left[:first] + left[first + 1 :] + right[1:second] + right[second + 1 :]
    return _lens.flow("dot", [x, y], _ops.make([x, y], shape + (1,) if len(shape) == 1 else shape, x._dtype))


def argmax(x, axis=-1):
    return _argmax(x, axis)


def argmin(x, axis=-1):
    return _argmin(x, axis)


def gather(reference, indices):
    return _take(reference, indices, 0)


def repeat(x, n):
    """Rows of a table, n times each."""
    return _ops.make([x], (dims(x)[0], n) + dims(x)[1:], x._dtype)


def repeat_elements(x, rep, axis):
    return _repeated(x, rep, axis)


def pool2d(x, pool_size, strides=(1, 1), padding="valid", data_format=None, pool_mode="max"):
    return _ops.max_pool(x, pool_size, strides, padding, data_format)


def _padded(x, padding):
    return _ops.pad(x, [(0, 0), *padding, (0, 0)])


def temporal_padding(x, padding=(1, 1)):
    return _padded(x, [padding])


def spatial_2d_padding(x, padding=((1, 1), (1, 1)), data_format=None):
    if (data_format or image_data_format()) == "channels_first":
        return _ops.pad(x, [(0, 0), (0, 0), *padding])
    return _padded(x, padding)


def switch(condition, then_expression, else_expression):
    both = [one() if callable(one) else one for one in (then_expression, else_expression)]
    return _ops.same_shape(both[0])


def map_fn(fn, elems, *args, **kwargs):
    return _ops.map(fn, elems)


def cumsum(x, axis=0):
    return _ops.cumsum(x, axis)


def cumprod(x, axis=0):
    return _ops.cumprod(x, axis)


def concatenate(tensors, axis=-1):
    return _concatenate(tensors, axis)


def expand_dims(x, axis=-1):
    return _expand_dims(x, axis)


def batch_flatten(x):
    return _ops.reshape(x, (dims(x)[0], -1))


def random_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    return normal_array(_ops.Tensor, shape, mean, stddev, dtype or "float32")


def random_uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
    return uniform_array(_ops.Tensor, shape, minval, maxval, dtype or "float32")


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    return truncated_array(_ops.Tensor, shape, mean, stddev, dtype or "float32")


random_normal_variable = random_normal
random_uniform_variable = random_uniform


def resize_images(x, height_factor, width_factor, data_format=None, interpolation="nearest"):
    shape = dims(x)
    return _ops.make([x], (shape[0], shape[1] * height_factor, shape[2] * width_factor, shape[3]), x._dtype)


def function(*args, **kwargs):
    return lambda *inputs: _lens.unknown("result of a backend function")


gradients = get_session = function
set_value = set_learning_phase = manual_variable_initialization = set_session = set_epsilon = nothing


def get_value(x):
    return x.numpy() if hasattr(x, "numpy") else x


def learning_phase():
    return 0


def in_train_phase(x, alt, training=None):
    return x() if callable(x) else x


def is_float_dtype(dtype):
    return "float" in standardize_dtype(dtype)
