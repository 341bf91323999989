"""Arithmetic and functions applied entry by entry: shapes broadcast, laws scale and shift."""

import math
import operator

import _lens
import _laws
from _arrays.core import Array, MOST_DATA, as_array, dims, end_of, is_scalar, last_size, make, product


def join_dims(x, y):
    """One dimension of two that are broadcast together."""
    if _lens.certain(x is y) or _lens.certain(x == y) or _lens.certain(y == 1):
        return x
    if _lens.certain(x == 1):
        return y
    if _lens.is_unknown(x) or _lens.is_unknown(y):
        return _lens.unknown("size after broadcasting")
    if _lens.is_placeholder(x):
        return y
    if _lens.is_placeholder(y):
        return x
    if isinstance(x, int) and isinstance(y, int):
        if _lens.is_symbol(x):
            return y
        if _lens.is_symbol(y):
            return x
        raise ValueError("shapes that cannot be broadcast together: %s and %s" % (x, y))
    return _lens.unknown("size after broadcasting")


def broadcast_shapes(*shapes):
    if any([_lens.is_unknown(shape) for shape in shapes]):
        axes = [shape for shape in shapes if _lens.is_unknown(shape) or len(shape) > 0]
        return _lens.ending_with(joined_last([end_of(shape) for shape in axes]))
    result = ()
    for shape in shapes:
        longer, shorter = (result, shape) if len(result) >= len(shape) else (shape, result)
        gap = len(longer) - len(shorter)
        result = longer[:gap] + tuple([join_dims(x, y) for x, y in zip(longer[gap:], shorter)])
    return result


def joined_last(sizes):
    """The last size after broadcasting, None standing for one that is not known: of those, only 1 gives way."""
    known = [d for d in sizes if not _lens.certain(d is None) and not _lens.is_placeholder(d)]
    if len(known) == len(sizes):
        result = 1
        for d in known:
            result = join_dims(result, d)
        return None if _lens.is_unknown(result) else result
    for d in known:
        if _lens.is_symbol(d) or d > 1:
            return d
    return None


def _beside_unknown(arrays, dtype=None):
    """What broadcasting with something unknown gives: of its sizes at most the last one is known."""
    last = joined_last([last_size(a) for a in arrays if not is_scalar(a)])
    if _lens.certain(last is None):
        return _lens.unknown("value of an unknown")
    return make([a for a in arrays if isinstance(a, Array)], _lens.ending_with(last), dtype)


def apply(function, *arrays, dtype=None):
    """Any function of entries: numbers where all are numbers, else the broadcast shape."""
    if any([_lens.is_unknown(a) for a in arrays]):
        return _beside_unknown(arrays, dtype)
    if all([is_scalar(a) for a in arrays]):
        return function(*arrays)
    arrays = [a if is_scalar(a) else as_array(a) for a in arrays]
    shape = broadcast_shapes(*[dims(a) for a in arrays])
    data, law = None, None
    if len(arrays) == 1:
        data = _map_data(function, arrays[0]._data)
        value = _laws.constant_value(arrays[0].law)
        law = None if value is None else _try_constant(function, [value])
    else:
        data = _zip_data(function, arrays, shape)
        values = [a if is_scalar(a) else _laws.constant_value(a.law) for a in arrays]
        law = None if None in values else _try_constant(function, values)
    return make(arrays, shape, dtype, law, data)


def _map_data(function, data):
    if data is None:
        return None
    try:
        return [function(v) for v in data]
    except (ValueError, ZeroDivisionError, OverflowError, TypeError):
        return None


def _try_constant(function, values):
    try:
        return _laws.constant(function(*values))
    except (ValueError, ZeroDivisionError, OverflowError, TypeError):
        return None


