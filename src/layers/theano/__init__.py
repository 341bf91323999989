"""theano."""

import _lens
from _arrays.core import Array, make
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


grad = function


def _listed(x):
    if _lens.certain(x is None):
        return []
    return list(x) if isinstance(x, (list, tuple)) else [x]


def _step_of(sequence):
    if _lens.is_unknown(sequence) or not isinstance(sequence, Array) or _lens.is_unknown(sequence.shape):
        return _lens.unknown("an entry of a sequence")
    return sequence[0]


def _over_steps(out):
    if _lens.is_unknown(out) or not isinstance(out, Array) or _lens.is_unknown(out.shape):
        return _lens.unknown("the steps of a scan")
    return make([out], (_lens.unknown("the number of steps"),) + tuple(out.shape), out._dtype)


def scan(fn, sequences=None, outputs_info=None, non_sequences=None, *args, **kwargs):
    """One step stands for all: what it returns at each, and no updates."""
    first = [x for x in _listed(outputs_info) if not _lens.certain(x is None)]
    out = fn(*[_step_of(x) for x in _listed(sequences)], *first, *_listed(non_sequences))
    if isinstance(out, tuple) and len(out) == 2 and isinstance(out[1], dict):
        out = out[0]
    return [_over_steps(x) for x in out] if isinstance(out, (list, tuple)) else _over_steps(out), {}
