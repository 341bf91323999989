"""tensorflow.python.ops.init_ops: TensorFlow 1's initializers, also as the classes they are."""

from _keras.initializers import he_normal, he_uniform, lecun_normal, lecun_uniform
from tensorflow.compat.v1 import (
    constant_initializer, glorot_normal_initializer, glorot_uniform_initializer, ones_initializer,
    orthogonal_initializer, random_normal_initializer, random_uniform_initializer, truncated_normal_initializer,
    uniform_unit_scaling_initializer, variance_scaling_initializer, zeros_initializer,
)  # fmt: skip

Zeros, Ones, Constant, Orthogonal = zeros_initializer, ones_initializer, constant_initializer, orthogonal_initializer
RandomNormal, RandomUniform = random_normal_initializer, random_uniform_initializer
TruncatedNormal, VarianceScaling = truncated_normal_initializer, variance_scaling_initializer
UniformUnitScaling = uniform_unit_scaling_initializer
GlorotNormal, GlorotUniform = glorot_normal_initializer, glorot_uniform_initializer
