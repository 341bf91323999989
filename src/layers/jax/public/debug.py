"""jax.debug."""

from _keras.inert import nothing as callback
from _keras.inert import nothing as print
