"""keras.activations."""

from _keras.activations import *
from _keras.activations import deserialize, get, serialize
