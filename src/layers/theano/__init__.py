"""theano."""

import _lens
from _keras.inert import nothing
from theano import tensor
from theano.shared import SharedVariable, shared


class _Config:
    floatX = "float32"
    device = "cpu"

    def __getattr__(self, name):
        return _lens.unknown("theano's configuration")


config = _Config()


def function(*args, **kwargs):
    return lambda *inputs, **named: _lens.unknown("result of a compiled function")


grad = scan = function
