"""equinox.nn."""

from _equinox.nn import *
