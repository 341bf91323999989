"""Runs modules that the program only makes."""

import _lens
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


def _show(module, inputs, named):
    """A call that leaves the variables as they are."""
    if any(getattr(part, "_ran", False) for _, part in nnx.iter_modules(module)):
        return
    kept = [(variable, variable.law, variable.shape) for _, variable in nnx.leaves(module)]
    try:
        module(*inputs, **named)
    finally:
        for variable, law, shape in kept:
            variable.law, variable.shape = law, shape


def _is_inside(module, done):
    """Whether a module around it was initialised anew, and with it what takes its place."""
    parent = getattr(module, "parent", None)  # none where its constructor failed
    while isinstance(parent, Module):
        if any([site is parent._site for site in done]):
            return True
        parent = parent.parent
    return False


def _initialise(module, opens_defaults):
    count, names = _lens.required_arguments(module.__call__)
    if opens_defaults:
        names = names + _lens.closing_arguments(module.__call__)
    named = {name: _lens.unknown("the argument " + name) for name in names}
    inputs = [_lens.unknown("an input") for _ in range(count)]
    if isinstance(module, nnx.Module):
        _show(module, inputs, named)
    elif isinstance(module.parent, Module):
        module.clone(parent=Scope({}))(*inputs, **named)  # what uses its output nobody knows
    else:
        module.init(None, *inputs, **named)
