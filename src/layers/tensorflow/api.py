"""The functions of `tf.`, of both versions."""

import _lens
import _laws
from _arrays.core import Array, DType as _DType
from _arrays.core import as_array, cast_value, dims, dtype_name, make, size_of
from _arrays.create import created
from _arrays.elementwise import *
from _arrays.elementwise import absolute, arccos, arcsin, arctan, isnan, less, where
from _arrays.products import (
    all_, any_, argmax, argmin, cumprod, cumsum, einsum, logsumexp, matmul, max_, mean, min_, norm, prod, std, sum_,
    tensordot, var,
)  # fmt: skip
from _arrays.shaping import (
    broadcast_to, concatenate, expand_dims, flip, meshgrid, pad, repeat, reshape, roll, squeeze, stack, tile, transpose,
    unstack,
)  # fmt: skip
from _arrays.random_laws import normal_array, truncated_array, uniform_array
from _keras.inert import Inert, inert_class, nothing, passing
from _keras.ops import cast, image, moments
from _keras.ops import one_hot as _one_hot
from _keras.ops import zeros as _zeros
from _keras.ops import full as _full
from _keras.state import name_scope
from _keras.tensors import KerasTensor, Tensor
from _tensorflow.initializers import *
from _tensorflow.initializers import (
    constant_initializer, glorot_normal_initializer, glorot_uniform_initializer, he_normal_initializer,
    ones_initializer, orthogonal_initializer, random_normal_initializer, random_uniform_initializer,
    truncated_normal_initializer, uniform_unit_scaling_initializer, variance_scaling_initializer, zeros_initializer,
)  # fmt: skip
from _tensorflow.module import Module
from _tensorflow.moving import (
    batched, boolean_mask, gather, map_fn, not_known, sequence_mask, slice, split,
)  # fmt: skip
from _tensorflow.tensors import (
    Dimension, TensorShape, get_variable, get_variable_scope, placeholder, reset_default_graph, variable_scope,
)  # fmt: skip
from _tensorflow.tensors import TFVariable as Variable

__version__ = "2.20.0"
newaxis = None
abs, acos, asin, atan, ceil = absolute, arccos, arcsin, arctan, ceil
reduce_sum, reduce_mean, reduce_max, reduce_min, reduce_prod = sum_, mean, max_, min_, prod
reduce_any, reduce_all, reduce_logsumexp, reduce_std, reduce_variance = any_, all_, logsumexp, std, var
reverse, sub, mul, div, neg, pow = flip, subtract, multiply, divide, negative, power
truediv, floordiv, mod, select = divide, floor_divide, mod, where
math_log = log
is_nan = isnan


def _dtype(name):
    return _DType(name)


float16, float32, float64, bfloat16 = _dtype("float16"), _dtype("float32"), _dtype("float64"), _dtype("bfloat16")
int8, int16, int32, int64 = _dtype("int8"), _dtype("int16"), _dtype("int32"), _dtype("int64")
uint8, uint16, uint32, bool, string = _dtype("uint8"), _dtype("uint16"), _dtype("uint32"), _dtype("bool"), _dtype("string")
complex64, half, double = _dtype("complex64"), float16, float64


class DType(_DType):
    pass


def as_dtype(name):
    return _DType(name)


def _tensor(x, dtype=None):
    x = as_array(x, dtype)
    if _lens.is_unknown(x) or isinstance(x, (KerasTensor, Tensor)):
        return x
    return Tensor._result([], x.shape, x._dtype, x.law, x._data)


def constant(value, dtype=None, shape=None, name=None, **kwargs):
    if shape is not None and isinstance(value, (int, float)):
        return created(Tensor, shape, dtype or "float32", _laws.constant(value), None, "constant")
    if isinstance(value, str) or dtype is string:
        return _lens.unknown("a string tensor")
    return _tensor(value, dtype)


def convert_to_tensor(value, dtype=None, *args, **kwargs):
    return _tensor(value, dtype)


def _filled(value, what):
    def fill(shape, dtype="float32", *args, **kwargs):
        return created(Tensor, shape, dtype or "float32", _laws.constant(value), None, what)

    return fill


zeros, ones = _filled(0.0, "zeros"), _filled(1.0, "ones")


def fill(dims, value, *args, **kwargs):
    return created(Tensor, dims, "float32", _laws.constant(value), None, "fill")


def zeros_like(input, *args, **kwargs):
    return make([as_array(input)], dims(input), "float32", _laws.constant(0.0))


def ones_like(input, *args, **kwargs):
    return make([as_array(input)], dims(input), "float32", _laws.constant(1.0))


def eye(num_rows, num_columns=None, batch_shape=None, *args, **kwargs):
    shape = (num_rows, num_rows if num_columns is None else num_columns)
    return batched(created(Tensor, shape, "float32", _laws.identity(1.0, shape), None, "eye"), batch_shape)


