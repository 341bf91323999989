"""Nothing is ever collected while a program is read, so weak references are plain ones."""


class ref:
    def __init__(self, object, callback=None):
        self._object = object

    def __call__(self):
        return self._object


ReferenceType = ref
WeakMethod = ref


def proxy(object, callback=None):
    return object


class WeakValueDictionary(dict):
    pass


class WeakKeyDictionary(dict):
    pass


class WeakSet(set):
    pass


class finalize:
    def __init__(self, obj, func, /, *args, **keywords):
        self.alive = True

    def __call__(self):
        pass

    def detach(self):
        pass
