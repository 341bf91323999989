"""flax."""

from flax import core, jax_utils, linen, nnx, serialization, struct, training, traverse_util
from flax import errors

__version__ = "0.12.8"