def _zip_data(function, arrays, shape):
    """Entries of a binary operation where one side is a number or both have one shape."""
    columns = []
    for a in arrays:
        if is_scalar(a):
            columns.append(None)
        elif a._data is None or a.shape != shape:
            return None
        else:
            columns.append(a._data)
    count = product(shape)
    if count > MOST_DATA:
        return None
    rows = []
    for i in range(count):
        row = [a if c is None else c[i] for a, c in zip(arrays, columns)]
        try:
            rows.append(function(*row))
        except (ValueError, ZeroDivisionError, OverflowError, TypeError):
            return None
    return rows


def _factor(x):
    """The one number every entry of `x` has, or None."""
    if is_scalar(x):
        return x
    value = _laws.constant_value(x.law)
    if value is None and x._data is not None and len(x._data) == 1:
        return x._data[0]
    return value


def _combined_law(op, a, b):
    """Exact arithmetic on laws: a random side scaled or shifted by a number."""
    law_a = None if is_scalar(a) else a.law
    law_b = None if is_scalar(b) else b.law
    if op == "*" and (_is_signs(b) or _is_signs(a)):
        # The columns of an orthogonal matrix with other signs are orthogonal.
        return _laws.orthogonal_only(law_a if _is_signs(b) else law_b)
    left, right = _factor(a), _factor(b)
    if left is not None and right is not None:
        return None
    if right is not None and law_a is not None:
        if op == "*":
            return _laws.scale(law_a, right)
        if op == "/":
            return _laws.scale(law_a, 1 / right) if right != 0 else None
        if op == "+":
            return _laws.shift(law_a, right)
        if op == "-":
            return _laws.shift(law_a, -right)
    if left is not None and law_b is not None:
        if op == "*":
            return _laws.scale(law_b, left)
        if op == "+":
            return _laws.shift(law_b, left)
        if op == "-":
            return _laws.shift(_laws.scale(law_b, -1), left)
    return None


def _is_signs(x):
    return isinstance(x, Array) and x._is_signs


FUNCTIONS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "<<": operator.lshift,
    ">>": operator.rshift,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")


def binary(op, a, b):
    """`a op b` where at least one is an array."""
    a, b = _entries(a), _entries(b)
    if _lens.is_unknown(a) or _lens.is_unknown(b):
        return _with_unknown(op, a, b)
    a = a if is_scalar(a) else as_array(a)
    b = b if is_scalar(b) else as_array(b)
    if is_scalar(a) and is_scalar(b):
        return FUNCTIONS[op](a, b)
    out = apply(FUNCTIONS[op], a, b, dtype=_result_dtype(op, a, b))
    if isinstance(out, Array) and out.law is None:
        out.law = _combined_law(op, a, b)
    return out


def _entries(x):
    """The array a variable holds; an unknown stays what it is."""
    return x if _lens.is_unknown(x) else getattr(x, "_array", x)


def _with_unknown(op, a, b):
    """A drawn array times something unknown keeps its shape: a scale is what multiplies a weight."""
    for x, y in ((a, b), (b, a)):
        if not _lens.is_unknown(x) and isinstance(x, Array) and x.law is not None and _keeps_shape(op, x, y):
            return make([x], x.shape, x._dtype, _scaled_law(op, x, y, x is a))
    return _beside_unknown([a, b])


def _keeps_shape(op, x, unknown):
    """Beside a layer's own weight, or where a bias is added, the unknown is what flows in, with more axes."""
    return op in ("*", "/") and x.owner is None or _lens.is_one_number(unknown, x.shape)


def _scaled_law(op, x, y, is_left):
    if op == "*" and _lens.is_one_number(y, x.shape):
        return _laws.scale(x.law, y)
    if op == "/" and is_left and _lens.is_one_number(y, x.shape):
        return _laws.scale(x.law, 1 / y)
    return _laws.scale(x.law, None)


def _result_dtype(op, a, b):
    if op in COMPARISONS:
        return "bool"
    names = [x._dtype for x in (a, b) if isinstance(x, Array)]
    for name in names:
        if "float" in name or "complex" in name:
            return name
    if op == "/" or isinstance(a, float) or isinstance(b, float):
        return "float32" if names[0] in ("int32", "bool") else "float64"
    return names[0]


