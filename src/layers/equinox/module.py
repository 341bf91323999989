"""equinox.Module: a dataclass whose arrays are its weights."""

import dataclasses

import _lens
from _arrays.core import Array, make
from _jax.array import JaxArray


def field(*, converter=None, static=False, **kwargs):
    return dataclasses.field(**kwargs)


class Module:
    _has_own_init = False

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        object.__setattr__(self, "_site", _lens.site())
        _lens.created(self, "layer")
        return self

    def __init_subclass__(cls, strict=False, **kwargs):
        if "__init__" in cls.__dict__:
            cls._has_own_init = True
        dataclasses.dataclass(init=not cls._has_own_init, eq=False, repr=False)(cls)
        if cls.__module__ == "_equinox.nn" and "__call__" in cls.__dict__:
            cls.__call__ = _seen(cls.__call__)

    def __hash__(self):
        return id(self)

    def tree_flatten(self):
        names = names_of(self)
        return [self.__dict__[name] for name in names], (self, names)

    @classmethod
    def tree_unflatten(cls, kept, children):
        """What a function of every leaf gives: a module of the same place."""
        module, names = kept
        copy = object.__new__(cls)
        for name in module.__dict__:
            object.__setattr__(copy, name, module.__dict__[name])
        for name, child in zip(names, children):
            object.__setattr__(copy, name, _noted(child, module.__dict__[name]))
        return copy


def _seen(call):
    """A layer's call, seen by the flow through a model."""

    def run(self, *args, **kwargs):
        out = call(self, *args, **kwargs)
        object.__setattr__(self, "_ran", True)
        _lens.flow_layer(self, list(args), [out])
        return out

    run.__wrapped__ = call
    return run


def weight(layer, name, value):
    """An array noted as the weight of this name, drawn as the layer draws by default."""
    value.owner, value.site, value._path = layer, layer._site, (name,)
    value._name = name
    value.default_law, value._layout = value.law, "outputs_first"
    _lens.created(value, "variable")
    return value


def part(layer, name, inner):
    """A layer inside one of Equinox's own: it is reported where that one is made."""
    object.__setattr__(inner, "_site", layer._site)
    for _, one in leaves(inner):
        one.site, one._path = layer._site, (name,) + one._path
    return inner


def _noted(value, before):
    """A weight that takes another's place keeps its notes."""
    if not isinstance(value, JaxArray) or value is before or getattr(before, "_name", None) is None:
        return value
    out = make([value], value.shape, value._dtype, value.law)
    for name in ("owner", "site", "_name", "_path", "default_law", "_layout"):
        setattr(out, name, getattr(before, name))
    out._drawn_shape = getattr(before, "_drawn_shape", None) or before.shape
    return out


def names_of(module):
    """Attributes that can hold arrays, in the order of the fields."""
    fields = [name for name in type(module).__dataclass_fields__ if name in module.__dict__]
    return fields + [name for name in module.__dict__ if name not in fields and name not in ("_site", "_ran")]


def leaves(node, path="", seen=None):
    """(path, array) of everything below: `layers[0].weight`."""
    seen = [] if seen is None else seen
    if _lens.is_unknown(node) or any([node is one for one in seen]):
        return []
    if isinstance(node, Array):
        seen.append(node)
        return [(path, node)]
    if isinstance(node, Module):
        parts = [(path + "." + name if path else name, node.__dict__[name]) for name in names_of(node)]
    elif isinstance(node, (list, tuple)):
        parts = [("%s[%d]" % (path, i), one) for i, one in enumerate(node)]
    elif isinstance(node, dict):
        parts = [("%s[%r]" % (path, key), node[key]) for key in node]
    else:
        return []
    return [leaf for place, part in parts for leaf in leaves(part, place, seen)]
