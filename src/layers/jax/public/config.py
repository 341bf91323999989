"""jax.config."""

from _keras.inert import nothing as update
