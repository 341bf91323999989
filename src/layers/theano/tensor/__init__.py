"""theano.tensor."""

import _lens
from numpy import *
from _arrays.core import Array as TensorVariable
from _arrays.core import as_array
from _arrays.products import sum_ as sum
from _arrays.products import max_ as max
from _arrays.products import min_ as min
from _keras.inert import nothing
from theano.tensor import nnet, signal

sqr, neq, eq, lt, gt, le, ge, tensordot = square, not_equal, equal, less, greater, less_equal, greater_equal, tensordot
cast = lambda x, dtype: as_array(x).astype(dtype)


def matrix(name=None, dtype=None):
    return _lens.unknown("a symbolic input")


vector = scalar = tensor3 = tensor4 = fmatrix = dmatrix = fvector = dvector = ivector = lvector = imatrix = matrix
iscalar = lscalar = fscalar = dscalar = ftensor4 = dtensor4 = TensorType = matrix


def grad(*args, **kwargs):
    return _lens.unknown("a gradient")


def as_tensor_variable(x, *args, **kwargs):
    return as_array(x)
