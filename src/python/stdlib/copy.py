from _copy import is_atomic, make_bare, copy_parts


class Error(Exception):
    pass


error = Error


def copy(x):
    if is_atomic(x) or isinstance(x, (tuple, frozenset)):
        return x
    method = getattr(type(x), "__copy__", None)
    if method is not None:
        return method(x)
    y = make_bare(x)
    copy_parts(x, y, lambda part: part)
    return y


def deepcopy(x, memo=None, _nil=[]):
    if is_atomic(x):
        return x
    if memo is None:
        memo = {}
    key = id(x)
    if key in memo:
        return memo[key]
    method = getattr(x, "__deepcopy__", None)
    if method is not None:
        y = method(memo)
        memo[key] = y
        return y
    if isinstance(x, tuple) and not hasattr(x, "__dict__"):
        y = tuple([deepcopy(one, memo) for one in x])
        return x if all(a is b for a, b in zip(x, y)) else y
    if isinstance(x, tuple):
        return tuple.__new__(type(x), [deepcopy(one, memo) for one in x])
    y = make_bare(x)
    memo[key] = y
    memo.setdefault("keep", []).append(x)
    copy_parts(x, y, lambda part: deepcopy(part, memo))
    return y


def replace(obj, /, **changes):
    return obj.__replace__(**changes)
