"""Pooling."""

import _lens
from _keras.layer import ShapeLayer
from _keras.spatial import conv_size, join_shape, split_shape, tuple_of
from _keras.state import session


class BasePooling(ShapeLayer):
    rank = 2

    def __init__(self, pool_size=2, strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.pool_size = tuple_of(pool_size, self.rank)
        self.strides = self.pool_size if strides is None else tuple_of(strides, self.rank)
        self.padding = padding.lower()
        self.data_format = data_format or session.image_data_format

    def compute_output_shape(self, input_shape):
        batch, sizes, channels = split_shape(input_shape, self.rank, self.data_format)
        rows = zip(sizes, self.pool_size, self.strides)
        return join_shape(batch, [conv_size(n, k, s, self.padding) for n, k, s in rows], channels, self.data_format)


class MaxPooling1D(BasePooling):
    rank = 1


class MaxPooling2D(BasePooling):
    rank = 2


class MaxPooling3D(BasePooling):
    rank = 3


class AveragePooling1D(BasePooling):
    rank = 1


class AveragePooling2D(BasePooling):
    rank = 2


class AveragePooling3D(BasePooling):
    rank = 3


class BaseGlobalPooling(ShapeLayer):
    rank = 2

    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(**kwargs)
        self.data_format = data_format or session.image_data_format
        self.keepdims = keepdims

    def compute_output_shape(self, input_shape):
        batch, _, channels = split_shape(input_shape, self.rank, self.data_format)
        if self.keepdims:
            return join_shape(batch, (1,) * self.rank, channels, self.data_format)
        return (batch, channels)


class GlobalMaxPooling1D(BaseGlobalPooling):
    rank = 1


class GlobalMaxPooling2D(BaseGlobalPooling):
    rank = 2


class GlobalMaxPooling3D(BaseGlobalPooling):
    rank = 3


class GlobalAveragePooling1D(BaseGlobalPooling):
    rank = 1


class GlobalAveragePooling2D(BaseGlobalPooling):
    rank = 2


class GlobalAveragePooling3D(BaseGlobalPooling):
    rank = 3


class BaseAdaptivePooling(ShapeLayer):
    rank = 2

    def __init__(self, output_size, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.output_size = tuple_of(output_size, self.rank)
        self.data_format = data_format or session.image_data_format

    def compute_output_shape(self, input_shape):
        batch, _, channels = split_shape(input_shape, self.rank, self.data_format)
        return join_shape(batch, self.output_size, channels, self.data_format)


class AdaptiveAveragePooling1D(BaseAdaptivePooling):
    rank = 1


class AdaptiveAveragePooling2D(BaseAdaptivePooling):
    rank = 2


class AdaptiveAveragePooling3D(BaseAdaptivePooling):
    rank = 3


class AdaptiveMaxPooling1D(BaseAdaptivePooling):
    rank = 1


class AdaptiveMaxPooling2D(BaseAdaptivePooling):
    rank = 2


class AdaptiveMaxPooling3D(BaseAdaptivePooling):
    rank = 3


MaxPool1D, MaxPool2D, MaxPool3D = MaxPooling1D, MaxPooling2D, MaxPooling3D
AvgPool1D, AvgPool2D, AvgPool3D = AveragePooling1D, AveragePooling2D, AveragePooling3D
GlobalMaxPool1D, GlobalMaxPool2D, GlobalMaxPool3D = GlobalMaxPooling1D, GlobalMaxPooling2D, GlobalMaxPooling3D
GlobalAvgPool1D = GlobalAveragePooling1D
GlobalAvgPool2D = GlobalAveragePooling2D
GlobalAvgPool3D = GlobalAveragePooling3D
