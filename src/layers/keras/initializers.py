"""Initializers: every spelling leads to an object that knows its law for a shape."""

import copy

import _laws
import _lens
from _arrays.create import created
from _arrays.core import size_of
from _keras.state import keras_version, to_snake_case
from _keras.tensors import Tensor


class Initializer:
    _config = ()  # names of what `get_config` gives
    _axes = None
    seed = None

    def __call__(self, shape, dtype=None, **kwargs):
        shape = size_of(shape)
        law = _laws.draw("keras", type(self)._law_name(self), shape, self._arguments())
        law = _laws.drawn_with(law, self._drawn_with())
        return created(Tensor, shape, dtype or "float32", law, None, "initializer")

    def _drawn_with(self):
        """What alone decides the values: a seed that is a number; without one the initializer itself."""
        if isinstance(self.seed, int):
            return self.seed
        return self if self.seed is None and _repeats() else None

    def _law_name(self):
        return type(self).__name__

    def _arguments(self):
        return {name: getattr(self, name) for name in self._config}

    def get_config(self):
        return self._arguments()

    def clone(self):
        return type(self)(**self.get_config())

    @classmethod
    def from_config(cls, config):
        return cls(**config)


def _repeats():
    """Whether an initializer without a seed gives the same values each time, as Keras does from 2.10 on."""
    version, parts = keras_version()
    return version is None or parts >= [2, 10]


class Zeros(Initializer):
    def __init__(self, **kwargs):
        pass


class Ones(Initializer):
    def __init__(self, **kwargs):
        pass


class Constant(Initializer):
    _config = ("value",)

    def __init__(self, value=0.0, **kwargs):
        self.value = value

    def __call__(self, shape, dtype=None, **kwargs):
        value, shape = self.value, size_of(shape)
        scalar = isinstance(value, (bool, int, float))
        law = _laws.constant(float(value)) if scalar else getattr(value, "law", None)
        return created(Tensor, shape, dtype or "float32", law, None, "initializer")


class Identity(Initializer):
    _config = ("gain",)

    def __init__(self, gain=1.0, **kwargs):
        self.gain = gain


class RandomNormal(Initializer):
    _config = ("mean", "stddev")

    def __init__(self, mean=0.0, stddev=0.05, seed=None, **kwargs):
        self.mean, self.stddev, self.seed = mean, stddev, seed


class TruncatedNormal(RandomNormal):
    pass


class RandomUniform(Initializer):
    _config = ("minval", "maxval")

    def __init__(self, minval=-0.05, maxval=0.05, seed=None, **kwargs):
        self.minval, self.maxval, self.seed = minval, maxval, seed


class VarianceScaling(Initializer):
    _config = ("scale", "mode", "distribution", "input_axes", "output_axes")

    def __init__(
        self,
        scale=1.0,
        mode="fan_in",
        distribution="truncated_normal",
        seed=None,
        input_axes=None,
        output_axes=None,
        **kwargs,
    ):
        self.scale, self.mode, self.seed = scale, mode.lower(), seed
        if _lens.certain(self.mode not in ("fan_in", "fan_out", "fan_avg")):
            _lens.refuse("ValueError", "Invalid `mode` argument: " + mode)
        self.distribution = "truncated_normal" if distribution == "normal" else distribution.lower()
        self.input_axes, self.output_axes = input_axes, output_axes

    @property
    def _axes(self):
        if self.input_axes is None or self.output_axes is None:
            return None
        return (self.input_axes, self.output_axes)


class _Named(VarianceScaling):
    """A variance scaling with a name: only the axes are left to choose."""

    _config = ("input_axes", "output_axes")
    _recipe = (1.0, "fan_in", "truncated_normal")

    def __init__(self, seed=None, input_axes=None, output_axes=None, **kwargs):
        scale, mode, distribution = self._recipe
        VarianceScaling.__init__(self, scale, mode, distribution, seed, input_axes, output_axes)


class GlorotUniform(_Named):
    _recipe = (1.0, "fan_avg", "uniform")


class GlorotNormal(_Named):
    _recipe = (1.0, "fan_avg", "truncated_normal")


class LecunNormal(_Named):
    _recipe = (1.0, "fan_in", "truncated_normal")


class LecunUniform(_Named):
    _recipe = (1.0, "fan_in", "uniform")


class HeNormal(_Named):
    _recipe = (2.0, "fan_in", "truncated_normal")


class HeUniform(_Named):
    _recipe = (2.0, "fan_in", "uniform")


class Orthogonal(Initializer):
    _config = ("gain",)

    def __init__(self, gain=1.0, seed=None, **kwargs):
        self.gain, self.seed = gain, seed


class STFT(Initializer):
    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, shape, dtype=None, **kwargs):
        return created(Tensor, shape, dtype or "float32", None, None, "initializer")


CLASSES = [
    Zeros, Ones, Constant, Identity, RandomNormal, TruncatedNormal, RandomUniform, VarianceScaling, GlorotUniform,
    GlorotNormal, LecunNormal, LecunUniform, HeNormal, HeUniform, Orthogonal, STFT,
]  # fmt: skip
BY_NAME = {}
for _cls in CLASSES:
    BY_NAME[_cls.__name__] = _cls
    BY_NAME[to_snake_case(_cls.__name__)] = _cls
BY_NAME.update(
    {
        "uniform": RandomUniform, "normal": RandomNormal, "IdentityInitializer": Identity,
        "OrthogonalInitializer": Orthogonal, "zero": Zeros, "one": Ones,
    }
)  # fmt: skip
CUSTOM = {}  # what `register_keras_serializable` and `custom_object_scope` add


def get(identifier):
    """The initializer that a name, a configuration, a class, an instance or a function means."""
    if _lens.is_unknown(identifier) or identifier is None:
        return identifier
    if isinstance(identifier, dict):
        cls = BY_NAME.get(identifier.get("class_name")) or CUSTOM.get(identifier.get("class_name"))
        return cls.from_config(identifier.get("config", {}))
    if isinstance(identifier, str):
        if identifier == "constant":
            raise KeyError(identifier)
        found = BY_NAME.get(identifier) or CUSTOM.get(identifier)
        if found is None:
            _lens.refuse("ValueError", "Unknown initializer: " + identifier)
        return found() if isinstance(found, type) else found
    if isinstance(identifier, type):
        return identifier()
    return identifier


def renewed(value):
    """An initializer as a layer's configuration makes it again: another one, of the same seed."""
    return copy.copy(value) if not _lens.is_unknown(value) and isinstance(value, Initializer) else value


def serialize(initializer):
    return {"class_name": type(initializer).__name__, "config": initializer.get_config()}


deserialize = get
zeros = zero = Zeros
ones = one = Ones
constant = Constant
identity = IdentityInitializer = Identity
normal = random_normal = RandomNormal
uniform = random_uniform = RandomUniform
truncated_normal = TruncatedNormal
variance_scaling = VarianceScaling
glorot_uniform, glorot_normal = GlorotUniform, GlorotNormal
lecun_uniform, lecun_normal = LecunUniform, LecunNormal
he_uniform, he_normal = HeUniform, HeNormal
orthogonal = OrthogonalInitializer = Orthogonal
