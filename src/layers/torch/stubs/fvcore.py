"""How fvcore fills a layer as Caffe2 did."""

from torch import nn


def _fill(layer, scheme, **options):
    scheme(layer.weight, **options)
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)


def c2_xavier_fill(module):
    _fill(module, nn.init.kaiming_uniform_, a=1)


def c2_msra_fill(module):
    _fill(module, nn.init.kaiming_normal_, mode="fan_out", nonlinearity="relu")
