"""hk.experimental.layer_stack: equal layers one after the other, whose weights lie in one array."""

import _lens
from _arrays.core import Array, dims, make
from _haiku.module import Module, frame
from _jax.array import jax_array
from _jax.tree import tree_map


class _LayerStack(Module):
    _parameters_in = "/~"  # of the function that is stacked; its modules' are in their own names

    def __init__(self, function, count, name):
        super().__init__(name=name)
        self._function, self._count = function, count


def _once(stack, inputs):
    frame().stacks.append(stack._count)
    try:
        return stack._function(*inputs)
    finally:
        frame().stacks.pop()


class _LayerStackNoPerLayer(_LayerStack):
    """What one layer gives, the next one takes."""

    def __call__(self, *inputs):
        return _once(self, inputs)


class _LayerStackWithPerLayer(_LayerStack):
    """Beside what passes through them all, each layer has inputs and outputs of its own."""

    def __call__(self, passing, *inputs):
        own = [tree_map(lambda one: one[0], each) for each in inputs]
        out = _once(self, [passing] + own)
        if _lens.is_unknown(out):
            return out
        return out[0], tree_map(self._repeated, out[1])

    def _repeated(self, one):
        return jax_array(make([one], (self._count,) + dims(one))) if isinstance(one, Array) else one


def layer_stack(
    num_layers, with_per_layer_inputs=False, unroll=1, pass_reverse_state=False, transparent=False,
    transparency_map=None, name=None,
):  # fmt: skip
    cls = _LayerStackWithPerLayer if with_per_layer_inputs else _LayerStackNoPerLayer

    def stack(function):
        if transparent or pass_reverse_state:
            _lens.incomplete("a stack of layers in another form")
            return lambda *inputs, **named: _lens.unknown("what a stack of layers gives")
        return lambda *inputs: cls(function, num_layers, name)(*inputs)

    return stack
