"""Runs what the program only makes: modules, and functions it only transforms."""

from _arrays.unseen import apply
from _haiku.module import Frame, within
from _haiku.transform import MultiTransformed, Transformed


def finish(made, opens_defaults=False):
    """Each is given inputs nobody knows."""
    for one in made:
        if one._ran:
            continue
        try:
            _run(one, opens_defaults)
        except Exception:
            pass


def _run(one, opens_defaults):
    if isinstance(one, MultiTransformed):
        apply(lambda *inputs, **named: one.init(None, *inputs, **named), one._function()[0], opens_defaults)
    elif isinstance(one, Transformed):
        apply(lambda *inputs, **named: one.init(None, *inputs, **named), one._function, opens_defaults)
    else:
        apply(lambda *inputs, **named: within(Frame(), one, inputs, named), one.__call__, opens_defaults)
