"""keras.saving."""

from _keras import initializers as _initializers
from _keras.inert import nothing as save_model
from _keras.models import load_model


def register_keras_serializable(package="Custom", name=None):
    def decorate(target):
        _initializers.CUSTOM[name or target.__name__] = target
        return target

    return decorate


class custom_object_scope:
    def __init__(self, *objects):
        for table in objects:
            _initializers.CUSTOM.update(table)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None


CustomObjectScope = custom_object_scope


def get_custom_objects():
    return _initializers.CUSTOM


def get_registered_object(name, *args, **kwargs):
    return _initializers.CUSTOM.get(name)


def serialize_keras_object(value):
    return {"class_name": type(value).__name__, "config": value.get_config()}


def deserialize_keras_object(config, *args, **kwargs):
    import _lens

    return _lens.unknown("an object made from its description")


load_weights = save_weights = save_model
