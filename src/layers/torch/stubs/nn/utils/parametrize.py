from torch._native import become_part, recomputed
from torch.nn.modules.container import ModuleDict, ModuleList
from torch.nn.modules.module import Module
from torch.nn.parameter import Parameter, is_tensor


class ParametrizationList(ModuleList):
    """Keeps the tensors that a parametrized tensor is computed from."""

    def __init__(self, modules, original, unsafe=False):
        super().__init__(modules)
        self.unsafe = unsafe
        new = original
        for module in reversed(modules):
            if hasattr(module, "right_inverse"):
                new = module.right_inverse(new)
        self.is_tensor = is_tensor(new)
        if self.is_tensor:
            original.data = new
            self._keep("original", original, original)
        else:
            self.ntensors = len(new)
            for i, part in enumerate(new):
                self._keep(f"original{i}", Parameter(part) if isinstance(original, Parameter) else part, original)

    def _keep(self, name, tensor, original):
        if isinstance(original, Parameter):
            self.register_parameter(name, tensor)
        else:
            self.register_buffer(name, tensor)

    def forward(self):
        if self.is_tensor:
            x = self[0](self.original)
        else:
            x = self[0](*[getattr(self, f"original{i}") for i in range(self.ntensors)])
        for module in list(self)[1:]:
            x = module(x)
        return x


def _parametrized_class(module):
    cls = type(module)
    return type(f"Parametrized{cls.__name__}", (cls,), {"_parametrized_from": cls})


def _property(name):
    def computed(self):
        kept = self.parametrizations[name]
        return recomputed(kept(), kept, f"the parametrization of {name}")

    return property(computed)


def register_parametrization(module, tensor_name, parametrization, *, unsafe=False):
    if is_parametrized(module, tensor_name):
        module.parametrizations[tensor_name].append(parametrization)
        return module
    original = getattr(module, tensor_name)
    parametrizations = ParametrizationList([parametrization], original, unsafe=unsafe)
    delattr(module, tensor_name)
    if not is_parametrized(module):
        module.__class__ = _parametrized_class(module)
        module.parametrizations = ModuleDict()
    setattr(module.__class__, tensor_name, _property(tensor_name))
    module.parametrizations[tensor_name] = parametrizations
    become_part(parametrizations, module)
    return module


def is_parametrized(module, tensor_name=None):
    parametrizations = module._modules.get("parametrizations")
    if parametrizations is None:
        return False
    return len(parametrizations) > 0 if tensor_name is None else tensor_name in parametrizations


def remove_parametrizations(module, tensor_name, leave_parametrized=True):
    kept = module.parametrizations[tensor_name]
    original = kept.original if kept.is_tensor else kept.original1
    del module.parametrizations[tensor_name]
    delattr(module.__class__, tensor_name)
    if not is_parametrized(module):
        module.__class__ = module.__class__._parametrized_from
        del module.parametrizations
    module.register_parameter(tensor_name, original)
    return module


def type_before_parametrizations(module):
    return type(module)._parametrized_from if is_parametrized(module) else type(module)


def cached():
    from contextlib import nullcontext

    return nullcontext()
