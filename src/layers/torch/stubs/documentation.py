"""Decorators that write documentation and leave what they are given as it is."""
from types import FunctionType


def auto_docstring(obj=None, **options):
    return (lambda same: same) if obj is None else obj


def auto_class_docstring(cls, **options):
    return cls


auto_method_docstring = auto_class_docstring


def add_start_docstrings(*docstr, **options):
    return lambda same: same


add_start_docstrings_to_model_forward = add_end_docstrings = add_start_docstrings
add_code_sample_docstrings = replace_return_docstrings = add_start_docstrings


def copy_func(f):
    return FunctionType(f.__code__, f.__globals__, f.__name__, f.__defaults__, f.__closure__)
