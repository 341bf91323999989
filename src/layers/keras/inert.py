"""Things that never change a shape or a first draw: losses, optimizers, callbacks, regularizers …"""

import _lens


class Inert:
    """Accepts anything, gives something unknown, keeps its arguments as attributes."""

    def __init__(self, *args, **kwargs):
        for name in kwargs:
            setattr(self, name, kwargs[name])

    def __call__(self, *args, **kwargs):
        return _lens.unknown("result of " + type(self).__name__)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _lens.unknown("attribute of " + type(self).__name__)


def inert_class(name):
    return type(name, (Inert,), {})


def get(identifier, *args, **kwargs):
    return identifier


serialize = deserialize = get


def nothing(*args, **kwargs):
    return None


def passing(value=None, *args, **kwargs):
    """A decorator, with or without arguments, that changes nothing."""
    return value if callable(value) else (lambda function: function)
