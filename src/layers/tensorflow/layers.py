"""tf.layers and tf.contrib.layers: functions that make a layer and apply it."""

import _lens
from _keras import conv as _conv
from _keras import core as _core
from _keras import norm as _norm
from _keras import pool as _pool
from _keras import reshape as _reshape
from _keras import simple as _simple
from _keras.initializers import HeNormal
from _arrays.elementwise import same_shape
from _tensorflow.argscope import add_arg_scope
from _tensorflow.initializers import contrib_variance_scaling_initializer as variance_scaling_initializer
from _tensorflow.initializers import xavier_initializer, xavier_initializer_conv2d
from _tensorflow.tensors import _scopes, drawn, shared_layers

Dense, Conv1D, Conv2D, Conv3D, Flatten = _core.Dense, _conv.Conv1D, _conv.Conv2D, _conv.Conv3D, _reshape.Flatten
Conv2DTranspose, SeparableConv2D, Dropout = _conv.Conv2DTranspose, _conv.SeparableConv2D, _simple.Dropout
BatchNormalization, MaxPooling2D, AveragePooling2D = _norm.BatchNormalization, _pool.MaxPooling2D, _pool.AveragePooling2D

INITS = ("kernel_initializer", "bias_initializer", "depthwise_initializer", "pointwise_initializer")


class _Version1:
    """An initializer used by version 1: its defaults are those of version 1."""

    def __init__(self, initializer):
        self._initializer = initializer

    def __call__(self, shape, dtype=None, **kwargs):
        return drawn(self._initializer, shape, dtype, 1)


def _layer(cls, inputs, args, kwargs):
    from _keras.state import current_path

    for name in ("reuse", "_reuse", "training", "kernel_regularizer", "bias_regularizer", "activity_regularizer"):
        kwargs.pop(name, None)
    for name in INITS:
        if name in kwargs:
            if _lens.certain(kwargs[name] is None):
                kwargs.pop(name)
            elif _lens.is_unknown(kwargs[name]) or not isinstance(kwargs[name], str):
                kwargs[name] = _Version1(kwargs[name])
    name = kwargs.get("name")
    key = (current_path(), name)
    is_named = name is not None and not any([_lens.is_unknown(part) for part in key])
    if is_named and _lens.certain(key in shared_layers):
        return shared_layers[key](inputs)
    layer = cls(*args, **kwargs)
    if is_named:
        shared_layers[key] = layer
    return layer(inputs)


def _function(cls):
    def apply(inputs, *args, **kwargs):
        return _layer(cls, inputs, args, kwargs)

    apply._makes_layer = True
    return apply


dense, conv1d, conv2d, conv3d = [_function(c) for c in (_core.Dense, _conv.Conv1D, _conv.Conv2D, _conv.Conv3D)]
conv2d_transpose, conv3d_transpose = _function(_conv.Conv2DTranspose), _function(_conv.Conv3DTranspose)
separable_conv2d, separable_conv1d = _function(_conv.SeparableConv2D), _function(_conv.SeparableConv1D)
batch_normalization = _function(_norm.BatchNormalization)


def _pooling(cls):
    def apply(inputs, pool_size=2, strides=None, padding="valid", **kwargs):
        return _layer(cls, inputs, (pool_size, strides, padding), {})

    return apply


max_pooling1d, max_pooling2d = _pooling(_pool.MaxPooling1D), _pooling(_pool.MaxPooling2D)
average_pooling1d, average_pooling2d = _pooling(_pool.AveragePooling1D), _pooling(_pool.AveragePooling2D)


def flatten(inputs, *args, **kwargs):
    return _layer(_reshape.Flatten, inputs, (), {})


def dropout(inputs, *args, **kwargs):
    return same_shape(inputs)


class _Contrib:
    """tf.contrib.layers and slim: Glorot weights called `weights`, ReLU by default."""

    xavier_initializer, xavier_initializer_conv2d = xavier_initializer, xavier_initializer_conv2d
    variance_scaling_initializer = variance_scaling_initializer

    @staticmethod
    @add_arg_scope
    def fully_connected(inputs, num_outputs, activation_fn=None, *args, **kwargs):
        return _contrib_layer(_core.Dense, inputs, (num_outputs,), kwargs, "fully_connected")

    linear = relu = fully_connected

    @staticmethod
    @add_arg_scope
    def conv2d(inputs, num_outputs, kernel_size, stride=1, padding="SAME", *args, **kwargs):
        return _contrib_layer(_conv.Conv2D, inputs, (num_outputs, kernel_size, stride, padding), kwargs, "Conv")

    convolution2d = convolution = conv2d

    @staticmethod
    @add_arg_scope
    def conv2d_transpose(inputs, num_outputs, kernel_size, stride=1, padding="SAME", *args, **kwargs):
        return _contrib_layer(
            _conv.Conv2DTranspose, inputs, (num_outputs, kernel_size, stride, padding), kwargs, "Conv2d_transpose"
        )

    convolution2d_transpose = conv2d_transpose

    @staticmethod
    @add_arg_scope
    def max_pool2d(inputs, kernel_size, stride=2, padding="VALID", **kwargs):
        return _layer(_pool.MaxPooling2D, inputs, (kernel_size, stride, padding), {})

    avg_pool2d = max_pool2d

    @staticmethod
    def flatten(inputs, *args, **kwargs):
        return flatten(inputs)

    @staticmethod
    def dropout(inputs, *args, **kwargs):
        return same_shape(inputs)

    @staticmethod
    @add_arg_scope
    def batch_norm(inputs, *args, **kwargs):
        options = {"name": kwargs.get("scope"), "scale": kwargs.get("scale", False), "center": kwargs.get("center", True)}
        return _layer(_norm.BatchNormalization, inputs, (), options)

    @staticmethod
    def l2_regularizer(*args, **kwargs):
        return None

    l1_regularizer = l2_regularizer


def _contrib_layer(cls, inputs, args, kwargs, default):
    weights = kwargs.get("weights_initializer")
    weights = xavier_initializer() if _lens.certain(weights is None) else weights
    biases = kwargs.get("biases_initializer", "zeros")
    normalizer = kwargs.get("normalizer_fn")
    options = {"kernel_initializer": weights, "use_bias": biases is not None and normalizer is None}
    if biases is not None:
        options["bias_initializer"] = biases
    if kwargs.get("scope") is not None:
        options["name"] = kwargs["scope"]
    return _layer(cls, inputs, args, options)


contrib = _Contrib
for _made in (contrib.fully_connected, contrib.conv2d, contrib.conv2d_transpose, contrib.batch_norm):
    _made._makes_layer = True
