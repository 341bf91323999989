"""flax.linen.linear."""

from flax.linen import *
