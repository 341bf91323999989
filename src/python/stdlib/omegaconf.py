import contextlib
import dataclasses
import enum
import os
import pathlib
import re
import typing
from collections.abc import Mapping, MutableMapping, Sequence

import yaml

MISSING = "???"
_INTERPOLATION = re.compile(r"\$\{([^${}]*)\}")
# Exponents without a point are floats here, unlike in YAML 1.1.
_EXPONENT = re.compile(r"[-+]?(\d[\d_]*(\.\d*)?|\.\d+)[eE][-+]?\d+")
_resolvers = {}


class OmegaConfBaseException(Exception):
    pass


class ConfigAttributeError(OmegaConfBaseException, AttributeError):
    pass


class ConfigKeyError(OmegaConfBaseException, KeyError):
    pass


class ConfigTypeError(OmegaConfBaseException, TypeError):
    pass


class ValidationError(OmegaConfBaseException, ValueError):
    pass


class MissingMandatoryValue(OmegaConfBaseException):
    pass


class InterpolationKeyError(OmegaConfBaseException, ValueError):
    pass


class ReadonlyConfigError(OmegaConfBaseException):
    pass


class Node:
    pass


class Container(Node):
    def _set_state(self, content, parent, type=None):
        object.__setattr__(self, "_content", content)
        object.__setattr__(self, "_parent", parent)
        object.__setattr__(self, "_type", type)

    def _root(self):
        node = self
        while node._parent is not None:
            node = node._parent
        return node

    def _read(self, key):
        value = self._content[key]
        if not is_unknown(value) and isinstance(value, str):
            if value == MISSING:
                raise MissingMandatoryValue(f"Missing mandatory value: {key}")
            return _resolved(value, self)
        return value

    def __len__(self):
        return len(self._content)

    def __bool__(self):
        return len(self._content) > 0

    def __repr__(self):
        return repr(OmegaConf.to_container(self))

    __str__ = __repr__

    def copy(self):
        # Containers inside are copied where they are wrapped, with their types.
        return type(self)(self, parent=self._parent)

    def __deepcopy__(self, memo):
        return self.copy()

    __copy__ = copy


BaseContainer = Container


class DictConfig(Container, MutableMapping):
    def __init__(self, content=None, key=None, parent=None, **options):
        content = {} if content is None else content
        type = content._type if isinstance(content, DictConfig) else _structure(content)
        self._set_state({}, parent, type)
        for name, value in _items(content):
            self[name] = value

    def __getitem__(self, key):
        key = _key(key)
        if key not in self._content:
            raise ConfigKeyError(f"Missing key {key}")
        return self._read(key)

    def __setitem__(self, key, value):
        value, type = _wrapped(value, self), _declared(self._type, key)
        if type is not None and not is_unknown(value) and isinstance(value, DictConfig) and value._type is None:
            given, value = value, DictConfig(type, parent=self)
            _merged(value, given)
        self._content[_key(key)] = value

    def __delitem__(self, key):
        del self._content[_key(key)]

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self._content:
            raise ConfigAttributeError(f"Missing key {name}")
        return self._read(name)

    def __setattr__(self, name, value):
        self[name] = value

    def __delattr__(self, name):
        del self[name]

    def __iter__(self):
        return iter(self._content)

    def __contains__(self, key):
        return _key(key) in self._content and self._content[_key(key)] != MISSING

    def __eq__(self, other):
        return isinstance(other, Mapping) and _plain(self, True) == _plain(other, True)

    __hash__ = None

    def get(self, key, default=None):
        return self[key] if key in self else default

    def pop(self, key, *default):
        if key not in self._content:
            if default:
                return default[0]
            raise ConfigKeyError(f"Key not found: {key}")
        value = self[key]
        del self[key]
        return value

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def items_ex(self, resolve=True, keys=None):
        return [(key, self[key] if resolve else self._content[key]) for key in self]


class ListConfig(Container, Sequence):
    def __init__(self, content=None, key=None, parent=None, **options):
        self._set_state([], parent)
        for value in (content._content if isinstance(content, ListConfig) else content or ()):
            self.append(value)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return ListConfig(self._content[index], parent=self._parent)
        return self._read(index)

    def __setitem__(self, index, value):
        self._content[index] = _wrapped(value, self)

    def __delitem__(self, index):
        del self._content[index]

    def __iter__(self):
        return iter([self._read(index) for index in range(len(self._content))])

    def __contains__(self, value):
        return any(one == value for one in self)

    def __eq__(self, other):
        return isinstance(other, (list, tuple, ListConfig)) and _plain(self, True) == _plain(other, True)

    __hash__ = None

    def __add__(self, other):
        return ListConfig(list(self) + list(other), parent=self._parent)

    def __radd__(self, other):
        return ListConfig(list(other) + list(self), parent=self._parent)

    def append(self, value):
        self._content.append(_wrapped(value, self))

    def extend(self, values):
        for value in values:
            self.append(value)

    def insert(self, index, value):
        self._content.insert(index, _wrapped(value, self))

    def pop(self, index=-1):
        value = self[index]
        del self._content[index]
        return value


