def _function():
    yield


class _Holder:
    def method(self):
        pass


class SimpleNamespace:
    def __init__(self, mapping=(), /, **keywords):
        self.__dict__.update(mapping)
        self.__dict__.update(keywords)

    def __eq__(self, other):
        return isinstance(other, SimpleNamespace) and self.__dict__ == other.__dict__

    def __repr__(self):
        return "namespace(" + ", ".join([f"{name}={value!r}" for name, value in self.__dict__.items()]) + ")"


FunctionType = type(_function)
LambdaType = FunctionType
GeneratorType = type(_function())
MethodType = type(_Holder().method)
BuiltinFunctionType = type(len)
BuiltinMethodType = BuiltinFunctionType
MethodDescriptorType = type(str.join)
WrapperDescriptorType = MethodDescriptorType
NoneType = type(None)
EllipsisType = type(...)
NotImplementedType = type(NotImplemented)
DynamicClassAttribute = property
MappingProxyType = dict
GenericAlias = lambda origin, args: origin

import sys as _sys

ModuleType = type(_sys)


class UnionType:
    pass


class CodeType:
    pass


class FrameType:
    pass


class TracebackType:
    pass


class CoroutineType:
    pass


def new_class(name, bases=(), kwds=None, exec_body=None):
    kwds = dict(kwds or {})
    metaclass = kwds.pop("metaclass", type(bases[0]) if bases else type)
    namespace = {}
    if exec_body is not None:
        exec_body(namespace)
    return metaclass(name, tuple(bases), namespace, **kwds)


def prepare_class(name, bases=(), kwds=None):
    return (type(bases[0]) if bases else type), {}, dict(kwds or {})


def coroutine(function):
    return function