def range(start, limit=None, delta=1, *args, **kwargs):
    from _arrays.create import arange

    return _tensor(arange(start, limit, delta))


def linspace(start, stop, num, *args, **kwargs):
    from _arrays.create import linspace as evenly

    return _tensor(evenly(start, stop, num))


def shape(input, *args, **kwargs):
    return dims(input)


shape_n = shape


def size(input, *args, **kwargs):
    return as_array(input).size


def rank(input, *args, **kwargs):
    return len(as_array(input).shape)


def concat(values, axis=0, *args, **kwargs):
    if isinstance(values, int) and not isinstance(axis, int):  # TensorFlow 0.x took the axis first
        values, axis = axis, values
    return concatenate(values, axis)


pack, unpack = stack, unstack


def add_n(inputs, *args, **kwargs):
    total = inputs[0]
    for x in inputs[1:]:
        total = total + x
    return total


def cast_to(name):
    return lambda x, *args, **kwargs: cast(x, name)


to_float, to_int32, to_int64 = cast_to("float32"), cast_to("int32"), cast_to("int64")


def identity(input, *args, **kwargs):
    return input


stop_gradient = ensure_shape = guarantee_const = Print = check_numerics = identity


def clip_by_value(t, clip_value_min, clip_value_max, *args, **kwargs):
    return clip(t, clip_value_min, clip_value_max)


def clip_by_norm(t, *args, **kwargs):
    return same_shape(t)


def _first_axis(function):
    """NumPy's without an axis looks at all entries, TensorFlow's along the first axis."""

    def along(input, axis=0, *args, **kwargs):
        return function(input, kwargs.get("dimension", 0 if axis is None else axis))

    return along


argmax, argmin = _first_axis(argmax), _first_axis(argmin)
cumsum, cumprod = _first_axis(cumsum), _first_axis(cumprod)
arg_max, arg_min = argmax, argmin


def one_hot(indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name=None):
    return _one_hot(indices, depth, -1 if axis is None else axis)


def tensor_scatter_nd_update(tensor, *args, **kwargs):
    return same_shape(tensor)


gather_nd = scatter_nd = unique = dynamic_partition = sparse_to_dense = py_function = py_func = not_known
numpy_function = read_file = scan_fn = gradients = while_loop = foldl = not_known
vectorized_map = map_fn


def squared_difference(x, y, name=None):
    return square(subtract(x, y))



def cond(pred, true_fn=None, false_fn=None, *args, **kwargs):
    first = true_fn() if true_fn is not None else args[0]()
    if false_fn is not None:
        false_fn()
    return first


def function(func=None, *args, **kwargs):
    return func if func is not None else (lambda f: f)


custom_gradient = recompute_grad = function


# ── random ──


def random_normal(shape, mean=0.0, stddev=1.0, dtype="float32", seed=None, name=None):
    return normal_array(Tensor, shape, mean, stddev, dtype)


def random_uniform(shape, minval=0, maxval=None, dtype="float32", seed=None, name=None):
    return uniform_array(Tensor, shape, minval, 1 if maxval is None else maxval, dtype)


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype="float32", seed=None, name=None):
    return truncated_array(Tensor, shape, mean, stddev, dtype)


def random_shuffle(value, *args, **kwargs):
    return value


set_random_seed = nothing


# ── graphs, sessions, training: they change no first draw ──


class _Context(Inert):
    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None

    def as_default(self):
        return self


def _context(name):
    return type(name, (_Context,), {})


Session, InteractiveSession, GradientTape = _context("Session"), _context("InteractiveSession"), _context("GradientTape")
device, control_dependencies, init_scope = _context("device"), _context("control_dependencies"), _context("init_scope")
ConfigProto, GPUOptions, Operation = inert_class("ConfigProto"), inert_class("GPUOptions"), inert_class("Operation")
op_scope = variable_op_scope = variable_scope


class Graph(_Context):
    def as_default(self):
        reset_default_graph()
        return self


def get_default_graph():
    return Graph()


global_variables_initializer = initialize_all_variables = local_variables_initializer = nothing
variables_initializer = tables_initializer = enable_eager_execution = disable_v2_behavior = nothing
disable_eager_execution = enable_v2_behavior = add_to_collection = assert_equal = group = no_op = print = nothing
assign = assign_add = assign_sub = nothing


def executing_eagerly():
    return True


def trainable_variables(*args, **kwargs):
    from _tensorflow.tensors import _variables

    return list(_variables.values())


global_variables = all_variables = trainable_variables


def get_collection(*args, **kwargs):
    return trainable_variables()


def is_tensor(x):
    return isinstance(x, Array)


GraphKeys = inert_class("GraphKeys")()
AUTO_REUSE = "auto_reuse"


def TensorSpec(shape=None, dtype=None, name=None):
    return Tensor._result([], size_of(shape), dtype_name(dtype), None, None)


def make_template(name, func, *args, **kwargs):
    return func
