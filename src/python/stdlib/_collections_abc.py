"""Abstract containers. `isinstance` looks for the methods, or for what was registered."""
from abc import ABCMeta, abstractmethod


def _has(cls, *names):
    for name in names:
        for one in cls.__mro__:
            if name in one.__dict__:
                if one.__dict__[name] is None:
                    return NotImplemented
                break
        else:
            return NotImplemented
    return True


def _protocol(name, *methods):
    def hook(cls, other):
        return _has(other, *methods) if cls.__name__ == name else NotImplemented
    return type.__call__(ABCMeta, name, (), {
        "__subclasshook__": classmethod(hook),
        "__class_getitem__": classmethod(lambda cls, item: cls),
        "__module__": "collections.abc",
    })


Hashable = _protocol("Hashable", "__hash__")
Iterable = _protocol("Iterable", "__iter__")
Iterator = _protocol("Iterator", "__next__", "__iter__")
Reversible = _protocol("Reversible", "__reversed__", "__iter__")
Sized = _protocol("Sized", "__len__")
Container = _protocol("Container", "__contains__")
Collection = _protocol("Collection", "__len__", "__iter__", "__contains__")
Callable = _protocol("Callable", "__call__")
Generator = _protocol("Generator", "__iter__", "__next__", "send", "throw", "close")
Awaitable = _protocol("Awaitable", "__await__")
Coroutine = _protocol("Coroutine", "__await__", "send")
AsyncIterable = _protocol("AsyncIterable", "__aiter__")
AsyncIterator = _protocol("AsyncIterator", "__anext__", "__aiter__")
AsyncGenerator = _protocol("AsyncGenerator", "__aiter__", "__anext__", "asend")
Buffer = _protocol("Buffer", "__buffer__")


class Sequence(metaclass=ABCMeta):
    def __class_getitem__(cls, item):
        return cls

    @abstractmethod
    def __getitem__(self, index):
        raise IndexError

    @abstractmethod
    def __len__(self):
        return 0

    def __iter__(self):
        for index in range(len(self)):
            yield self[index]

    def __contains__(self, value):
        for one in self:
            if one is value or one == value:
                return True
        return False

    def __reversed__(self):
        for index in reversed(range(len(self))):
            yield self[index]

    def index(self, value, start=0, stop=None):
        for position in range(start, len(self) if stop is None else stop):
            if self[position] is value or self[position] == value:
                return position
        raise ValueError

    def count(self, value):
        return sum(1 for one in self if one is value or one == value)


class MutableSequence(Sequence):
    @abstractmethod
    def __setitem__(self, index, value):
        raise IndexError

    @abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @abstractmethod
    def insert(self, index, value):
        raise IndexError

    def append(self, value):
        self.insert(len(self), value)

    def extend(self, values):
        for one in list(values):
            self.append(one)

    def pop(self, index=-1):
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        del self[self.index(value)]

    def clear(self):
        while len(self):
            self.pop()

    def reverse(self):
        items = list(self)[::-1]
        for index, one in enumerate(items):
            self[index] = one

    def __iadd__(self, values):
        self.extend(values)
        return self


class Set(metaclass=ABCMeta):
    def __class_getitem__(cls, item):
        return cls

    def __le__(self, other):
        return len(self) <= len(other) and all(one in other for one in self)

    def __eq__(self, other):
        return len(self) == len(other) and self.__le__(other)

    def __and__(self, other):
        return self._from_iterable(one for one in other if one in self)

    def __or__(self, other):
        return self._from_iterable(one for values in (self, other) for one in values)

    def __sub__(self, other):
        return self._from_iterable(one for one in self if one not in other)

    def isdisjoint(self, other):
        return not any(one in self for one in other)

    @classmethod
    def _from_iterable(cls, it):
        return cls(it)


class MutableSet(Set):
    @abstractmethod
    def add(self, value):
        raise NotImplementedError

    @abstractmethod
    def discard(self, value):
        raise NotImplementedError

    def remove(self, value):
        if value not in self:
            raise KeyError(value)
        self.discard(value)


class MappingView:
    def __init__(self, mapping):
        self._mapping = mapping

    def __len__(self):
        return len(self._mapping)


class KeysView(MappingView):
    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        return iter(self._mapping)


class ItemsView(MappingView):
    def __iter__(self):
        for key in self._mapping:
            yield key, self._mapping[key]


class ValuesView(MappingView):
    def __iter__(self):
        for key in self._mapping:
            yield self._mapping[key]


class Mapping(metaclass=ABCMeta):
    def __class_getitem__(cls, item):
        return cls

    @abstractmethod
    def __getitem__(self, key):
        raise KeyError

    @abstractmethod
    def __iter__(self):
        return iter(())

    @abstractmethod
    def __len__(self):
        return 0

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        return KeysView(self)

    def items(self):
        return ItemsView(self)

    def values(self):
        return ValuesView(self)

    def __eq__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return dict(self.items()) == dict(other.items())


_missing = object()


class MutableMapping(Mapping):
    @abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    @abstractmethod
    def __delitem__(self, key):
        raise KeyError

    def pop(self, key, default=_missing):
        try:
            value = self[key]
        except KeyError:
            if default is _missing:
                raise
            return default
        del self[key]
        return value

    def popitem(self):
        for key in self:
            value = self[key]
            del self[key]
            return key, value
        raise KeyError

    def clear(self):
        for key in list(self):
            del self[key]

    def update(self, other=(), /, **kwargs):
        if hasattr(other, "keys"):
            for key in other.keys():
                self[key] = other[key]
        else:
            for key, value in other:
                self[key] = value
        for key, value in kwargs.items():
            self[key] = value

    def setdefault(self, key, default=None):
        if key in self:
            return self[key]
        self[key] = default
        return default


class ByteString(Sequence):
    pass


Sequence.register(tuple)
Sequence.register(str)
Sequence.register(range)
Sequence.register(bytes)
MutableSequence.register(list)
Mapping.register(type(type.__dict__))
MutableMapping.register(dict)
Set.register(frozenset)
Set.register(type({}.keys()))
MutableSet.register(set)
