def add(a, b): return a + b
def sub(a, b): return a - b
def mul(a, b): return a * b
def truediv(a, b): return a / b
def floordiv(a, b): return a // b
def mod(a, b): return a % b
def pow(a, b): return a ** b
def matmul(a, b): return a @ b
def and_(a, b): return a & b
def or_(a, b): return a | b
def xor(a, b): return a ^ b
def lshift(a, b): return a << b
def rshift(a, b): return a >> b
def neg(a): return -a
def pos(a): return +a
def invert(a): return ~a
def not_(a): return not a
def truth(a): return bool(a)
def is_(a, b): return a is b
def is_not(a, b): return a is not b
def eq(a, b): return a == b
def ne(a, b): return a != b
def lt(a, b): return a < b
def le(a, b): return a <= b
def gt(a, b): return a > b
def ge(a, b): return a >= b
def contains(a, b): return b in a
def concat(a, b): return a + b
def getitem(a, b): return a[b]
def indexOf(a, b): return list(a).index(b)
def countOf(a, b): return list(a).count(b)
def index(a): return a.__index__()
def abs(a): return a if a >= 0 else -a
def length_hint(obj, default=0): return len(obj) if hasattr(obj, "__len__") else default
def call(obj, /, *args, **kwargs): return obj(*args, **kwargs)


def setitem(a, b, c):
    a[b] = c


def delitem(a, b):
    del a[b]


def iadd(a, b):
    a += b
    return a


def isub(a, b):
    a -= b
    return a


def imul(a, b):
    a *= b
    return a


def ior(a, b):
    a |= b
    return a


def _dotted(obj, name):
    for part in name.split("."):
        obj = getattr(obj, part)
    return obj


class attrgetter:
    def __init__(self, *names):
        self.names = names

    def __call__(self, obj):
        values = tuple(_dotted(obj, name) for name in self.names)
        return values[0] if len(values) == 1 else values


class itemgetter:
    def __init__(self, *items):
        self.items = items

    def __call__(self, obj):
        values = tuple(obj[item] for item in self.items)
        return values[0] if len(values) == 1 else values


class methodcaller:
    def __init__(self, name, /, *args, **kwargs):
        self.name, self.args, self.kwargs = name, args, kwargs

    def __call__(self, obj):
        return getattr(obj, self.name)(*self.args, **self.kwargs)
