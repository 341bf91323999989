"""flax.linen.module."""

from flax.linen import *
