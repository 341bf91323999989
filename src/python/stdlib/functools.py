WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            setattr(wrapper, name, getattr(wrapped, name))
        except AttributeError:
            pass
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    def decorate(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)

    return decorate


class partial:
    def __init__(self, func, /, *args, **keywords):
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, instance, owner=None):
        bound = self.func.__get__(instance, owner)
        return partial(bound, *self.args, **self.keywords)


_MISSING = object()


def reduce(function, iterable, initial=_MISSING, /):
    values = iter(iterable)
    result = next(values, _MISSING) if initial is _MISSING else initial
    if result is _MISSING:
        raise TypeError("reduce() of empty iterable with no initial value")
    for value in values:
        result = function(result, value)
    return result


class _Cached:
    def __init__(self, function):
        self._function = function
        self._results = {}
        update_wrapper(self, function)

    def __call__(self, /, *args, **keywords):
        key = (args, tuple(keywords.items()))
        try:
            known = key in self._results
        except TypeError:
            return self._function(*args, **keywords)
        if not known:
            self._results[key] = self._function(*args, **keywords)
        return self._results[key]

    def __get__(self, instance, owner=None):
        return self if instance is None else partial(self, instance)

    def cache_clear(self):
        self._results.clear()

    def cache_info(self):
        return (0, 0, None, len(self._results))


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _Cached(maxsize)
    return _Cached


def cache(function, /):
    return _Cached(function)


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = self.func(instance)
        instance.__dict__[self.attrname] = value
        return value


def singledispatch(func):
    registry = {object: func}

    def dispatch(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        return func

    def register(cls, function=None):
        if function is None:
            if isinstance(cls, type):
                return lambda function: register(cls, function)
            function = cls
            cls = next(hint for name, hint in function.__annotations__.items() if name != "return")
        registry[cls] = function
        return function

    def wrapper(*args, **keywords):
        return dispatch(args[0].__class__)(*args, **keywords)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)

    def __get__(self, instance, owner=None):
        def method(*args, **keywords):
            function = self.dispatcher.dispatch(args[0].__class__)
            return function.__get__(instance, owner)(*args, **keywords)

        return method


_MIRRORED = {
    "__lt__": {
        "__gt__": lambda self, other: not (self < other or self == other),
        "__le__": lambda self, other: self < other or self == other,
        "__ge__": lambda self, other: not self < other,
    },
    "__le__": {
        "__ge__": lambda self, other: not self <= other or self == other,
        "__lt__": lambda self, other: self <= other and not self == other,
        "__gt__": lambda self, other: not self <= other,
    },
    "__gt__": {
        "__lt__": lambda self, other: not (self > other or self == other),
        "__ge__": lambda self, other: self > other or self == other,
        "__le__": lambda self, other: not self > other,
    },
    "__ge__": {
        "__le__": lambda self, other: not self >= other or self == other,
        "__gt__": lambda self, other: self >= other and not self == other,
        "__lt__": lambda self, other: not self >= other,
    },
}


def total_ordering(cls):
    for root, others in _MIRRORED.items():
        if root in cls.__dict__:
            for name, operation in others.items():
                if name not in cls.__dict__:
                    setattr(cls, name, operation)
            break
    return cls


def cmp_to_key(compare):
    class Key:
        def __init__(self, value):
            self.value = value

        def __lt__(self, other):
            return compare(self.value, other.value) < 0

        def __gt__(self, other):
            return compare(self.value, other.value) > 0

        def __eq__(self, other):
            return compare(self.value, other.value) == 0

    return Key
