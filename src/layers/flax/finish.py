"""Runs modules that the program only makes."""

from _arrays.unseen import apply, show
from _flax import nnx
from _flax.module import Module
from _flax.scope import Scope


def finish(modules, opens_defaults=False):
    """
    Each module that was never bound is initialised with inputs nobody knows, and nobody knows more if asked;
    one of nnx, which has its weights, only shows what follows them.
    """
    done = []
    for module in modules:
        if _is_inside(module, done):
            continue
        try:
            _initialise(module, opens_defaults)
            if not isinstance(module, nnx.Module):
                done.append(module._site)
        except Exception:
            pass


def _is_inside(module, done):
    """Whether a module around it was initialised anew, and with it what takes its place."""
    parent = getattr(module, "parent", None)  # none where its constructor failed
    while isinstance(parent, Module):
        if any([site is parent._site for site in done]):
            return True
        parent = parent.parent
    return False


def _initialise(module, opens_defaults):
    call = module.__call__
    if isinstance(module, nnx.Module):
        if not any(getattr(part, "_ran", False) for _, part in nnx.iter_modules(module)):
            show(module, [variable for _, variable in nnx.leaves(module)], opens_defaults)
    elif isinstance(module.parent, Module):
        apply(module.clone(parent=Scope({})), call, opens_defaults)  # what uses its output nobody knows
    else:
        apply(lambda *inputs, **named: Module.init(module, None, *inputs, **named), call, opens_defaults)
