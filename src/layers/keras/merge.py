"""Layers of several inputs."""

import _lens
from _arrays.elementwise import broadcast_shapes
from _arrays.core import close_dims, open_dims
from _arrays.shaping import axis_of
from _keras.layer import ShapeLayer
from _keras.openshape import last_of


class _Merge(ShapeLayer):
    def compute_output_shape(self, input_shape):
        if _lens.is_unknown(input_shape):
            return _lens.unknown("shape of what several inputs give")
        return close_dims(broadcast_shapes(*[open_dims(s) for s in input_shape]))


class Add(_Merge):
    pass


class Subtract(_Merge):
    pass


class Multiply(_Merge):
    pass


class Average(_Merge):
    pass


class Maximum(_Merge):
    pass


class Minimum(_Merge):
    pass


class Concatenate(ShapeLayer):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def compute_output_shape(self, input_shape):
        if _lens.is_unknown(input_shape):
            return _lens.unknown("shape of what several inputs give")
        if any([_lens.is_unknown(shape) for shape in input_shape]):
            return self._open_shape(input_shape)
        first = list(input_shape[0])
        axis = axis_of(self.axis, len(first))
        total = 0
        for shape in input_shape:
            size = shape[axis]
            total = None if _lens.certain(total is None) or _lens.certain(size is None) else total + size
            for i, d in enumerate(shape):
                if i != axis and _lens.certain(first[i] is None):
                    first[i] = d
        first[axis] = total
        return tuple(first)

    def _open_shape(self, shapes):
        if self.axis != -1:
            return _lens.unknown("joined shape")
        total = 0
        for shape in shapes:
            total = total + last_of(shape)
        return _lens.ending_with(total)


class Dot(ShapeLayer):
    def __init__(self, axes, normalize=False, **kwargs):
        super().__init__(**kwargs)
        self.axes, self.normalize = axes, normalize

    def compute_output_shape(self, input_shape):
        left, right = list(input_shape[0]), list(input_shape[1])
        axes = self.axes if isinstance(self.axes, (list, tuple)) else (self.axes, self.axes)
        left.pop(axis_of(axes[0], len(left)))
        right.pop(axis_of(axes[1], len(right)))
        out = left + right[1:]
        return tuple(out) if len(out) > 1 else tuple(out) + (1,)


def _functional(cls):
    def join(inputs, **kwargs):
        return cls(**kwargs)(inputs)

    return join


add, subtract, multiply = _functional(Add), _functional(Subtract), _functional(Multiply)
average, maximum, minimum = _functional(Average), _functional(Maximum), _functional(Minimum)


def concatenate(inputs, axis=-1, **kwargs):
    return Concatenate(axis=axis, **kwargs)(inputs)


def dot(inputs, axes=-1, **kwargs):
    return Dot(axes=axes, **kwargs)(inputs)


def merge(inputs, mode="sum", dot_axes=-1, concat_axis=-1, output_shape=None, name=None, **kwargs):
    """Keras 1's one function for all of them."""
    if callable(mode):
        return mode(inputs)
    if mode in ("dot", "cos"):
        return Dot(axes=dot_axes, normalize=mode == "cos", name=name)(inputs)
    if mode == "concat":
        return Concatenate(axis=concat_axis, name=name)(inputs)
    return {"sum": Add, "mul": Multiply, "ave": Average, "max": Maximum}[mode](name=name)(inputs)
