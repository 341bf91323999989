"""haiku.experimental."""

from contextlib import contextmanager

import _lens
from _haiku.module import force_name, name_like, name_scope
from _haiku.transform import lift, transparent_lift


@contextmanager
def _seen(*args, **kwargs):
    yield


intercept_methods = custom_getter = custom_creator = optimize_rng_use = _seen


def layer_stack(*args, **kwargs):
    """Weights of equal layers in one array, with an axis for the layers in front."""

    def stack(function):
        _lens.incomplete("layer_stack")
        return lambda *inputs, **named: _lens.unknown("what a stack of layers gives")

    return stack
