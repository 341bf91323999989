import torch
from torch.nn.functional import normalize
from torch.nn.modules.module import Module
from torch.nn.utils.legacy import _norm_except_dim
from torch.nn.utils.parametrize import register_parametrization


class _WeightNorm(Module):
    def __init__(self, dim=0):
        super().__init__()
        self.dim = -1 if dim is None else dim

    def forward(self, weight_g, weight_v):
        return normalize(weight_v) * weight_g

    def right_inverse(self, weight):
        return _norm_except_dim(weight, self.dim), weight


class _SpectralNorm(Module):
    def __init__(self, weight, n_power_iterations=1, dim=0, eps=1e-12):
        super().__init__()
        self.dim = dim if dim >= 0 else dim + weight.ndim
        self.eps = eps
        if weight.ndim > 1:
            self.n_power_iterations = n_power_iterations
            height = weight.size(self.dim)
            self.register_buffer("_u", torch.empty(height))
            self.register_buffer("_v", torch.empty(weight.numel() // height))

    def forward(self, weight):
        return normalize(weight)

    def right_inverse(self, value):
        return value


class _Orthogonal(Module):
    def __init__(self, weight, orthogonal_map=None, use_trivialization=True):
        super().__init__()
        self.shape = weight.shape
        if use_trivialization:
            size = max(weight.size(-2), weight.size(-1))
            self.register_buffer("base", torch.empty(weight.shape[:-2] + (size, size)))

    def forward(self, X):
        return normalize(X)

    def right_inverse(self, Q):
        return torch.empty(Q.shape).exponential_()


def weight_norm(module, name="weight", dim=0):
    register_parametrization(module, name, _WeightNorm(dim), unsafe=True)
    return module


def spectral_norm(module, name="weight", n_power_iterations=1, eps=1e-12, dim=None):
    weight = getattr(module, name)
    if dim is None:
        transposed = ("ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d")
        dim = 1 if type(module).__name__ in transposed else 0
    register_parametrization(module, name, _SpectralNorm(weight, n_power_iterations, dim, eps))
    return module


def orthogonal(module, name="weight", orthogonal_map=None, *, use_trivialization=True):
    register_parametrization(module, name, _Orthogonal(getattr(module, name), orthogonal_map, use_trivialization))
    return module