def _key(key):
    return key.name if isinstance(key, enum.Enum) else key


def _structure(content):
    if dataclasses.is_dataclass(content):
        return content if isinstance(content, type) else type(content)
    return None


def _declared(structure, key):
    """The dataclass that a field is annotated with, itself or as optional."""
    for one in dataclasses.fields(structure) if structure is not None else ():
        if one.name == key:
            is_many = typing.get_origin(one.type) in (dict, list, tuple)
            for type in () if is_many else (one.type, *typing.get_args(one.type)):
                if dataclasses.is_dataclass(type):
                    return type
    return None


def _items(content):
    if isinstance(content, (DictConfig, ListConfig)):
        content = content._content
    if not dataclasses.is_dataclass(content):
        return list(content.items())
    if not isinstance(content, type):
        return [(one.name, getattr(content, one.name)) for one in dataclasses.fields(content)]
    return [(one.name, _default(one)) for one in dataclasses.fields(content)]


def _default(field):
    if field.default is not dataclasses.MISSING:
        return field.default
    return MISSING if field.default_factory is dataclasses.MISSING else field.default_factory()


def _wrapped(value, parent):
    if is_unknown(value):
        return value
    if isinstance(value, (dict, DictConfig)) or (dataclasses.is_dataclass(value)):
        return DictConfig(value, parent=parent)
    if isinstance(value, ListConfig):
        return ListConfig(value._content, parent=parent)
    if isinstance(value, (list, tuple)):
        return ListConfig(value, parent=parent)
    return value


def _plain(value, resolve=False):
    """Dicts and lists all the way down."""
    if isinstance(value, DictConfig):
        return {key: _plain(_entry(value, key, resolve), resolve) for key in value._content}
    if isinstance(value, ListConfig):
        return [_plain(_entry(value, key, resolve), resolve) for key in range(len(value._content))]
    if isinstance(value, dict):
        return {key: _plain(one, resolve) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one, resolve) for one in value]
    return value


def _entry(container, key, resolve):
    raw = container._content[key]
    return container._read(key) if resolve and raw != MISSING else raw


def _resolved(text, container):
    """What an interpolation stands for; the innermost first."""
    while not is_unknown(text):
        found = _INTERPOLATION.search(text)
        if found is None:
            return text
        value = _interpolated(found.group(1).strip(), container)
        if found.group(0) == text or is_unknown(value):
            return value
        text = text[: found.start()] + str(value) + text[found.end() :]
    return text


def _arguments(text):
    """The arguments of a resolver: commas inside quotes and brackets separate nothing."""
    given, start, depth, quote = [], 0, 0, ""
    for place, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter in "[{(":
            depth += 1
        elif letter in ")}]":
            depth -= 1
        elif letter == "," and depth == 0:
            given.append(text[start:place])
            start = place + 1
    return [yaml.safe_load(one) for one in (*given, text[start:])] if text else []


def _interpolated(inner, container):
    name, colon, arguments = inner.partition(":")
    if colon:
        if name in _NODE_RESOLVERS:
            return _wrapped(_NODE_RESOLVERS[name](container._root(), *_arguments(arguments)), container)
        if name not in _resolvers:
            return unknown(f"the resolver {name}")
        return _wrapped(_resolvers[name](*_arguments(arguments)), container)
    node = container._root()
    if inner.startswith("."):
        node, inner = container, inner[1:]
        while inner.startswith("."):
            node, inner = node._parent, inner[1:]
    for key in _path(inner):
        if not isinstance(node, Container) or (isinstance(node, DictConfig) and key not in node):
            raise InterpolationKeyError(f"Interpolation key '{inner}' not found")
        node = node[key]
    return node


def _path(text):
    parts = text.replace("[", ".").replace("]", "").split(".")
    return [int(part) if part.isdigit() else part for part in parts if part != ""]


def _merged(target, source):
    for key, value in _items(source):
        old = target._content.get(_key(key))
        is_dict = isinstance(value, (dict, DictConfig)) or dataclasses.is_dataclass(value)
        if isinstance(old, DictConfig) and is_dict:
            _merged(old, value)
        elif not (isinstance(value, str) and value == MISSING and old is not None):
            target[key] = value


