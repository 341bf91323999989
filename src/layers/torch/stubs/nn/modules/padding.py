from torch.nn import functional as F
from torch.nn.modules.module import Module
from torch.nn.modules.utils import _ntuple


class _Pad(Module):
    """Widens the last dimensions; `sides` is how many numbers the padding has."""

    __constants__ = ["padding"]
    sides = 2
    mode = "constant"

    def __init__(self, padding):
        super().__init__()
        self.padding = _ntuple(self.sides)(padding)

    def forward(self, input):
        return F.pad(input, self.padding, self.mode)


class _ConstantPadNd(_Pad):
    __constants__ = ["padding", "value"]

    def __init__(self, padding, value):
        super().__init__(padding)
        self.value = value


class ConstantPad1d(_ConstantPadNd):
    sides = 2


class ConstantPad2d(_ConstantPadNd):
    sides = 4


class ConstantPad3d(_ConstantPadNd):
    sides = 6


class ZeroPad1d(ConstantPad1d):
    def __init__(self, padding):
        super().__init__(padding, 0.0)


class ZeroPad2d(ConstantPad2d):
    def __init__(self, padding):
        super().__init__(padding, 0.0)


class ZeroPad3d(ConstantPad3d):
    def __init__(self, padding):
        super().__init__(padding, 0.0)


class _ReflectionPadNd(_Pad):
    mode = "reflect"


class ReflectionPad1d(_ReflectionPadNd):
    sides = 2


class ReflectionPad2d(_ReflectionPadNd):
    sides = 4


class ReflectionPad3d(_ReflectionPadNd):
    sides = 6


class _ReplicationPadNd(_Pad):
    mode = "replicate"


class ReplicationPad1d(_ReplicationPadNd):
    sides = 2


class ReplicationPad2d(_ReplicationPadNd):
    sides = 4


class ReplicationPad3d(_ReplicationPadNd):
    sides = 6


class _CircularPadNd(_Pad):
    mode = "circular"


class CircularPad1d(_CircularPadNd):
    sides = 2


class CircularPad2d(_CircularPadNd):
    sides = 4


class CircularPad3d(_CircularPadNd):
    sides = 6
