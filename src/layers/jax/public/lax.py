"""jax.lax: shapes."""

import _lens
from _arrays.core import Array, as_array, dims, make, size_of
from _arrays.elementwise import *
from _arrays.elementwise import same_shape
from _arrays.products import einsum
from _arrays.shaping import concatenate, expand_dims, pad, reshape, squeeze, transpose
from _arrays.shaping import broadcast_to as broadcast_in_dim_to
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
    return carry, tree_map(lambda x: make([x], (length,) + tuple(x.shape), x._dtype) if isinstance(x, Array) else x, out)


def map(f, xs):
    return scan(lambda carry, x: (carry, f(x)), None, xs)[1]


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
