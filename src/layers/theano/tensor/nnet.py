"""theano.tensor.nnet."""

import _lens
from _arrays.elementwise import same_shape
from _keras.activations import elu, hard_sigmoid, relu, sigmoid, softmax, softplus

ultra_fast_sigmoid = sigmoid


def conv2d(input, filters, *args, **kwargs):
    return _lens.unknown("result of a convolution")


categorical_crossentropy = binary_crossentropy = conv2d
