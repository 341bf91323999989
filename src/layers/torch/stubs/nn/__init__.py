from torch.nn import functional, init, modules, parallel, parameter, utils
from torch.nn.modules import *
from torch.nn.parallel import DataParallel
from torch.nn.parameter import Buffer, Parameter, UninitializedBuffer, UninitializedParameter


def factory_kwargs(kwargs):
    return {name: kwargs[name] for name in ("device", "dtype", "memory_format") if name in kwargs}
