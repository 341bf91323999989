"""flax.linen.activation."""

from flax.linen import *
