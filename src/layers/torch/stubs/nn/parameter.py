from torch._native import Parameter, Tensor, fresh_parameter, is_tensor, materialize
import torch

fresh = fresh_parameter


class UninitializedTensorMixin:
    _lazy = True

    def materialize(self, shape, device=None, dtype=None):
        materialize(self, shape)
        self._lazy = False


class UninitializedParameter(UninitializedTensorMixin, Parameter):
    def __new__(cls, requires_grad=True, device=None, dtype=None):
        return Parameter.__new__(cls, torch.empty(0, dtype=dtype), requires_grad)


class Buffer(Tensor):
    def __new__(cls, data=None, *, persistent=True):
        return torch.empty(0) if data is None else data


class UninitializedBuffer(UninitializedTensorMixin, Tensor):
    def __new__(cls, requires_grad=False, device=None, dtype=None, persistent=True):
        return Tensor._make_subclass(cls, torch.empty(0, dtype=dtype), requires_grad)


def is_lazy(value):
    return isinstance(value, UninitializedTensorMixin) and value._lazy


def vector(size, value, dtype):
    return torch.full((size,), value, dtype=dtype)


def scalar_count():
    return torch.tensor(0, dtype=torch.long)
