"""Convolutions."""

import _lens
from _keras import activations, initializers
from _keras.layer import ShapeLayer
from _keras.legacy import old_name, takes_keras_1
from _keras.spatial import conv_size, deconv_size, join_shape, split_shape, tuple_of, window_of
from _keras.state import keras_version, session


@takes_keras_1()
class BaseConv(ShapeLayer):
    """What convolutions share. Each class says its rank."""

    rank = 2
    _default_initializers = {"kernel": "glorot_uniform", "bias": "zeros"}

    def __init__(
        self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, groups=1,
        activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", **kwargs,
    ):  # fmt: skip
        super().__init__(**kwargs)
        self.filters = _lens.size(filters)
        self.groups = _lens.size(groups)
        self.kernel_size = window_of(kernel_size, self.rank)
        self.strides = tuple_of(strides, self.rank)
        self.dilation_rate = tuple_of(dilation_rate, self.rank)
        self.padding = padding.lower()
        self.data_format = data_format or session.image_data_format
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.bias = None

    def _kernel_shape(self, channels):
        return self.kernel_size + (channels // self.groups, self.filters)

    def build(self, input_shape):
        channels = split_shape(input_shape, self.rank, self.data_format)[2]
        self.kernel = self.add_weight(
            name="kernel", shape=self._kernel_shape(channels), initializer=self.kernel_initializer
        )
        if self.use_bias:
            self.bias = self.add_weight(name="bias", shape=(self.filters,), initializer=self.bias_initializer)
        self.built = True

    def _output_channels(self, channels):
        return self.filters

    def _output_sizes(self, sizes):
        rows = zip(sizes, self.kernel_size, self.strides, self.dilation_rate)
        return [conv_size(n, k, s, self.padding, d) for n, k, s, d in rows]

    def compute_output_shape(self, input_shape):
        batch, sizes, channels = split_shape(input_shape, self.rank, self.data_format)
        return join_shape(batch, self._output_sizes(sizes), self._output_channels(channels), self.data_format)


class Conv1D(BaseConv):
    rank = 1


class Conv2D(BaseConv):
    rank = 2


class Conv3D(BaseConv):
    rank = 3


@takes_keras_1()
class BaseConvTranspose(BaseConv):
    def __init__(
        self, filters, kernel_size, strides=1, padding="valid", output_padding=None, data_format=None,
        dilation_rate=1, activation=None, use_bias=True, kernel_initializer="glorot_uniform",
        bias_initializer="zeros", **kwargs,
    ):  # fmt: skip
        super().__init__(
            filters, kernel_size, strides, padding, data_format, dilation_rate, 1, activation, use_bias,
            kernel_initializer, bias_initializer, **kwargs,
        )  # fmt: skip
        self.output_padding = None if output_padding is None else tuple_of(output_padding, self.rank)

    def _kernel_shape(self, channels):
        return self.kernel_size + (self.filters, channels)

    def _output_sizes(self, sizes):
        extra = self.output_padding or (None,) * self.rank
        rows = zip(sizes, self.kernel_size, self.strides, self.dilation_rate, extra)
        return [deconv_size(n, k, s, self.padding, d, p) for n, k, s, d, p in rows]


class Conv1DTranspose(BaseConvTranspose):
    rank = 1


class Conv2DTranspose(BaseConvTranspose):
    rank = 2


class Conv3DTranspose(BaseConvTranspose):
    rank = 3


class BaseDepthwiseConv(BaseConv):
    _default_initializers = {"kernel": "glorot_uniform", "depthwise_kernel": "glorot_uniform", "bias": "zeros"}

    def __init__(
        self, kernel_size, strides=1, padding="valid", depth_multiplier=1, data_format=None, dilation_rate=1,
        activation=None, use_bias=True, depthwise_initializer="glorot_uniform", bias_initializer="zeros", **kwargs,
    ):  # fmt: skip
        super().__init__(
            None, kernel_size, strides, padding, data_format, dilation_rate, 1, activation, use_bias,
            depthwise_initializer, bias_initializer, **kwargs,
        )  # fmt: skip
        self.depth_multiplier = _lens.size(depth_multiplier)
        self.depthwise_initializer = self.kernel_initializer

    def build(self, input_shape):
        channels = split_shape(input_shape, self.rank, self.data_format)[2]
        _, version = keras_version()
        name = "depthwise_kernel" if version is not None and version < [3] else "kernel"
        self.kernel = self.add_weight(
            name=name, shape=self.kernel_size + (channels, self.depth_multiplier), initializer=self.depthwise_initializer
        )
        setattr(self, name, self.kernel)
        if self.use_bias:
            self.bias = self.add_weight(
                name="bias", shape=(self._output_channels(channels),), initializer=self.bias_initializer
            )
        self.built = True

    def _output_channels(self, channels):
        return channels * self.depth_multiplier


class DepthwiseConv1D(BaseDepthwiseConv):
    rank = 1


class DepthwiseConv2D(BaseDepthwiseConv):
    rank = 2


@takes_keras_1(init="depthwise_initializer")
class BaseSeparableConv(BaseConv):
    _default_initializers = {
        "depthwise_kernel": "glorot_uniform",
        "pointwise_kernel": "glorot_uniform",
        "bias": "zeros",
    }

    def __init__(
        self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1,
        depth_multiplier=1, activation=None, use_bias=True, depthwise_initializer="glorot_uniform",
        pointwise_initializer="glorot_uniform", bias_initializer="zeros", **kwargs,
    ):  # fmt: skip
        super().__init__(
            filters, kernel_size, strides, padding, data_format, dilation_rate, 1, activation, use_bias,
            bias_initializer=bias_initializer, **kwargs,
        )  # fmt: skip
        self.depth_multiplier = depth_multiplier
        self.depthwise_initializer = initializers.get(depthwise_initializer)
        self.pointwise_initializer = initializers.get(pointwise_initializer)

    def build(self, input_shape):
        channels = split_shape(input_shape, self.rank, self.data_format)[2]
        self.depthwise_kernel = self.add_weight(
            name="depthwise_kernel", shape=self.kernel_size + (channels, self.depth_multiplier),
            initializer=self.depthwise_initializer,
        )  # fmt: skip
        self.pointwise_kernel = self.add_weight(
            name="pointwise_kernel", shape=(1,) * self.rank + (channels * self.depth_multiplier, self.filters),
            initializer=self.pointwise_initializer,
        )  # fmt: skip
        if self.use_bias:
            self.bias = self.add_weight(name="bias", shape=(self.filters,), initializer=self.bias_initializer)
        self.built = True


class SeparableConv1D(BaseSeparableConv):
    rank = 1


class SeparableConv2D(BaseSeparableConv):
    rank = 2


Convolution1D, Convolution2D, Convolution3D = Conv1D, old_name(Conv2D), old_name(Conv3D)
AtrousConvolution1D, AtrousConvolution2D = Convolution1D, Convolution2D
Convolution1DTranspose, Convolution2DTranspose, Convolution3DTranspose = Conv1DTranspose, Conv2DTranspose, Conv3DTranspose
Deconvolution2D, Deconvolution3D = old_name(Conv2DTranspose), old_name(Conv3DTranspose)
SeparableConvolution1D, SeparableConvolution2D = SeparableConv1D, old_name(SeparableConv2D)
