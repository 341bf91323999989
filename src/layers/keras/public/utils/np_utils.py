"""keras.utils.np_utils."""

from keras.utils import normalize, to_categorical
