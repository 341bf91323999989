"""Dataclasses, as far as code can tell: fields, __init__, __repr__, __eq__, order, frozen."""


class _MISSING_TYPE:
    def __repr__(self):
        return "<dataclasses._MISSING_TYPE object>"


class _KeywordOnly:
    pass


MISSING = _MISSING_TYPE()
KW_ONLY = _KeywordOnly()

# What libraries that make dataclasses from dicts take from here.
_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"


class _FieldKind:
    def __init__(self, name):
        self.name = name


_FIELD = _FieldKind("_FIELD")
_FIELD_CLASSVAR = _FieldKind("_FIELD_CLASSVAR")
_FIELD_INITVAR = _FieldKind("_FIELD_INITVAR")


class FrozenInstanceError(AttributeError):
    pass


class InitVar:
    def __init__(self, type=None):
        self.type = type

    def __class_getitem__(cls, item):
        return cls(item)


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = {} if metadata is None else metadata
        self.kw_only = kw_only
        self._is_init_var = False

    @property
    def _field_type(self):
        return _FIELD_INITVAR if self._is_init_var else _FIELD

    def __repr__(self):
        return f"Field(name={self.name!r},type={self.type!r},default={self.default!r})"


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True,
          metadata=None, kw_only=MISSING):
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _is_class_var(annotation):
    if isinstance(annotation, str):
        return annotation.startswith(("ClassVar", "typing.ClassVar"))
    return getattr(annotation, "_is_class_var", False)


def _is_init_var(annotation):
    if isinstance(annotation, str):
        return annotation.startswith(("InitVar", "dataclasses.InitVar"))
    return annotation is InitVar or type(annotation) is InitVar


def _is_keyword_only_mark(annotation):
    return annotation is KW_ONLY or annotation in ("KW_ONLY", "dataclasses.KW_ONLY")


def _own_fields(cls, kw_only):
    found = {}
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        if _is_keyword_only_mark(annotation):
            kw_only = True
            continue
        if _is_class_var(annotation):
            continue
        default = cls.__dict__.get(name, MISSING)
        one = default if isinstance(default, Field) else field(default=default)
        one.name = name
        one.type = annotation
        one._is_init_var = _is_init_var(annotation)
        if one.kw_only is MISSING:
            one.kw_only = kw_only
        if isinstance(one.default, (list, dict, set)):
            raise ValueError(f"mutable default {type(one.default)} for field {name} is not allowed: use default_factory")
        found[name] = one
        if isinstance(default, Field):
            if default.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, default.default)
    return found


def _make_init(cls, all_fields, frozen):
    ordered = [f for f in all_fields if f.init and not f.kw_only]
    keyword_only = [f for f in all_fields if f.init and f.kw_only]
    post = getattr(cls, "__post_init__", None)
    place = object.__setattr__ if frozen else setattr
    class_name = cls.__name__

    def __init__(self, /, *args, **kwargs):
        if len(args) > len(ordered):
            raise TypeError(f"{class_name}.__init__() takes {len(ordered) + 1} positional arguments but {len(args) + 1} were given")
        given = dict(kwargs)
        for one, value in zip(ordered, args):
            if one.name in given:
                raise TypeError(f"{class_name}.__init__() got multiple values for argument '{one.name}'")
            given[one.name] = value
        for_post = []
        missing = []
        for one in all_fields:
            if one.init and one.name in given:
                value = given.pop(one.name)
            elif one.default_factory is not MISSING:
                value = one.default_factory()
            elif one.default is not MISSING:
                value = one.default
            elif one.init:
                missing.append(one.name)
                continue
            else:
                continue
            if one._is_init_var:
                for_post.append(value)
            else:
                place(self, one.name, value)
        if missing:
            names = " and ".join(repr(name) for name in missing)
            raise TypeError(f"{class_name}.__init__() missing {len(missing)} required positional argument{'s' if len(missing) > 1 else ''}: {names}")
        for name in given:
            raise TypeError(f"{class_name}.__init__() got an unexpected keyword argument '{name}'")
        if post is not None:
            self.__post_init__(*for_post)

    __init__.__qualname__ = f"{cls.__qualname__}.__init__"
    __init__.__dataclass_fields__ = ordered + keyword_only
    # For whoever calls it without knowing the fields: it takes whatever it is given.
    open_fields = [f for f in ordered + keyword_only if f.default_factory is MISSING]
    __init__._required_arguments = [f.name for f in open_fields if f.default is MISSING]
    __init__._optional_arguments = [(f.name, f.default) for f in open_fields if f.default is not MISSING]
    return __init__


