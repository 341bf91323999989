"""Layers that move entries, and padding, cropping, upsampling."""

import _lens
from _arrays.core import close_dims, open_dims, product, size_of
from _arrays.shaping import resolve_shape
from _keras.layer import ShapeLayer
from _keras.spatial import free, join_shape, split_shape, tuple_of
from _keras.state import session
from _keras.openshape import last_of


class Flatten(ShapeLayer):
    def __init__(self, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.data_format = data_format

    def compute_output_shape(self, input_shape):
        if _lens.is_unknown(input_shape):
            return (None, _lens.unknown("flattened size of an unknown shape"))
        if any([free(d) for d in input_shape[1:]]):
            return (input_shape[0], None)
        return (input_shape[0], product(input_shape[1:]))


class Reshape(ShapeLayer):
    def __init__(self, target_shape, **kwargs):
        super().__init__(**kwargs)
        self.target_shape = size_of(target_shape)

    def compute_output_shape(self, input_shape):
        if _lens.is_unknown(input_shape):
            parts = [_lens.unknown("size of a reshape") if _lens.certain(d == -1) else d for d in self.target_shape]
            return (None,) + tuple(parts)
        return (input_shape[0],) + close_dims(resolve_shape(open_dims(input_shape)[1:], self.target_shape))


class Permute(ShapeLayer):
    def __init__(self, dims, **kwargs):
        super().__init__(**kwargs)
        self.dims = tuple(dims)

    def compute_output_shape(self, input_shape):
        if _lens.is_unknown(input_shape):
            return (None,) + tuple([_lens.unknown("permuted size") for _ in self.dims])
        return (input_shape[0],) + tuple([input_shape[d] for d in self.dims])


class RepeatVector(ShapeLayer):
    def __init__(self, n, **kwargs):
        super().__init__(**kwargs)
        self.n = n

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.n, input_shape[1])


class _Spatial(ShapeLayer):
    rank = 2

    def __init__(self, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.data_format = data_format or session.image_data_format

    def compute_output_shape(self, input_shape):
        batch, sizes, channels = split_shape(input_shape, self.rank, self.data_format)
        after = [None if free(n) else self._resized(n, i) for i, n in enumerate(sizes)]
        return join_shape(batch, after, channels, self.data_format)


def _pairs(value, rank):
    """`1`, `(1, 2)` and `((1, 2), (3, 4))` as a pair an axis."""
    if rank == 1:
        return [tuple(value)] if isinstance(value, (list, tuple)) else [(value, value)]
    sides = tuple_of(value, rank)
    return [tuple(s) if isinstance(s, (list, tuple)) else (s, s) for s in sides]


class _Padding(_Spatial):
    def __init__(self, padding=1, data_format=None, **kwargs):
        super().__init__(data_format, **kwargs)
        self.padding = tuple(_pairs(padding, self.rank))

    def _resized(self, size, axis):
        return size + self.padding[axis][0] + self.padding[axis][1]


class ZeroPadding1D(_Padding):
    rank = 1


class ZeroPadding2D(_Padding):
    rank = 2


class ZeroPadding3D(_Padding):
    rank = 3


class _Cropping(_Spatial):
    def __init__(self, cropping=0, data_format=None, **kwargs):
        super().__init__(data_format, **kwargs)
        self.cropping = tuple(_pairs(cropping, self.rank))

    def _resized(self, size, axis):
        return size - self.cropping[axis][0] - self.cropping[axis][1]


class Cropping1D(_Cropping):
    rank = 1

    def __init__(self, cropping=(1, 1), **kwargs):
        super().__init__(cropping, **kwargs)


class Cropping2D(_Cropping):
    rank = 2


class Cropping3D(_Cropping):
    rank = 3

    def __init__(self, cropping=((1, 1), (1, 1), (1, 1)), data_format=None, **kwargs):
        super().__init__(cropping, data_format, **kwargs)


class _UpSampling(_Spatial):
    def __init__(self, size=2, data_format=None, interpolation="nearest", **kwargs):
        super().__init__(data_format, **kwargs)
        self.size = tuple_of(size, self.rank)
        self.interpolation = interpolation

    def _resized(self, size, axis):
        return size * self.size[axis]


class UpSampling1D(_UpSampling):
    rank = 1


class UpSampling2D(_UpSampling):
    rank = 2


class UpSampling3D(_UpSampling):
    rank = 3
