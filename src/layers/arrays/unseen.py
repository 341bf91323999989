"""Applying a layer to inputs that no program gave it."""

import _lens


def apply(run, call, opens_defaults):
    """`run` with an input nobody knows for each that `call` needs, and under its name what it needs by name."""
    count, names = _lens.required_arguments(call)
    if opens_defaults:
        names = names + _lens.closing_arguments(call)
    named = {name: _lens.unknown("the argument " + name) for name in names}
    inputs = [_lens.unknown("an input") for _ in range(count)]
    run(*inputs, **named)


def show(module, arrays, opens_defaults):
    """Calls a module that has its weights: what follows its layers is seen, and its arrays stay as they are."""
    kept = [(one, one.law, one.shape) for one in arrays]
    try:
        apply(module, module.__call__, opens_defaults)
    finally:
        for one, law, shape in kept:
            one.law, one.shape = law, shape
