"""flax.linen.recurrent."""

from flax.linen import *
