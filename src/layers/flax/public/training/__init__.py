"""flax.training."""

from flax.training import train_state
