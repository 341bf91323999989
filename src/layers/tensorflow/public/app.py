"""tf.app."""

from _keras.inert import nothing as run
from tensorflow import flags
