"""Activation functions: names matter, shapes stay."""

import _lens
from _arrays.elementwise import same_shape
from _arrays.shaping import split


def _activation(name):
    def activation(x, *args, **kwargs):
        return _lens.flow(name, [x] + list(args), same_shape(x))

    activation.__name__ = name
    return activation


relu, sigmoid, softmax, tanh = [_activation(n) for n in ("relu", "sigmoid", "softmax", "tanh")]
elu, selu, gelu, silu = [_activation(n) for n in ("elu", "selu", "gelu", "silu")]
swish, softplus, softsign, exponential = silu, _activation("softplus"), _activation("softsign"), _activation("exponential")
linear, leaky_relu, relu6, mish = [_activation(n) for n in ("linear", "leaky_relu", "relu6", "mish")]
hard_sigmoid, hard_silu, log_softmax, celu = [
    _activation(n) for n in ("hard_sigmoid", "hard_silu", "log_softmax", "celu")
]
hard_swish = hard_silu
log_sigmoid, squareplus, sparsemax = [_activation(n) for n in ("log_sigmoid", "squareplus", "sparsemax")]
hard_tanh, hard_shrink, soft_shrink, tanh_shrink = [
    _activation(n) for n in ("hard_tanh", "hard_shrink", "soft_shrink", "tanh_shrink")
]
threshold, sparse_plus, sparse_sigmoid = [_activation(n) for n in ("threshold", "sparse_plus", "sparse_sigmoid")]
BY_NAME = {
    f.__name__: f
    for f in [
        relu, sigmoid, softmax, tanh, elu, selu, gelu, silu, softplus, softsign, exponential, linear, leaky_relu,
        relu6, mish, hard_sigmoid, hard_silu, log_softmax, celu, log_sigmoid, squareplus, sparsemax, hard_tanh,
        hard_shrink, soft_shrink, tanh_shrink, threshold, sparse_plus, sparse_sigmoid,
    ]
}  # fmt: skip
BY_NAME.update({"swish": silu, "hard_swish": hard_silu})


def glu(x, axis=-1):
    """One half times the sigmoid of the other."""
    first, second = split(x, 2, axis)
    return _lens.flow("glu", [x], first * second)


BY_NAME["glu"] = glu


def get(identifier):
    if identifier is None:
        return linear
    if isinstance(identifier, str):
        return BY_NAME.get(identifier, _activation(identifier))
    return identifier


def serialize(activation):
    return getattr(activation, "__name__", activation)


deserialize = get
