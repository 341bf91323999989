"""haiku.initializers."""

from _haiku.initializers import (
    Constant, Identity, Initializer, Orthogonal, RandomNormal, RandomUniform, TruncatedNormal, UniformScaling,
    VarianceScaling,
)  # fmt: skip
