"""tensorflow.python: inside TensorFlow."""

import keras
