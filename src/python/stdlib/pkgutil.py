import importlib
import os


def get_data(package, resource):
    """The bytes of a file inside a package."""
    module = importlib.import_module(package)
    with open(os.path.join(os.path.dirname(module.__file__), resource)) as file:
        return file.read().encode()


class ModuleInfo(tuple):
    def __new__(cls, module_finder, name, ispkg):
        return super().__new__(cls, (module_finder, name, ispkg))

    module_finder = property(lambda self: self[0])
    name = property(lambda self: self[1])
    ispkg = property(lambda self: self[2])


def iter_modules(path=None, prefix=""):
    """Packages and modules in folders, by name."""
    for folder in path or []:
        for one in sorted(os.listdir(folder)):
            name, suffix = os.path.splitext(one)
            inside = os.path.join(folder, one)
            is_package = os.path.isdir(inside) is True and "__init__.py" in os.listdir(inside)
            if is_package or (suffix == ".py" and name != "__init__"):
                yield ModuleInfo(None, prefix + name, is_package)


def walk_packages(path=None, prefix="", onerror=None):
    for info in iter_modules(path, prefix):
        yield info
        if info.ispkg:
            yield from walk_packages(importlib.import_module(info.name).__path__, info.name + ".", onerror)