# Names of operations in the flow through a model.
FLOWS = {
    "+": "add", "-": "sub", "*": "mul", "/": "div", "**": "pow",
    "<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne",
}  # fmt: skip


def _forward(op):
    def method(self, other):
        return _lens.flow(FLOWS.get(op, "eq"), [self, other], binary(op, self, other))

    return method


def _reflected(op):
    def method(self, other):
        return _lens.flow(FLOWS.get(op, "eq"), [other, self], binary(op, other, self))

    return method


def _in_place(op):
    def method(self, other):
        out = binary(op, self, other)
        if not self._mutable or not isinstance(out, Array):
            return _lens.flow(FLOWS.get(op, "eq"), [self, other], out)
        if op not in ("+", "-") or not _lens.is_trained(self, other):
            self.become(out.law, out._data)
        _lens.flow_in_place(FLOWS.get(op, "unknown"), [self, other], self)
        return self

    return method


NAMES = {
    "+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow",
    "&": "and", "|": "or", "^": "xor", "<<": "lshift", ">>": "rshift",
}  # fmt: skip
ORDERS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}


def install():
    """Gives arrays their operators."""
    for op, name in NAMES.items():
        setattr(Array, "__" + name + "__", _forward(op))
        setattr(Array, "__r" + name + "__", _reflected(op))
        setattr(Array, "__i" + name + "__", _in_place(op))
    for op, name in ORDERS.items():
        setattr(Array, "__" + name + "__", _forward(op))
    Array.__neg__ = negative
    Array.__pos__ = lambda self: self
    Array.__abs__ = lambda self: apply(abs, self)
    Array.__invert__ = lambda self: apply(lambda v: not v, self)


def negative(x, *args, **kwargs):
    return _lens.flow("mul", [x, -1], binary("*", x, -1))


def _named(op):
    def function(x1, x2, *args, **kwargs):
        if is_scalar(x1) and is_scalar(x2):
            return FUNCTIONS[op](x1, x2)
        return _lens.flow(FLOWS.get(op, "eq"), [x1, x2], binary(op, x1, x2))

    return function


def _arithmetic(op):
    return _lens.numbers_first(op, _named(op))


add, subtract, multiply = _arithmetic("+"), _arithmetic("-"), _arithmetic("*")
divide = true_divide = _arithmetic("/")
floor_divide, mod, power = _arithmetic("//"), _arithmetic("%"), _arithmetic("**")
less, less_equal, greater, greater_equal = _named("<"), _named("<="), _named(">"), _named(">=")
equal, not_equal = _named("=="), _named("!=")


def unary(function, name="unknown"):
    """A function of each entry; `name` is that of the flow through a model."""

    def wrapped(x, *args, **kwargs):
        return _lens.flow(name, [x], apply(function, x))

    return wrapped


def _sign(v):
    return (v > 0) - (v < 0)


def sign(x, *args, **kwargs):
    out = apply(_sign, x)
    if isinstance(out, Array) and out._data is None and out.law is None:
        out._is_signs = True
    return out


def _sigmoid(v):
    return 1 / (1 + math.exp(-v))


def sqrt(x, *args, **kwargs):
    return _lens.root(x) if _lens.is_unknown(x) else _lens.flow("sqrt", [x], apply(math.sqrt, x))


