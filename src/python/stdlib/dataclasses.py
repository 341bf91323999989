import types


class FrozenInstanceError(AttributeError):
    pass


class _Missing:
    pass


MISSING = _Missing()


class _KeywordOnly:
    pass


KW_ONLY = _KeywordOnly()


class InitVar:
    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return cls(type)


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
        self._only_init = False


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True,
          metadata=None, kw_only=MISSING, doc=None):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _named(annotation, *names):
    if not isinstance(annotation, str):
        return False
    head = annotation.split("[")[0].strip()
    return head.split(".")[-1] in names


def _is_class_variable(annotation):
    return _named(annotation, "ClassVar") or getattr(annotation, "__origin__", annotation) is _class_variable()


def _class_variable():
    import typing

    return typing.ClassVar


def _own_fields(cls, kw_only):
    found = []
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        if _is_class_variable(annotation):
            continue
        if annotation is KW_ONLY or _named(annotation, "KW_ONLY"):
            kw_only = True
            continue
        default = getattr(cls, name, MISSING)
        made = default if isinstance(default, Field) else field(default=default)
        made.name = name
        made.type = annotation
        made._only_init = isinstance(annotation, InitVar) or annotation is InitVar or _named(annotation, "InitVar")
        if made.kw_only is MISSING:
            made.kw_only = kw_only
        if isinstance(default, Field):
            if made.default is MISSING:
                if name in cls.__dict__:
                    delattr(cls, name)
            else:
                setattr(cls, name, made.default)
        found.append(made)
    return found


def _initial(made):
    return made.default if made.default_factory is MISSING else made.default_factory()


def _make_init(cls, all_fields, frozen):
    positional = [made for made in all_fields if made.init and not made.kw_only]
    keyword_only = [made for made in all_fields if made.init and made.kw_only]
    derived = [made for made in all_fields if not made.init]
    takes = {made.name for made in positional + keyword_only}

    def __init__(self, /, *args, **keywords):
        if len(args) > len(positional):
            raise TypeError(f"__init__() takes {len(positional) + 1} positional arguments but {len(args) + 1} were given")
        values = {made.name: value for made, value in zip(positional, args)}
        for name, value in keywords.items():
            if name not in takes:
                raise TypeError(f"__init__() got an unexpected keyword argument '{name}'")
            if name in values:
                raise TypeError(f"__init__() got multiple values for argument '{name}'")
            values[name] = value
        extra = []
        for made in all_fields:
            if made.init:
                if made.name in values:
                    value = values[made.name]
                else:
                    value = _initial(made)
                    if value is MISSING:
                        raise TypeError(f"__init__() missing a required argument: '{made.name}'")
            else:
                value = _initial(made)
                if value is MISSING:
                    continue
            if made._only_init:
                extra.append(value)
            elif frozen:
                object.__setattr__(self, made.name, value)
            else:
                setattr(self, made.name, value)
        if hasattr(self, "__post_init__"):
            self.__post_init__(*extra)

    __init__.__dataclass_init__ = True
    return __init__


def _signature_fields(cls):
    """For introspection: name, default (or MISSING), keyword-only, annotation."""
    return [
        (made.name, made.default if made.default_factory is MISSING else made.default_factory, made.kw_only, made.type)
        for made in cls.__dataclass_fields__.values()
        if made.init
    ]


def _process(cls, init, repr, eq, order, frozen, kw_only, unsafe_hash):
    all_fields = {}
    for base in cls.__mro__[-1:0:-1]:
        inherited = base.__dict__.get("__dataclass_fields__")
        if inherited is not None:
            all_fields.update(inherited)
    for made in _own_fields(cls, kw_only):
        all_fields[made.name] = made
    cls.__dataclass_fields__ = all_fields
    cls.__dataclass_params__ = types.SimpleNamespace(init=init, repr=repr, eq=eq, order=order, frozen=frozen)
    plain = list(all_fields.values())
    if init:
        cls.__init__ = _make_init(cls, plain, frozen)
    shown = [made.name for made in plain if made.repr and not made._only_init]
    compared = [made.name for made in plain if made.compare and not made._only_init]

    def __repr__(self):
        return self.__class__.__qualname__ + "(" + ", ".join([f"{name}={getattr(self, name)!r}" for name in shown]) + ")"

    def values(self):
        return tuple([getattr(self, name) for name in compared])

    def __eq__(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    if repr and "__repr__" not in cls.__dict__:
        cls.__repr__ = __repr__
    if eq and "__eq__" not in cls.__dict__:
        cls.__eq__ = __eq__
        if "__hash__" not in cls.__dict__:
            cls.__hash__ = (lambda self: hash(values(self))) if frozen or unsafe_hash else None
    if order:
        cls.__lt__ = lambda self, other: values(self) < values(other)
        cls.__le__ = lambda self, other: values(self) <= values(other)
        cls.__gt__ = lambda self, other: values(self) > values(other)
        cls.__ge__ = lambda self, other: values(self) >= values(other)
    if frozen:
        def __setattr__(self, name, value):
            raise FrozenInstanceError(f"cannot assign to field '{name}'")

        if "__setattr__" not in cls.__dict__:
            cls.__setattr__ = __setattr__
    if "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple([made.name for made in plain if made.init and not made.kw_only])
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def decorate(cls):
        return _process(cls, init, repr, eq, order, frozen, kw_only, unsafe_hash)

    return decorate if cls is None else decorate(cls)


def fields(class_or_instance):
    try:
        found = class_or_instance.__dataclass_fields__
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple([made for made in found.values() if not made._only_init])


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), "__dataclass_fields__")


def _plain(value, dict_factory):
    if is_dataclass(value) and not isinstance(value, type):
        return dict_factory([(made.name, _plain(getattr(value, made.name), dict_factory)) for made in fields(value)])
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*[_plain(item, dict_factory) for item in value])
    if isinstance(value, (list, tuple)):
        return type(value)([_plain(item, dict_factory) for item in value])
    if isinstance(value, dict):
        return {_plain(key, dict_factory): _plain(item, dict_factory) for key, item in value.items()}
    import copy

    return copy.deepcopy(value)


def asdict(obj, *, dict_factory=dict):
    return _plain(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    return tuple_factory([_plain(getattr(obj, made.name), dict) for made in fields(obj)])


def replace(obj, /, **changes):
    values = {}
    for made in obj.__dataclass_fields__.values():
        if made.init and not made._only_init:
            values[made.name] = getattr(obj, made.name)
    values.update(changes)
    return obj.__class__(**values)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    body = dict(namespace or {})
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            annotations[item] = object
        else:
            annotations[item[0]] = item[1]
            if len(item) == 3:
                body[item[0]] = item[2]
    body["__annotations__"] = annotations
    return dataclass(type(cls_name, bases, body), **options)
