"""flax.linen.transforms."""

from flax.linen import *
