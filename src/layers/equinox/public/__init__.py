"""equinox."""

import jax

import _lens
from _arrays.core import Array
from _equinox.module import Module, field, leaves
from equinox import nn


def _transformed(function=None, *args, **kwargs):
    """Compilation changes no shape."""
    return function if function is not None else (lambda f: f)


filter_jit = filter_checkpoint = filter_custom_vjp = filter_custom_jvp = filter_closure_convert = _transformed


def filter_vmap(function=None, **kwargs):
    if function is None:
        return lambda f: filter_vmap(f, **kwargs)
    axes = kwargs.get("in_axes", 0)
    out = kwargs.get("out_axes", 0)
    return jax.vmap(function, axes if isinstance(axes, (int, tuple)) else 0, out)


filter_pmap = filter_vmap


def filter_grad(function=None, **kwargs):
    return jax.grad(function) if function is not None else (lambda f: jax.grad(f))


def filter_value_and_grad(function=None, **kwargs):
    return jax.value_and_grad(function) if function is not None else (lambda f: jax.value_and_grad(f))


def filter_eval_shape(function, *args, **kwargs):
    return function(*args, **kwargs)


def is_array(x):
    return isinstance(x, Array)


is_array_like = is_inexact_array = is_inexact_array_like = is_array


def filter(tree, *args, **kwargs):
    return tree


def partition(tree, *args, **kwargs):
    return tree, tree


def combine(first, *rest, **kwargs):
    return first


def apply_updates(model, updates):
    return model


def tree_inference(model, *args, **kwargs):
    return model


def tree_at(where, pytree, replace=None, replace_fn=None, is_leaf=None):
    """The weights that `where` picks are drawn as what takes their place; of what nobody can pair nothing is known."""
    picked = leaves(where(pytree))
    if replace_fn is not None:
        given = [("", replace_fn(one)) for _, one in picked]
    else:
        given = leaves(replace)
    paired = len(picked) == len(given)
    for i, (_, one) in enumerate(picked):
        value = given[i][1] if paired else None
        known = isinstance(value, Array)
        one.law = value.law if known else None
        if known:
            one.shape = value.shape
    return pytree


tree_deserialise_leaves = lambda path, like, *args, **kwargs: like


def tree_serialise_leaves(path, pytree, *args, **kwargs):
    return None


tree_pformat = tree_check = tree_serialise_leaves


def error_if(x, *args, **kwargs):
    return x


class Enumeration:
    pass
