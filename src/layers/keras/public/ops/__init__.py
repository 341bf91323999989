"""keras.ops."""

from _keras.ops import *
