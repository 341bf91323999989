"""tf.flags."""

from _tensorflow.flagvalues import *
from _tensorflow.flagvalues import FLAGS
