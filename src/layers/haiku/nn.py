"""Haiku's layers. A layer's weights are drawn when it is first called."""

import collections
import math

import _lens
from _arrays.core import Array, as_array, extended, make, product, resized
from _arrays.elementwise import same_shape
from _arrays.shaping import axis_of
from _flax.conv import _slid, conv_shape, conv_transpose_shape
from _haiku.initializers import Constant, TruncatedNormal, VarianceScaling
from _haiku.module import Module, part, transparent, weight
from _jax.opened import last_size, of_sizes, open_array, shaped, with_last
from _jax.tree import tree_map
from jax import nn as _activations
from jax import numpy as jnp

ZEROS, ONES = Constant(0.0), Constant(1.0)


def _scaled(*sizes):
    """Truncated normal of the fan-in's own scale: what layers draw by default."""
    return TruncatedNormal(1 / math.sqrt(product(sizes)))


def _each(value, rank):
    return tuple(value) if isinstance(value, (list, tuple)) else (value,) * rank


class Linear(Module):
    def __init__(self, output_size, with_bias=True, w_init=None, b_init=None, name=None):
        super().__init__(name=name)
        self.input_size, self.output_size, self.with_bias = None, output_size, with_bias
        self.w_init, self.b_init = w_init, b_init

    def __call__(self, inputs, *, precision=None):
        self.draw(last_size(inputs))
        return with_last(inputs, self.output_size)

    def draw(self, input_size):
        self.input_size = input_size
        weight("w", (self.input_size, self.output_size), self.w_init, _scaled(self.input_size))
        if self.with_bias:
            weight("b", (self.output_size,), self.b_init, ZEROS)


class Sequential(Module):
    def __init__(self, layers, name=None):
        super().__init__(name=name)
        self.layers = tuple(layers)

    def __call__(self, inputs, *args, **kwargs):
        out = inputs
        for i, layer in enumerate(self.layers):
            out = layer(out, *args, **kwargs) if i == 0 else layer(out)
        return out


def _channels(given, data_format, axis=1):
    """Size of the channels, first ones at `axis`, and the inputs' shape with them last. Inputs may have no batch."""
    inputs = as_array(given)
    shape = inputs.shape
    last = data_format[-1] == "C" or data_format == "channels_last"
    if last or _lens.is_unknown(shape):
        return (last_size(inputs) if last else given.shape[axis]), shape, last
    place = axis % len(shape)
    return shape[place], tuple(shape[:place]) + tuple(shape[place + 1 :]) + (shape[place],), last


def _placed(inputs, found, last, features, spatial):
    if _lens.is_unknown(found) and last:
        return open_array(features)
    if _lens.is_unknown(found):
        batch, *sizes = [_lens.unknown("size of an axis") for _ in range(spatial + 1)]
        return of_sizes([batch, features, *sizes])
    place = len(found) - 1 - spatial
    first = tuple(found[:place]) + (features,) + tuple(found[place:-1])
    return make([inputs], found if last else first, inputs._dtype)


class _Windowed(Module):
    """A kernel with spatial axes first."""

    def _bias(self, features, last):
        if self.with_bias:
            ends = () if last else (1,) * self.num_spatial_dims
            weight("b", (features,) + ends, self.b_init, ZEROS)


def _padding(padding):
    """Haiku's functions for padding are not followed."""
    known = isinstance(padding, str) or _lens.certain(not callable(padding))
    return padding if known else None


