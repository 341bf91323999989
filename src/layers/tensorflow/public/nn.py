"""tf.nn."""

from _tensorflow.nn import *
from _tensorflow.nn import bidirectional_dynamic_rnn, dynamic_rnn, rnn_cell, static_rnn
