WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


class partial:
    def __new__(cls, func, /, *args, **keywords):
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self = super().__new__(cls)
        self.func = func
        self.args = args
        self.keywords = keywords
        return self

    def __init__(self, func, /, *args, **keywords):
        pass

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        parts = [repr(self.func), *(repr(one) for one in self.args), *(f"{k}={v!r}" for k, v in self.keywords.items())]
        return f"functools.partial({', '.join(parts)})"

    def __deepcopy__(self, memo):
        import copy
        return partial(copy.deepcopy(self.func, memo), *copy.deepcopy(self.args, memo), **copy.deepcopy(self.keywords, memo))


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, obj, cls=None):
        get = getattr(self.func, "__get__", None)
        func = self.func if get is None else get(obj, cls)
        return partial(func, *self.args, **self.keywords)


_absent = object()


def reduce(function, iterable, initial=_absent, /):
    it = iter(iterable)
    value = initial
    if value is _absent:
        try:
            value = next(it)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    for one in it:
        value = function(value, one)
    return value


def _cached(user_function):
    results = {}

    def wrapper(*args, **kwargs):
        key = (args, tuple(kwargs.items()))
        try:
            known = key in results
        except TypeError:
            return user_function(*args, **kwargs)
        if known is True:
            return results[key]
        value = user_function(*args, **kwargs)
        if known is False:
            results[key] = value
        return value

    wrapper.cache_clear = results.clear
    wrapper.cache_info = lambda: None
    return update_wrapper(wrapper, user_function)


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _cached(maxsize)
    return _cached


def cache(user_function, /):
    return _cached(user_function)


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

    def register(cls, func=None):
        if func is None:
            if isinstance(cls, type):
                return lambda f: register(cls, f)
            func = cls
            cls = next(iter(func.__annotations__.values()))
        registry[cls] = func
        return func

    def dispatch(cls):
        for one in cls.__mro__:
            if one in registry:
                return registry[one]
        return func

    def wrapper(*args, **kwargs):
        return dispatch(args[0].__class__)(*args, **kwargs)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = singledispatch(func)

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def method(*args, **kwargs):
            return self.dispatcher.dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)
        return method


def total_ordering(cls):
    if "__lt__" in cls.__dict__:
        less = cls.__lt__
        cls.__gt__ = lambda self, other: not (less(self, other) or self == other)
        cls.__le__ = lambda self, other: less(self, other) or self == other
        cls.__ge__ = lambda self, other: not less(self, other)
    elif "__gt__" in cls.__dict__:
        greater = cls.__gt__
        cls.__lt__ = lambda self, other: not (greater(self, other) or self == other)
        cls.__ge__ = lambda self, other: greater(self, other) or self == other
        cls.__le__ = lambda self, other: not greater(self, other)
    elif "__le__" in cls.__dict__:
        at_most = cls.__le__
        cls.__ge__ = lambda self, other: not at_most(self, other) or self == other
        cls.__lt__ = lambda self, other: at_most(self, other) and not self == other
        cls.__gt__ = lambda self, other: not at_most(self, other)
    elif "__ge__" in cls.__dict__:
        at_least = cls.__ge__
        cls.__le__ = lambda self, other: not at_least(self, other) or self == other
        cls.__gt__ = lambda self, other: at_least(self, other) and not self == other
        cls.__lt__ = lambda self, other: not at_least(self, other)
    return cls


def cmp_to_key(compare):
    class Key:
        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return compare(self.obj, other.obj) < 0

        def __gt__(self, other):
            return compare(self.obj, other.obj) > 0

        def __eq__(self, other):
            return compare(self.obj, other.obj) == 0

    return Key
