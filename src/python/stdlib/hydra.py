"""Hydra: configurations composed of files, objects made from them."""

import contextlib
import functools
import os
import re

import yaml
from omegaconf import MISSING, DictConfig, ListConfig, OmegaConf
from pydoc import locate

__version__ = "1.3.2"

# Only comments and empty lines may stand before it.
_HEADER = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*?[ \t]*#\s*@package\s+(\S+)")
_NAMED = re.compile(r"\$\{([^${}:]*)\}")
# Keys of an object's description that are no arguments of it.
_DIRECTIONS = ("_target_", "_args_", "_convert_", "_recursive_", "_partial_")


class MissingConfigException(IOError):
    pass


class InstantiationException(Exception):
    pass


# ── objects ──
def instantiate(config, *args, **kwargs):
    if config is None or is_unknown(config):
        return config
    # What is given besides may be an object, which no configuration holds.
    direct = {key: kwargs.pop(key) for key in list(kwargs) if not isinstance(kwargs[key], (dict, DictConfig))}
    config = config if OmegaConf.is_config(config) else OmegaConf.create(config)
    config = OmegaConf.merge(config, kwargs) if kwargs else config
    recursive = direct.pop("_recursive_", True)
    convert = direct.pop("_convert_", "none")
    return _made(config, recursive, convert, direct.pop("_partial_", False), args, direct)


call = instantiate


def _made(node, recursive, convert, partial, args=(), direct={}):
    if isinstance(node, ListConfig):
        items = [_made(one, recursive, convert, False) for one in node]
        return _holding(items) if convert == "none" else items
    if not isinstance(node, DictConfig):
        return node
    given = {**{key: node._content[key] for key in node._content if key in _DIRECTIONS}, **direct}
    convert = given.get("_convert_", convert)
    recursive = given.get("_recursive_", recursive)
    partial = given.get("_partial_", partial)
    entries = {key: node[key] for key in node._content if key not in _DIRECTIONS and key in node}
    entries.update((key, value) for key, value in direct.items() if key not in _DIRECTIONS)
    for key, value in entries.items():
        entries[key] = _made(value, recursive, convert, False) if recursive else _converted(value, convert)
    target = given.get("_target_")
    if target is None:
        return _holding(entries) if convert == "none" else entries
    target = locate(target) if isinstance(target, str) else target
    if target is None:
        raise InstantiationException(f"Error locating target '{given['_target_']}'")
    args = args or tuple(_made(node["_args_"], recursive, "all", False) if "_args_" in given else ())
    return functools.partial(target, *args, **entries) if partial else target(*args, **entries)


def _holding(content):
    """A configuration with these very objects in it."""
    node = DictConfig() if isinstance(content, dict) else ListConfig()
    object.__setattr__(node, "_content", content)
    return node


def _converted(value, convert):
    is_plain = convert in ("all", "partial", "object") and OmegaConf.is_config(value)
    return OmegaConf.to_container(value, resolve=True) if is_plain else value


# ── files ──
class _Source:
    """Where configurations are looked for, and what the program stored itself."""

    folder = None
    stored = {}

    def load(self, path):
        """Header and content of a configuration; None where there is none that can be read."""
        if path in self.stored:
            package, content = self.stored[path]
            return package, OmegaConf.create(content)
        if self.folder is None:
            return None
        name = path if path.endswith((".yaml", ".yml")) else path + ".yaml"
        with open(os.path.join(self.folder, name)) as stream:
            text = stream.read()
        if is_unknown(text):
            return None
        header = _HEADER.match(text)
        return (header and header.group(1)), OmegaConf.create(text)


_source = _Source()


