"""NumPy."""

import _arrays
import _lens
from _arrays.core import Array as ndarray
from _arrays.core import DType as dtype
from _arrays.core import cast_value, numbers_of
from _arrays.create import (
    arange, array, asarray, empty, empty_like, eye, full, full_like, identity, linspace, mgrid, ogrid, ones,
    ones_like, zeros, zeros_like,
)  # fmt: skip
from _arrays.elementwise import (
    absolute, add, arccos, arcsin, arctan, arctan2, ceil, clip, cos, cosh, deg2rad, divide, equal, exp, expm1,
    fabs, floor, floor_divide, gcd, greater, greater_equal, isnan, lcm, less, less_equal, log, log1p, log2, log10,
    logical_and, logical_not, logical_or, maximum, minimum, mod, multiply, negative, not_equal, power, rad2deg,
    reciprocal, rint, round_, sign, sin, sinh, sqrt, square, subtract, tan, tanh, true_divide, trunc,
)  # fmt: skip
from _arrays.elementwise import where as _chosen
from _arrays.matrices import (
    broadcast_arrays, column_stack, convolve, cross, diag, diagonal, hsplit, inner, kron, logaddexp, nan_to_num, nanmax,
    nanmean, nanmin, nanstd, nansum, percentile, ptp, quantile, take_along_axis, trace, tri, tril, triu, vdot, vsplit,
)  # fmt: skip
from _arrays.products import (
    all_, amax, amin, any_, argmax, argmin, average, count_nonzero, cumprod, cumsum, diff, dot, einsum, matmul,
    max_, mean, median, min_, outer, prod, std, sum_, tensordot, var,
)  # fmt: skip
from _arrays.shaping import (
    array_split, broadcast_to, concatenate, dstack, expand_dims, flip, hstack, meshgrid, moveaxis, pad, ravel,
    repeat, reshape, roll, rollaxis, split, squeeze, stack, swapaxes, take, tile, transpose, vstack,
)  # fmt: skip
from numpy import linalg, random

sum, max, min, any, all, round, abs = sum_, max_, min_, any_, all_, round_, absolute
concat, row_stack, product = concatenate, vstack, prod


def flipud(m):
    return flip(m, 0)


def fliplr(m):
    return flip(m, 1)

asanyarray = ascontiguousarray = asfortranarray = copy = array
matrix = mat = array
permute_dims = transpose
fix, remainder, float_power, invert = trunc, mod, power, logical_not
radians, degrees = deg2rad, rad2deg

pi = 3.141592653589793
e = 2.718281828459045
inf = Inf = infty = float("inf")
nan = NaN = float("nan")
newaxis = None
__version__ = "2.4.6"


class generic:
    """Scalar types: calling one converts a number, naming one is a dtype."""

    def __new__(cls, value=0, *args):
        return cast_value(value, cls.__name__)


class number(generic):
    pass


class integer(number):
    pass


class floating(number):
    pass


class float16(floating):
    pass


class float32(floating):
    pass


class float64(floating):
    pass


class int8(integer):
    pass


class int16(integer):
    pass


class int32(integer):
    pass


class int64(integer):
    pass


class uint8(integer):
    pass


class uint16(integer):
    pass


class uint32(integer):
    pass


class uint64(integer):
    pass


class bool_(generic):
    pass


class complex64(number):
    pass


class complex128(number):
    pass


double = float_ = longdouble = float64
single = float32
half = float16
int_ = intp = long = longlong = int64
intc = int32
float, int, bool, object, str = float, int, bool, object, str


def shape(a):
    return _arrays.dims(a)


def ndim(a):
    return len(_arrays.dims(a))


def size(a, axis=None):
    return _arrays.product(_arrays.dims(a)) if axis is None else _arrays.dims(a)[axis]


def isscalar(a):
    return _arrays.is_scalar(a) or isinstance(a, str)


def atleast_1d(a):
    a = asarray(a)
    return reshape(a, (1,)) if len(a.shape) == 0 else a


def atleast_2d(a):
    a = asarray(a)
    return reshape(a, (1, -1)) if len(a.shape) < 2 else a


def _positions(rows, columns, keeps):
    if any([_lens.is_unknown(one) or _lens.is_symbol(one) for one in (rows, columns)]) or rows * columns > 100_000:
        return _lens.unknown("indices of a triangle"), _lens.unknown("indices of a triangle")
    pairs = [(i, j) for i in range(rows) for j in range(columns) if keeps(i, j)]
    return array([i for i, _ in pairs], "int64"), array([j for _, j in pairs], "int64")


