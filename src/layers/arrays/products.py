"""Products and reductions: matmul, dot, einsum, sums."""

import _lens
import _laws
from _arrays.core import Array, as_array, dims, is_scalar, make, numbers_of, product
from _arrays.elementwise import apply, broadcast_shapes
from _arrays.shaping import axis_of, ravel


def _unknown_shape(*arrays):
    for a in arrays:
        if _lens.is_unknown(a) or _lens.is_unknown(a.shape):
            return True
    return False


def _meet(x, y, what):
    """Sizes that are summed over have to agree."""
    if isinstance(x, int) and isinstance(y, int) and _lens.certain(x != y):
        if not _lens.is_placeholder(x) and not _lens.is_placeholder(y):
            raise ValueError("%s: sizes %s and %s do not fit together" % (what, x, y))


def matmul(a, b, transpose_a=False, transpose_b=False, *args, **kwargs):
    a, b = as_array(a), as_array(b)
    if _unknown_shape(a, b):
        shape = _lens.unknown("shape of a product")
        if not _lens.is_unknown(b) and not _lens.is_unknown(b.shape) and len(b.shape) > 1:
            shape = _lens.ending_with(dims(b)[-2 if transpose_b else -1])
        return make([x for x in (a, b) if not _lens.is_unknown(x)], shape)
    left, right = dims(a), dims(b)
    if transpose_a:
        left = left[:-2] + (left[-1], left[-2])
    if transpose_b:
        right = right[:-2] + (right[-1], right[-2])
    if len(left) == 0 or len(right) == 0:
        return apply(lambda x, y: x * y, a, b)
    _meet(left[-1], right[0] if len(right) == 1 else right[-2], "matmul")
    if len(left) == 1 and len(right) == 1:
        return make([a, b], (), a._dtype)
    if len(right) == 1:
        return make([a, b], left[:-1], a._dtype)
    if len(left) == 1:
        return make([a, b], right[:-2] + right[-1:], a._dtype)
    batch = broadcast_shapes(left[:-2], right[:-2])
    data = None
    if len(left) == 2 and len(right) == 2 and not transpose_a and not transpose_b:
        x, y = numbers_of(a), numbers_of(b)
        if x is not None and y is not None:
            data = _lens.matrix_product(x, y, left[0], left[1], right[1])
    return make([a, b], batch + (left[-2], right[-1]), a._dtype, None, data)


def dot(a, b, *args, **kwargs):
    if _lens.is_unknown(a) or _lens.is_unknown(b):
        return matmul(a, b)
    if is_scalar(a) or is_scalar(b):
        return a * b
    a, b = as_array(a), as_array(b)
    if _unknown_shape(a, b) or len(a.shape) == 0 or len(b.shape) == 0 or len(b.shape) <= 2:
        return matmul(a, b)
    left, right = dims(a), dims(b)
    return make([a, b], left[:-1] + right[:-2] + right[-1:], a._dtype)


def tensordot(a, b, axes=2, *args, **kwargs):
    a, b = as_array(a), as_array(b)
    if _unknown_shape(a, b):
        return make([a], _lens.unknown("shape of a product"))
    left, right = dims(a), dims(b)
    if isinstance(axes, int):
        summed_left = [len(left) - axes + i for i in range(axes)]
        summed_right = list(range(axes))
    else:
        pair = [[x] if isinstance(x, int) else list(x) for x in axes]
        summed_left = [axis_of(i, len(left)) for i in pair[0]]
        summed_right = [axis_of(i, len(right)) for i in pair[1]]
    for i, j in zip(summed_left, summed_right):
        _meet(left[i], right[j], "tensordot")
    kept = [d for i, d in enumerate(left) if i not in summed_left]
    kept = kept + [d for j, d in enumerate(right) if j not in summed_right]
    return make([a, b], tuple(kept), a._dtype)


def outer(a, b, *args, **kwargs):
    a, b = as_array(a), as_array(b)
    return make([a, b], (product(dims(a)), product(dims(b))), a._dtype)


def contracted(equation, *operands, **kwargs):
    """What einsum gives."""
    operands = [as_array(x) for x in operands]
    if not isinstance(equation, str):
        return make(operands, _lens.unknown("shape of einsum"))
    known = [x for x in operands if not _lens.is_unknown(x)]
    shapes = [_lens.unknown("shape of an operand") if _unknown_shape(x) else dims(x) for x in operands]
    shape = einsum_shape(equation, shapes)
    if _lens.is_unknown(shape):
        shape = _lens.ending_with(_einsum_last(equation, shapes))
    return make(known, shape, known[0]._dtype if known else None)


