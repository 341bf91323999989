"""numpy.linalg: shapes, and the orthogonal matrices that QR and SVD of normal draws give."""

from _arrays.core import as_array, dims, make
from _arrays.products import norm, qr, svd


def _same(a, *args, **kwargs):
    a = as_array(a)
    return make([a], dims(a), a._dtype)


inv = pinv = cholesky = matrix_power = _same


def eigh(a, *args, **kwargs):
    a = as_array(a)
    return make([a], dims(a)[:-1], a._dtype), make([a], dims(a), a._dtype)


eig = eigh


def solve(a, b, *args, **kwargs):
    b = as_array(b)
    return make([b], dims(b), b._dtype)


def det(a):
    a = as_array(a)
    return make([a], dims(a)[:-2], a._dtype)
