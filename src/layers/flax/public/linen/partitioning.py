"""flax.linen.partitioning."""

from _flax.module import remat, scan, vmap
from _flax.module import named_call as with_sharding_constraint