def _einsum_last(equation, shapes):
    """The last size of a result of unknown rank; None where no operand of known shape has it."""
    inputs, _, output = equation.replace(" ", "").partition("->")
    letter = output[-1:]
    for term, shape in zip(inputs.split(","), shapes):
        if letter in term and letter != "." and "..." not in term and not _lens.is_unknown(shape):
            return shape[term.index(letter)]
    return None


def einsum_shape(equation, shapes):
    """Shape of the result of an einsum equation, `...` included; an operand's shape may be unknown."""
    equation = equation.replace(" ", "")
    inputs, arrow, output = equation.partition("->")
    sizes, rest = {}, ()
    for term, shape in zip(inputs.split(","), shapes):
        before, dots, after = term.partition("...")
        if _lens.is_unknown(shape):
            rest = shape if dots else rest
            pairs = [(letter, _lens.unknown("size of an operand")) for letter in before + after]
        elif dots:
            stop = len(shape) - len(after)
            rest = rest if _lens.is_unknown(rest) else broadcast_shapes(rest, tuple(shape[len(before) : stop]))
            pairs = list(zip(before, shape)) + list(zip(after, shape[stop:]))
        else:
            if len(term) != len(shape):
                raise ValueError("einsum: %s does not fit a shape of %s sizes" % (term, len(shape)))
            pairs = list(zip(term, shape))
        for letter, size in pairs:
            if letter not in sizes or _gives_way(sizes[letter]):
                sizes[letter] = size
    if not arrow:
        letters = inputs.replace(",", "").replace(".", "")
        output = "".join(sorted([c for c in set(letters) if letters.count(c) == 1]))
        output = "..." + output if "..." in inputs else output
    before, dots, after = output.partition("...")
    if dots and _lens.is_unknown(rest):
        return rest
    middle = tuple(rest) if dots else ()
    return tuple([sizes[c] for c in before]) + middle + tuple([sizes[c] for c in after])


def _gives_way(size):
    """Whether another operand's size of the same letter says more."""
    return _lens.is_unknown(size) or _lens.is_placeholder(size) or _lens.certain(size == 1)


def _multiplying(function):
    """The same function, seen by the flow through a model: as a product of rows and columns where no option says more."""

    def product_of(*args, **kwargs):
        parts = [a for a in args if _lens.is_unknown(a) or isinstance(a, Array)]
        is_plain = function in (matmul_of, dot_of) and len(args) == 2 and not kwargs
        return _lens.flow("matmul" if is_plain else "einsum", parts, function(*args, **kwargs))

    return product_of


matmul_of, dot_of = matmul, dot
matmul, dot, tensordot, einsum = [_multiplying(f) for f in (matmul, dot, tensordot, contracted)]


def reduced_shape(shape, axis, keepdims):
    if _lens.is_unknown(axis) or _lens.is_unknown(keepdims):
        return _lens.unknown("axes to reduce")
    if axis is None and not keepdims:
        return ()
    if _lens.is_unknown(shape):
        return _lens.ending_with(1 if keepdims and _lens.certain(axis == -1) else None)
    if axis is None:
        return tuple([1] * len(shape))
    if isinstance(axis, Array):
        axis = axis.tolist()
    drop = [axis_of(i, len(shape)) for i in (axis if isinstance(axis, (list, tuple)) else [axis])]
    if keepdims:
        return tuple([1 if i in drop else d for i, d in enumerate(shape)])
    return tuple([d for i, d in enumerate(shape) if i not in drop])


def _along(a, axis, function):
    """The numbers that a function of lists gives along one axis; None where not all of the table are known."""
    data = a._data if isinstance(axis, int) and not _lens.is_unknown(a.shape) else None
    if data is None or len(a.shape) < 2:
        return None
    at = axis_of(axis, len(a.shape))
    others = [range(d) for d in a.shape]
    others[at] = [0]
    step = product(a.shape[at + 1 :])
    starts = _lens.offsets(a.shape, others)
    return None if starts is None else [function([data[start + i * step] for i in range(a.shape[at])]) for start in starts]


def reduction(name, function, dtype=None):
    """A function like `sum`: over all entries of a table of numbers, or a shape without the axes."""

    def reduce(a, axis=None, *args, keepdims=False, keep_dims=False, **kwargs):
        if _lens.is_unknown(a):
            return _lens.function_of(name, a)
        if "dim" in kwargs:
            axis = kwargs["dim"]
        keep = keepdims or keep_dims or (len(args) > 0 and args[-1] is True)
        a = as_array(a)
        if _lens.is_unknown(a):
            return _lens.function_of(name, a)
        whole = _lens.certain(axis is None) or (not _lens.is_unknown(a.shape) and len(a.shape) == 1)
        if whole and not keep and a._data is not None and len(a._data) > 0:
            return function(a._data)
        out = make([a], reduced_shape(dims(a), axis, keep), dtype or a._dtype, None, _along(a, axis, function))
        return _lens.flow("mean" if dtype is None else "argmax", [a], out)

    return reduce


