"""flax.linen.attention."""

from flax.linen import *
