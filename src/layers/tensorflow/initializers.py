"""TensorFlow's own initializers. Some defaults differ between its versions."""

import _laws
from _arrays.core import size_of
from _arrays.create import created
from _keras.tensors import Tensor


class _Initializer:
    _row = "zeros_initializer"
    _names = ()
    version = 2

    def __init__(self, *args, **kwargs):
        self._arguments = dict(zip(self._names, args))
        for name in kwargs:
            if name in self._names:
                self._arguments[name] = kwargs[name]

    def __call__(self, shape, dtype=None, **kwargs):
        return self.draw_for_version(shape, dtype, self.version)

    def draw_for_version(self, shape, dtype, version):
        shape = size_of(shape)
        law = _laws.draw("tensorflow" + str(version), self._row, shape, self._arguments)
        return created(Tensor, shape, dtype or "float32", law, None, "initializer")

    def get_config(self):
        return dict(self._arguments)

    @classmethod
    def from_config(cls, config):
        return cls(**config)


def _initializer(row, *names, version=2):
    return type(row.split(".")[-1], (_Initializer,), {"_row": row, "_names": names, "version": version})


zeros_initializer, ones_initializer = _initializer("zeros_initializer"), _initializer("ones_initializer")
constant_initializer = _initializer("constant_initializer", "value")
random_normal_initializer = _initializer("random_normal_initializer", "mean", "stddev")
random_uniform_initializer = _initializer("random_uniform_initializer", "minval", "maxval")
truncated_normal_initializer = _initializer("truncated_normal_initializer", "mean", "stddev", version=1)
uniform_unit_scaling_initializer = _initializer("uniform_unit_scaling_initializer", "factor", version=1)
variance_scaling_initializer = _initializer(
    "variance_scaling_initializer", "scale", "mode", "distribution", version=1
)
glorot_uniform_initializer = _initializer("glorot_uniform_initializer", version=1)
glorot_normal_initializer = _initializer("glorot_normal_initializer", version=1)
he_uniform_initializer = _initializer("he_uniform_initializer", version=1)
he_normal_initializer = _initializer("he_normal_initializer", version=1)
orthogonal_initializer = _initializer("orthogonal_initializer", "gain", version=1)
xavier_initializer = _initializer("contrib.layers.xavier_initializer", "uniform", version=1)
xavier_initializer_conv2d = _initializer("contrib.layers.xavier_initializer_conv2d", "uniform", version=1)
contrib_variance_scaling_initializer = _initializer(
    "contrib.layers.variance_scaling_initializer", "factor", "mode", "uniform", version=1
)
