"""How each framework's layers are noted while a program makes them, and what weights they have afterwards.

`note_all(note)` arranges that `note(layer)` is called wherever a layer begins to be made; `weights_of(layer)` gives
[[name, shape, values or None], …] once the program is over.
"""

import contextlib
import importlib
import inspect
import itertools
import re
import sys

VALUES_KEPT = 1_000_000
FLAX = {}
HAIKU = {}


def kept(values):
    """A copy of what was drawn, before anything trains it; None where it is large or only traced."""
    import numpy

    with contextlib.suppress(Exception):
        array = numpy.asarray(values)
        return array.copy() if array.size <= VALUES_KEPT and array.dtype.kind in "fV" else None
    return None


def before(cls, name, first):
    """`first(self)` runs before the method `name` of a class."""
    old = getattr(cls, name)

    def method(self, *args, **kwargs):
        first(self)
        return old(self, *args, **kwargs)

    setattr(cls, name, method)


def after(cls, name, then):
    """`then(self, …)` runs after the method `name` of a class."""
    old = getattr(cls, name)

    def method(self, *args, **kwargs):
        result = old(self, *args, **kwargs)
        then(self, *args, **kwargs)
        return result

    setattr(cls, name, method)


def after_call(metaclass, note):
    """Instances are noted that a class of this metaclass gives."""
    old = metaclass.__call__

    def call(cls, *args, **kwargs):
        made = old(cls, *args, **kwargs)
        note(made)
        return made

    metaclass.__call__ = call


def keras(note):
    import keras

    before(keras.Layer, "__init__", note)
    variables = {keras.src.backend.common.variables.Variable, keras.src.backend.Variable}
    for cls, name in itertools.product(variables, ("__init__", "_deferred_initialize")):
        if name in vars(cls):
            after(cls, name, first_value)
    after(keras.layers.Bidirectional, "__init__", lambda self, layer, *_, **__: note(self, layer))


def first_value(variable, *_, **__):
    if not hasattr(variable, "first_value") and getattr(variable, "_value", None) is not None:
        variable.first_value = kept(variable._value)


def keras2(note):
    import tf_keras

    before(tf_keras.layers.Layer, "__init__", note)


def torch(note):
    import torch

    before(torch.nn.Module, "__init__", note)


def linen(note):
    from flax import linen

    before(linen.Module, "__post_init__", note)
    param, variable, clone = linen.Module.param, linen.Module.variable, linen.Module.clone

    def noted_param(self, name, *args, **kwargs):
        value = param(self, name, *args, **kwargs)
        FLAX.setdefault(id(self), (self, {}))[1][name] = getattr(value, "value", value)
        return value

    def noted_variable(self, collection, name, *args, **kwargs):
        value = variable(self, collection, name, *args, **kwargs)
        if collection == "batch_stats":
            FLAX.setdefault(id(self), (self, {}))[1][name] = value.value
        return value

    def noted_clone(self, *args, **kwargs):
        made = clone(self, *args, **kwargs)
        note(made, self)
        return made

    linen.Module.param, linen.Module.variable, linen.Module.clone = noted_param, noted_variable, noted_clone


def nnx(note):
    from flax import nnx

    def noted(layer):
        if type(layer).__module__.startswith("flax."):
            FLAX[id(layer)] = (layer, {name: one for name, one in nnx_weights(layer)})
        note(layer)

    after_call(type(nnx.Module), noted)


def nnx_weights(layer):
    """Arrays are what they were: training gives a variable other ones."""
    from flax import nnx

    state = nnx.to_flat_state(nnx.state(layer, (nnx.Param, nnx.BatchStat)))
    return [("/".join(map(str, path)), one[...]) for path, one in state]


def equinox(note):
    import equinox

    after_call(type(equinox.Module), note)


def haiku(note):
    from haiku._src import base, module

    after_call(module.ModuleMetaclass, note)
    old = base.get_parameter

    def noted(name, *args, **kwargs):
        value = old(name, *args, **kwargs)
        owner = base.current_module()
        HAIKU.setdefault(id(owner), (owner, {}))[1][name] = value
        return value

    modules = [module for name, module in list(sys.modules.items()) if name.startswith("haiku")]
    for holder in [*modules, *(module.hk for module in modules if inspect.isclass(getattr(module, "hk", None)))]:
        for key in [key for key, one in vars(holder).items() if one is old]:
            setattr(holder, key, noted)


MAKERS = {
    "keras": keras,
    "tf_keras": keras2,
    "torch": torch,
    "flax.linen": linen,
    "flax.nnx": nnx,
    "equinox": equinox,
    "haiku": haiku,
}


def note_all(note, text):
    """Only what the text mentions is imported: that takes seconds."""
    words = {"keras": "keras|tensorflow", "flax.linen": "flax|linen", "flax.nnx": "nnx"}
    for name, arrange in MAKERS.items():
        if re.search(words.get(name, name), text):
            with contextlib.suppress(ImportError, AttributeError):
                importlib.import_module(name)
                arrange(note)


def weights_of(layer):
    return [[name, list(shape), values] for name, shape, values in found_weights(layer)]


def is_of(layer, module, name):
    return any(cls.__module__.startswith(module) and cls.__name__ == name for cls in type(layer).__mro__)


def found_weights(layer):
    if id(layer) in FLAX or id(layer) in HAIKU:
        weights = (FLAX.get(id(layer)) or HAIKU.get(id(layer)))[1]
        return [(name, one.shape, kept(one)) for name, one in weights.items() if hasattr(one, "shape")]
    if is_of(layer, "flax.nnx", "Module"):
        return [(name, one.shape, None) for name, one in nnx_weights(layer)]
    if is_of(layer, "equinox", "Module"):
        import jax

        leaves = jax.tree_util.tree_leaves_with_path(layer)
        return [(str(path[-1]).lstrip("."), one.shape, kept(one)) for path, one in leaves if hasattr(one, "shape")]
    if hasattr(layer, "_flatten_layers"):
        if is_of(layer, "tf_keras", "Layer"):
            return [(re.sub(r":\d+$", "", one.name.split("/")[-1]), one.shape, None) for one in layer.weights]
        owners = list(layer._flatten_layers())
        weights = itertools.chain.from_iterable(one._trainable_variables + one._non_trainable_variables for one in owners)
        return [
            (one.path.split("/")[-1], one.shape, getattr(one, "first_value", None)) for one in weights if "seed_generator" not in one.path
        ]
    if hasattr(layer, "named_parameters"):
        return [(name, tuple(one.shape), None) for name, one in layer.named_parameters()]
    return []
