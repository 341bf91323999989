import os
from importlib.machinery import ModuleSpec, SourceFileLoader


def find_spec(name, package=None):
    return ModuleSpec(name, None) if module_exists(name) else None


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None):
    location = os.fspath(location)
    return ModuleSpec(name, loader or SourceFileLoader(name, location), origin=location)


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    return ModuleSpec(name, loader, origin=origin or getattr(loader, "path", None))


def module_from_spec(spec):
    return load_path(spec.name, spec.origin)
