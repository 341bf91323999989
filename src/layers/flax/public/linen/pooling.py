"""flax.linen.pooling."""

from flax.linen import *
