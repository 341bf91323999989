"""flax.linen.stochastic."""

from flax.linen import *
