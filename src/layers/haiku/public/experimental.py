"""haiku.experimental."""

from contextlib import contextmanager

from _haiku.module import force_name, name_like, name_scope
from _haiku.stack import layer_stack
from _haiku.transform import lift, transparent_lift


@contextmanager
def _seen(*args, **kwargs):
    yield


intercept_methods = custom_getter = custom_creator = optimize_rng_use = _seen
