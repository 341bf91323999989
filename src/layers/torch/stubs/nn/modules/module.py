from torch._native import ModuleBase, load_unknown, note_apply

__all__ = ["Module"]


class Module(ModuleBase):
    """Registration, look-up and traversal are native; what only combines them is here."""

    dump_patches = False
    _version = 1
    call_super_init = False

    def forward(self, *input):
        raise NotImplementedError(f'Module [{type(self).__name__}] is missing the required "forward" function')

    def __call__(self, *args, **kwargs):
        for hook in self._hooks_in("_forward_pre_hooks"):
            changed = hook(self, args)
            if changed is not None:
                args = changed if isinstance(changed, tuple) else (changed,)
        result = self._run_forward(*args, **kwargs)
        for hook in self._hooks_in("_forward_hooks"):
            changed = hook(self, args, result)
            if changed is not None:
                result = changed
        return result

    def _call_impl(self, *args, **kwargs):
        return self.__call__(*args, **kwargs)

    def apply(self, fn):
        note_apply(self, fn)
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def _apply(self, fn, recurse=True):
        if recurse:
            for module in self.children():
                module._apply(fn)
        for parameter in self._parameters.values():
            if parameter is not None:
                parameter.data = fn(parameter.data)
        for name, buffer in self._buffers.items():
            if buffer is not None:
                self._buffers[name] = fn(buffer)
        return self

    def get_parameter(self, target):
        path, _, name = target.rpartition(".")
        return getattr(self.get_submodule(path), name)

    def get_buffer(self, target):
        path, _, name = target.rpartition(".")
        return getattr(self.get_submodule(path), name)

    def set_submodule(self, target, module, strict=False):
        path, _, name = target.rpartition(".")
        setattr(self.get_submodule(path), name, module)

    def _get_name(self):
        return type(self).__name__

    def extra_repr(self):
        return ""

    def __repr__(self):
        return f"{self._get_name()}({self.extra_repr()})"

    def __dir__(self):
        names = list(self.__dict__) + list(self._parameters) + list(self._modules) + list(self._buffers)
        return sorted(set(names + dir(type(self))))

    def train(self, mode=True):
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none=True):
        pass

    def to(self, *args, **kwargs):
        return self

    def cpu(self):
        return self

    def cuda(self, device=None):
        return self

    def xpu(self, device=None):
        return self

    def type(self, dst_type):
        return self

    def float(self):
        return self

    def double(self):
        return self

    def half(self):
        return self

    def bfloat16(self):
        return self

    def to_empty(self, *, device=None, recurse=True):
        for tensor in self.parameters():
            tensor.data = tensor.new_empty(tensor.shape)
        return self

    def share_memory(self):
        return self

    def compile(self, *args, **kwargs):
        pass

    def state_dict(self, *args, destination=None, prefix="", keep_vars=False):
        state = {} if destination is None else destination
        for name, parameter in self.named_parameters(remove_duplicate=False):
            state[prefix + name] = parameter if keep_vars else parameter.detach()
        for path, module in self.named_modules(remove_duplicate=False):
            for name, buffer in module._buffers.items():
                if buffer is not None and name not in module._non_persistent_buffers_set:
                    state[prefix + (path + "." if path else "") + name] = buffer
        return state

    def load_state_dict(self, state_dict, strict=True, assign=False):
        own = dict(self.named_parameters(remove_duplicate=False))
        if load_unknown(list(own.values()), state_dict):
            return _IncompatibleKeys([], [])
        for name, parameter in own.items():
            if name in state_dict:
                parameter.data.copy_(state_dict[name])
        return _IncompatibleKeys([], [])

    def get_extra_state(self):
        raise RuntimeError("no extra state")

    def set_extra_state(self, state):
        raise RuntimeError("no extra state")

    def register_forward_pre_hook(self, hook, *, prepend=False, with_kwargs=False):
        return _register(self._forward_pre_hooks, hook)

    def register_forward_hook(self, hook, *, prepend=False, with_kwargs=False, always_call=False):
        return _register(self._forward_hooks, hook)

    def register_backward_hook(self, hook):
        return _register(self._backward_hooks, hook)

    def register_full_backward_hook(self, hook, prepend=False):
        return _register(self._backward_hooks, hook)

    def register_full_backward_pre_hook(self, hook, prepend=False):
        return _register(self._backward_hooks, hook)

    def register_state_dict_pre_hook(self, hook):
        return _register(self._state_dict_pre_hooks, hook)

    def register_state_dict_post_hook(self, hook):
        return _register(self._state_dict_hooks, hook)

    def _register_state_dict_hook(self, hook):
        return _register(self._state_dict_hooks, hook)

    def register_load_state_dict_pre_hook(self, hook):
        return _register(self._load_state_dict_pre_hooks, hook)

    def register_load_state_dict_post_hook(self, hook):
        return _register(self._load_state_dict_post_hooks, hook)

    def _register_load_state_dict_pre_hook(self, hook, with_module=False):
        return _register(self._load_state_dict_pre_hooks, hook)

    def _load_from_state_dict(self, state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs):
        pass

    def _save_to_state_dict(self, destination, prefix, keep_vars):
        pass

    def _named_members(self, get_members_fn, prefix="", recurse=True, remove_duplicate=True):
        for path, module in self.named_modules(prefix=prefix) if recurse else [(prefix, self)]:
            for name, member in get_members_fn(module):
                if member is not None:
                    yield path + ("." if path else "") + name, member


class _IncompatibleKeys(tuple):
    def __new__(cls, missing_keys, unexpected_keys):
        return super().__new__(cls, (missing_keys, unexpected_keys))

    @property
    def missing_keys(self):
        return self[0]

    @property
    def unexpected_keys(self):
        return self[1]


class RemovableHandle:
    def __init__(self, hooks, key):
        self.hooks = hooks
        self.id = key

    def remove(self):
        self.hooks.pop(self.id, None)


def _register(hooks, hook):
    handle = RemovableHandle(hooks, len(hooks))
    hooks[handle.id] = hook
    return handle


def register_module_forward_hook(hook, *, with_kwargs=False, always_call=False):
    return RemovableHandle({}, 0)