square = unary(lambda v: v * v, "square")
exp = unary(math.exp, "exp")
expm1 = unary(math.expm1, "expm1")
log = unary(math.log, "log")
log2 = unary(math.log2, "log2")
log10 = unary(math.log10, "log10")
log1p = unary(math.log1p, "log1p")
sin, cos, tan = unary(math.sin, "sin"), unary(math.cos, "cos"), unary(math.tan, "tan")
arcsin, arccos, arctan = unary(math.asin), unary(math.acos), unary(math.atan)
sinh, cosh, tanh = unary(math.sinh, "sinh"), unary(math.cosh, "cosh"), unary(math.tanh, "tanh")
floor = unary(lambda v: float(math.floor(v)))
ceil = unary(lambda v: float(math.ceil(v)))
trunc = unary(lambda v: float(math.trunc(v)))
rint = unary(lambda v: float(round(v)))
absolute = fabs = unary(abs, "abs")
reciprocal = unary(lambda v: 1 / v, "reciprocal")
rsqrt = unary(lambda v: 1 / math.sqrt(v), "rsqrt")
sigmoid = unary(_sigmoid, "sigmoid")
relu = unary(lambda v: max(v, 0), "relu")
erf = unary(math.erf, "erf")
deg2rad = unary(math.radians)
rad2deg = unary(math.degrees)
logical_not = unary(lambda v: not v)
isnan = unary(lambda v: v != v)


def round_(x, decimals=0, *args, **kwargs):
    return apply(lambda v: round(v, decimals) if decimals else float(round(v)), x)


def same_shape(x=None, *args, **kwargs):
    """An activation or any other function that keeps the shape and spoils the law."""
    if _lens.is_unknown(x):
        return x
    x = as_array(x)
    return make([x], dims(x), x._dtype)


def maximum(x1, x2, *args, **kwargs):
    return _lens.flow("maximum", [x1, x2], apply(max, x1, x2))


def minimum(x1, x2, *args, **kwargs):
    return _lens.flow("minimum", [x1, x2], apply(min, x1, x2))


def arctan2(x1, x2, *args, **kwargs):
    return apply(math.atan2, x1, x2)


def gcd(x1, x2, *args, **kwargs):
    return apply(math.gcd, x1, x2)


def lcm(x1, x2, *args, **kwargs):
    return apply(math.lcm, x1, x2)


def _reducing(function):
    """What a function of two numbers gives of all entries of an array."""

    def reduce(array, *args, **kwargs):
        array = as_array(array)
        if array._data is None or len(dims(array)) != 1 or args or kwargs:
            return _lens.unknown("array reduced along an axis")
        result = array._data[0]
        for value in array._data[1:]:
            result = function(result, value)
        return result

    return reduce


for each in (gcd, lcm, maximum, minimum):
    each.reduce = _reducing(each)


def logical_and(x1, x2, *args, **kwargs):
    return apply(lambda a, b: bool(a) and bool(b), x1, x2)


def logical_or(x1, x2, *args, **kwargs):
    return apply(lambda a, b: bool(a) or bool(b), x1, x2)


def clip(a, min=None, max=None, a_min=None, a_max=None, *args, **kwargs):
    low = a_min if _lens.certain(min is None) else min
    high = a_max if _lens.certain(max is None) else max
    return _lens.flow("clip", [a, low, high], _clipped(a, low, high))


def _clipped(a, low, high):

    def bounded(v):
        if low is not None and v < low:
            return low
        if high is not None and v > high:
            return high
        return v

    if _lens.is_unknown(a) or _lens.is_unknown(low) or _lens.is_unknown(high):
        return same_shape(a)
    if is_scalar(a):
        return bounded(a)
    a = as_array(a)
    known = is_scalar(low) and is_scalar(high) and a._data is not None
    return make([a], dims(a), a._dtype, None, [bounded(v) for v in a._data] if known else None)


def where(condition, x=None, y=None, *args, **kwargs):
    if x is None:
        return _lens.unknown("positions where a condition holds")
    if isinstance(condition, bool):
        return x if condition else y
    return _lens.flow("where", [condition, x, y], _chosen(condition, x, y))


def _chosen(condition, x, y):
    arrays = [condition, x, y]
    for a in arrays:
        if _lens.is_unknown(a):
            return a
    shape = broadcast_shapes(*[dims(a) for a in arrays])
    typed = [as_array(a) for a in (x, y)]
    return make(typed + [as_array(condition)], shape, typed[0]._dtype)
