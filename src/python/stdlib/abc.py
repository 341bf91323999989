class ABCMeta(type):
    def register(cls, subclass):
        registry = cls.__dict__.get("_registered")
        if registry is None:
            registry = []
            cls._registered = registry
        registry.append(subclass)
        return subclass

    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass):
        if cls in subclass.__mro__:
            return True
        hooked = cls.__subclasshook__(subclass) if hasattr(cls, "__subclasshook__") else NotImplemented
        if hooked is not NotImplemented:
            return bool(hooked)
        for registered in cls.__dict__.get("_registered", ()):
            if registered in subclass.__mro__:
                return True
        return any(issubclass(subclass, below) for below in cls.__subclasses__())


class ABC(metaclass=ABCMeta):
    pass


def abstractmethod(function):
    return function


def get_cache_token():
    return 0


def update_abstractmethods(cls):
    return cls


abstractproperty = property
abstractclassmethod = classmethod
abstractstaticmethod = staticmethod
