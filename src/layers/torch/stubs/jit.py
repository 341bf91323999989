"""Compilers see the program they are given; here it is left as it is."""

from torch.nn.modules.module import Module

Final = list


class ScriptModule(Module):
    pass


class RecursiveScriptModule(ScriptModule):
    pass


def _same(obj=None, *args, **kwargs):
    if obj is None:
        return lambda function: function
    return obj


script = _same


def trace(func, example_inputs=None, *args, **kwargs):
    if example_inputs is not None:
        func(*example_inputs) if isinstance(example_inputs, (tuple, list)) else func(example_inputs)
    return func


script_method = _same
export = _same
unused = _same
interface = _same
freeze = _same
optimize_for_inference = _same
_overload_method = _same
_overload = _same
_script_if_tracing = _same
script_if_tracing = _same


def ignore(drop=False, **kwargs):
    return drop if callable(drop) else (lambda function: function)


def is_scripting():
    return False


def is_tracing():
    return False


def annotate(type, value):
    return value


def isinstance(obj, target):
    import builtins

    return builtins.isinstance(obj, target)
