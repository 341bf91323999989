"""flax.linen.initializers."""

from jax.nn.initializers import *
