"""equinox.nn: weights are outputs first and exist as soon as a layer is made."""

import math

import _lens
from _arrays.core import as_array, product, resized
from _arrays.elementwise import same_shape
from _equinox.module import Module, leaves, part, weight
from _flax.conv import conv_shape, pool_shape
from _jax.array import JaxArray
from jax import nn as _activations
from jax import numpy as jnp
from jax import random


def _uniform(layer, name, key, shape, limit):
    return weight(layer, name, random.uniform(key, shape, minval=-limit, maxval=limit))


def _filled(layer, name, value, shape):
    return weight(layer, name, jnp.full(shape, value))


def _keys(key, count):
    return [_lens.unknown("a key")] * count if _lens.is_unknown(key) else [random.split(key, count)[i] for i in range(count)]


def _sizes(value, rank):
    return tuple(value) if isinstance(value, (list, tuple)) else (value,) * rank


def _result(x, shape):
    """An array of this shape that came of x, which may be anything."""
    return JaxArray._result([] if _lens.is_unknown(x) else [x], shape, "float32", None, None)


def _width(size):
    return 1 if _lens.certain(size == "scalar") else size


class Linear(Module):
    def __init__(self, in_features, out_features, use_bias=True, dtype=None, *, key=None):
        wide, high = _width(in_features), _width(out_features)
        first, second = _keys(key, 2)
        limit = 1 / math.sqrt(wide)
        self.weight = _uniform(self, "weight", first, (high, wide), limit)
        self.bias = _uniform(self, "bias", second, (high,), limit) if use_bias else None
        self.in_features, self.out_features, self.use_bias = in_features, out_features, use_bias

    def __call__(self, x, *, key=None):
        x = as_array(x)
        if _lens.certain(self.in_features == "scalar"):
            return _result(x, (_width(self.out_features),))
        ends = () if _lens.certain(self.out_features == "scalar") else (self.out_features,)
        return _result(x, resized(x.shape, *ends))


class Identity(Module):
    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, x, *, key=None):
        return x


