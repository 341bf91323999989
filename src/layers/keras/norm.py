"""Normalisation."""

import _lens
from _keras import initializers
from _keras.layer import ShapeLayer
from _keras.legacy import takes_keras_1
from _arrays.shaping import axis_of
from _keras.openshape import last_of


def _axes(axis, rank):
    return [axis_of(a, rank) for a in (axis if isinstance(axis, (list, tuple)) else [axis])]


class _ScaleAndShift(ShapeLayer):
    _default_initializers = {
        "gamma": "ones", "beta": "zeros", "moving_mean": "zeros", "moving_variance": "ones", "scale": "ones",
    }  # fmt: skip

    def _size(self, input_shape):
        """Shape of the weights: the normalised axes."""
        if _lens.is_unknown(self.axis):
            return (self._named(),)
        if _lens.is_unknown(input_shape):
            return (last_of(input_shape) if self.axis in (-1, [-1]) else self._named(),)
        sizes = [(a, input_shape[a]) for a in _axes(self.axis, len(input_shape))]
        return tuple([self._named(a) if _lens.is_unknown(size) else size for a, size in sizes])

    def _named(self, axis=None):
        axis = self.axis if axis is None else axis
        name = "axis" if _lens.is_unknown(axis) else axis
        return _lens.called(_lens.unknown("the size of an axis"), "input_shape[%s]" % name)

    def _add(self, name, initializer, shape, trainable=True):
        return self.add_weight(shape=shape, name=name, initializer=initializer, trainable=trainable)


@takes_keras_1()
class BatchNormalization(_ScaleAndShift):
    def __init__(
        self, axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer="zeros",
        gamma_initializer="ones", moving_mean_initializer="zeros", moving_variance_initializer="ones", **kwargs,
    ):  # fmt: skip
        super().__init__(**kwargs)
        self.axis = axis[0] if isinstance(axis, (list, tuple)) else axis
        self.momentum, self.epsilon, self.center, self.scale = momentum, epsilon, center, scale
        self.beta_initializer = initializers.get(beta_initializer)
        self.gamma_initializer = initializers.get(gamma_initializer)
        self.moving_mean_initializer = initializers.get(moving_mean_initializer)
        self.moving_variance_initializer = initializers.get(moving_variance_initializer)

    def build(self, input_shape):
        shape = self._size(input_shape)
        if self.scale:
            self.gamma = self._add("gamma", self.gamma_initializer, shape)
        if self.center:
            self.beta = self._add("beta", self.beta_initializer, shape)
        self.moving_mean = self._add("moving_mean", self.moving_mean_initializer, shape, False)
        self.moving_variance = self._add("moving_variance", self.moving_variance_initializer, shape, False)
        self.built = True


SyncBatchNormalization = BatchNormalization


class LayerNormalization(_ScaleAndShift):
    def __init__(
        self, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones",
        rms_scaling=False, **kwargs,
    ):  # fmt: skip
        super().__init__(**kwargs)
        self.axis = list(axis) if isinstance(axis, (list, tuple)) else axis
        self.epsilon, self.center, self.scale, self.rms_scaling = epsilon, center, scale, rms_scaling
        self.beta_initializer = initializers.get(beta_initializer)
        self.gamma_initializer = initializers.get(gamma_initializer)

    def build(self, input_shape):
        shape = self._size(input_shape)
        if self.scale or self.rms_scaling:
            self.gamma = self._add("gamma", self.gamma_initializer, shape)
        if self.center and not self.rms_scaling:
            self.beta = self._add("beta", self.beta_initializer, shape)
        self.built = True


class GroupNormalization(_ScaleAndShift):
    def __init__(
        self, groups=32, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer="zeros",
        gamma_initializer="ones", **kwargs,
    ):  # fmt: skip
        super().__init__(**kwargs)
        self.groups, self.axis, self.epsilon, self.center, self.scale = groups, axis, epsilon, center, scale
        self.beta_initializer = initializers.get(beta_initializer)
        self.gamma_initializer = initializers.get(gamma_initializer)

    def build(self, input_shape):
        shape = self._size(input_shape)
        if self.scale:
            self.gamma = self._add("gamma", self.gamma_initializer, shape)
        if self.center:
            self.beta = self._add("beta", self.beta_initializer, shape)
        self.built = True


class RMSNormalization(_ScaleAndShift):
    def __init__(self, axis=-1, epsilon=1e-6, **kwargs):
        super().__init__(**kwargs)
        self.axis, self.epsilon = axis, epsilon

    def build(self, input_shape):
        self.scale = self._add("scale", "ones", self._size(input_shape))
        self.built = True


class UnitNormalization(ShapeLayer):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis


class Normalization(ShapeLayer):
    """Weights only where statistics are to be learnt by `adapt`."""

    def __init__(self, axis=-1, mean=None, variance=None, invert=False, **kwargs):
        super().__init__(**kwargs)
        axis = () if _lens.certain(axis is None) else axis
        self.axis = tuple(axis) if isinstance(axis, (list, tuple)) else (axis,)
        self.input_mean, self.input_variance, self.invert = mean, variance, invert

    def build(self, input_shape):
        if _lens.is_unknown(input_shape) or self.input_mean is not None or self.built:
            return
        shape = tuple([input_shape[a] for a in _axes(self.axis, len(input_shape))])
        self.adapt_mean = self.add_weight(name="mean", shape=shape, initializer="zeros", trainable=False)
        self.adapt_variance = self.add_weight(name="variance", shape=shape, initializer="ones", trainable=False)
        self.count = self.add_weight(name="count", shape=(), dtype="int", initializer="zeros", trainable=False)
        self.built = True

    def adapt(self, data, *args, **kwargs):
        shape = getattr(data, "shape", None)
        if shape is not None:
            self.build(tuple(shape))
            for weight in self.weights:
                weight.law = None
