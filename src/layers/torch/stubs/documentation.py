"""Decorators that write documentation and leave what they are given as it is."""


def auto_docstring(obj=None, **options):
    return (lambda same: same) if obj is None else obj


def auto_class_docstring(cls, **options):
    return cls


auto_method_docstring = auto_class_docstring
