"""Builds what no input has reached, so that the sizes which need no input can be told."""

import _lens
from _arrays.unseen import apply
from _keras.layer import Layer


def finish(layers, opens_defaults=False):
    """Applies each layer that was never built to an input nobody knows, the outermost first."""
    inner = {id(held): True for layer in layers for held in _parts(layer)}
    outermost = [layer for layer in layers if _parts(layer) and id(layer) not in inner]
    for layer in outermost + layers:
        told = getattr(layer, "_told_shape", None)
        if told is not None:
            _try(lambda: layer.build_by_call(told))
        elif not _lens.certain(layer._is_built()):
            _try(lambda: _apply(layer, opens_defaults))


def _parts(layer):
    """Layers inside, as far as they are known: what is not must not leave the order of all unknown."""
    if _lens.is_unknown(len(layer._layers)):
        return []
    return [held for held in layer._layers if not _lens.is_unknown(held)]


def _try(build):
    try:
        build()
    except Exception:
        pass


def _apply(layer, opens_defaults):
    if layer._own_build:
        layer.build(_lens.called(_lens.ending_with(None), "input_shape"))
    else:
        apply(layer, layer.call, opens_defaults)
