"""tf.contrib.rnn."""

from _tensorflow.rnn import (
    BasicLSTMCell, BasicRNNCell, DropoutWrapper, GRUBlockCell, GRUCell, LayerNormBasicLSTMCell, LSTMCell, MultiRNNCell,
    RNNCell, static_rnn,
)  # fmt: skip

LSTMBlockCell = BasicLSTMCell