def _values(self, names):
    return tuple(getattr(self, name) for name in names)


class _Params:
    def __init__(self, **flags):
        self.__dict__.update(flags)


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots):
    cls.__dataclass_params__ = _Params(init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
                                       match_args=match_args, kw_only=kw_only, slots=slots)
    inherited = {}
    for base in reversed(cls.__mro__[1:]):
        for name, one in base.__dict__.get("__dataclass_fields__", {}).items():
            inherited[name] = one
    inherited.update(_own_fields(cls, kw_only))
    cls.__dataclass_fields__ = inherited
    all_fields = list(inherited.values())
    real = [f for f in all_fields if not f._is_init_var]
    if init and "__init__" not in cls.__dict__:
        cls.__init__ = _make_init(cls, all_fields, frozen)
    if repr and "__repr__" not in cls.__dict__:
        shown = [f.name for f in real if f.repr]

        def __repr__(self):
            return self.__class__.__qualname__ + "(" + ", ".join(f"{n}={getattr(self, n)!r}" for n in shown) + ")"

        cls.__repr__ = __repr__
    compared = [f.name for f in real if f.compare]
    if eq and "__eq__" not in cls.__dict__:
        def __eq__(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return _values(self, compared) == _values(other, compared)

        cls.__eq__ = __eq__
        if frozen or unsafe_hash:
            hashed = [f.name for f in real if (f.compare if f.hash is None else f.hash)]
            cls.__hash__ = lambda self: hash(_values(self, hashed))
        elif "__hash__" not in cls.__dict__:
            cls.__hash__ = None
    if order:
        cls.__lt__ = lambda self, other: _values(self, compared) < _values(other, compared)
        cls.__le__ = lambda self, other: _values(self, compared) <= _values(other, compared)
        cls.__gt__ = lambda self, other: _values(self, compared) > _values(other, compared)
        cls.__ge__ = lambda self, other: _values(self, compared) >= _values(other, compared)
    if frozen:
        def __setattr__(self, name, value):
            raise FrozenInstanceError(f"cannot assign to field {name!r}")

        cls.__setattr__ = __setattr__
    if match_args:
        cls.__match_args__ = tuple(f.name for f in all_fields if f.init and not f.kw_only)
    if slots:
        taken = [name for base in cls.__mro__[1:] for name in base.__dict__.get("__slots__", ())]
        cls.__slots__ = tuple(f.name for f in real if f.name not in taken)
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots)

    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    try:
        found = getattr(class_or_instance, "__dataclass_fields__")
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple(f for f in found.values() if not f._is_init_var)


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), "__dataclass_fields__")


def _as(value, dict_factory):
    if is_dataclass(value) and not isinstance(value, type):
        return dict_factory([(f.name, _as(getattr(value, f.name), dict_factory)) for f in fields(value)])
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*[_as(one, dict_factory) for one in value])
    if isinstance(value, (list, tuple)):
        return type(value)(_as(one, dict_factory) for one in value)
    if isinstance(value, dict):
        return type(value)((_as(k, dict_factory), _as(v, dict_factory)) for k, v in value.items())
    import copy
    return copy.deepcopy(value)


def asdict(obj, *, dict_factory=dict):
    return _as(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    return tuple_factory([getattr(obj, f.name) for f in fields(obj)])


def replace(obj, /, **changes):
    for f in fields(obj):
        if f.init and f.name not in changes:
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **kwargs):
    names = dict(namespace or {})
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            annotations[item] = object
        else:
            annotations[item[0]] = item[1]
            if len(item) == 3:
                names[item[0]] = item[2]
    names["__annotations__"] = annotations
    return dataclass(type(cls_name, bases, names), **kwargs)
