"""Annotations mean nothing to the evaluator: everything subscripts, nothing is checked."""
import collections
import collections.abc as _abc
import contextlib as _contextlib

TYPE_CHECKING = False


class _Form:
    """`Union`, `List`, `Optional[int]`: subscripts to another form; calls like its origin where it has one."""

    def __init__(self, name, origin=None, args=()):
        self._name = name
        self.__origin__ = origin
        self.__args__ = args

    def __getitem__(self, item):
        args = item if isinstance(item, tuple) else (item,)
        if self._name == "Optional":
            return _Form("Union", Union, args + (type(None),))
        return _Form(self._name, self if self.__origin__ is None else self.__origin__, args)

    def __call__(self, *args, **keywords):
        return self.__origin__(*args, **keywords)

    def __or__(self, other):
        return _Form("Union", Union, (self, other))

    def __ror__(self, other):
        return _Form("Union", Union, (other, self))

    def __mro_entries__(self, bases):
        return () if self.__origin__ is None or isinstance(self.__origin__, _Form) else (self.__origin__,)

    def __instancecheck__(self, instance):
        return isinstance(instance, self._classes())

    def __subclasscheck__(self, cls):
        return issubclass(cls, self._classes())

    def _classes(self):
        if self._name == "Union":
            return tuple([arg for arg in self.__args__ if not isinstance(arg, _Form)])
        return object if self.__origin__ is None or isinstance(self.__origin__, _Form) else self.__origin__

    def __eq__(self, other):
        return isinstance(other, _Form) and self._name == other._name and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self._name, self.__args__))

    def __repr__(self):
        return "typing." + self._name


Any = _Form("Any")
AnyStr = _Form("AnyStr")
Union = _Form("Union")
Optional = _Form("Optional")
ClassVar = _Form("ClassVar")
Final = _Form("Final")
Literal = _Form("Literal")
LiteralString = _Form("LiteralString")
Annotated = _Form("Annotated")
NoReturn = _Form("NoReturn")
Never = _Form("Never")
Self = _Form("Self")
TypeAlias = _Form("TypeAlias")
TypeGuard = _Form("TypeGuard")
TypeIs = _Form("TypeIs")
Concatenate = _Form("Concatenate")
Unpack = _Form("Unpack")
Required = _Form("Required")
NotRequired = _Form("NotRequired")
ReadOnly = _Form("ReadOnly")

List = _Form("List", list)
Dict = _Form("Dict", dict)
Set = _Form("Set", set)
FrozenSet = _Form("FrozenSet", frozenset)
Tuple = _Form("Tuple", tuple)
Type = _Form("Type", type)
DefaultDict = _Form("DefaultDict", collections.defaultdict)
OrderedDict = _Form("OrderedDict", collections.OrderedDict)
Counter = _Form("Counter", collections.Counter)
ChainMap = _Form("ChainMap", collections.ChainMap)
Deque = _Form("Deque", collections.deque)
Text = str

Hashable = _Form("Hashable", _abc.Hashable)
Sized = _Form("Sized", _abc.Sized)
Container = _Form("Container", _abc.Container)
Collection = _Form("Collection", _abc.Collection)
Iterable = _Form("Iterable", _abc.Iterable)
Iterator = _Form("Iterator", _abc.Iterator)
Generator = _Form("Generator", _abc.Generator)
Reversible = _Form("Reversible", _abc.Reversible)
Sequence = _Form("Sequence", _abc.Sequence)
MutableSequence = _Form("MutableSequence", _abc.MutableSequence)
Mapping = _Form("Mapping", _abc.Mapping)
MutableMapping = _Form("MutableMapping", _abc.MutableMapping)
MappingView = _Form("MappingView", _abc.MappingView)
KeysView = _Form("KeysView", _abc.KeysView)
ItemsView = _Form("ItemsView", _abc.ItemsView)
ValuesView = _Form("ValuesView", _abc.ValuesView)
AbstractSet = _Form("AbstractSet", _abc.Set)
MutableSet = _Form("MutableSet", _abc.MutableSet)
Callable = _Form("Callable", _abc.Callable)
Awaitable = _Form("Awaitable", _abc.Awaitable)
Coroutine = _Form("Coroutine", _abc.Coroutine)
AsyncIterable = _Form("AsyncIterable", _abc.AsyncIterable)
AsyncIterator = _Form("AsyncIterator", _abc.AsyncIterator)
AsyncGenerator = _Form("AsyncGenerator")
ContextManager = _Form("ContextManager", _contextlib.AbstractContextManager)
AsyncContextManager = _Form("AsyncContextManager")
Pattern = _Form("Pattern")
Match = _Form("Match")
IO = _Form("IO")
TextIO = _Form("TextIO")
BinaryIO = _Form("BinaryIO")
ByteString = bytes


