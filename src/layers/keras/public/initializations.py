"""keras.initializations: Keras 1's functions that draw for a shape; none of its normal distributions is truncated."""

from _keras.initializers import Identity, Ones, Orthogonal, RandomNormal, RandomUniform, VarianceScaling, Zeros


def _scaled(scale, mode, distribution):
    def draw(shape, name=None, **kwargs):
        return VarianceScaling(scale, mode, distribution)(shape)

    return draw


lecun_uniform = _scaled(1.0, "fan_in", "uniform")
glorot_uniform = _scaled(1.0, "fan_avg", "uniform")
glorot_normal = _scaled(1.0, "fan_avg", "untruncated_normal")
he_uniform = _scaled(2.0, "fan_in", "uniform")
he_normal = _scaled(2.0, "fan_in", "untruncated_normal")


def uniform(shape, scale=0.05, name=None, **kwargs):
    return RandomUniform(-scale, scale)(shape)


def normal(shape, scale=0.05, name=None, **kwargs):
    return RandomNormal(0.0, scale)(shape)


def orthogonal(shape, scale=1.1, name=None, **kwargs):
    return Orthogonal(scale)(shape)


def identity(shape, scale=1, name=None, **kwargs):
    return Identity(scale)(shape)


def zero(shape, name=None, **kwargs):
    return Zeros()(shape)


def one(shape, name=None, **kwargs):
    return Ones()(shape)


def get(identifier, **kwargs):
    return globals()[identifier] if isinstance(identifier, str) else identifier
