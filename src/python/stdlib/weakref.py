class ref:
    def __init__(self, object, callback=None):
        self._object = object

    def __call__(self):
        return self._object


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
    def __init__(self, *args, **kwargs):
        pass
