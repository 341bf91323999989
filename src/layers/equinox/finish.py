"""Runs modules that the program only makes."""

from _arrays.unseen import show
from _equinox.module import leaves


def finish(modules, opens_defaults=False):
    """Each module is called with inputs nobody knows, which shows what follows its layers."""
    for module in modules:
        try:
            show(module, [one for _, one in leaves(module)], opens_defaults)
        except Exception:
            pass
