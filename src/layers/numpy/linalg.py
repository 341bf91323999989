"""numpy.linalg: shapes, and the orthogonal matrices that QR and SVD of normal draws give."""

import _lens
from _arrays.core import as_array, dims, make, numbers_of
from _arrays.create import eye
from _arrays.products import matmul, norm, qr, svd


def _same(a, *args, **kwargs):
    a = as_array(a)
    return make([a], dims(a), a._dtype)


inv = cholesky = expm = sqrtm = _same


def pinv(a, *args, **kwargs):
    a = as_array(a)
    return make([a], dims(a)[:-2] + (dims(a)[-1], dims(a)[-2]), a._dtype)


def matrix_power(a, n):
    a = as_array(a)
    if not isinstance(n, int) or n < 0 or n > 64 or numbers_of(a) is None:
        return _same(a)
    out = eye(dims(a)[-1])
    for _ in range(n):
        out = matmul(out, a)
    return out


def eigh(a, *args, **kwargs):
    a = as_array(a)
    return make([a], dims(a)[:-1], a._dtype), make([a], dims(a), a._dtype)


eig = eigh


def solve(a, b, *args, **kwargs):
    b = as_array(b)
    return make([b], dims(b), b._dtype)


def lu(a, permute_l=False, *args, **kwargs):
    """SciPy's: the permutation, the lower and the upper triangle."""
    a = as_array(a)
    rows, cols = dims(a)[-2:]
    lead = dims(a)[:-2]
    short = rows if _lens.certain(rows <= cols) else cols
    lower, upper = make([a], lead + (rows, short), a._dtype), make([a], lead + (short, cols), a._dtype)
    return (lower, upper) if permute_l else (make([a], lead + (rows, rows), a._dtype), lower, upper)


def block_diag(*arrays):
    arrays = [as_array(one) for one in arrays]
    return make(arrays, (sum([one.shape[0] for one in arrays]), sum([one.shape[1] for one in arrays])))


def slogdet(a):
    a = as_array(a)
    return make([a], dims(a)[:-2], a._dtype), make([a], dims(a)[:-2], a._dtype)


def det(a):
    a = as_array(a)
    return make([a], dims(a)[:-2], a._dtype)
