"""Packages whose parts are imported when somebody asks for them."""

import importlib
import os
import re

_IMPORT = re.compile(r"^from \.([\w.]*) import +(?:\(([^)]*)\)|([^\n(]*))", re.M)


def attach(package_name, submodules=None, submod_attrs=None):
    submodules = set(submodules or ())
    places = {name: module for module, names in (submod_attrs or {}).items() for name in names}
    names = sorted(submodules | set(places))

    def __getattr__(name):
        if name in submodules:
            return importlib.import_module(f"{package_name}.{name}")
        if name in places:
            return getattr(importlib.import_module(f"{package_name}.{places[name]}"), name)
        raise AttributeError(f"No {package_name} attribute {name}")

    return __getattr__, lambda: names, list(names)


def attach_stub(package_name, filename):
    """The same for what the type stub beside a file imports."""
    path = filename if filename.endswith("i") else os.path.splitext(filename)[0] + ".pyi"
    with open(path) as file:
        text = file.read()
    if is_unknown(text):
        return unknown(f"the parts of {package_name}"), lambda: [], []
    submodules, attributes = [], {}
    for module, many, few in _IMPORT.findall(re.sub(r"#[^\n]*", "", text)):
        names = [one.split(" as ")[0].strip() for one in (many or few).split(",")]
        names = [name for name in names if name]
        if module:
            attributes.setdefault(module, []).extend(names)
        else:
            submodules.extend(names)
    return attach(package_name, submodules, attributes)


class _Delayed:
    def __init__(self, name):
        self.__name__ = name

    def __getattr__(self, name):
        return getattr(importlib.import_module(self.__name__), name)


def load(fullname, *, require=None, error_on_import=False, suppress_warning=False):
    return _Delayed(fullname)
