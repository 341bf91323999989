"""slim.arg_scope: defaults of functions within a `with`."""

import _lens

_ANY = "*"
_stack = [{}]  # by the function's name; those of `_ANY` hold for every function


class arg_scope:
    """Defaults for the functions of a list, or those that another scope had."""

    def __init__(self, list_ops_or_scope, **defaults):
        self._given, self._defaults = list_ops_or_scope, defaults

    def __enter__(self):
        _stack.append(self._joined())
        return _stack[-1]

    def __exit__(self, *args):
        _stack.pop()

    def _joined(self):
        if _lens.is_unknown(self._given):
            return {_ANY: {name: _lens.unknown("a default of an unknown scope") for name in _DRAWN}}
        if isinstance(self._given, dict):
            return self._given
        joined = dict(_stack[-1])
        for function in self._given:
            name = getattr(function, "__name__", _ANY)
            joined[name] = {**joined.get(name, {}), **self._defaults}
        return joined


# What says which weights there are and what they are drawn from.
_DRAWN = ("weights_initializer", "biases_initializer", "normalizer_fn")


def add_arg_scope(function):
    """A function that takes defaults from the scopes around its call."""

    def scoped(*args, **kwargs):
        defaults = {**_stack[-1].get(_ANY, {}), **_stack[-1].get(scoped.__name__, {})}
        return function(*args, **{**defaults, **kwargs})

    scoped.__name__ = getattr(function, "__name__", _ANY)
    scoped.__wrapped__ = function
    scoped._makes_layer = getattr(function, "_makes_layer", False)
    return scoped
