"""flax.linen.linear."""

from flax.linen import *
from _flax.linen import default_embed_init, default_kernel_init