def _product(values):
    return product(values)


def _mean(values):
    return sum(values) / len(values)


def _variance(values):
    m = _mean(values)
    return sum([(v - m) * (v - m) for v in values]) / len(values)


def _index_of(best):
    return lambda values: values.index(best(values))


sum_ = reduction("sum", lambda values: sum(values))
prod = reduction("prod", _product)
mean = average = reduction("mean", _mean)
var = reduction("var", _variance)
std = reduction("std", lambda values: _variance(values) ** 0.5)
max_ = amax = reduction("max", lambda values: max(values))
min_ = amin = reduction("min", lambda values: min(values))
argmax = reduction("argmax", _index_of(max), "int64")
argmin = reduction("argmin", _index_of(min), "int64")
any_ = reduction("any", lambda values: any(values), "bool")
all_ = reduction("all", lambda values: all(values), "bool")
median = reduction("median", lambda values: sorted(values)[len(values) // 2])
count_nonzero = reduction("count_nonzero", lambda values: len([v for v in values if v]), "int64")
_euclidean = reduction("norm", lambda values: sum([v * v for v in values]) ** 0.5)
_other_norm = reduction("norm", lambda values: _lens.unknown("a norm"))
logsumexp = reduction("logsumexp", lambda values: _lens.unknown("logsumexp"))


def norm(x, ord=None, axis=None, keepdims=False, name=None):
    is_euclidean = ord is None or (isinstance(ord, str) and ord == "euclidean")
    return (_euclidean if is_euclidean else _other_norm)(x, axis, keepdims=keepdims)


def cumulative(function):
    def accumulate(a, axis=None, *args, **kwargs):
        a = as_array(a)
        if _lens.certain(axis is None) and not _lens.is_unknown(a) and not _lens.is_unknown(a.shape):
            a = ravel(a)
        if a._data is not None and len(a.shape) == 1:
            out, total = [], None
            for v in a._data:
                total = v if total is None else function(total, v)
                out.append(total)
            return make([a], a.shape, a._dtype, None, out)
        return make([a], dims(a), a._dtype)

    return accumulate


cumsum = cumulative(lambda x, y: x + y)
cumprod = cumulative(lambda x, y: x * y)


def diff(a, n=1, axis=-1, *args, **kwargs):
    a = as_array(a)
    if a._data is not None and len(a.shape) == 1 and n == 1:
        d = a._data
        return make([a], (len(d) - 1,), a._dtype, None, [d[i + 1] - d[i] for i in range(len(d) - 1)])
    shape = list(dims(a))
    shape[axis] = shape[axis] - n
    return make([a], tuple(shape), a._dtype)


def qr(a, mode="reduced", *args, **kwargs):
    """Q of a matrix of independent normal entries is a uniformly drawn orthogonal matrix."""
    a = as_array(a)
    rows, cols = dims(a)[-2:]
    short = rows if _lens.certain(rows <= cols) else cols
    inner = rows if mode == "complete" or kwargs.get("full_matrices") else short
    lead = dims(a)[:-2]
    law = _laws.orthogonal_from(a.law, (rows, inner)) if len(lead) == 0 else None
    return make([a], lead + (rows, inner), a._dtype, law), make([a], lead + (inner, cols), a._dtype)


def svd(a, full_matrices=True, compute_uv=True, *args, **kwargs):
    a = as_array(a)
    rows, cols = dims(a)[-2:]
    short = rows if _lens.certain(rows <= cols) else cols
    if not compute_uv:
        return make([a], (short,), a._dtype)
    left, right = (rows, cols) if full_matrices else (short, short)
    u = make([a], (rows, left), a._dtype, _laws.orthogonal_from(a.law, (rows, left)))
    v = make([a], (right, cols), a._dtype, _laws.orthogonal_from(a.law, (right, cols)))
    return u, make([a], (short,), a._dtype), v


METHODS = {
    "sum": sum_, "prod": prod, "mean": mean, "var": var, "std": std, "max": max_, "min": min_, "argmax": argmax,
    "argmin": argmin, "any": any_, "all": all_, "cumsum": cumsum, "dot": dot,
}  # fmt: skip


def install():
    """Gives arrays the methods of this file."""
    for name, function in METHODS.items():
        setattr(Array, name, function)
    Array.__matmul__ = lambda self, other: matmul(self, other)
    Array.__rmatmul__ = lambda self, other: matmul(other, self)
    Array.__rdot__ = lambda self, other: dot(other, self)  # `x.dot(array)`, x not known
