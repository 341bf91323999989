"""flax.linen.normalization."""

from flax.linen import *
