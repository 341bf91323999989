"""jax.lax: shapes."""

import _lens
from _arrays.core import Array, as_array, dims, make, size_of
from _arrays.elementwise import *
from _arrays.elementwise import same_shape
from _arrays.products import argmax as _argmax
from _arrays.products import argmin as _argmin
from _arrays.products import dot, einsum
from _arrays.products import matmul as batch_matmul
from _arrays.shaping import broadcast_to, concatenate, expand_dims, parts_of_sizes, reshape, squeeze, transpose
from _jax.tree import tree_map
from _jax.windows import *

stop_gradient = psum = pmean = all_gather = ppermute = cumsum = cumprod = erf_inv = same_shape
add, sub, mul, div = add, subtract, multiply, divide


def cond(pred, true_fun, false_fun, *operands, **kwargs):
    first = true_fun(*operands)
    false_fun(*operands)
    return first


def switch(index, branches, *operands):
    outs = [branch(*operands) for branch in branches]
    return outs[0]


def fori_loop(lower, upper, body_fun, init_val, **kwargs):
    return body_fun(lower, init_val)


def while_loop(cond_fun, body_fun, init_val):
    return body_fun(init_val)


def scan(f, init, xs=None, length=None, *args, **kwargs):
    """One step; outputs are stacked in front."""
    first = tree_map(lambda x: x[0], xs)
    carry, out = f(init, first)
    if length is None:
        from _jax.tree import tree_leaves

        length = tree_leaves(xs)[0].shape[0]

    def stacked(x):
        if not isinstance(x, (Array, int, float)):
            return x
        x = as_array(x)
        return make([x], (length,) + tuple(x.shape), x._dtype)

    return carry, tree_map(stacked, out)


def map(f, xs):
    return scan(lambda carry, x: (carry, f(x)), None, xs)[1]


def pad(operand, padding_value, padding_config):
    """Low and high edges, and what is put between two entries."""
    operand = as_array(operand)
    rows = zip(dims(operand), padding_config)
    shape = [low + size + high + inner * (size - 1) for size, (low, high, inner) in rows]
    return make([operand], tuple(shape), operand._dtype)


def broadcast(operand, sizes, **kwargs):
    return broadcast_to(operand, size_of(sizes) + dims(operand))


def broadcast_in_dim(operand, shape, broadcast_dimensions, **kwargs):
    operand = as_array(operand)
    return make([operand], size_of(shape), operand._dtype)


def argmax(operand, axis, index_dtype="int32"):
    return _argmax(operand, axis)


def argmin(operand, axis, index_dtype="int32"):
    return _argmin(operand, axis)


def split(operand, sizes, axis=0):
    return parts_of_sizes(operand, sizes, axis)


def select(pred, on_true, on_false):
    return same_shape(on_true)


def convert_element_type(x, dtype):
    return as_array(x).astype(dtype)


def rsqrt(x):
    return same_shape(x)


def dot_general(lhs, rhs, dimension_numbers, *args, **kwargs):
    (left, right), (left_batch, right_batch) = dimension_numbers
    a, b = dims(lhs), dims(rhs)
    kept = tuple([a[i] for i in left_batch])
    kept = kept + tuple([d for i, d in enumerate(a) if i not in tuple(left) + tuple(left_batch)])
    kept = kept + tuple([d for i, d in enumerate(b) if i not in tuple(right) + tuple(right_batch)])
    return make([as_array(lhs), as_array(rhs)], kept)


def dynamic_update_slice(operand, update, start_indices, *args, **kwargs):
    return same_shape(operand)


dynamic_update_slice_in_dim = dynamic_update_index_in_dim = clamp = dynamic_update_slice
sort = rev = reduce_precision = same_shape


def iota(dtype, size):
    return make([], (size,), dtype)


def broadcasted_iota(dtype, shape, dimension):
    return make([], size_of(shape), dtype)


def full(shape, fill_value, dtype=None, **kwargs):
    from jax.numpy import full as filled

    return filled(shape, fill_value, dtype)


def associative_scan(fn, elems, *args, **kwargs):
    return tree_map(same_shape, elems)


def top_k(operand, k):
    operand = as_array(operand)
    shape = dims(operand)[:-1] + (k,)
    return make([operand], shape, operand._dtype), make([operand], shape, "int32")


def axis_index(name):
    return 0
