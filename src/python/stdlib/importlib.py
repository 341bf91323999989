import sys


def import_module(name, package=None):
    if name.startswith("."):
        level = len(name) - len(name.lstrip("."))
        base = package.split(".")
        base = base[: len(base) - (level - 1)]
        name = ".".join(base + ([name[level:]] if name[level:] else []))
    return load_module(name)


def reload(module):
    return module


def invalidate_caches():
    pass
