"""Arrays from nothing: constants, ranges, draws. Each knows where it was made."""

import _lens
import _laws
from _arrays.core import Array, MOST_DATA, as_array, dtype_name, from_nested, make, product, size_of


def created(cls, shape, dtype, law, data=None, what=""):
    """A new array of kind `cls`, noted as made at this call."""
    out = cls._result([], size_of(shape), dtype_name(dtype), law, data)
    _lens.created(out, what)
    return out


def zeros(shape, dtype="float64", *args, **kwargs):
    return created(Array, shape, dtype, _laws.constant(0.0), None, "zeros")


def ones(shape, dtype="float64", *args, **kwargs):
    return created(Array, shape, dtype, _laws.constant(1.0), None, "ones")


def empty(shape, dtype="float64", *args, **kwargs):
    return created(Array, shape, dtype, None, None, "empty")


def full(shape, fill_value, dtype=None, *args, **kwargs):
    value = fill_value.item() if isinstance(fill_value, Array) else fill_value
    name = dtype_name(dtype, "float64" if isinstance(value, float) else "int64")
    return created(Array, shape, name, _laws.constant(value), None, "full")


def _like(value, what):
    def like(a, dtype=None, shape=None, *args, **kwargs):
        if _lens.is_unknown(a):
            return a
        a = as_array(a)
        law = None if value is None else _laws.constant(value)
        out = make([a], a.shape if _lens.certain(shape is None) else size_of(shape), dtype_name(dtype, a._dtype), law)
        _lens.created(out, what)
        return out

    return like


zeros_like = _like(0.0, "zeros_like")
ones_like = _like(1.0, "ones_like")
empty_like = _like(None, "empty_like")


def full_like(a, fill_value, dtype=None, *args, **kwargs):
    a = as_array(a)
    return make([a], a.shape, dtype_name(dtype, a._dtype), _laws.constant(fill_value))


def eye(N, M=None, k=0, dtype="float64", *args, **kwargs):
    shape = (N, N if _lens.certain(M is None) else M)
    known = all([isinstance(d, int) and not _lens.is_symbol(d) for d in (*shape, k)]) and product(shape) <= MOST_DATA
    data = [1.0 if j - i == k else 0.0 for i in range(shape[0]) for j in range(shape[1])] if known else None
    return created(Array, shape, dtype, _laws.identity(1.0, shape) if k == 0 else None, data, "eye")


def identity(n, dtype="float64", *args, **kwargs):
    return eye(n, dtype=dtype)


def array(value, dtype=None, *args, **kwargs):
    out = from_nested(value, dtype)
    if isinstance(out, Array) and out is value:
        return out.copy()
    return out


def asarray(value, dtype=None, *args, **kwargs):
    return as_array(value, dtype)


def arange(start, stop=None, step=None, dtype=None, *args, **kwargs):
    if _lens.certain(stop is None):
        start, stop = 0, start
    step = 1 if _lens.certain(step is None) else step
    if any([_lens.is_unknown(v) for v in (start, stop, step)]):
        return make([], (_lens.unknown("length of a range"),), dtype_name(dtype, "int64"))
    if any([_lens.is_symbol(v) for v in (start, stop, step)]):
        whole = _lens.certain(start == 0) and _lens.certain(step == 1)
        return make([], (stop if whole else (stop - start) // step,), dtype_name(dtype, "int64"))
    count = max(0, -int(-(stop - start) // step))
    name = dtype_name(dtype, "float64" if isinstance(start + stop + step, float) else "int64")
    data = [start + i * step for i in range(count)] if count <= MOST_DATA else None
    return make([], (count,), name, None, data)


class Grid:
    """`mgrid[:4, :5]`: each axis' places in the whole grid; where it is open, each along its own axis alone."""

    def __init__(self, is_open, convert=lambda a: a):
        self._is_open, self._convert = is_open, convert

    def __getitem__(self, index):
        if _lens.is_unknown(index):
            return _lens.unknown("a grid of unknown sizes")
        parts = index if isinstance(index, tuple) else (index,)
        ranges = [_along(part) for part in parts]
        if not isinstance(index, tuple):
            return self._convert(ranges[0])
        sizes = [r.shape[0] for r in ranges]
        if not self._is_open:
            return self._convert(make(ranges, (len(sizes),) + tuple(sizes), ranges[0]._dtype))
        alone = [tuple([size if i == axis else 1 for i in range(len(sizes))]) for axis, size in enumerate(sizes)]
        return tuple([self._convert(make([r], shape, r._dtype)) for r, shape in zip(ranges, alone)])


def _along(part):
    """A step that is a complex number says how many places there are."""
    start = 0 if _lens.certain(part.start is None) else part.start
    if isinstance(part.step, complex):
        return linspace(start, part.stop, int(part.step.imag))
    return arange(start, part.stop, part.step)


mgrid, ogrid = Grid(False), Grid(True)


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, *args, **kwargs):
    gaps = num - 1 if endpoint else num
    known = not any([_lens.is_unknown(v) or _lens.is_symbol(v) for v in (start, stop, num)])
    data = None
    if known and num <= MOST_DATA and not isinstance(start, Array) and not isinstance(stop, Array):
        data = [start + (stop - start) * i / gaps if gaps else start for i in range(num)]
        data = [float(v) for v in data]
    out = make([], (num,), dtype_name(dtype, "float64"), None, data)
    return (out, (stop - start) / gaps) if retstep else out


def random_array(cls, size, law, what, dtype="float64"):
    """A draw: an array, or an unknown number where no size is asked for."""
    if _lens.certain(size is None):
        return _lens.unknown("a random number")
    return created(cls, size, dtype, law, None, what)
