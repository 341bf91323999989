"""Flags of TensorFlow and absl: a flag has the default it is declared with."""

import _lens


def _unset(name):
    """A size that nobody says is called as the program calls it."""
    return _lens.called(_lens.unknown("the flag " + name), "FLAGS." + name)


class _Flags:
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _unset(name)

    def __getitem__(self, name):
        return FlagHolder(name)


FLAGS = _Flags()


class FlagHolder:
    """What absl's declarations give back."""

    def __init__(self, name):
        self.name = name

    @property
    def value(self):
        return getattr(FLAGS, self.name)

    default = value


def _define(name, default=None, help=None, *args, **kwargs):
    setattr(FLAGS, name, _unset(name) if default is None else default)
    return FlagHolder(name)


DEFINE_integer = DEFINE_float = DEFINE_string = DEFINE_boolean = DEFINE_bool = DEFINE_list = _define
DEFINE_multi_integer = DEFINE_multi_string = DEFINE_multi_float = _define


def DEFINE_enum(name, default=None, enum_values=None, help=None, *args, **kwargs):
    return _define(name, default)


DEFINE_multi_enum = DEFINE_enum_class = DEFINE_enum


def set_default(holder, value):
    setattr(FLAGS, holder.name, value)
