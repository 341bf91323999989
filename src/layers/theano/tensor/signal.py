"""theano.tensor.signal."""

from _keras.inert import inert_class

downsample, pool = inert_class("downsample")(), inert_class("pool")()
