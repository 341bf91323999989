import types
from _evaluator import parameters_of


class _Empty:
    pass


class Parameter:
    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4
    empty = _Empty

    def __init__(self, name, kind, *, default=_Empty, annotation=_Empty):
        self.name = name
        self.kind = kind
        self.default = default
        self.annotation = annotation

    def replace(self, **changes):
        values = {"name": self.name, "kind": self.kind, "default": self.default, "annotation": self.annotation}
        values.update(changes)
        return Parameter(**values)

    def __eq__(self, other):
        return isinstance(other, Parameter) and vars(self) == vars(other)


class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature = signature
        self.arguments = arguments

    def apply_defaults(self):
        arguments = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments:
                arguments[name] = self.arguments[name]
            elif parameter.default is not _Empty:
                arguments[name] = parameter.default
            elif parameter.kind == Parameter.VAR_POSITIONAL:
                arguments[name] = ()
            elif parameter.kind == Parameter.VAR_KEYWORD:
                arguments[name] = {}
        self.arguments = arguments

    @property
    def args(self):
        found = []
        for name, parameter in self.signature.parameters.items():
            if parameter.kind in (0, 1) and name in self.arguments:
                found.append(self.arguments[name])
            elif parameter.kind == 2:
                found.extend(self.arguments.get(name, ()))
        return tuple(found)

    @property
    def kwargs(self):
        found = {}
        for name, parameter in self.signature.parameters.items():
            if parameter.kind == 3 and name in self.arguments:
                found[name] = self.arguments[name]
            elif parameter.kind == 4:
                found.update(self.arguments.get(name, {}))
        return found


class Signature:
    empty = _Empty

    def __init__(self, parameters=None, *, return_annotation=_Empty):
        self.parameters = {parameter.name: parameter for parameter in parameters or ()}
        self.return_annotation = return_annotation

    def replace(self, *, parameters=None, return_annotation=_Empty):
        return Signature(self.parameters.values() if parameters is None else parameters)

    def bind(self, *args, **keywords):
        return self._bind(args, keywords, False)

    def bind_partial(self, *args, **keywords):
        return self._bind(args, keywords, True)

    def _bind(self, args, keywords, partial):
        arguments = {}
        rest = list(args)
        for name, parameter in self.parameters.items():
            if parameter.kind == Parameter.VAR_POSITIONAL:
                arguments[name] = tuple(rest)
                rest = []
            elif parameter.kind == Parameter.VAR_KEYWORD:
                arguments[name] = keywords
                keywords = {}
            elif rest and parameter.kind in (0, 1):
                arguments[name] = rest.pop(0)
            elif name in keywords:
                arguments[name] = keywords[name]
                keywords = {key: value for key, value in keywords.items() if key != name}
            elif parameter.default is _Empty and not partial:
                raise TypeError(f"missing a required argument: '{name}'")
        if rest or keywords:
            raise TypeError("too many arguments")
        return BoundArguments(self, arguments)


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    while follow_wrapped and hasattr(obj, "__wrapped__") and not isinstance(obj, type):
        obj = obj.__wrapped__
    made = getattr(obj, "__signature__", None)
    if made is not None:
        return made
    if isinstance(obj, type) and hasattr(obj, "__dataclass_fields__") and hasattr(obj.__init__, "__dataclass_init__"):
        from dataclasses import MISSING, _signature_fields

        return Signature([
            Parameter(name, 3 if keyword_only else 1, default=_Empty if default is MISSING else default, annotation=hint)
            for name, default, keyword_only, hint in _signature_fields(obj)
        ])
    from functools import partial

    if isinstance(obj, partial):
        inner = signature(obj.func)
        kept = []
        taken = len(obj.args)
        for parameter in inner.parameters.values():
            if taken > 0 and parameter.kind in (0, 1):
                taken -= 1
            elif parameter.name in obj.keywords:
                kept.append(parameter.replace(default=obj.keywords[parameter.name], kind=3))
            else:
                kept.append(parameter)
        return Signature(kept)
    rows = parameters_of(obj)
    return Signature([
        Parameter(row[0], row[1], default=row[2] if len(row) > 2 else _Empty, annotation=row[3] if len(row) > 3 else _Empty)
        for row in rows
    ])


class FullArgSpec:
    def __init__(self, parameters):
        self.args = [p.name for p in parameters if p.kind in (0, 1)]
        self.varargs = next((p.name for p in parameters if p.kind == 2), None)
        self.varkw = next((p.name for p in parameters if p.kind == 4), None)
        self.defaults = tuple([p.default for p in parameters if p.kind in (0, 1) and p.default is not _Empty]) or None
        self.kwonlyargs = [p.name for p in parameters if p.kind == 3]
        self.kwonlydefaults = {p.name: p.default for p in parameters if p.kind == 3 and p.default is not _Empty} or None


def getfullargspec(function):
    return FullArgSpec(list(signature(function).parameters.values()))


getargspec = getfullargspec


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
    return False


def iscoroutinefunction(obj):
    return False


isgeneratorfunction = isasyncgenfunction = isawaitable = iscoroutine = iscoroutinefunction


def getmembers(obj, predicate=None):
    found = []
    for name in dir(obj):
        value = getattr(obj, name)
        if predicate is None or predicate(value):
            found.append((name, value))
    return found


def getmro(cls):
    return cls.__mro__


def getdoc(obj):
    return getattr(obj, "__doc__", None)


def cleandoc(doc):
    return doc


def unwrap(func, *, stop=None):
    while hasattr(func, "__wrapped__"):
        func = func.__wrapped__
    return func
