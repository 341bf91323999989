import types


class _empty:
    pass


class _Kind(int):
    pass


class Parameter:
    empty = _empty
    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name = name
        self.kind = kind
        self.default = default
        self.annotation = annotation

    def replace(self, **kwargs):
        return Parameter(kwargs.pop("name", self.name), kwargs.pop("kind", self.kind),
                         **{"default": self.default, "annotation": self.annotation, **kwargs})

    def __repr__(self):
        return f"<Parameter {self.name!r}>"


class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature = signature
        self.arguments = arguments

    @property
    def args(self):
        values = []
        for name, parameter in self.signature.parameters.items():
            if parameter.kind in (3, 4) or name not in self.arguments:
                break
            if parameter.kind == 2:
                values.extend(self.arguments[name])
            else:
                values.append(self.arguments[name])
        return tuple(values)

    @property
    def kwargs(self):
        values = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments and parameter.kind == 3:
                values[name] = self.arguments[name]
            if name in self.arguments and parameter.kind == 4:
                values.update(self.arguments[name])
        return values

    def apply_defaults(self):
        full = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments:
                full[name] = self.arguments[name]
            elif parameter.kind == 2:
                full[name] = ()
            elif parameter.kind == 4:
                full[name] = {}
            elif parameter.default is not _empty:
                full[name] = parameter.default
        self.arguments = full


class Signature:
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self.parameters = {one.name: one for one in parameters or ()}
        self.return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj):
        return signature(obj)

    def replace(self, *, parameters=None, return_annotation=_empty):
        return Signature(self.parameters.values() if parameters is None else parameters)

    def _bind(self, args, kwargs, partial):
        arguments = {}
        rest = list(args)
        kwargs = dict(kwargs)
        for name, parameter in self.parameters.items():
            if parameter.kind == 2:
                arguments[name] = tuple(rest)
                rest = []
            elif parameter.kind == 4:
                arguments[name] = kwargs
                kwargs = {}
            elif parameter.kind in (0, 1) and rest:
                arguments[name] = rest.pop(0)
            elif name in kwargs:
                arguments[name] = kwargs.pop(name)
            elif parameter.default is _empty and not partial:
                raise TypeError(f"missing a required argument: {name!r}")
        if rest:
            raise TypeError("too many positional arguments")
        if kwargs:
            raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
        return BoundArguments(self, arguments)

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)


def signature(obj, *, follow_wrapped=True, **kwargs):
    if is_unknown(obj):
        return obj.__signature__
    skip = 0
    if isinstance(obj, types.MethodType):
        skip = 1
        obj = obj.__func__
    if follow_wrapped:
        obj = unwrap(obj)
    if isinstance(obj, type):
        skip = 1
        fields = getattr(obj.__init__, "__dataclass_fields__", None)
        if fields is not None:
            return Signature([Parameter(f.name, 3 if f.kw_only else 1, annotation=f.type,
                                        default=_empty if f.default.__class__.__name__ == "_Missing" else f.default) for f in fields])
        obj = obj.__init__ if obj.__init__ is not object.__init__ else obj.__new__
        if obj is object.__new__:
            return Signature()
    elif not isinstance(obj, types.FunctionType) and hasattr(obj, "func") and hasattr(obj, "keywords"):
        inner = signature(obj.func)
        left = [p for p in inner.parameters.values()][len(obj.args):]
        return Signature([p.replace(default=obj.keywords[p.name], kind=3) if p.name in obj.keywords else p for p in left])
    elif not isinstance(obj, types.FunctionType) and hasattr(type(obj), "__call__") and isinstance(type(obj).__call__, types.FunctionType):
        skip = 1
        obj = type(obj).__call__
    found = parameters_of(obj)
    return Signature([Parameter(name, kind, **extra) for name, kind, extra in found][skip:])


class FullArgSpec(tuple):
    pass


def getfullargspec(func):
    from collections import namedtuple
    if is_unknown(func):
        return func.__signature__
    skip = isinstance(func, type)
    if skip:
        func = func.__init__
    func = getattr(func, "__func__", func)
    if not isinstance(func, types.FunctionType) and isinstance(getattr(type(func), "__call__", None), types.FunctionType):
        func = type(func).__call__
    found = parameters_of(func)
    names = [name for name, kind, extra in found if kind in (0, 1)]
    defaults = [extra["default"] for name, kind, extra in found if kind in (0, 1) and "default" in extra]
    only = [name for name, kind, extra in found if kind == 3]
    star = next((name for name, kind, extra in found if kind == 2), None)
    double = next((name for name, kind, extra in found if kind == 4), None)
    spec = namedtuple("FullArgSpec", "args varargs varkw defaults kwonlyargs kwonlydefaults annotations")
    only_defaults = {name: extra["default"] for name, kind, extra in found if kind == 3 and "default" in extra}
    return spec(names, star, double, tuple(defaults) or None, only, only_defaults or None, getattr(func, "__annotations__", {}))


def getsourcefile(obj):
    return file_of(unwrap(obj) if not isinstance(obj, type) else obj)


getfile = getabsfile = getsourcefile


def getsource(obj):
    return source_of(obj)


def getsourcelines(obj):
    return getsource(obj).splitlines(True), 0


def isclass(obj):
    return isinstance(obj, type)


def isfunction(obj):
    return isinstance(obj, types.FunctionType)


def ismethod(obj):
    return isinstance(obj, types.MethodType)


def isbuiltin(obj):
    return isinstance(obj, types.BuiltinFunctionType)


def isroutine(obj):
    return isfunction(obj) or ismethod(obj) or isbuiltin(obj)


def ismodule(obj):
    return isinstance(obj, types.ModuleType)


def isgenerator(obj):
    return isinstance(obj, types.GeneratorType)


def isabstract(obj):
    return isinstance(obj, type) and len(obj.__abstractmethods__) > 0


def isgeneratorfunction(obj):
    return False


def iscoroutinefunction(obj):
    return False


def getmembers(object, predicate=None):
    found = []
    for name in dir(object):
        try:
            value = getattr(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            found.append((name, value))
    return found


def getmro(cls):
    return cls.__mro__


def unwrap(func, *, stop=None):
    seen = []
    while hasattr(func, "__wrapped__") and not (stop is not None and stop(func)):
        if any([func is one for one in seen]):
            raise ValueError("wrapper loop when unwrapping")
        seen.append(func)
        func = func.__wrapped__
    return func


def getdoc(obj):
    return getattr(obj, "__doc__", None)


def getmodule(obj):
    import sys
    return sys.modules.get(getattr(obj, "__module__", None))


def cleandoc(doc):
    return doc


def get_annotations(obj, **kwargs):
    return dict(getattr(obj, "__annotations__", {}))
