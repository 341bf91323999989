"""Dictionaries whose keys are attributes too, as configurations of models are kept in."""

import ast
import copy
import importlib.util

import yaml


class AttributeDict(dict):
    """Every nested dict becomes one of the same class."""

    def __init__(self, *args, **kwargs):
        super().__init__()
        self.update(*args, **kwargs)

    @classmethod
    def _kept(cls, value):
        if isinstance(value, dict) and not isinstance(value, AttributeDict):
            return cls(value)
        if type(value) in (list, tuple):
            return type(value)([cls._kept(one) for one in value])
        return value

    def __getattr__(self, name):
        if name in self:
            return self[name]
        raise AttributeError(name)

    def __setattr__(self, name, value):
        self[name] = value

    def __delattr__(self, name):
        del self[name]

    def __setitem__(self, name, value):
        super().__setitem__(name, self._kept(value))

    def setdefault(self, name, default=None):
        if name not in self:
            self[name] = default
        return self[name]

    def update(self, *args, **kwargs):
        for name, value in dict(*[one or {} for one in args], **kwargs).items():
            self[name] = value

    def _at(self, path):
        """The configuration that names lead to."""
        node = self
        for name in path:
            node = node[name]
        return node

    def copy(self):
        return type(self)(self)

    def to_dict(self):
        return {k: v.to_dict() if isinstance(v, AttributeDict) else v for k, v in self.items()}

    toDict = to_dict

    def __deepcopy__(self, memo):
        return type(self)({k: copy.deepcopy(v, memo) for k, v in self.items()})


class EasyDict(AttributeDict):
    """Each entry is an attribute of its own, which comes before what the class has of that name."""

    def __init__(self, d=None, **kwargs):
        super().__init__(d, **kwargs)
        if type(self) is not EasyDict:
            for name in [one for one in vars(type(self)) if not (one.startswith("__") and one.endswith("__"))]:
                self[name] = getattr(self, name)

    @classmethod
    def _kept(cls, value):
        if type(value) is dict:
            return EasyDict(value)
        return super()._kept(value)

    def __setitem__(self, name, value):
        value = self._kept(value)
        object.__setattr__(self, name, value)
        dict.__setitem__(self, name, value)

    def __delattr__(self, name):
        object.__delattr__(self, name)

    def pop(self, name, *default):
        if hasattr(self, name):
            delattr(self, name)
        return super().pop(name, *default)

    def copy(self):
        return dict(self)

    def __deepcopy__(self, memo):
        made = type(self).__new__(type(self))
        for name, value in self.items():
            made[name] = copy.deepcopy(value, memo)
        return made


class CreatingDict(AttributeDict):
    """`addict.Dict`: what is missing is made where it is read."""

    def __getattr__(self, name):
        return self[name]

    def __missing__(self, name):
        made = type(self)()
        super().__setitem__(name, made)
        return made


class CfgNode(AttributeDict):
    """yacs."""

    def __init__(self, init_dict=None, key_list=None, new_allowed=False):
        super().__init__(init_dict)

    @classmethod
    def _kept(cls, value):
        return cls(value) if isinstance(value, dict) and not isinstance(value, CfgNode) else value

    def clone(self):
        return copy.deepcopy(self)

    def freeze(self):
        pass

    def defrost(self):
        pass

    def set_new_allowed(self, is_new_allowed):
        pass

    def is_new_allowed(self):
        return unknown("whether new keys are allowed")

    def is_frozen(self):
        return unknown("whether a configuration is frozen")

    def register_deprecated_key(self, key):
        pass

    def register_renamed_key(self, old_name, new_name, message=None):
        pass

    def dump(self, **kwargs):
        return unknown("a configuration as text")

    def merge_from_other_cfg(self, other):
        for name, value in other.items():
            if isinstance(value, dict) and isinstance(self.get(name), CfgNode):
                self[name].merge_from_other_cfg(value)
            else:
                self._replace(name, self._read(copy.deepcopy(value)))

    def _replace(self, name, value):
        """A list stays a list, a tuple a tuple."""
        before = self.get(name)
        is_sequence = type(value) in (list, tuple) and type(before) in (list, tuple)
        self[name] = type(before)(value) if is_sequence else value

    def merge_from_file(self, name):
        with open(name) as file:
            self.merge_from_other_cfg(self._program(name) if name.endswith(".py") else self.load_cfg(file))

    @classmethod
    def _program(cls, name):
        """The `cfg` of a configuration that is Python."""
        return cls(importlib.util.module_from_spec(importlib.util.spec_from_file_location("override", name)).cfg)

    def merge_from_list(self, items):
        for key, value in zip(items[0::2], items[1::2]):
            *path, last = key.split(".")
            self._at(path)._replace(last, self._read(value))

    @staticmethod
    def _read(text):
        if not isinstance(text, str):
            return text
        try:
            return ast.literal_eval(text)
        except (ValueError, SyntaxError):
            return text

    @classmethod
    def load_cfg(cls, file):
        return cls(yaml.safe_load(file))


class ConfigDict(AttributeDict):
    """ml_collections."""

    def __init__(self, initial_dictionary=None, type_safe=True, convert_dict=True, **kwargs):
        super().__init__(initial_dictionary)

    @classmethod
    def _kept(cls, value):
        return cls(value) if isinstance(value, dict) and not isinstance(value, ConfigDict) else value

    def update(self, *args, **kwargs):
        for name, value in dict(*[one or {} for one in args], **kwargs).items():
            if isinstance(value, dict) and isinstance(self.get(name), ConfigDict):
                self[name].update(value)
            else:
                self[name] = value

    def update_from_flattened_dict(self, flat, strip_prefix=""):
        for key, value in flat.items():
            if key.startswith(strip_prefix):
                *path, last = key[len(strip_prefix) :].split(".")
                self._at(path)[last] = value

    def lock(self):
        return self

    def unlock(self):
        return self

    def unlocked(self):
        return self

    def ignore_type(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def copy_and_resolve_references(self, visit_map=None):
        return copy.deepcopy(self)

    def get_ref(self, key):
        return self[key]

    get_oneway_ref = get_ref


def create(**kwargs):
    return ConfigDict(kwargs)


def munchify(value):
    return AttributeDict._kept(value)


def placeholder(field_type, required=False):
    return None


required_placeholder = placeholder


def merge(base, head, schema=None, **options):
    """jsonmerge: nested dicts are joined, whatever else the second one has takes the first one's place."""
    if schema or options:
        return unknown("what a schema merges")
    if not isinstance(base, dict) or not isinstance(head, dict):
        return copy.deepcopy(head)
    joined = {**copy.deepcopy(base)}
    for key, value in head.items():
        joined[key] = merge(joined[key], value) if key in joined else copy.deepcopy(value)
    return joined
