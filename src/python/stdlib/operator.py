def lt(a, b): return a < b
def le(a, b): return a <= b
def eq(a, b): return a == b
def ne(a, b): return a != b
def ge(a, b): return a >= b
def gt(a, b): return a > b
def not_(a): return not a
def truth(a): return bool(a)
def is_(a, b): return a is b
def is_not(a, b): return a is not b
def abs(a): return a.__abs__()
def add(a, b): return a + b
def sub(a, b): return a - b
def mul(a, b): return a * b
def matmul(a, b): return a @ b
def truediv(a, b): return a / b
def floordiv(a, b): return a // b
def mod(a, b): return a % b
def pow(a, b): return a ** b
def neg(a): return -a
def pos(a): return +a
def inv(a): return ~a
def and_(a, b): return a & b
def or_(a, b): return a | b
def xor(a, b): return a ^ b
def lshift(a, b): return a << b
def rshift(a, b): return a >> b
def index(a): return a.__index__()
def concat(a, b): return a + b
def contains(a, b): return b in a
def countOf(a, b): return sum(1 for value in a if value == b)
def indexOf(a, b): return list(a).index(b)
def getitem(a, b): return a[b]
def setitem(a, b, c): a[b] = c
def delitem(a, b): del a[b]


def iadd(a, b):
    a += b
    return a


def imul(a, b):
    a *= b
    return a


invert = inv


def _follow(value, path):
    for name in path.split("."):
        value = getattr(value, name)
    return value


def attrgetter(attr, /, *attrs):
    if not attrs:
        return lambda value: _follow(value, attr)
    return lambda value: tuple([_follow(value, name) for name in (attr, *attrs)])


def itemgetter(item, /, *items):
    if not items:
        return lambda value: value[item]
    return lambda value: tuple([value[key] for key in (item, *items)])


def methodcaller(name, /, *args, **keywords):
    return lambda value: getattr(value, name)(*args, **keywords)