def _floats(value):
    if isinstance(value, dict):
        return {key: _floats(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_floats(one) for one in value]
    if isinstance(value, str) and _EXPONENT.fullmatch(value):
        return float(value)
    return value


def _parsed(text):
    value = yaml.safe_load(text)
    return value if is_unknown(value) else _floats(value)


class OmegaConf:
    @staticmethod
    def create(obj=None, parent=None, flags=None):
        if is_unknown(obj):
            return obj
        if isinstance(obj, str):
            obj = _parsed(obj)
            obj = {obj: None} if isinstance(obj, str) else obj
        return _wrapped({} if obj is None else obj, parent)

    @staticmethod
    def structured(obj, parent=None, flags=None):
        return OmegaConf.create(obj, parent)

    @staticmethod
    def load(file):
        if isinstance(file, (str, pathlib.Path)):
            with open(file) as stream:
                return OmegaConf.create(_parsed(stream.read()))
        return OmegaConf.create(_parsed(file.read()))

    @staticmethod
    def save(config, f, resolve=False):
        pass

    @staticmethod
    def merge(*configs, list_merge_mode=None):
        configs = [one if isinstance(one, Container) else OmegaConf.create(one) for one in configs]
        for config in configs:
            if is_unknown(config):
                return config
        result = configs[0].copy()
        for config in configs[1:]:
            if isinstance(config, ListConfig):
                result = config
            else:
                _merged(result, config)
        return result

    unsafe_merge = merge

    @staticmethod
    def from_dotlist(dotlist):
        config = OmegaConf.create()
        for one in dotlist:
            name, _, text = one.partition("=")
            OmegaConf.update(config, name, _parsed(text))
        return config

    @staticmethod
    def from_cli(args_list=None):
        return OmegaConf.from_dotlist(args_list or [])

    @staticmethod
    def to_container(cfg, *, resolve=False, throw_on_missing=False, enum_to_str=False, structured_config_mode=None):
        return _plain(cfg, resolve)

    @staticmethod
    def to_object(cfg):
        if isinstance(cfg, DictConfig):
            entries = {key: OmegaConf.to_object(cfg[key]) for key in cfg}
            return entries if cfg._type is None else cfg._type(**entries)
        return [OmegaConf.to_object(one) for one in cfg] if isinstance(cfg, ListConfig) else cfg

    @staticmethod
    def to_yaml(cfg, *, resolve=False, sort_keys=False):
        return unknown("YAML text")

    @staticmethod
    def resolve(cfg):
        for key in list(cfg) if isinstance(cfg, DictConfig) else range(len(cfg)):
            if OmegaConf.is_missing(cfg, key):
                continue
            cfg[key] = cfg[key]
            if not is_unknown(cfg[key]) and isinstance(cfg[key], Container):
                OmegaConf.resolve(cfg[key])

    @staticmethod
    def select(cfg, key, *, default=None, throw_on_resolution_failure=True, throw_on_missing=False):
        for part in _path(key):
            if not isinstance(cfg, Container) or (isinstance(cfg, DictConfig) and part not in cfg):
                return default
            cfg = cfg[part]
        return cfg

    @staticmethod
    def update(cfg, key, value=None, *, merge=True, force_add=False):
        *above, last = _path(key)
        for part in above:
            if isinstance(cfg, DictConfig) and part not in cfg:
                cfg[part] = {}
            cfg = cfg[part]
        old = cfg._content.get(last) if isinstance(cfg, DictConfig) else None
        if merge and isinstance(old, DictConfig) and isinstance(value, (dict, DictConfig)):
            _merged(old, value)
        else:
            cfg[last] = value

    @staticmethod
    def is_config(obj):
        return isinstance(obj, Container)

    @staticmethod
    def is_dict(obj):
        return isinstance(obj, DictConfig)

    @staticmethod
    def is_list(obj):
        return isinstance(obj, ListConfig)

    @staticmethod
    def is_missing(cfg, key):
        raw = cfg._content.get(key) if isinstance(cfg, DictConfig) else cfg._content[key]
        return not is_unknown(raw) and raw == MISSING

    @staticmethod
    def is_interpolation(node, key=None):
        value = node if key is None else node._content[key]
        return isinstance(value, str) and "${" in value

    @staticmethod
    def get_type(obj, key=None):
        obj = obj if key is None else obj[key]
        if isinstance(obj, DictConfig):
            return obj._type or dict
        return list if isinstance(obj, ListConfig) else type(obj)

    @staticmethod
    def masked_copy(conf, keys):
        keys = [keys] if isinstance(keys, str) else keys
        return DictConfig({key: value for key, value in conf._content.items() if key in keys})

    @staticmethod
    def register_new_resolver(name, resolver, *, replace=False, use_cache=False):
        _resolvers[name] = resolver

    register_resolver = legacy_register_resolver = register_new_resolver

    @staticmethod
    def has_resolver(name):
        return name in _resolvers

    @staticmethod
    def clear_resolvers():
        _resolvers.clear()

    @staticmethod
    def set_struct(conf, value):
        pass

    set_readonly = set_struct

    @staticmethod
    def is_struct(conf):
        return False

    is_readonly = is_struct


def _variable(name, *default):
    value = os.environ.get(name, *default)
    return unknown(f"the variable {name}") if value is None and not default else value


# OmegaConf's own resolvers, and those of them that look at the configuration around them.
_resolvers.update({"oc.env": _variable, "oc.decode": yaml.safe_load, "oc.create": OmegaConf.create})
_NODE_RESOLVERS = {
    "oc.select": lambda root, key, default=None: OmegaConf.select(root, key, default=default),
    "oc.dict.keys": lambda root, key: list(OmegaConf.select(root, key)),
    "oc.dict.values": lambda root, key: list(OmegaConf.select(root, key).values()),
}


@contextlib.contextmanager
def open_dict(config):
    yield config


read_write = open_dict


@contextlib.contextmanager
def flag_override(config, names, values):
    yield config


def II(interpolation):
    return "${" + interpolation + "}"


SI = str
