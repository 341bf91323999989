import importlib
import os
from importlib.util import spec_from_file_location


def get_data(package, resource):
    """The bytes of a file inside a package."""
    module = importlib.import_module(package)
    with open(os.path.join(os.path.dirname(module.__file__), resource)) as file:
        return file.read().encode()


class _Finder:
    """Finds the modules of one folder."""

    def __init__(self, path):
        self.path = path

    def find_spec(self, fullname, target=None):
        inside = os.path.join(self.path, fullname.rpartition(".")[2])
        package = os.path.join(inside, "__init__.py")
        return spec_from_file_location(fullname, package if os.path.isfile(package) is True else inside + ".py")

    def find_module(self, fullname, path=None):
        return self.find_spec(fullname).loader


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
                yield ModuleInfo(_Finder(folder), prefix + name, is_package)


def walk_packages(path=None, prefix="", onerror=None):
    for info in iter_modules(path, prefix):
        # Who loads a whole package this way fills its registries: its modules run when they are asked for.
        yield ModuleInfo(None, info.name, info.ispkg)
        if info.ispkg:
            yield from walk_packages(importlib.import_module(info.name).__path__, info.name + ".", onerror)
