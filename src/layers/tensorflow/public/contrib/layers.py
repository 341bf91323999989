"""tf.contrib.layers."""

from _tensorflow.layers import contrib as _contrib
from _tensorflow.layers import variance_scaling_initializer, xavier_initializer, xavier_initializer_conv2d

fully_connected, linear, conv2d, convolution2d = (
    _contrib.fully_connected, _contrib.linear, _contrib.conv2d, _contrib.convolution2d,
)  # fmt: skip
conv2d_transpose, max_pool2d, avg_pool2d = _contrib.conv2d_transpose, _contrib.max_pool2d, _contrib.avg_pool2d
flatten, dropout, batch_norm, l2_regularizer = (
    _contrib.flatten, _contrib.dropout, _contrib.batch_norm, _contrib.l2_regularizer,
)  # fmt: skip
l1_regularizer = l2_regularizer
