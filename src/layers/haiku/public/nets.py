"""haiku.nets."""

from _haiku.nn import MLP