class Conv(Module):
    def __init__(self, num_spatial_dims, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1,
                 groups=1, use_bias=True, padding_mode="ZEROS", dtype=None, *, key=None):  # fmt: skip
        rank = num_spatial_dims
        self.num_spatial_dims, self.in_channels, self.out_channels = rank, in_channels, out_channels
        self.kernel_size, self.stride, self.dilation = [_sizes(one, rank) for one in (kernel_size, stride, dilation)]
        self.padding, self.groups, self.use_bias = padding, groups, use_bias
        first, second = _keys(key, 2)
        limit = 1 / math.sqrt(in_channels // groups * product(self.kernel_size))
        self.weight = _uniform(self, "weight", first, (out_channels, in_channels // groups) + self.kernel_size, limit)
        bias_shape = (out_channels,) + (1,) * rank
        self.bias = _uniform(self, "bias", second, bias_shape, limit) if use_bias else None

    def _shape(self, channels_last):
        return conv_shape(
            channels_last, self.kernel_size, self.stride, self.padding, self.dilation, self.out_channels
        )

    def __call__(self, x, *, key=None):
        x = as_array(x)
        if _lens.is_unknown(x.shape):
            return _result(x, _lens.unknown("shape of a convolution's input"))
        found = self._shape(tuple(x.shape[1:]) + (x.shape[0],))
        return _result(x, (self.out_channels,) + tuple(found[:-1]))


class ConvTranspose(Conv):
    def __init__(self, num_spatial_dims, in_channels, out_channels, kernel_size, stride=1, padding=0,
                 output_padding=0, dilation=1, groups=1, use_bias=True, padding_mode="ZEROS", dtype=None, *, key=None):  # fmt: skip
        super().__init__(num_spatial_dims, in_channels, out_channels, kernel_size, stride, padding, dilation, groups,
                         use_bias, key=key)  # fmt: skip
        self.output_padding = _sizes(output_padding, num_spatial_dims)

    def _shape(self, channels_last):
        if isinstance(self.padding, str):
            return _lens.unknown("shape of a transposed convolution")
        places = []
        for i, size in enumerate(channels_last[:-1]):
            low, high = _pair(self.padding, i)
            reach = (self.kernel_size[i] - 1) * self.dilation[i] + 1
            places.append((size - 1) * self.stride[i] + reach - low - high + self.output_padding[i])
        return tuple(places) + (self.out_channels,)


def _pair(padding, i):
    one = padding[i] if isinstance(padding, (list, tuple)) else padding
    return tuple(one) if isinstance(one, (list, tuple)) else (one, one)


class Conv1d(Conv):
    def __init__(self, *args, **kwargs):
        super().__init__(1, *args, **kwargs)


class Conv2d(Conv):
    def __init__(self, *args, **kwargs):
        super().__init__(2, *args, **kwargs)


class Conv3d(Conv):
    def __init__(self, *args, **kwargs):
        super().__init__(3, *args, **kwargs)


class ConvTranspose1d(ConvTranspose):
    def __init__(self, *args, **kwargs):
        super().__init__(1, *args, **kwargs)


class ConvTranspose2d(ConvTranspose):
    def __init__(self, *args, **kwargs):
        super().__init__(2, *args, **kwargs)


class ConvTranspose3d(ConvTranspose):
    def __init__(self, *args, **kwargs):
        super().__init__(3, *args, **kwargs)


class Embedding(Module):
    def __init__(self, num_embeddings=None, embedding_size=None, weight=None, dtype=None, *, key=None):
        self.num_embeddings, self.embedding_size = num_embeddings, embedding_size
        if weight is not None:
            self.weight = weight
            return
        self.weight = _normal(self, "weight", key, (num_embeddings, embedding_size))

    def __call__(self, x, *, key=None):
        return _result(self.weight, (self.weight.shape[-1],))


def _normal(layer, name, key, shape):
    return weight(layer, name, random.normal(key, shape))


class _Norm(Module):
    def _affine(self, shape, use_weight, use_bias):
        self.weight = _filled(self, "weight", 1.0, shape) if use_weight else None
        self.bias = _filled(self, "bias", 0.0, shape) if use_bias else None


class LayerNorm(_Norm):
    def __init__(self, shape=None, eps=1e-5, use_weight=True, use_bias=True, dtype=None, *, elementwise_affine=True):
        self.shape = _sizes(shape, 1)
        self._affine(self.shape, use_weight and elementwise_affine, use_bias and elementwise_affine)

    def __call__(self, x, *args, key=None):
        return same_shape(x)


class RMSNorm(_Norm):
    def __init__(self, shape, eps=1e-5, use_weight=True, use_bias=True, dtype=None):
        self.shape = _sizes(shape, 1)
        self._affine(self.shape, use_weight, use_bias)

    def __call__(self, x, *args, key=None):
        return same_shape(x)


class GroupNorm(_Norm):
    def __init__(self, groups, channels=None, eps=1e-5, channelwise_affine=True, dtype=None):
        self.groups, self.channels = groups, channels
        self._affine((channels,), channelwise_affine, channelwise_affine)

    def __call__(self, x, *args, key=None):
        return same_shape(x)


class BatchNorm(_Norm):
    def __init__(self, input_size, axis_name=None, eps=1e-5, channelwise_affine=True, *args, **kwargs):
        self.input_size = input_size
        self._affine((input_size,), channelwise_affine, channelwise_affine)

    def __call__(self, x, state=None, *args, key=None, **kwargs):
        return same_shape(x), state


class PReLU(Module):
    def __init__(self, init_alpha=0.25):
        value = init_alpha if isinstance(init_alpha, JaxArray) else jnp.full((), init_alpha)
        self.negative_slope = weight(self, "negative_slope", value)

    def __call__(self, x, *, key=None):
        return same_shape(x)


class _Cell(Module):
    def _gates(self, count, input_size, hidden_size, key):
        first, second = _keys(key, 2)
        self.input_size, self.hidden_size = input_size, hidden_size
        limit = math.sqrt(1 / hidden_size)
        self.weight_ih = _uniform(self, "weight_ih", first, (count * hidden_size, input_size), limit)
        self.weight_hh = _uniform(self, "weight_hh", second, (count * hidden_size, hidden_size), limit)
        return limit

    def _out(self):
        return _result(self.weight_hh, (self.hidden_size,))


class GRUCell(_Cell):
    def __init__(self, input_size, hidden_size, use_bias=True, dtype=None, *, key=None):
        limit = self._gates(3, input_size, hidden_size, key)
        first, second = _keys(key, 2)
        self.bias = _uniform(self, "bias", first, (3 * hidden_size,), limit) if use_bias else None
        self.bias_n = _uniform(self, "bias_n", second, (hidden_size,), limit) if use_bias else None

    def __call__(self, input, hidden, *, key=None):
        return self._out()


class LSTMCell(_Cell):
    def __init__(self, input_size, hidden_size, use_bias=True, dtype=None, *, key=None):
        limit = self._gates(4, input_size, hidden_size, key)
        self.bias = _uniform(self, "bias", key, (4 * hidden_size,), limit) if use_bias else None

    def __call__(self, input, hidden, *, key=None):
        return self._out(), self._out()


class MLP(Module):
    def __init__(self, in_size, out_size, width_size, depth, activation=_activations.relu, final_activation=lambda x: x,
                 use_bias=True, use_final_bias=True, dtype=None, *, scan=False, key=None):  # fmt: skip
        sizes = [in_size] + [width_size] * depth + [out_size]
        keys = _keys(key, depth + 1)
        ends = list(enumerate(zip(sizes[:-1], sizes[1:], keys)))
        if scan and depth > 2:  # the layers inside are one, its weights stacked
            ends = [ends[0], ends[1], ends[-1]]
        layers = [Linear(a, b, use_final_bias if i == depth else use_bias, key=k) for i, (a, b, k) in ends]
        if scan and depth > 1:
            for _, one in leaves(layers[1]):
                one._drawn_shape = one.shape
                one.shape = (depth - 1,) + tuple(one.shape)
        self.layers = tuple([part(self, "layers[%d]" % i, layer) for i, layer in enumerate(layers)])
        self.activation, self.final_activation = activation, final_activation
        self.in_size, self.out_size, self.width_size, self.depth = in_size, out_size, width_size, depth

    def __call__(self, x, *, key=None):
        for layer in self.layers[:-1]:
            x = self.activation(layer(x))
        return self.final_activation(self.layers[-1](x))


class WeightNorm(Module):
    def __init__(self, layer, weight_name="weight", axis=0):
        self.layer, self.weight_name, self.axis = layer, weight_name, axis
        shape = getattr(layer, weight_name).shape
        self.g = weight(self, "g", _result(None, tuple([size if i == axis else 1 for i, size in enumerate(shape)])))

    def __call__(self, x, *, key=None):
        return self.layer(x)


class SpectralNorm(Module):
    def __init__(self, layer, weight_name="weight", *args, **kwargs):
        self.layer, self.weight_name = layer, weight_name

    def __call__(self, x, state=None, *, key=None, **kwargs):
        return self.layer(x), state


class MultiheadAttention(Module):
    def __init__(self, num_heads, query_size, key_size=None, value_size=None, output_size=None, qk_size=None,
                 vo_size=None, use_query_bias=False, use_key_bias=False, use_value_bias=False, use_output_bias=False,
                 dropout_p=0.0, inference=False, dtype=None, *, key=None):  # fmt: skip
        def given(size, otherwise):
            return otherwise if _lens.certain(size is None) else size

        narrow = query_size // num_heads
        keys = _keys(key, 4)
        asked, made = num_heads * given(qk_size, narrow), num_heads * given(vo_size, narrow)
        self.query_proj = part(self, "query_proj", Linear(query_size, asked, use_query_bias, key=keys[0]))
        self.key_proj = part(self, "key_proj", Linear(given(key_size, query_size), asked, use_key_bias, key=keys[1]))
        self.value_proj = part(self, "value_proj", Linear(given(value_size, query_size), made, use_value_bias, key=keys[2]))
        self.output_proj = part(self, "output_proj", Linear(made, given(output_size, query_size), use_output_bias, key=keys[3]))
        self.num_heads = num_heads

    def __call__(self, query, key_, value, *args, **kwargs):
        projected = [self.query_proj(query), self.key_proj(key_), self.value_proj(value)]
        attended = _result(projected[0], resized(as_array(query).shape, self.output_proj.in_features))
        _lens.flow("_attention", projected, attended)
        return self.output_proj(attended)


class Dropout(Module):
    def __init__(self, p=0.5, inference=False, **kwargs):
        self.p, self.inference = p, inference

    def __call__(self, x, *, key=None, **kwargs):
        return same_shape(x)


class Lambda(Module):
    def __init__(self, fn):
        self.fn = fn

    def __call__(self, x, *, key=None):
        return self.fn(x)


class Sequential(Module):
    def __init__(self, layers):
        self.layers = tuple(layers)

    def __call__(self, x, state=None, *, key=None):
        for layer in self.layers:
            if isinstance(layer, (BatchNorm, SpectralNorm)):
                x, state = layer(x, state)
            else:
                x = layer(x)
        return x if _lens.certain(state is None) else (x, state)

    def __getitem__(self, i):
        return Sequential(self.layers[i]) if isinstance(i, slice) else self.layers[i]

    def __iter__(self):
        return iter(self.layers)

    def __len__(self):
        return len(self.layers)


class _Pool(Module):
    def __init__(self, kernel_size, stride=None, padding=0, *args, **kwargs):
        self.kernel_size, self.padding = kernel_size, padding
        self.stride = 1 if _lens.certain(stride is None) else stride

    def __call__(self, x, *, key=None):
        x = as_array(x)
        if _lens.is_unknown(x.shape):
            return _result(x, _lens.unknown("shape of a pool's input"))
        rank = len(x.shape) - 1
        last = _result(x, (1,) + tuple(x.shape[1:]) + (x.shape[0],))
        found = pool_shape(last, _sizes(self.kernel_size, rank), _sizes(self.stride, rank), self.padding)
        return _result(x, (x.shape[0],) + tuple(found.shape[1:-1]))


class MaxPool1d(_Pool):
    pass


class MaxPool2d(_Pool):
    pass


class MaxPool3d(_Pool):
    pass


class AvgPool1d(_Pool):
    pass


class AvgPool2d(_Pool):
    pass


class AvgPool3d(_Pool):
    pass


class _AdaptivePool(Module):
    def __init__(self, target_shape, *args, **kwargs):
        self.target_shape = target_shape

    def __call__(self, x, *, key=None):
        x = as_array(x)
        if _lens.is_unknown(x.shape):
            return _result(x, _lens.unknown("shape of a pool's input"))
        return _result(x, (x.shape[0],) + _sizes(self.target_shape, len(x.shape) - 1))


class AdaptiveMaxPool1d(_AdaptivePool):
    pass


class AdaptiveMaxPool2d(_AdaptivePool):
    pass


class AdaptiveMaxPool3d(_AdaptivePool):
    pass


class AdaptiveAvgPool1d(_AdaptivePool):
    pass


class AdaptiveAvgPool2d(_AdaptivePool):
    pass


class AdaptiveAvgPool3d(_AdaptivePool):
    pass


class State:
    pass


def make_with_state(make_model):
    return lambda *args, **kwargs: (make_model(*args, **kwargs), State())


def inference_mode(model, *args, **kwargs):
    return model
