"""What only describes types: everything can be subscripted and called, and means nothing at run time."""
import collections as _collections
import _collections_abc as _abc
import sys as _sys
from abc import ABCMeta as _ABCMeta, abstractmethod

_UnionType = type(int | str)

TYPE_CHECKING = False


class _Form:
    def __init__(self, name, args=(), origin=None):
        self._name = name
        self.__args__ = args
        self.__origin__ = origin
        self._is_class_var = name == "ClassVar"

    def __getitem__(self, item):
        args = item if isinstance(item, tuple) else (item,)
        if self._name == "Optional":
            return Union[args[0], None]
        if self._name == "Annotated":
            return args[0]
        if self._name == "Union":
            args = _flat(args)
            if len(args) == 1:
                return args[0]
            return _Form("Union", args, Union)
        return _Form(self._name, args, self if self.__origin__ is None else self.__origin__)

    def __call__(self, *args, **kwargs):
        if self.__origin__ is None or not callable(self.__origin__) or isinstance(self.__origin__, _Form):
            raise TypeError(f"Type {self._name} cannot be instantiated")
        return self.__origin__(*args, **kwargs)

    def __mro_entries__(self, bases):
        if self._name in ("Generic", "Protocol"):
            return (Generic,)
        return (self.__origin__,) if isinstance(self.__origin__, type) else ()

    def __instancecheck__(self, instance):
        if self._name == "Union":
            return any(isinstance(instance, type(None) if one is None else getattr(one, "__origin__", one)) for one in self.__args__)
        return isinstance(instance, self.__origin__)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self.__args__ if self._name == "Union" else self.__origin__)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __eq__(self, other):
        return isinstance(other, _Form) and self._name == other._name and self.__args__ == other.__args__

    def __hash__(self):
        return hash(self._name)

    def __repr__(self):
        return f"typing.{self._name}"


def _flat(args):
    result = []
    for one in args:
        parts = one.__args__ if isinstance(one, _Form) and one._name == "Union" else (type(None) if one is None else one,)
        for part in parts:
            if part not in result:
                result.append(part)
    return tuple(result)


Union = _Form("Union")
Any = _Form("Any")
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


def _alias(name, origin):
    return _Form(name, (), origin)


List = _alias("List", list)
Dict = _alias("Dict", dict)
Tuple = _alias("Tuple", tuple)
Set = _alias("Set", set)
FrozenSet = _alias("FrozenSet", frozenset)
Type = _alias("Type", type)
DefaultDict = _alias("DefaultDict", _collections.defaultdict)
OrderedDict = _alias("OrderedDict", _collections.OrderedDict)
Counter = _alias("Counter", _collections.Counter)
Deque = _alias("Deque", _collections.deque)
ChainMap = _alias("ChainMap", _collections.ChainMap)
Callable = _alias("Callable", _abc.Callable)
Iterable = _alias("Iterable", _abc.Iterable)
Iterator = _alias("Iterator", _abc.Iterator)
Generator = _alias("Generator", _abc.Generator)
Sequence = _alias("Sequence", _abc.Sequence)
MutableSequence = _alias("MutableSequence", _abc.MutableSequence)
Mapping = _alias("Mapping", _abc.Mapping)
MutableMapping = _alias("MutableMapping", _abc.MutableMapping)
AbstractSet = _alias("AbstractSet", _abc.Set)
MutableSet = _alias("MutableSet", _abc.MutableSet)
Collection = _alias("Collection", _abc.Collection)
Container = _alias("Container", _abc.Container)
Hashable = _alias("Hashable", _abc.Hashable)
Sized = _alias("Sized", _abc.Sized)
Reversible = _alias("Reversible", _abc.Reversible)
Awaitable = _alias("Awaitable", _abc.Awaitable)
Coroutine = _alias("Coroutine", _abc.Coroutine)
AsyncIterable = _alias("AsyncIterable", _abc.AsyncIterable)
AsyncIterator = _alias("AsyncIterator", _abc.AsyncIterator)
AsyncGenerator = _alias("AsyncGenerator", _abc.AsyncGenerator)
KeysView = _alias("KeysView", _abc.KeysView)
ItemsView = _alias("ItemsView", _abc.ItemsView)
ValuesView = _alias("ValuesView", _abc.ValuesView)
ByteString = _alias("ByteString", _abc.ByteString)
ContextManager = _Form("ContextManager")
AsyncContextManager = _Form("AsyncContextManager")
Pattern = _Form("Pattern")
Match = _Form("Match")
IO = _Form("IO")
TextIO = _Form("TextIO")
BinaryIO = _Form("BinaryIO")
Text = str


class TypeVar:
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False, default=None, infer_variance=False):
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = bound

    def __repr__(self):
        return f"~{self.__name__}"

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
        return iter((self,))


