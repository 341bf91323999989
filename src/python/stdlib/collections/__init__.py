from collections.abc import MutableMapping, MutableSequence


class OrderedDict(dict):
    def move_to_end(self, key, last=True):
        value = self.pop(key)
        if last:
            self[key] = value
            return
        others = list(self.items())
        self.clear()
        self[key] = value
        self.update(others)

    def popitem(self, last=True):
        keys = list(self)
        if not keys:
            raise KeyError("dictionary is empty")
        key = keys[-1] if last else keys[0]
        return key, self.pop(key)

    def copy(self):
        return self.__class__(self)


class defaultdict(dict):
    def __init__(self, default_factory=None, /, *args, **keywords):
        dict.__init__(self, *args, **keywords)
        self.default_factory = default_factory

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self.default_factory()
        self[key] = value
        return value

    def copy(self):
        return self.__class__(self.default_factory, self)

    def __copy__(self):
        return self.copy()

    def __deepcopy__(self, memo):
        from copy import deepcopy

        return self.__class__(self.default_factory, deepcopy(dict(self), memo))


class Counter(dict):
    def __init__(self, iterable=None, /, **keywords):
        dict.__init__(self)
        self.update(iterable, **keywords)

    def __missing__(self, key):
        return 0

    def update(self, iterable=None, /, **keywords):
        if iterable is None:
            iterable = ()
        if hasattr(iterable, "items"):
            for key, count in iterable.items():
                self[key] = self[key] + count
        else:
            for key in iterable:
                self[key] = self[key] + 1
        for key, count in keywords.items():
            self[key] = self[key] + count

    def elements(self):
        return iter([key for key, count in self.items() for _ in range(count)])

    def most_common(self, n=None):
        ranked = sorted(self.items(), key=lambda item: item[1], reverse=True)
        return ranked if n is None else ranked[:n]

    def total(self):
        return sum(self.values())


class deque(list):
    def __init__(self, iterable=(), maxlen=None):
        self.maxlen = maxlen
        list.__init__(self)
        self.extend(iterable)

    def append(self, value):
        list.append(self, value)
        if self.maxlen is not None and len(self) > self.maxlen:
            del self[0]

    def appendleft(self, value):
        list.insert(self, 0, value)
        if self.maxlen is not None and len(self) > self.maxlen:
            list.pop(self)

    def extend(self, values):
        for value in values:
            self.append(value)

    def extendleft(self, values):
        for value in values:
            self.appendleft(value)

    def popleft(self):
        if not len(self):
            raise IndexError("pop from an empty deque")
        return list.pop(self, 0)

    def rotate(self, n=1):
        if len(self):
            n = n % len(self)
            self[:] = self[len(self) - n :] + self[: len(self) - n]


class ChainMap(MutableMapping):
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        raise KeyError(key)

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        del self.maps[0][key]

    def __iter__(self):
        merged = {}
        for mapping in reversed(self.maps):
            merged.update(dict.fromkeys(mapping))
        return iter(merged)

    def __len__(self):
        return len(set().union(*self.maps))

    def new_child(self, m=None):
        return self.__class__({} if m is None else m, *self.maps)

    @property
    def parents(self):
        return self.__class__(*self.maps[1:])


class UserDict(MutableMapping):
    def __init__(self, dict=None, /, **keywords):
        self.data = {}
        if dict is not None:
            self.update(dict)
        if keywords:
            self.update(keywords)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        if hasattr(self.__class__, "__missing__"):
            return self.__class__.__missing__(self, key)
        raise KeyError(key)

    def __setitem__(self, key, value):
        self.data[key] = value

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __contains__(self, key):
        return key in self.data

    def copy(self):
        return self.__class__(self.data)


class UserList(MutableSequence):
    def __init__(self, initlist=None):
        self.data = [] if initlist is None else list(initlist)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return self.__class__(self.data[index]) if isinstance(index, slice) else self.data[index]

    def __setitem__(self, index, value):
        self.data[index] = value

    def __delitem__(self, index):
        del self.data[index]

    def insert(self, index, value):
        self.data.insert(index, value)

    def __add__(self, other):
        return self.__class__(self.data + list(other))


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    names = tuple([str(name) for name in field_names])
    values = () if defaults is None else tuple(defaults)
    field_defaults = dict(zip(names[len(names) - len(values) :], values))

    def new(cls, *args, **keywords):
        given = list(args)
        if len(given) > len(names):
            raise TypeError(f"{typename} takes {len(names)} arguments but {len(given)} were given")
        for name in names[len(given) :]:
            if name in keywords:
                given.append(keywords.pop(name))
            elif name in field_defaults:
                given.append(field_defaults[name])
            else:
                raise TypeError(f"{typename}: missing argument {name!r}")
        if keywords:
            raise TypeError(f"{typename} got an unexpected argument {next(iter(keywords))!r}")
        return tuple.__new__(cls, given)

    def make(cls, iterable):
        return tuple.__new__(cls, iterable)

    def replace(self, **changes):
        return self._make([changes.get(name, value) for name, value in zip(names, self)])

    def field(index):
        return property(lambda self: self[index])

    namespace = {name: field(index) for index, name in enumerate(names)}
    namespace.update(
        __new__=new,
        __slots__=(),
        _fields=names,
        _field_defaults=field_defaults,
        _make=classmethod(make),
        _replace=replace,
        _asdict=lambda self: dict(zip(names, self)),
        __getnewargs__=lambda self: tuple(self),
        __repr__=lambda self: typename + "(" + ", ".join([f"{n}={v!r}" for n, v in zip(names, self)]) + ")",
    )
    if module is not None:
        namespace["__module__"] = module
    return type(typename, (tuple,), namespace)
