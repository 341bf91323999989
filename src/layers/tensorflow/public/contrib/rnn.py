"""tf.contrib.rnn."""

from _tensorflow.rnn import (
    BasicLSTMCell, BasicRNNCell, DropoutWrapper, GRUCell, LSTMCell, MultiRNNCell, static_rnn,
)  # fmt: skip

LSTMBlockCell = LayerNormBasicLSTMCell = BasicLSTMCell
