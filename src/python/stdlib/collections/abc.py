from abc import ABCMeta


class _ByMethods(ABCMeta):
    """A class is one of these if it has the methods, whatever it inherits from."""

    def __subclasscheck__(cls, subclass):
        required = cls.__dict__.get("_required")
        if required is not None:
            return all(hasattr(subclass, name) and getattr(subclass, name) is not None for name in required)
        return ABCMeta.__subclasscheck__(cls, subclass)


class Hashable(metaclass=_ByMethods):
    _required = ("__hash__",)


class Iterable(metaclass=_ByMethods):
    _required = ("__iter__",)

    def __class_getitem__(cls, item):
        return cls


class Iterator(Iterable):
    _required = ("__iter__", "__next__")

    def __iter__(self):
        return self


class Generator(Iterator):
    _required = ("__iter__", "__next__", "send", "throw")


class Reversible(Iterable):
    _required = ("__iter__", "__reversed__")


class Sized(metaclass=_ByMethods):
    _required = ("__len__",)


class Container(metaclass=_ByMethods):
    _required = ("__contains__",)


class Callable(metaclass=_ByMethods):
    _required = ("__call__",)

    def __class_getitem__(cls, item):
        return cls


class Awaitable(metaclass=_ByMethods):
    _required = ("__await__",)


class Coroutine(Awaitable):
    _required = ("__await__", "send")


class AsyncIterable(metaclass=_ByMethods):
    _required = ("__aiter__",)


class AsyncIterator(AsyncIterable):
    _required = ("__aiter__", "__anext__")


class Collection(Sized, Iterable, Container):
    _required = ("__len__", "__iter__", "__contains__")


class Sequence(Reversible, Collection):
    def __iter__(self):
        index = 0
        while True:
            try:
                value = self[index]
            except IndexError:
                return
            yield value
            index += 1

    def __contains__(self, value):
        return any(item is value or item == value for item in self)

    def __reversed__(self):
        for index in reversed(range(len(self))):
            yield self[index]

    def index(self, value, start=0, stop=None):
        for index in range(start, len(self) if stop is None else stop):
            if self[index] is value or self[index] == value:
                return index
        raise ValueError

    def count(self, value):
        return sum(1 for item in self if item is value or item == value)


Sequence.register(tuple)
Sequence.register(str)
Sequence.register(range)
Sequence.register(bytes)


class ByteString(Sequence):
    pass


class MutableSequence(Sequence):
    def append(self, value):
        self.insert(len(self), value)

    def extend(self, values):
        for value in list(values):
            self.append(value)

    def clear(self):
        while len(self):
            self.pop()

    def reverse(self):
        self[:] = list(self)[::-1]

    def pop(self, index=-1):
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        del self[self.index(value)]

    def __iadd__(self, values):
        self.extend(values)
        return self


MutableSequence.register(list)


class Set(Collection):
    def __le__(self, other):
        return len(self) <= len(other) and all(value in other for value in self)

    def __eq__(self, other):
        return len(self) == len(other) and self.__le__(other)

    def __and__(self, other):
        return self._from_iterable(value for value in other if value in self)

    def __or__(self, other):
        return self._from_iterable(value for values in (self, other) for value in values)

    def __sub__(self, other):
        return self._from_iterable(value for value in self if value not in other)

    @classmethod
    def _from_iterable(cls, values):
        return cls(values)


Set.register(frozenset)


class MutableSet(Set):
    def remove(self, value):
        if value not in self:
            raise KeyError(value)
        self.discard(value)

    def clear(self):
        for value in list(self):
            self.discard(value)

    def __ior__(self, values):
        for value in values:
            self.add(value)
        return self


MutableSet.register(set)


class MappingView(Sized):
    def __init__(self, mapping):
        self._mapping = mapping

    def __len__(self):
        return len(self._mapping)


class KeysView(MappingView, Set):
    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        return iter(self._mapping)

    @classmethod
    def _from_iterable(cls, values):
        return set(values)


class ItemsView(MappingView, Set):
    def __contains__(self, item):
        key, value = item
        return key in self._mapping and self._mapping[key] == value

    def __iter__(self):
        for key in self._mapping:
            yield (key, self._mapping[key])

    @classmethod
    def _from_iterable(cls, values):
        return set(values)


class ValuesView(MappingView, Collection):
    def __contains__(self, value):
        return any(self._mapping[key] == value for key in self._mapping)

    def __iter__(self):
        for key in self._mapping:
            yield self._mapping[key]


class Mapping(Collection):
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
        return dict(self.items()) == dict(other.items())


Mapping.register(dict)

_MISSING = object()


class MutableMapping(Mapping):
    def pop(self, key, default=_MISSING):
        try:
            value = self[key]
        except KeyError:
            if default is _MISSING:
                raise
            return default
        del self[key]
        return value

    def popitem(self):
        key = next(iter(self))
        value = self[key]
        del self[key]
        return key, value

    def clear(self):
        for key in list(self):
            del self[key]

    def update(self, other=(), /, **keywords):
        if hasattr(other, "keys"):
            for key in other.keys():
                self[key] = other[key]
        else:
            for key, value in other:
                self[key] = value
        for key, value in keywords.items():
            self[key] = value

    def setdefault(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default


MutableMapping.register(dict)
Set.register(type({}.keys()))
KeysView.register(type({}.keys()))
