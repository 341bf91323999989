"""Models of pydantic 2, as far as configurations need them: fields, defaults, nested models and their dictionaries.

A value is kept where its type is the annotated one. What pydantic would convert or check otherwise is unknown.
"""

import copy
import types
import typing

_MISSING = object()
_PLAIN = (bool, int, float, str)
_HOLDERS = {list: list, tuple: tuple, set: set, frozenset: frozenset}


class ValidationError(ValueError):
    pass


class ConfigDict(dict):
    pass


class FieldInfo:
    def __init__(self, default=_MISSING, default_factory=None, alias=None):
        self.default = default
        self.default_factory = default_factory
        self.alias = alias
        self.annotation = None

    def is_required(self):
        return self.default is _MISSING and self.default_factory is None

    def get_default(self):
        return copy.deepcopy(self.default) if self.default_factory is None else self.default_factory()


def Field(default=_MISSING, *, default_factory=None, alias=None, **kwargs):
    return FieldInfo(_MISSING if default is ... else default, default_factory, alias)


def PrivateAttr(default=_MISSING, *, default_factory=None, **kwargs):
    return _Private(default, default_factory)


class _Private(FieldInfo):
    pass


class _Validator:
    """A method that looks at values: of fields of these names, or of all together where there are none."""

    def __init__(self, func, names, mode):
        self.func = getattr(func, "__func__", func)
        self.names = names
        self.mode = mode


def field_validator(*names, mode="after", **kwargs):
    return lambda func: _Validator(func, names, mode)


validator = field_validator


def model_validator(*, mode="after"):
    return lambda func: _Validator(func, (), mode)


def root_validator(*args, **kwargs):
    mark = lambda func: _Validator(func, ("*",), "root")
    return mark(args[0]) if args else mark


def computed_field(func=None, **kwargs):
    if func is None:
        return computed_field
    return func if isinstance(func, property) else property(func)


def field_serializer(*args, **kwargs):
    return lambda func: func


model_serializer = field_serializer


def _converted(kind, value):
    """What a field so annotated holds of a value given for it."""
    if is_unknown(value) or is_unknown(kind) or kind is typing.Any or kind is object:
        return value
    if isinstance(kind, type) and typing.get_origin(kind) is None:
        if kind is float and type(value) is int:
            return float(value)
        if type(value) is kind or (kind not in _PLAIN and isinstance(value, kind)):
            return value
        if issubclass(kind, BaseModel) and isinstance(value, dict):
            return kind(**value)
        return unknown("a value that pydantic converts")
    kinds = typing.get_args(kind)
    origin = typing.get_origin(kind)
    if origin in _HOLDERS and isinstance(value, (list, tuple)):
        parts = kinds if origin is tuple and ... not in kinds else (kinds[0],) * len(value)
        return _HOLDERS[origin]([_converted(part, one) for part, one in zip(parts, value)])
    if origin is dict and isinstance(value, dict):
        return {key: _converted(kinds[1], one) for key, one in value.items()}
    if origin is typing.Literal and value in kinds:
        return value
    if type(None) in kinds and value is None:
        return None
    if origin in (typing.Union, types.UnionType):
        others = [one for one in kinds if one is not type(None)]
        same = [one for one in others if type(value) is one]
        if same or len(others) == 1:
            return value if same else _converted(others[0], value)
    return unknown("a value that pydantic converts")


class BaseModel:
    model_config = ConfigDict()
    _own_config = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__()
        old = cls.__dict__.get("Config")
        own = {name: value for name, value in vars(old).items() if not name.startswith("_")} if old else {}
        cls._own_config = {**cls._own_config, **own, **cls.__dict__.get("model_config", {}), **kwargs}

    @classmethod
    def _fields(cls):
        fields = {}
        for one in reversed(cls.__mro__):
            if one in (BaseModel, object) or not issubclass(one, BaseModel):
                continue
            hints = typing.get_type_hints(one)
            for name in one.__dict__.get("__annotations__", {}):
                kind = hints.get(name)
                default = one.__dict__.get(name, _MISSING)
                if name.startswith("_") or getattr(kind, "_is_class_var", False) or name == "model_config":
                    continue
                field = default if isinstance(default, FieldInfo) else FieldInfo(default)
                field.annotation = kind
                fields[name] = field
        return fields

    @classmethod
    def _validators(cls):
        return [one for each in reversed(cls.__mro__) for one in vars(each).values() if isinstance(one, _Validator)]

    def __init__(self, /, **data):
        cls = type(self)
        validators = cls._validators()
        for one in validators:
            if not one.names and one.mode != "after":
                data = one.func(cls, data)
        checked = {name for one in validators for name in one.names}
        fields = cls._fields()
        for name, field in fields.items():
            key = field.alias if field.alias in data else name
            if key not in data and field.is_required():
                raise ValidationError(f"{name}: a field is required")
            value = _converted(field.annotation, data[key]) if key in data else field.get_default()
            if name in checked or "*" in checked:
                value = unknown("a value that a validator checks")
            object.__setattr__(self, name, value)
        known = {*fields, *(field.alias for field in fields.values())}
        for name, value in data.items():
            if name not in known and self._own_config.get("extra") == "allow":
                object.__setattr__(self, name, value)
            elif name not in known and self._own_config.get("extra") == "forbid":
                raise ValidationError(f"{name}: extra fields are not permitted")
        for one in validators:
            if not one.names and one.mode == "after":
                one.func(self)
        self.model_post_init(None)

    def model_post_init(self, context, /):
        pass

    @classmethod
    def model_validate(cls, obj, **kwargs):
        return obj if isinstance(obj, cls) else cls(**obj)

    parse_obj = model_validate

    @classmethod
    def model_construct(cls, **values):
        return cls(**values)

    construct = model_construct

    @classmethod
    @property
    def model_fields(cls):
        return cls._fields()

    @classmethod
    @property
    def __fields__(cls):
        return cls._fields()

    def model_dump(self, *, include=None, exclude=None, exclude_none=False, exclude_unset=False, **kwargs):
        if exclude_unset or kwargs.get("exclude_defaults"):
            return unknown("what of a model was given")
        return {
            name: _dumped(value)
            for name, value in vars(self).items()
            if (include is None or name in include)
            and (exclude is None or name not in exclude)
            and not (exclude_none and value is None)
        }

    dict = model_dump

    def model_dump_json(self, **kwargs):
        return unknown("a model as JSON")

    json = model_dump_json

    def model_copy(self, *, update=None, deep=False):
        twin = copy.deepcopy(self) if deep else copy.copy(self)
        for name, value in (update or {}).items():
            object.__setattr__(twin, name, value)
        return twin

    copy = model_copy

    def __iter__(self):
        return iter(vars(self).items())

    def __eq__(self, other):
        return type(self) is type(other) and vars(self) == vars(other)


def _dumped(value):
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, (list, tuple)):
        return type(value)([_dumped(one) for one in value])
    return {key: _dumped(one) for key, one in value.items()} if isinstance(value, dict) else value


def __getattr__(name):
    return unknown("pydantic." + name)
