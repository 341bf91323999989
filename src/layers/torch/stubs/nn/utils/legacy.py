"""weight_norm and spectral_norm as forward hooks: they replace a parameter by two."""

import torch
from torch._native import recomputed
from torch.nn.functional import normalize
from torch.nn.parameter import Parameter


def _norm_except_dim(weight, dim):
    if dim is None or dim == -1:
        return torch.norm(weight)
    axes = [axis for axis in range(weight.dim()) if axis != dim]
    return torch.norm(weight, dim=axes, keepdim=True)


class WeightNorm:
    def __init__(self, name, dim):
        self.name = name
        self.dim = dim

    def weight(self, module):
        return normalize(getattr(module, self.name + "_v")) * getattr(module, self.name + "_g")

    def __call__(self, module, inputs):
        setattr(module, self.name, self.weight(module))


class SpectralNorm(WeightNorm):
    def weight(self, module):
        return normalize(getattr(module, self.name + "_orig"))


def weight_norm(module, name="weight", dim=0):
    if name + "_v" in module._parameters:
        raise RuntimeError("Cannot register two weight_norm hooks on the same parameter " + name)
    weight = getattr(module, name)
    del module._parameters[name]
    g = Parameter(_norm_except_dim(weight.data, dim))
    v = Parameter(weight.data)
    module.register_parameter(name + "_g", g)
    module.register_parameter(name + "_v", v)
    setattr(module, name, recomputed(torch.empty(weight.shape), module, "weight_norm"))
    module.register_forward_pre_hook(WeightNorm(name, dim))
    return module


def _restore(module, name, suffixes):
    if name + suffixes[0] not in module._parameters:
        raise ValueError(f"no normed {name} was found in {type(module).__name__}")
    weight = module._parameters.pop(name + suffixes[0])
    for suffix in suffixes[1:]:
        module._parameters.pop(name + suffix, None)
        module._buffers.pop(name + suffix, None)
    if name in module.__dict__:
        delattr(module, name)
    module.register_parameter(name, weight)
    return module


def remove_weight_norm(module, name="weight"):
    return _restore(module, name, ("_v", "_g"))


def spectral_norm(module, name="weight", n_power_iterations=1, eps=1e-12, dim=None):
    weight = module._parameters[name]
    if dim is None:
        transposed = ("ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d")
        dim = 1 if type(module).__name__ in transposed else 0
    height = weight.size(dim)
    del module._parameters[name]
    module.register_parameter(name + "_orig", weight)
    setattr(module, name, weight.data)
    module.register_buffer(name + "_u", torch.empty(height))
    module.register_buffer(name + "_v", torch.empty(weight.numel() // height))
    module.register_forward_pre_hook(SpectralNorm(name, dim))
    return module


def remove_spectral_norm(module, name="weight"):
    return _restore(module, name, ("_orig", "_u", "_v"))