def tril_indices(n, k=0, m=None):
    return _positions(n, n if m is None else m, lambda i, j: j - i <= k)


def triu_indices(n, k=0, m=None):
    return _positions(n, n if m is None else m, lambda i, j: j - i >= k)


def diag_indices(n, ndim=2):
    return (arange(n),) * ndim


def nonzero(a):
    """Positions of the entries that are not 0, one array an axis."""
    a = asarray(a)
    known = numbers_of(a)
    if known is None:
        return tuple([_lens.unknown("positions of entries") for _ in a.shape])
    places = [place for place, one in enumerate(known) if one]
    found, step = [], 1
    for size in reversed(a.shape):
        found.insert(0, array([place // step % size for place in places], "int64"))
        step = step * size
    return tuple(found)


def where(condition, x=None, y=None):
    return nonzero(condition) if _lens.certain(x is None) else _chosen(condition, x, y)


def argwhere(a):
    return transpose(stack(list(nonzero(a))))


def searchsorted(a, v, side="left", sorter=None):
    a = asarray(a)
    if a._data is None or not _arrays.is_scalar(v):
        return _arrays.make([a], _arrays.dims(v), "int64")
    return len([one for one in a._data if (one < v if side == "left" else one <= v)])


def digitize(x, bins, right=False):
    return searchsorted(bins, x, "left" if right else "right")


def insert(arr, obj, values, axis=None):
    return _lens.unknown("array with inserted entries")


def append(arr, values, axis=None):
    return concatenate([ravel(arr), ravel(values)] if axis is None else [arr, values], axis or 0)


def argsort(a, axis=-1, *args, **kwargs):
    a = asarray(a)
    known = len(a.shape) == 1 and a._data is not None and len(set(a._data)) == len(a._data)
    order = sorted(range(len(a._data)), key=lambda index: a._data[index]) if known else None
    return _arrays.make([a], a.shape, "int64", None, order)


def sort(a, axis=-1, *args, **kwargs):
    a = asarray(a)
    data = None if a._data is None or len(a.shape) != 1 else sorted(a._data)
    return _arrays.make([a], a.shape, a._dtype, None, data)


def unique(a, *args, **kwargs):
    a = asarray(a)
    if a._data is None or args or kwargs:
        return _lens.unknown("different entries of an array")
    values = sorted(set(a._data))
    return _arrays.make([a], (len(values),), a._dtype, None, values)


def logspace(start, stop, num=50, *args, **kwargs):
    return ndarray((num,), "float64")


def geomspace(start, stop, num=50, *args, **kwargs):
    return ndarray((num,), "float64")


def _across(M):
    """Where the values of a window of M lie, from -1 to 1."""
    return zeros(1) if _lens.certain(M == 1) else linspace(-1, 1, M)


def bartlett(M):
    return 1 - absolute(_across(M))


def hanning(M):
    return 0.5 + 0.5 * cos(pi * _across(M))


def hamming(M):
    return 0.54 + 0.46 * cos(pi * _across(M))


def blackman(M):
    x = pi * _across(M)
    return 0.42 + 0.5 * cos(x) + 0.08 * cos(2 * x)


def kaiser(M, beta):
    return ndarray((M,), "float64")


def frombuffer(*args, **kwargs):
    return _lens.unknown("data read from outside")


load = loadtxt = genfromtxt = fromfile = frombuffer


def fromstring(string, dtype=float, count=-1, *, sep, like=None):
    numbers = [one for one in string.split(sep.strip() or None) if one.strip()]
    return array([(int if dtype in (int, "int", "int64") else float)(one) for one in numbers[: count if count >= 0 else None]], dtype)


def inert(*args, **kwargs):
    return None


set_printoptions = seterr = savetxt = save = savez = inert


def isfinite(x):
    return _arrays.apply(lambda v: v == v and v not in (inf, -inf), x)


def isclose(a, b, *args, **kwargs):
    return _arrays.equal(a, b)


def array_equal(a, b):
    return _lens.unknown("whether two arrays are equal")


allclose = array_equal


def issubdtype(a, b):
    name = _arrays.dtype_name(a)
    return name.startswith({"floating": "float", "integer": "int"}.get(b.__name__, b.__name__))


def finfo(kind=None):
    return _FloatInfo()


class _FloatInfo:
    eps = 1.1920929e-07
    max = 3.4028235e38
    min = -3.4028235e38
    tiny = 1.1754944e-38
