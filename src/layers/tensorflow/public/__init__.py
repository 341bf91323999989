"""tensorflow."""

import keras
from _tensorflow.api import *
from _tensorflow.api import __version__
from tensorflow import (
    app, autograph, compat, config, contrib, data, debugging, distribute, dtypes, errors, estimator, flags, initializers,
    io, layers, linalg, logging, losses, math, metrics, nn, optimizers, python, random, saved_model, signal, strings,
    summary, test, train,
)  # fmt: skip
from _keras.ops import image