class TypeAliasType:
    def __init__(self, name, value, *, type_params=()):
        self.__name__ = name
        self.__value__ = value


AnyStr = TypeVar("AnyStr", bytes, str)


class Generic:
    def __class_getitem__(cls, params):
        if cls is Generic or cls is Protocol:
            return _Subscripted(cls, params)
        return _Subscripted(cls, params)


class _Subscripted:
    """`Base[int]` is Base, with the argument remembered."""

    def __init__(self, origin, args):
        self.__origin__ = origin
        self.__args__ = args if isinstance(args, tuple) else (args,)

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __call__(self, *args, **kwargs):
        return self.__origin__(*args, **kwargs)

    def __getattr__(self, name):
        return getattr(self.__origin__, name)

    def __getitem__(self, params):
        return _Subscripted(self.__origin__, params)

    def __instancecheck__(self, instance):
        return isinstance(instance, self.__origin__)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __eq__(self, other):
        return isinstance(other, _Subscripted) and (self.__origin__, self.__args__) == (other.__origin__, other.__args__)

    def __hash__(self):
        return hash(self.__args__)


class Protocol(Generic, metaclass=_ABCMeta):
    pass


class SupportsInt(Protocol):
    pass


class SupportsFloat(Protocol):
    pass


class SupportsIndex(Protocol):
    pass


class SupportsAbs(Protocol):
    pass


class SupportsRound(Protocol):
    pass


class SupportsBytes(Protocol):
    pass


class SupportsComplex(Protocol):
    pass


def _named(typename, fields, defaults, namespace, module):
    cls = _collections.namedtuple(typename, list(fields), defaults=defaults, module=module)
    cls.__annotations__ = dict(fields)
    for key, value in namespace.items():
        if key not in fields and key not in ("__new__", "__annotations__", "__qualname__", "__module__"):
            setattr(cls, key, value)
    return cls


class _NamedTupleMeta(type):
    def __new__(mcls, typename, bases, namespace):
        fields = namespace.get("__annotations__", {})
        defaults = [namespace[name] for name in fields if name in namespace]
        made = _named(typename, fields, defaults, namespace, namespace.get("__module__"))
        extra = tuple(base for base in bases if base is not _NamedTupleBase and base is not Generic)
        return made if not extra else type(typename, (made, *extra), {})


class _NamedTupleForm:
    def __mro_entries__(self, bases):
        return (_NamedTupleBase,)

    def __call__(self, typename, fields=None, /, **kwargs):
        return _named(typename, dict(kwargs if fields is None else fields), None, {}, None)


_NamedTupleBase = type.__new__(_NamedTupleMeta, "_NamedTupleBase", (), {})
NamedTuple = _NamedTupleForm()


class _TypedDictMeta(type):
    def __new__(mcls, name, bases, namespace, total=True, **kwargs):
        return type.__new__(mcls, name, (dict,), namespace)

    def __call__(cls, *args, **kwargs):
        return dict(*args, **kwargs)

    def __instancecheck__(cls, instance):
        return isinstance(instance, dict)


TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (dict,), {})


def cast(typ, val):
    return val


def NewType(name, tp):
    def new_type(x):
        return x
    new_type.__name__ = name
    new_type.__supertype__ = tp
    return new_type


def overload(func):
    return func


def final(f):
    return f


def override(f):
    return f


def no_type_check(arg):
    return arg


def runtime_checkable(cls):
    return cls


def dataclass_transform(**kwargs):
    return lambda cls: cls


def assert_type(val, typ):
    return val


def assert_never(arg):
    raise AssertionError("Expected code to be unreachable")


def reveal_type(obj):
    return obj


def get_origin(tp):
    if isinstance(tp, _UnionType):
        return _UnionType
    origin = getattr(tp, "__origin__", None)
    return getattr(origin, "__origin__", None) or origin if isinstance(origin, _Form) and origin is not Union else origin


def get_args(tp):
    return getattr(tp, "__args__", ())


def _eval_type(t, globalns, localns=None, *args, **kwargs):
    """What a reference in a text means; other types as they are, also where references are inside them."""
    return eval(t.__forward_arg__, globalns, localns) if isinstance(t, ForwardRef) else t


def _hints(obj, globalns, localns):
    own = obj.__dict__ if isinstance(obj, type) else {"__annotations__": getattr(obj, "__annotations__", {})}

    def meant(hint):
        if not isinstance(hint, str):
            return hint
        names = _sys.modules[obj.__module__].__dict__ if globalns is None else globalns
        return eval(hint, names, localns)

    return {name: meant(hint) for name, hint in own.get("__annotations__", {}).items()}


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    for one in reversed(obj.__mro__) if isinstance(obj, type) else (obj,):
        hints.update(_hints(one, globalns, localns))
    return hints


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)


class ForwardRef:
    def __init__(self, arg):
        self.__forward_arg__ = arg