class ConvND(_Windowed):
    def __init__(self, num_spatial_dims, output_channels, kernel_shape, stride=1, rate=1, padding="SAME", with_bias=True,
                 w_init=None, b_init=None, data_format="channels_last", mask=None, feature_group_count=1, name=None):  # fmt: skip
        super().__init__(name=name)
        self.num_spatial_dims, self.output_channels = num_spatial_dims, output_channels
        self.kernel_shape, self.stride = _each(kernel_shape, num_spatial_dims), _each(stride, num_spatial_dims)
        self.rate, self.padding, self.with_bias = rate, padding, with_bias
        self.w_init, self.b_init, self.data_format = w_init, b_init, data_format
        self.feature_group_count = self.groups = feature_group_count

    def __call__(self, inputs, *, precision=None):
        channels, shape, last = _channels(inputs, self.data_format, -1 - self.num_spatial_dims)
        inputs = as_array(inputs)
        ends = self.kernel_shape + (channels // self.feature_group_count,)
        weight("w", ends + (self.output_channels,), self.w_init, _scaled(*ends))
        self._bias(self.output_channels, last)
        padding = _padding(self.padding)
        found = _lens.unknown("padding") if padding is None else conv_shape(
            shape, self.kernel_shape, self.stride, padding, self.rate, self.output_channels
        )  # fmt: skip
        return _placed(inputs, found, last, self.output_channels, self.num_spatial_dims)


class ConvNDTranspose(_Windowed):
    def __init__(self, num_spatial_dims, output_channels, kernel_shape, stride=1, output_shape=None, padding="SAME",
                 with_bias=True, w_init=None, b_init=None, data_format="channels_last", mask=None, name=None):  # fmt: skip
        super().__init__(name=name)
        self.num_spatial_dims, self.output_channels, self.output_shape = num_spatial_dims, output_channels, output_shape
        self.kernel_shape, self.stride = _each(kernel_shape, num_spatial_dims), _each(stride, num_spatial_dims)
        self.padding, self.with_bias = padding, with_bias
        self.w_init, self.b_init, self.data_format = w_init, b_init, data_format

    def __call__(self, inputs, *, precision=None):
        channels, shape, last = _channels(inputs, self.data_format, -1 - self.num_spatial_dims)
        inputs = as_array(inputs)
        shape_of_kernel = self.kernel_shape + (self.output_channels, channels)
        weight("w", shape_of_kernel, self.w_init, _scaled(*self.kernel_shape, channels))
        self._bias(self.output_channels, last)
        found = conv_transpose_shape(shape, self.kernel_shape, self.stride, self.padding, 1, self.output_channels)
        if self.output_shape is not None and not _lens.is_unknown(found):
            found = (found[0],) + _each(self.output_shape, self.num_spatial_dims) + (self.output_channels,)
        return _placed(inputs, found, last, self.output_channels, self.num_spatial_dims)


class DepthwiseConvND(_Windowed):
    """A grouped convolution with as many groups as channels."""

    def __init__(self, channel_multiplier, kernel_shape, num_spatial_dims, data_format, stride=1, rate=1, padding="SAME",
                 with_bias=True, w_init=None, b_init=None, name=None):  # fmt: skip
        super().__init__(name=name)
        self.channel_multiplier, self.num_spatial_dims = channel_multiplier, num_spatial_dims
        self.kernel_shape, self.stride = _each(kernel_shape, num_spatial_dims), _each(stride, num_spatial_dims)
        self.rate, self.padding, self.with_bias = rate, padding, with_bias
        self.w_init, self.b_init, self.data_format = w_init, b_init, data_format

    def __call__(self, inputs):
        channels, shape, last = _channels(inputs, self.data_format, -1 - self.num_spatial_dims)
        inputs = as_array(inputs)
        self.groups, features = channels, self.channel_multiplier * channels
        weight("w", self.kernel_shape + (1, features), self.w_init, _scaled(*self.kernel_shape))
        self._bias(features, last)
        found = conv_shape(shape, self.kernel_shape, self.stride, self.padding, self.rate, features)
        return _placed(inputs, found, last, features, self.num_spatial_dims)


def _of_rank(base, rank, data_format, place=0):
    """A class of one rank; where its rank stands among the arguments is `place`."""

    class Ranked(base):
        def __init__(self, *args, data_format=data_format, **kwargs):
            if place == 0:
                super().__init__(rank, *args, data_format=data_format, **kwargs)
            else:
                names = ("channel_multiplier", "kernel_shape", "stride", "rate", "padding", "with_bias", "w_init", "b_init")
                kwargs.update(zip(names, args))
                super().__init__(num_spatial_dims=rank, data_format=data_format, **kwargs)

    return Ranked


class Conv1D(_of_rank(ConvND, 1, "NWC")):
    pass


class Conv2D(_of_rank(ConvND, 2, "NHWC")):
    pass


class Conv3D(_of_rank(ConvND, 3, "NDHWC")):
    pass


class Conv1DTranspose(_of_rank(ConvNDTranspose, 1, "NWC")):
    pass


class Conv2DTranspose(_of_rank(ConvNDTranspose, 2, "NHWC")):
    pass


class Conv3DTranspose(_of_rank(ConvNDTranspose, 3, "NDHWC")):
    pass


class DepthwiseConv1D(_of_rank(DepthwiseConvND, 1, "NWC", 2)):
    pass


class DepthwiseConv2D(_of_rank(DepthwiseConvND, 2, "NHWC", 2)):
    pass


class DepthwiseConv3D(_of_rank(DepthwiseConvND, 3, "NDHWC", 2)):
    pass


class SeparableDepthwiseConv2D(Module):
    def __init__(self, channel_multiplier, kernel_shape, stride=1, padding="SAME", with_bias=True, w_init=None,
                 b_init=None, data_format="NHWC", name=None):  # fmt: skip
        super().__init__(name=name)
        high, wide = _each(kernel_shape, 2)
        given = {"padding": padding, "w_init": w_init, "b_init": b_init, "data_format": data_format}
        first = DepthwiseConv2D(channel_multiplier, [high, 1], stride=stride, with_bias=False, **given)
        second = DepthwiseConv2D(1, [1, wide], stride=1, with_bias=with_bias, **given)
        self._conv1, self._conv2 = part(self, first), part(self, second)

    def __call__(self, inputs):
        return self._conv2(self._conv1(inputs))


class Embed(Module):
    def __init__(self, vocab_size=None, embed_dim=None, embedding_matrix=None, w_init=None, lookup_style="ARRAY_INDEX",
                 name=None, precision=None):  # fmt: skip
        super().__init__(name=name)
        self._given = embedding_matrix
        if isinstance(embedding_matrix, Array):
            vocab_size, embed_dim = embedding_matrix.shape
        self.vocab_size, self.embed_dim, self.w_init = vocab_size, embed_dim, w_init

    @property
    def embeddings(self):
        init = self.w_init if _lens.certain(self._given is None) else lambda *_: self._given
        return weight("embeddings", (self.vocab_size, self.embed_dim), init, TruncatedNormal())

    def __call__(self, ids, lookup_style=None, precision=None):
        table = self.embeddings
        ids = as_array(ids)
        if _lens.is_unknown(ids):
            return open_array(self.embed_dim)
        return make([ids, table], extended(ids.shape, self.embed_dim), "float32")


class _Norm(Module):
    def _affine(self, shape):
        if self.create_scale:
            weight("scale", shape, self.scale_init, ONES)
        if self.create_offset:
            weight("offset", shape, self.offset_init, ZEROS)


class BatchNorm(_Norm):
    def __init__(self, create_scale, create_offset, decay_rate, eps=1e-5, scale_init=None, offset_init=None, axis=None,
                 cross_replica_axis=None, cross_replica_axis_index_groups=None, data_format="channels_last", name=None):  # fmt: skip
        super().__init__(name=name)
        self.create_scale, self.create_offset, self.axis = create_scale, create_offset, axis
        self.scale_init, self.offset_init, self.data_format = scale_init, offset_init, data_format

    def __call__(self, inputs, is_training=None, test_local_stats=False, scale=None, offset=None):
        channels, _, last = _channels(as_array(inputs), self.data_format)
        shape = as_array(inputs).shape
        if _lens.is_unknown(shape):
            self._affine(_lens.ending_with(channels if last and self.axis is None else None))
        else:
            kept = [len(shape) - 1 if last else 1]
            if self.axis is not None:
                axes = [axis_of(a, len(shape)) for a in self.axis]
                kept = [i for i in range(len(shape)) if i not in axes]
            self._affine(tuple([size if i in kept else 1 for i, size in enumerate(shape)]))
        return same_shape(inputs)


def _over(axes, x):
    """Axes of an array that a number, a slice or numbers stand for."""
    rank = len(x.shape)
    if isinstance(axes, slice):
        return list(range(rank))[axes]
    return [axis_of(a, rank) for a in _each(axes, 1)]


class LayerNorm(_Norm):
    def __init__(self, axis, create_scale, create_offset, eps=1e-5, scale_init=None, offset_init=None,
                 use_fast_variance=False, name=None, *, param_axis=None):  # fmt: skip
        super().__init__(name=name)
        self.create_scale, self.create_offset, self.param_axis = create_scale, create_offset, param_axis
        self.scale_init, self.offset_init = scale_init, offset_init

    def __call__(self, inputs, scale=None, offset=None):
        self._affine(self._shape(as_array(inputs)))
        return same_shape(inputs)

    def _shape(self, x):
        axis = -1 if self.param_axis is None else self.param_axis
        if axis == -1 or axis == (-1,):
            return (last_size(x),)
        if _lens.is_unknown(x.shape):
            return _lens.unknown("shape of a norm's input")
        kept = _over(axis, x)
        return tuple([size if i in kept else 1 for i, size in enumerate(x.shape)])


class RMSNorm(LayerNorm):
    def __init__(self, axis, eps=1e-5, scale_init=None, name=None, create_scale=True, *, param_axis=None):
        super().__init__(axis, create_scale, False, eps, scale_init, name=name, param_axis=param_axis)


class InstanceNorm(LayerNorm):
    def __init__(self, create_scale, create_offset, eps=1e-5, scale_init=None, offset_init=None,
                 data_format="channels_last", name=None):  # fmt: skip
        last = data_format[-1] == "C" or data_format == "channels_last"
        super().__init__(slice(1, -1), create_scale, create_offset, eps, scale_init, offset_init, name=name,
                         param_axis=-1 if last else 1)  # fmt: skip


class GroupNorm(_Norm):
    def __init__(self, groups, axis=slice(1, None), create_scale=True, create_offset=True, eps=1e-5, scale_init=None,
                 offset_init=None, data_format="channels_last", name=None):  # fmt: skip
        super().__init__(name=name)
        self.create_scale, self.create_offset, self.groups = create_scale, create_offset, groups
        self.scale_init, self.offset_init, self.data_format = scale_init, offset_init, data_format

    def __call__(self, x, scale=None, offset=None):
        channels, shape, last = _channels(x, self.data_format)
        x = as_array(x)
        if last or not _lens.is_unknown(shape):
            self._affine((channels,) if last else (channels,) + (1,) * (len(shape) - 2))
        return same_shape(x)


class Bias(Module):
    def __init__(self, output_size=None, bias_dims=None, b_init=None, name=None):
        super().__init__(name=name)
        self.output_size, self.bias_dims, self.b_init = output_size, bias_dims, b_init

    def __call__(self, inputs, multiplier=None):
        shape = as_array(inputs).shape
        if not _lens.is_unknown(shape):
            weight("b", self._shape(tuple(shape)), self.b_init, ZEROS)
        return same_shape(inputs)

    def _shape(self, shape):
        if self.bias_dims is None:
            return shape[1:]
        kept = sorted([axis_of(a, len(shape)) for a in self.bias_dims])
        return tuple([size if i in kept else 1 for i, size in enumerate(shape)])[kept[0] :] if kept else ()


# ── recurrent ──


LSTMState = collections.namedtuple("LSTMState", ["hidden", "cell"])


class RNNCore(Module):
    def initial_state(self, batch_size):
        return self._zeros(batch_size)

    def _zeros(self, batch_size):
        return jnp.zeros((self.hidden_size,) if _lens.certain(batch_size is None) else (batch_size, self.hidden_size))

    @transparent
    def _matrix(self, input_size, features, with_bias=True):
        """The weights of a linear layer inside the core: they are the core's."""
        layer = part(self, Linear(features, with_bias))
        layer.draw(input_size)
        for one in layer._params:
            one.owner = self
        self._params.extend(layer._params)

    def _step(self, inputs):
        return with_last(inputs, self.hidden_size)


class VanillaRNN(RNNCore):
    def __init__(self, hidden_size, double_bias=True, name=None):
        super().__init__(name=name)
        self.hidden_size, self.double_bias = hidden_size, double_bias

    def __call__(self, inputs, prev_state):
        self._matrix(last_size(inputs), self.hidden_size)
        self._matrix(self.hidden_size, self.hidden_size, self.double_bias)
        out = self._step(inputs)
        return out, out


class LSTM(RNNCore):
    def __init__(self, hidden_size, name=None):
        super().__init__(name=name)
        self.hidden_size = hidden_size

    def __call__(self, inputs, prev_state):
        self._matrix(last_size(inputs) + self.hidden_size, 4 * self.hidden_size)
        out = self._step(inputs)
        return out, LSTMState(out, out)

    def initial_state(self, batch_size):
        return LSTMState(self._zeros(batch_size), self._zeros(batch_size))


class GRU(RNNCore):
    def __init__(self, hidden_size, w_i_init=None, w_h_init=None, b_init=None, name=None):
        super().__init__(name=name)
        self.hidden_size, self.w_i_init, self.w_h_init, self.b_init = hidden_size, w_i_init, w_h_init, b_init

    def __call__(self, inputs, state):
        wide = 3 * self.hidden_size
        weight("w_i", (last_size(inputs), wide), self.w_i_init, VarianceScaling())
        weight("w_h", (self.hidden_size, wide), self.w_h_init, VarianceScaling())
        weight("b", (wide,), self.b_init, ZEROS)
        out = self._step(inputs)
        return out, out


class ConvNDLSTM(RNNCore):
    def __init__(self, num_spatial_dims, input_shape, output_channels, kernel_shape, name=None):
        super().__init__(name=name)
        self.num_spatial_dims, self.input_shape = num_spatial_dims, tuple(input_shape)
        self.output_channels, self.kernel_shape = output_channels, kernel_shape

    def __call__(self, inputs, state):
        for name, value in (("input_to_hidden", inputs), ("hidden_to_hidden", open_array(self.output_channels))):
            layer = ConvND(self.num_spatial_dims, 4 * self.output_channels, self.kernel_shape, name=name)
            part(self, layer)(value)
        out = with_last(inputs, self.output_channels)
        return out, LSTMState(out, out)

    def initial_state(self, batch_size):
        ends = () if _lens.certain(batch_size is None) else (batch_size,)
        state = jnp.zeros(ends + self.input_shape + (self.output_channels,))
        return LSTMState(state, state)


class Conv1DLSTM(ConvNDLSTM):
    def __init__(self, *args, **kwargs):
        super().__init__(1, *args, **kwargs)


class Conv2DLSTM(ConvNDLSTM):
    def __init__(self, *args, **kwargs):
        super().__init__(2, *args, **kwargs)


class Conv3DLSTM(ConvNDLSTM):
    def __init__(self, *args, **kwargs):
        super().__init__(3, *args, **kwargs)


class IdentityCore(RNNCore):
    def __call__(self, inputs, state):
        return inputs, state

    def initial_state(self, batch_size):
        return ()


class ResetCore(RNNCore):
    def __init__(self, core, name=None):
        super().__init__(name=name)
        self.core = core

    def __call__(self, inputs, state):
        inputs, _ = inputs
        return self.core(inputs, state)

    def initial_state(self, batch_size):
        return self.core.initial_state(batch_size)


class DeepRNN(RNNCore):
    """Cores with states and plain functions, one after the other."""

    def __init__(self, layers, name=None):
        super().__init__(name=name)
        self.layers = list(layers)

    def __call__(self, inputs, state):
        states, at, out = [], 0, inputs
        for layer in self.layers:
            if isinstance(layer, RNNCore):
                out, after = layer(out, state[at])
                states.append(after)
                at += 1
            else:
                out = layer(out)
        return out, tuple(states)

    def initial_state(self, batch_size):
        return tuple([layer.initial_state(batch_size) for layer in self.layers if isinstance(layer, RNNCore)])


def dynamic_unroll(core, input_sequence, initial_state, time_major=True, reverse=False, return_all_states=False, unroll=1):
    """One step; the outputs of all steps have the time in front again."""
    axis = 0 if time_major else 1
    first = tree_map(lambda x: x[0] if axis == 0 else x[:, 0], input_sequence)
    steps = []
    tree_map(lambda x: steps.append(as_array(x).shape[axis]), input_sequence)
    out, state = core(first, initial_state)

    def stacked(x):
        shape = tuple(x.shape)
        return make([x], shape[:axis] + (steps[0],) + shape[axis:], x._dtype)

    known = isinstance(out, Array) and not _lens.is_unknown(out.shape)
    return (tree_map(stacked, out) if known else out), state


static_unroll = dynamic_unroll


class MultiHeadAttention(Module):
    def __init__(self, num_heads, key_size, w_init_scale=None, *, w_init=None, with_bias=True, b_init=None,
                 value_size=None, model_size=None, name=None):  # fmt: skip
        super().__init__(name=name)
        self.num_heads, self.key_size, self.with_bias = num_heads, key_size, with_bias
        self.value_size = key_size if _lens.certain(value_size is None) else value_size
        self.model_size = key_size * num_heads if _lens.certain(model_size is None) else model_size
        self.w_init = VarianceScaling(w_init_scale) if _lens.certain(w_init is None) else w_init
        self.b_init = b_init

    def __call__(self, query, key, value, mask=None):
        heads = [
            self._projected(inputs, self.num_heads * size, name)
            for inputs, size, name in ((query, self.key_size, "query"), (key, self.key_size, "key"), (value, self.value_size, "value"))
        ]
        attended = with_last(query, self.num_heads * self.value_size)
        _lens.flow("_attention", heads, attended)
        return self._projected(attended, self.model_size, None)

    @transparent
    def _projected(self, x, size, name):
        return part(self, Linear(size, self.with_bias, self.w_init, self.b_init, name=name))(x)


class MLP(Module):
    def __init__(self, output_sizes, w_init=None, b_init=None, with_bias=True, activation=_activations.relu,
                 activate_final=False, name=None):  # fmt: skip
        super().__init__(name=name)
        self.activation, self.activate_final = activation, activate_final
        sizes = output_sizes if _lens.is_unknown(output_sizes) else tuple(output_sizes)
        layers = [Linear(size, with_bias, w_init, b_init, name="linear_%d" % i) for i, size in enumerate(sizes)]
        self.layers = tuple([part(self, layer) for layer in layers])
        self.output_size = sizes[-1] if sizes else None

    def __call__(self, inputs, dropout_rate=None, rng=None):
        out = inputs
        for i, layer in enumerate(self.layers):
            out = layer(out)
            if i < len(self.layers) - 1 or self.activate_final:
                out = self.activation(out)
        return out


# ── without weights ──


class Reshape(Module):
    def __init__(self, output_shape, preserve_dims=1, name=None):
        super().__init__(name=name)
        self.output_shape, self.preserve_dims = tuple(output_shape), preserve_dims

    def __call__(self, inputs):
        inputs = as_array(inputs)
        if _lens.is_unknown(inputs.shape):
            return open_array(self.output_shape[-1] if self.output_shape and self.output_shape[-1] != -1 else None)
        kept = tuple(inputs.shape[: self.preserve_dims])
        return inputs.reshape(kept + _filled(self.output_shape, inputs.shape[self.preserve_dims :]))


def _filled(shape, given):
    """The size that -1 stands for."""
    others = product([size for size in shape if size != -1])
    return tuple([product(given) // others if size == -1 else size for size in shape])


class Flatten(Reshape):
    def __init__(self, preserve_dims=1, name=None):
        super().__init__((-1,), preserve_dims, name=name)


def _pooled(value, window, strides, padding, channel_axis=-1):
    x = as_array(value)
    if _lens.is_unknown(x.shape):
        return open_array(x.shape[-1])
    rank = len(x.shape)

    def along(sizes):
        if isinstance(sizes, (list, tuple)):
            return (1,) * (rank - len(sizes)) + tuple(sizes)
        kept = [0] if channel_axis is None else [0, axis_of(channel_axis, rank)]
        return tuple([1 if i in kept else sizes for i in range(rank)])

    windows, steps = along(window), along(strides)
    sizes = [_slid(n, windows[i], steps[i], padding, 1, i) for i, n in enumerate(x.shape)]
    return make([x], tuple(sizes), x._dtype)


max_pool = avg_pool = _pooled


class MaxPool(Module):
    def __init__(self, window_shape, strides, padding, channel_axis=-1, name=None):
        super().__init__(name=name)
        self._arguments = (window_shape, strides, padding, channel_axis)

    def __call__(self, value):
        return _pooled(value, *self._arguments)


class AvgPool(MaxPool):
    pass


def dropout(rng, rate, x, broadcast_dims=()):
    return _lens.flow("dropout", [x], same_shape(x))


class BatchApply:
    """The leading axes of every array are one while the function runs."""

    def __init__(self, f, num_dims=2):
        self._f, self._count = f, num_dims

    def __call__(self, *args, **kwargs):
        leading = []

        def merged(x):
            if not isinstance(x, Array) or _lens.is_unknown(x.shape) or len(x.shape) < self._count:
                return x
            leading.append(tuple(x.shape[: self._count]))
            return x.reshape((product(leading[-1]),) + tuple(x.shape[self._count :]))

        def split(x):
            known = leading and isinstance(x, Array) and not _lens.is_unknown(x.shape)
            return x.reshape(leading[0] + tuple(x.shape[1:])) if known else x

        out = self._f(*tree_map(merged, list(args)), **kwargs)
        return tree_map(split, out)
