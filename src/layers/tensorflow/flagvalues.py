"""Flags of TensorFlow and absl: a flag has the default it is declared with."""

import _lens


class _Flags:
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _lens.unknown("the flag " + name)


FLAGS = _Flags()


def _define(name, default=None, help=None, *args, **kwargs):
    setattr(FLAGS, name, _lens.unknown("the flag " + name) if default is None else default)


DEFINE_integer = DEFINE_float = DEFINE_string = DEFINE_boolean = DEFINE_bool = DEFINE_list = _define


def DEFINE_enum(name, default=None, enum_values=None, help=None, *args, **kwargs):
    _define(name, default)


def DEFINE_multi_integer(name, default=None, help=None, *args, **kwargs):
    _define(name, default)


DEFINE_multi_string = DEFINE_multi_float = DEFINE_multi_integer
