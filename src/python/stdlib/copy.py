"""Copies keep what is shared within one call shared. Host objects bring `__copy__` and `__deepcopy__`."""
import types


class Error(Exception):
    pass


error = Error

_ATOMIC = (
    type(None), bool, int, float, complex, str, bytes, type, range, slice, type(Ellipsis), type(NotImplemented),
    types.FunctionType, types.BuiltinFunctionType, types.ModuleType, property,
)


def _attributes(x):
    return getattr(x, "__dict__", {})


def _slots(x):
    for cls in type(x).__mro__:
        slots = cls.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if hasattr(x, name):
                yield name, getattr(x, name)


def copy(x):
    if isinstance(x, _ATOMIC):
        return x
    method = getattr(type(x), "__copy__", None)
    if method is not None:
        return method(x)
    cls = type(x)
    if cls in (list, dict, set, frozenset, tuple):
        return cls(x)
    made = _empty_like(x, lambda value: value)
    if hasattr(x, "__getstate__") and hasattr(x, "__setstate__"):
        made.__setstate__(x.__getstate__())
        return made
    _attributes(made).update(_attributes(x))
    for name, value in _slots(x):
        setattr(made, name, value)
    return made


def _empty_like(x, convert):
    cls = type(x)
    if isinstance(x, (tuple, frozenset)):
        return cls.__new__(cls, *map(convert, x)) if hasattr(cls, "_fields") else cls.__new__(cls, map(convert, x))
    made = cls.__new__(cls)
    if isinstance(x, list):
        for value in x:
            list.append(made, convert(value))
    elif isinstance(x, dict):
        for key, value in dict.items(x):
            dict.__setitem__(made, convert(key), convert(value))
    elif isinstance(x, set):
        for value in x:
            set.add(made, convert(value))
    return made


def deepcopy(x, memo=None, _nil=[]):
    if isinstance(x, _ATOMIC):
        return x
    if memo is None:
        memo = {}
    key = id(x)
    if key in memo:
        return memo[key]
    made = _deepcopy_new(x, memo)
    memo[key] = made
    # The original stays alive as long as its id is a key.
    memo.setdefault(id(memo), []).append(x)
    return made


def _deepcopy_new(x, memo):
    method = getattr(type(x), "__deepcopy__", None)
    if method is not None:
        return method(x, memo)
    cls = type(x)
    if cls is types.MethodType:
        return cls(x.__func__, deepcopy(x.__self__, memo))
    if cls is list:
        made = []
        memo[id(x)] = made
        for value in x:
            made.append(deepcopy(value, memo))
        return made
    if cls is dict:
        made = {}
        memo[id(x)] = made
        for key, value in x.items():
            made[deepcopy(key, memo)] = deepcopy(value, memo)
        return made
    if cls is tuple:
        return tuple([deepcopy(value, memo) for value in x])
    made = _empty_like(x, lambda value: deepcopy(value, memo))
    memo[id(x)] = made
    if hasattr(x, "__getstate__") and hasattr(x, "__setstate__"):
        made.__setstate__(deepcopy(x.__getstate__(), memo))
        return made
    attributes = _attributes(made)
    for name, value in _attributes(x).items():
        attributes[name] = deepcopy(value, memo)
    for name, value in _slots(x):
        setattr(made, name, deepcopy(value, memo))
    return made


def replace(x, /, **changes):
    return type(x).__replace__(x, **changes)
