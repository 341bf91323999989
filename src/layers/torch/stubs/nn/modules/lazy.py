from torch.nn.parameter import is_lazy

__all__ = []


class LazyModuleMixin:
    """A layer whose sizes come from its first input."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)

    def has_uninitialized_params(self):
        tensors = list(self._parameters.values()) + list(self._buffers.values())
        return any(is_lazy(tensor) for tensor in tensors)

    def __call__(self, *args, **kwargs):
        if self.has_uninitialized_params():
            self.initialize_parameters(*args, **kwargs)
        return self._run_forward(*args, **kwargs)
