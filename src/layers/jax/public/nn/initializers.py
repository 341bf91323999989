"""jax.nn.initializers: functions that give `init(key, shape, dtype)`."""

import _laws
from _arrays.core import size_of
from _arrays.create import created
from _jax.array import JaxArray
from jax.random import name_of


class _Init:
    """One initializer with its arguments; what it draws depends on the shape it gets."""

    def __init__(self, name, arguments, dtype="float32"):
        self._name, self._arguments, self._dtype = name, arguments, dtype
        self.__name__ = name

    def __call__(self, key=None, shape=(), dtype=None, out_sharding=None, **kwargs):
        shape = size_of(shape)
        law = _laws.drawn_with(_laws.draw("jax", self._name, shape, self._arguments), name_of(key))
        out = created(JaxArray, shape, dtype or self._dtype, law, None, self._name)
        out._fan_axes = {k: v for k, v in self._arguments.items() if k.endswith("axis")}
        return out


zeros, ones = _Init("zeros", {}), _Init("ones", {})


def zeros_init():
    return zeros


def ones_init():
    return ones


def constant(value, dtype="float32"):
    return _Init("constant", {"value": value}, dtype)


def normal(stddev=1e-2, dtype="float32"):
    return _Init("normal", {"stddev": stddev}, dtype)


def uniform(scale=1e-2, dtype="float32"):
    return _Init("uniform", {"scale": scale}, dtype)


def truncated_normal(stddev=1e-2, dtype="float32", lower=-2.0, upper=2.0):
    return _Init("truncated_normal", {"stddev": stddev, "lower": lower, "upper": upper}, dtype)


def variance_scaling(scale, mode, distribution, in_axis=-2, out_axis=-1, batch_axis=(), dtype="float32"):
    return _Init("variance_scaling", {
        "scale": scale, "mode": mode, "distribution": distribution, "in_axis": in_axis, "out_axis": out_axis,
        "batch_axis": batch_axis,
    }, dtype)  # fmt: skip


def _named(name):
    def make(in_axis=-2, out_axis=-1, batch_axis=(), dtype="float32"):
        return _Init(name, {"in_axis": in_axis, "out_axis": out_axis, "batch_axis": batch_axis}, dtype)

    return make


glorot_uniform = xavier_uniform = _named("glorot_uniform")
glorot_normal = xavier_normal = _named("glorot_normal")
lecun_uniform, lecun_normal = _named("lecun_uniform"), _named("lecun_normal")
he_uniform = kaiming_uniform = _named("he_uniform")
he_normal = kaiming_normal = _named("he_normal")


def orthogonal(scale=1.0, column_axis=-1, dtype="float32"):
    return _Init("orthogonal", {"scale": scale, "column_axis": column_axis}, dtype)


def delta_orthogonal(scale=1.0, column_axis=-1, dtype="float32"):
    return _Init("delta_orthogonal", {"scale": scale, "column_axis": column_axis}, dtype)


class Initializer:
    pass


def _marked(make):
    make._is_maker = True


for _name in (
    "zeros_init ones_init constant normal uniform truncated_normal variance_scaling glorot_uniform glorot_normal "
    "xavier_uniform xavier_normal lecun_uniform lecun_normal he_uniform he_normal kaiming_uniform kaiming_normal "
    "orthogonal delta_orthogonal"
).split():
    _marked(globals()[_name])