class _Composition:
    def __init__(self, choices):
        # What is chosen of each group, whatever the lists say: `override` and the command line.
        self.choices = choices
        self.chosen = dict(choices)
        self.parts = []

    def add(self, path, package, is_optional=False):
        loaded = _source.load(path)
        if loaded is None:
            if not is_optional:
                self.parts.append((package, unknown(f"the configuration {path}")))
            return
        header, config = loaded
        if header is not None:
            package = _joined("", header)
        if not isinstance(config, DictConfig):
            self.parts.append((package, config))
            return
        defaults = list(config.pop("defaults", []))
        folder = path.rpartition("/")[0]
        if "_self_" not in defaults:
            defaults.append("_self_")
        for one in defaults:
            if one == "_self_":
                self.parts.append((package, config))
            elif isinstance(one, str):
                self.add_named(one, folder, package)
            else:
                for group, option in one.items():
                    self.add_group(group, option, folder, package)

    def add_named(self, name, folder, package):
        name, _, own = name.partition("@")
        relative = name.lstrip("/")
        own = own or relative.rpartition("/")[0].replace("/", ".")
        self.add(self._filled(_path(name, folder)), _joined(package, own))

    def add_group(self, group, option, folder, package):
        *marks, group = group.split(" ")
        group, _, own = group.partition("@")
        key = _path(group, folder)
        if key.split("/")[0] == "hydra":
            return
        if "override" in marks:
            self.choices.setdefault(key, option)
            return
        option = self.choices.get(key, option)
        self.chosen[key] = option
        own = own or group.lstrip("/").replace("/", ".")
        for one in option if isinstance(option, (list, ListConfig)) else [option]:
            if one is not None and one != MISSING:
                self.add(self._filled(f"{key}/{one}"), _joined(package, own), "optional" in marks)

    def _filled(self, text):
        """`${group}` is what is chosen of that group."""
        return _NAMED.sub(lambda found: str(self.chosen.get(found.group(1).replace(".", "/"))), text)


def _path(name, folder):
    if name.startswith("/"):
        return name[1:]
    return f"{folder}/{name}" if folder else name


def _joined(package, own):
    if own.startswith("_global_"):
        return own[len("_global_") :].lstrip(".")
    own = own.replace("_here_", "").strip(".")
    return f"{package}.{own}" if package and own else package or own


def _composed(name, overrides):
    choices, values = {}, []
    for one in overrides:
        key, _, value = one.lstrip("+").partition("=")
        option = yaml.safe_load(value)
        if any(_source.load(f"{key}/{each}") for each in (option if isinstance(option, list) else [option])):
            choices[key] = option
        else:
            values.append(one.lstrip("+"))
    # What a list overrides may stand before it: until nothing new is found.
    while True:
        before = len(choices)
        composition = _Composition(choices)
        composition.add(name, "")
        if len(choices) == before:
            break
    config = OmegaConf.create()
    for package, part in composition.parts:
        if is_unknown(part):
            return part
        for key in reversed(package.split(".")) if package else ():
            part = {key: part}
        config = OmegaConf.merge(config, part)
    for one in values:
        if one.startswith("~"):
            config.pop(one[1:].partition("=")[0], None)
    config = OmegaConf.merge(config, OmegaConf.from_dotlist([one for one in values if not one.startswith("~")]))
    config.pop("hydra", None)
    return config


def compose(config_name=None, overrides=(), return_hydra_config=False, strict=None):
    return OmegaConf.create() if config_name is None else _composed(config_name, overrides)


def _folder(config_path, file):
    if config_path is None:
        return None
    if config_path.startswith("pkg://"):
        return _package(config_path[len("pkg://") :])
    return os.path.normpath(os.path.join(os.path.dirname(file), config_path))


def _package(name):
    # A package may be a folder of files alone.
    return name.replace(".", "/")


class _Initialized(contextlib.ContextDecorator):
    def __init__(self, folder):
        _source.folder = folder

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


def initialize(config_path=None, job_name=None, caller_stack_depth=1, version_base=None):
    return _Initialized(_folder(config_path, calling_file()))


def initialize_config_dir(config_dir, job_name=None, version_base=None):
    return _Initialized(config_dir)


def initialize_config_module(config_module, job_name=None, version_base=None):
    return _Initialized(_package(config_module))


def main(config_path=None, config_name=None, version_base=None):
    def decorate(function):
        @functools.wraps(function)
        def started(config=None):
            if config is None:
                _source.folder = _folder(config_path, function.__globals__["__file__"])
                config = compose(config_name)
            return function(config)

        return started

    return decorate


class ConfigStore:
    _instance = None

    @staticmethod
    def instance():
        if ConfigStore._instance is None:
            ConfigStore._instance = ConfigStore()
        return ConfigStore._instance

    def store(self, name, node, group=None, package=None, provider=None):
        _source.stored[f"{group}/{name}" if group else name] = package, node


class GlobalHydra:
    @staticmethod
    def instance():
        return GlobalHydra()

    def clear(self):
        _source.folder = None

    def is_initialized(self):
        return _source.folder is not None


class HydraConfig:
    @staticmethod
    def initialized():
        return False

    @staticmethod
    def get():
        return unknown("Hydra's own configuration")


# ── hydra.utils ──
get_class = get_method = get_static_method = get_object = locate


def to_absolute_path(path):
    return os.fspath(path)


def get_original_cwd():
    return "."
