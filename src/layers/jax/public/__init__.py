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


linear_transpose = make_jaxpr


def jvp(fun, primals, tangents, has_aux=False):
    value = fun(*primals)
    return (value[0], _unlawed(value[0]), value[1]) if has_aux else (value, _unlawed(value))


def vjp(fun, *primals, has_aux=False, **kwargs):
    value = fun(*primals)

    def pulled(*cotangents):
        return tuple([_unlawed(primal) for primal in primals])

    return (value[0], pulled, value[1]) if has_aux else (value, pulled)


def linearize(fun, *primals, **kwargs):
    value = fun(*primals)
    return value, lambda *tangents: _unlawed(value)


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
    """One call on a slice; the mapped size comes back in front, or where `out_axes` says."""

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
        size = kwargs.get("axis_size") or (sizes[0] if sizes else _lens.unknown("size of a mapped axis"))

        def mapped_over(value, axis):
            def one(x):
                if axis is None or not isinstance(x, (_Array, int, float)):
                    return x
                x = as_array(x)
                at = axis % (len(x.shape) + 1)
                return make([x], tuple(x.shape[:at]) + (size,) + tuple(x.shape[at:]), x._dtype, x.law)

            return tree_map(one, value)

        if isinstance(out_axes, (tuple, list)):
            return tuple([mapped_over(value, axis) for value, axis in zip(out, out_axes)])
        return mapped_over(out, out_axes)

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
