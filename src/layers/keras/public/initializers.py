"""keras.initializers."""

from _keras.initializers import *
