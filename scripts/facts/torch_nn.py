"""Records every class of torch.nn: what an instance's attributes and parameters are.

    python scripts/facts/torch_nn.py test/facts/torch_nn.json

One record a class (or more, where arguments matter): {"expr", "class", "bases", "attributes", "parameters",
"buffers", "modules"}. Attributes are those that are plain numbers, text, None or tuples of them.
"""

import inspect
import json
import sys
import warnings

warnings.filterwarnings("ignore")

import torch
import torch.nn as nn

ARGUMENTS = {
    "AdaptiveLogSoftmaxWithLoss": "64, 1000, [10, 100]",
    "Bilinear": "3, 4, 5",
    "ChannelShuffle": "2",
    "Container": "a=nn.Linear(2, 3)",
    "DataParallel": "nn.Linear(2, 3)",
    "Embedding": "10, 4, padding_idx=-1",
    "EmbeddingBag": "10, 4",
    "Flatten": "",
    "Fold": "(4, 5), (2, 3)",
    "FractionalMaxPool2d": "2, output_size=(3, 4)",
    "FractionalMaxPool3d": "2, output_ratio=0.5",
    "GroupNorm": "2, 4",
    "Hardtanh": "-2.0, 3.0",
    "LayerNorm": "(4, 5)",
    "LPPool1d": "2, 3",
    "LPPool2d": "2, 3",
    "LPPool3d": "2, 3",
    "LinearCrossEntropyLoss": "4, 5",
    "LocalResponseNorm": "3",
    "CrossMapLRN2d": "3",
    "Linear": "3, 4",
    "LazyLinear": "4",
    "ModuleDict": "{'a': nn.Linear(2, 3), 'b': nn.ReLU()}",
    "ModuleList": "[nn.Linear(2, 3), nn.ReLU()]",
    "MultiheadAttention": "8, 2, add_bias_kv=True",
    "ParameterDict": "{'a': torch.zeros(2, 3), 'b': nn.Parameter(torch.ones(1))}",
    "ParameterList": "[torch.zeros(2, 3), nn.Parameter(torch.ones(1))]",
    "PixelShuffle": "2",
    "PixelUnshuffle": "2",
    "RMSNorm": "4",
    "RNNBase": "'LSTM', 3, 4",
    "RNNCellBase": "3, 4, True, 2",
    "Sequential": "nn.Linear(2, 3), nn.ReLU()",
    "SyncBatchNorm": "4",
    "Threshold": "0.5, 1.5",
    "Transformer": "8, 2, 1, 1, 16",
    "TransformerDecoder": "nn.TransformerDecoderLayer(8, 2, 16), 2",
    "TransformerDecoderLayer": "8, 2, 16",
    "TransformerEncoder": "nn.TransformerEncoderLayer(8, 2, 16), 2",
    "TransformerEncoderLayer": "8, 2, 16",
    "Unflatten": "1, (2, 3)",
    "Unfold": "2",
    "Upsample": "scale_factor=2",
    "UpsamplingBilinear2d": "scale_factor=2",
    "UpsamplingNearest2d": "size=(4, 5)",
    "ZeroPad2d": "(1, 2, 3, 4)",
}
PREFIXES = [
    ("LazyConvTranspose", "4, 3, stride=2"),
    ("LazyConv", "4, 3, padding=1"),
    ("ConvTranspose", "4, 6, 3, stride=2, groups=2"),
    ("ConstantPad", "1, 2.0"),
    ("Conv", "4, 6, 3, padding='same', dilation=2"),
    ("BatchNorm", "4"),
    ("InstanceNorm", "4, affine=True"),
    ("AdaptiveAvgPool", "2"),
    ("AdaptiveMaxPool", "2"),
    ("MaxUnpool", "2"),
    ("MaxPool", "3, 2"),
    ("AvgPool", "3"),
    ("LSTMCell", "3, 4"),
    ("GRUCell", "3, 4"),
    ("RNNCell", "3, 4"),
    ("LSTM", "3, 4, 2, bidirectional=True, proj_size=2"),
    ("GRU", "3, 4, bias=False"),
    ("RNN", "3, 4"),
]
MORE = [
    "nn.Conv2d(4, 6, (3, 5), padding=(1, 2), stride=2)",
    "nn.BatchNorm2d(4, affine=False, track_running_stats=False)",
    "nn.utils.weight_norm(nn.Conv1d(2, 3, 5))",
    "nn.utils.weight_norm(nn.Linear(2, 3), dim=None)",
    "nn.utils.spectral_norm(nn.ConvTranspose2d(2, 3, 3))",
    "nn.utils.parametrizations.weight_norm(nn.Linear(2, 3))",
    "nn.utils.parametrizations.weight_norm(nn.Conv1d(2, 3, 5, bias=False), dim=2)",
    "nn.utils.parametrizations.spectral_norm(nn.Conv2d(2, 3, 3))",
    "nn.utils.parametrizations.orthogonal(nn.Linear(2, 3))",
    "nn.utils.remove_weight_norm(nn.utils.weight_norm(nn.Linear(2, 3)))",
    "nn.utils.parametrize.remove_parametrizations(nn.utils.parametrizations.weight_norm(nn.Linear(2, 3)), 'weight')",
    "nn.SyncBatchNorm.convert_sync_batchnorm(nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2)))",
    "nn.LSTM(3, 4, num_layers=2, bias=False, batch_first=True)",
    "nn.Embedding.from_pretrained(torch.zeros(3, 4))",
]
ABSTRACT = {"Module", "Parameter", "Buffer", "UninitializedParameter", "UninitializedBuffer", "LinearCrossEntropyOptions"}


def plain(value):
    if isinstance(value, (list, tuple)):
        return all(plain(item) for item in value)
    return value is None or isinstance(value, (bool, int, float, str))


def arguments(name):
    if name in ARGUMENTS:
        return ARGUMENTS[name]
    for prefix, text in PREFIXES:
        if name.startswith(prefix):
            return text
    if "Pad" in name:
        return "1"
    return ""


def sizes(tensors):
    lazy = nn.parameter.UninitializedTensorMixin
    return [[name, None if isinstance(t, lazy) else list(t.shape)] for name, t in tensors]


def record(expr):
    module = eval(expr)
    bare = set(nn.Module().__dict__)
    return {
        "expr": expr,
        "class": type(module).__name__,
        "bases": [c.__name__ for c in type(module).__mro__ if c.__module__.startswith("torch.nn")],
        "attributes": {
            name: value for name, value in module.__dict__.items() if name not in bare and not name.startswith("_") and plain(value)
        },
        "parameters": sizes(module.named_parameters()),
        "buffers": sizes(module.named_buffers()),
        "modules": [[name, type(m).__name__] for name, m in module.named_modules()][1:],
    }


def main():
    names = [name for name in dir(nn) if inspect.isclass(getattr(nn, name)) and name not in ABSTRACT]
    exprs = [f"nn.{name}({arguments(name)})" for name in names] + MORE
    with open(sys.argv[1], "w") as file:
        file.write('{"torch":"%s","records":[\n' % torch.__version__.split("+")[0])
        file.write(",\n".join(json.dumps(record(expr), separators=(",", ":")) for expr in exprs))
        file.write("\n]}\n")


if __name__ == "__main__":
    main()
