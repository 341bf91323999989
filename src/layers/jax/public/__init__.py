"""jax."""

import _lens
from _arrays.core import Array as _Array
from _arrays.core import as_array, dims, make
from _jax.array import JaxArray as Array
from _jax.tree import tree_flatten, tree_leaves, tree_map, tree_unflatten
from jax import config, core, debug, image, lax, nn, numpy, random, scipy, sharding, tree_util
from jax import tree_util as tree

__version__ = "0.10.2"


def jit(function=None, *args, **kwargs):
    """Compilation changes no shape."""
    if function is None:
        return lambda f: f
    return function


pjit = named_call = checkpoint = remat = custom_jvp = custom_vjp = jit


class ShapeDtypeStruct:
    def __init__(self, shape, dtype=None, **kwargs):
        self.shape, self.dtype = tuple(shape), dtype


def eval_shape(function, *args, **kwargs):
    return function(*args, **kwargs)


def make_jaxpr(function, *args, **kwargs):
    return lambda *inputs, **named: _lens.unknown("a jaxpr")


linearize = jvp = vjp = linear_transpose = make_jaxpr


def grad(function, *args, **kwargs):
    """Gradients have the shapes of what they are taken by."""

    def gradient(*inputs, **named):
        return _unlawed(inputs[0]) if inputs else _lens.unknown("a gradient")

    gradient.__wrapped__ = function
    return gradient


def value_and_grad(function, *args, **kwargs):
    has_aux = kwargs.get("has_aux", False)

    def both(*inputs, **named):
        value = function(*inputs, **named)
        return value, _unlawed(inputs[0])

    both.__wrapped__ = function
    return both


jacfwd = jacrev = hessian = make_jaxpr


def _unlawed(structure):
    return tree_map(lambda x: make([x], x.shape, x._dtype) if isinstance(x, _Array) else x, structure)


def _axes(in_axes, count):
    return list(in_axes) if isinstance(in_axes, (tuple, list)) else [in_axes] * count


def vmap(function, in_axes=0, out_axes=0, *args, **kwargs):
    """One call on a slice; the mapped size comes back in front."""

    def mapped(*inputs, **named):
        sizes = []

        def sliced(value, axis):
            def one(x):
                if axis is None or not isinstance(x, _Array):
                    return x
                sizes.append(x.shape[axis])
                rest = tuple([d for i, d in enumerate(x.shape) if i != axis % len(x.shape)])
                return make([x], rest, x._dtype, x.law)

            return tree_map(one, value)

        parts = [sliced(value, axis) for value, axis in zip(inputs, _axes(in_axes, len(inputs)))]
        out = function(*parts, **named)
        size = sizes[0] if sizes else _lens.unknown("size of a mapped axis")
        return tree_map(lambda x: make([x], (size,) + tuple(x.shape), x._dtype, x.law) if isinstance(x, _Array) else x, out)

    mapped.__wrapped__ = function
    return mapped


pmap = vmap


def device_count(*args):
    return 1


local_device_count = process_count = device_count


def process_index(*args):
    return 0


def devices(*args):
    return [_lens.unknown("a device")]


local_devices = devices


def device_put(x, *args, **kwargs):
    return x


device_get = block_until_ready = device_put_replicated = device_put


def default_backend():
    return "cpu"