class Generic:
    def __class_getitem__(cls, item):
        return cls


class Protocol:
    def __class_getitem__(cls, item):
        return cls


class SupportsInt(Protocol):
    pass


class SupportsFloat(Protocol):
    pass


class SupportsIndex(Protocol):
    pass


class SupportsAbs(Protocol):
    pass


class TypeVar:
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False, default=None, infer_variance=False):
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = bound

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class ParamSpec(TypeVar):
    @property
    def args(self):
        return self

    @property
    def kwargs(self):
        return self


class TypeVarTuple(TypeVar):
    def __iter__(self):
        return iter([self])


class ForwardRef:
    def __init__(self, arg, **options):
        self.__forward_arg__ = arg


class NamedTuple(tuple):
    def __new__(cls, *args, **keywords):
        if cls is NamedTuple:
            name = args[0]
            pairs = args[1] if len(args) > 1 else list(keywords.items())
            return collections.namedtuple(name, [pair[0] for pair in pairs])
        given = list(args)
        for name in cls._fields[len(given) :]:
            if name in keywords:
                given.append(keywords.pop(name))
            elif name in cls._field_defaults:
                given.append(cls._field_defaults[name])
            else:
                raise TypeError(f"{cls.__name__}: missing argument '{name}'")
        if keywords or len(given) > len(cls._fields):
            raise TypeError(f"{cls.__name__}: too many arguments")
        return tuple.__new__(cls, given)

    def __init_subclass__(cls, **keywords):
        annotations = cls.__dict__.get("__annotations__")
        if annotations is None:
            return
        cls._fields = tuple(annotations)
        cls._field_defaults = {name: cls.__dict__[name] for name in annotations if name in cls.__dict__}
        for index, name in enumerate(cls._fields):
            setattr(cls, name, cls._element(index))

    @staticmethod
    def _element(index):
        return property(lambda self: self[index])

    @classmethod
    def _make(cls, iterable):
        return tuple.__new__(cls, iterable)

    def _replace(self, **changes):
        return self._make([changes.get(name, value) for name, value in zip(self._fields, self)])

    def _asdict(self):
        return dict(zip(self._fields, self))

    def __repr__(self):
        return self.__class__.__name__ + "(" + ", ".join([f"{n}={v!r}" for n, v in zip(self._fields, self)]) + ")"


class TypedDict(dict):
    def __init_subclass__(cls, total=True, **keywords):
        pass


def NewType(name, base):
    return lambda value: value


def cast(type, value):
    return value


def assert_type(value, type):
    return value


def reveal_type(value):
    return value


def overload(function):
    return function


def final(target):
    return target


def override(function):
    return function


def no_type_check(target):
    return target


def runtime_checkable(cls):
    return cls


def dataclass_transform(**options):
    return lambda target: target


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    for cls in reversed(getattr(obj, "__mro__", ())):
        hints.update(cls.__dict__.get("__annotations__", {}))
    return hints or dict(getattr(obj, "__annotations__", {}))


def get_origin(tp):
    origin = getattr(tp, "__origin__", None)
    return origin


def get_args(tp):
    return getattr(tp, "__args__", ()) if get_origin(tp) is not None else ()


def is_typeddict(tp):
    return isinstance(tp, type) and issubclass(tp, TypedDict)


def get_overloads(function):
    return []
