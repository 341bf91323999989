"""keras.layers.experimental: where preprocessing layers used to be."""

from keras import layers as preprocessing
from keras.layers import *
