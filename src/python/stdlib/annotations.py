"""Packages that check annotations while a program runs: what they check changes no value."""
import typing as _typing


def _returned(value=None, *args, **options):
    """A decorator, also one that is given options first."""
    return value if callable(value) else lambda decorated: decorated


def _ignored(*args, **options):
    pass


def is_bearable(value, hint, **options):
    return isinstance(value, hint) if isinstance(hint, type) else unknown("whether a value fits an annotation")


class _Array(_typing._Form):
    """`Float[Tensor, "batch channels"]`."""

    def __getitem__(self, item):
        return _Array(self._name, item if isinstance(item, tuple) else (item,))

    def __instancecheck__(self, instance):
        if self.__args__ and isinstance(self.__args__[0], type) and not isinstance(instance, self.__args__[0]):
            return False
        return unknown("whether an array has this type and shape")


def __getattr__(name):
    return _Array(name)
