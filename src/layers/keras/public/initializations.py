"""keras.initializations, as Keras 1 had it: functions of a shape."""

from _keras import initializers


def uniform(shape, scale=0.05, name=None, dim_ordering="th"):
    return initializers.RandomUniform(-scale, scale)(shape)


def normal(shape, scale=0.05, name=None, dim_ordering="th"):
    return initializers.RandomNormal(stddev=scale)(shape)


def orthogonal(shape, scale=1.1, name=None, dim_ordering="th"):
    return initializers.Orthogonal(gain=scale)(shape)


def identity(shape, scale=1, name=None, dim_ordering="th"):
    return initializers.Identity(gain=scale)(shape)


def zero(shape, name=None, dim_ordering="th"):
    return initializers.Zeros()(shape)


def one(shape, name=None, dim_ordering="th"):
    return initializers.Ones()(shape)


def _by_fan(scale, mode, distribution):
    def draw(shape, name=None, dim_ordering="th"):
        return initializers.VarianceScaling(scale, mode, distribution)(shape)

    return draw


lecun_uniform = _by_fan(1.0, "fan_in", "uniform")
glorot_normal = _by_fan(1.0, "fan_avg", "untruncated_normal")
glorot_uniform = _by_fan(1.0, "fan_avg", "uniform")
he_normal = _by_fan(2.0, "fan_in", "untruncated_normal")
he_uniform = _by_fan(2.0, "fan_in", "uniform")


def get(identifier, **kwargs):
    return globals()[identifier] if isinstance(identifier, str) else identifier
