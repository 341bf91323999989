"""Diagonals and triangles of matrices, products of pairs, columns, and entries picked along an axis."""

import _lens
from _arrays.core import Array, as_array, dims, make
from _arrays.elementwise import broadcast_shapes, same_shape
from _arrays.products import reduced_shape, reduction
from _arrays.shaping import axis_of, concatenate, reshape, split


def diagonal(a, offset=0, axis1=0, axis2=1):
    a = as_array(a)
    shape = dims(a)
    if _lens.is_unknown(shape):
        return _lens.unknown("a diagonal")
    i, j = axis_of(axis1, len(shape)), axis_of(axis2, len(shape))
    rows, columns = shape[i], shape[j]
    if _lens.certain(offset != 0):
        rows, columns = (rows, columns - offset) if _lens.certain(offset > 0) else (rows + offset, columns)
    length = rows if _lens.certain(rows <= columns) else columns if _lens.certain(columns <= rows) else None
    length = _lens.unknown("length of a diagonal") if length is None else length
    kept = tuple([d for at, d in enumerate(shape) if at not in (i, j)])
    return make([a], kept + (length,), a._dtype)


def trace(a, offset=0, axis1=0, axis2=1, *args, **kwargs):
    on = diagonal(a, offset, axis1, axis2)
    return on if _lens.is_unknown(on) else make([on], dims(on)[:-1], on._dtype)


def diag(v, k=0):
    """A matrix with these entries, or the entries of a matrix."""
    v = as_array(v)
    if len(dims(v)) != 1:
        return diagonal(v, k)
    size = dims(v)[0] + (k if _lens.certain(k >= 0) else -k)
    return make([v], (size, size), v._dtype)


def tril(m, *args, **kwargs):
    m = as_array(m)
    return make([m], dims(m), m._dtype)


triu = tril


def tri(N, M=None, *args, **kwargs):
    return Array((N, N if M is None else M), "float64")


def inner(a, b):
    a, b = as_array(a), as_array(b)
    if _lens.is_unknown(dims(a)) or _lens.is_unknown(dims(b)):
        return _lens.unknown("an inner product")
    return make([a, b], dims(a)[:-1] + dims(b)[:-1], a._dtype)


def vdot(a, b):
    a = as_array(a)
    return make([a, as_array(b)], (), a._dtype)


def kron(a, b):
    a, b = as_array(a), as_array(b)
    left, right = dims(a), dims(b)
    rank = max(len(left), len(right))
    left, right = (1,) * (rank - len(left)) + left, (1,) * (rank - len(right)) + right
    return make([a, b], tuple([m * n for m, n in zip(left, right)]), a._dtype)


def cross(a, b, *args, **kwargs):
    a, b = as_array(a), as_array(b)
    shape = broadcast_shapes(dims(a), dims(b))
    if args or kwargs or not _lens.certain(dims(a)[-1:] == (3,)) or not _lens.certain(dims(b)[-1:] == (3,)):
        return _lens.unknown("a cross product")
    return make([a, b], shape, a._dtype)


def column_stack(arrays):
    arrays = [as_array(a) for a in arrays]
    return concatenate([reshape(a, (-1, 1)) if len(dims(a)) == 1 else a for a in arrays], 1)


def hsplit(a, sections):
    return split(a, sections, 0 if len(dims(a)) == 1 else 1)


def vsplit(a, sections):
    return split(a, sections, 0)


def take_along_axis(a, indices, axis=-1, *args, **kwargs):
    a, indices = as_array(a), as_array(indices)
    if axis is None:
        return make([a], dims(indices), a._dtype)
    if _lens.is_unknown(dims(a)) or _lens.is_unknown(dims(indices)):
        return _lens.unknown("entries picked along an axis")
    axis = axis_of(axis, len(dims(a)))
    rest = [list(dims(one)) for one in (a, indices)]
    picked = rest[1][axis]
    rest[0][axis] = rest[1][axis] = 1
    shape = list(broadcast_shapes(tuple(rest[0]), tuple(rest[1])))
    shape[axis] = picked
    return make([a], tuple(shape), a._dtype)


def broadcast_arrays(*arrays):
    arrays = [as_array(a) for a in arrays]
    shape = ()
    for a in arrays:
        shape = broadcast_shapes(shape, dims(a))
    return [make([a], shape, a._dtype) for a in arrays]


def nan_to_num(x, *args, **kwargs):
    return same_shape(x)


def _quantiles(name):
    """Without an axis over all entries; several quantiles stand in front."""

    def quantile(a, q, axis=None, *args, keepdims=False, **kwargs):
        a = as_array(a)
        if args or _lens.is_unknown(a) or _lens.is_unknown(dims(a)):
            return _lens.unknown(name)
        return make([a], tuple(dims(q)) + reduced_shape(dims(a), axis, keepdims), a._dtype)

    return quantile


quantile, percentile = _quantiles("quantile"), _quantiles("percentile")
nanmean, nansum = reduction("nanmean", lambda values: _lens.unknown("a mean")), reduction("nansum", lambda values: _lens.unknown("a sum"))
nanmax, nanmin, nanstd = nanmean, nanmean, nanmean
ptp = reduction("ptp", lambda values: max(values) - min(values))


def logaddexp(x, y):
    x, y = as_array(x), as_array(y)
    return make([x, y], broadcast_shapes(dims(x), dims(y)), x._dtype)


def convolve(a, v, mode="full"):
    """Of two rows."""
    a, v = as_array(a), as_array(v)
    if len(dims(a)) != 1 or len(dims(v)) != 1:
        return _lens.unknown("a convolution")
    long, short = dims(a)[0], dims(v)[0]
    if not _lens.certain(long >= short):
        return _lens.unknown("a convolution")
    sizes = {"full": long + short - 1, "same": long, "valid": long - short + 1}
    return make([a, v], (sizes[mode],), a._dtype)
