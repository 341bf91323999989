"""tf.linalg."""

from numpy.linalg import cholesky, det, eigh, inv, norm, qr, solve
from _arrays.elementwise import same_shape as band_part
from _arrays.products import matmul
from _arrays.shaping import transpose as matrix_transpose
